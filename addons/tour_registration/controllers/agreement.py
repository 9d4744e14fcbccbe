"""The page of the usage agreement (PPL-2): the only one before it is accepted."""

from odoo import http
from odoo.http import request

from ..models.ir_http import AGREEMENT_PATH
from ..models.res_users_gate import SESSION_KEY
from .register import HEADERS


class TourAgreementPage(http.Controller):
    @http.route(
        AGREEMENT_PATH,
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_usage_agreement(self, redirect=None, **kwargs):
        """Show the version in force; accept it, or log out."""
        user = request.env.user
        agreement = request.env["tour.usage.agreement"]._get_current(user.company_id)
        if not agreement:
            return request.redirect("/my")
        missing_id = user._get_missing_agreement_id(user.id, request.session)
        is_stale = False
        if request.httprequest.method == "POST":
            form = request.httprequest.form
            if form.get("act") == "decline":
                request.session.logout(keep_db=True)
                return request.redirect("/web/login", code=303)
            is_stale = form.get("agreement") != str(agreement.id)
            if not is_stale:
                if missing_id:
                    self._accept_tour_usage(user, agreement)
                return request.redirect(self._get_tour_target(redirect), code=303)
        return request.render(
            "tour_registration.agreement_page",
            {
                "agreement": agreement,
                "agreement_text": agreement._get_text(request.env.lang),
                "is_missing": bool(missing_id),
                "is_stale": is_stale,
                "redirect": self._get_tour_target(redirect),
            },
            headers=HEADERS,
        )

    def _accept_tour_usage(self, user, agreement):
        user._accept_usage(agreement, request.httprequest.remote_addr, request.env.lang)
        request.session[SESSION_KEY] = [user.id, agreement.id]

    def _get_tour_target(self, redirect):
        """Where to go then: a page of ours, whatever a link says."""
        is_ours = (
            isinstance(redirect, str)
            and redirect.startswith("/")
            and not redirect.startswith(("//", "/\\"))
            and redirect.isprintable()
            and AGREEMENT_PATH not in redirect
        )
        return redirect if is_ours else "/my"
