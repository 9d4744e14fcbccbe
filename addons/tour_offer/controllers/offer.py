"""The page on which a client answers an offer, by a signed link and without a login."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.tour_offer_paper import PRINTED
from ..offer_states import OPEN

# The address holds the token: it must reach no other site, cache or search engine.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "website": True,
    "sitemap": False,
    "save_session": False,
    # Without CSRF check: the page may be open for days, longer than a session, and
    # the signed token in the address is the right to act.
    "csrf": False,
}


class OfferController(http.Controller):
    """Acts by POST only: mail programs and scanners open links by themselves.

    The answer is one and the same for whatever is not a link of ours: forged, expired,
    revoked, of a deleted offer.
    """

    @http.route(
        "/offer/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
        website=True,
    )
    def offer(self, token, **kwargs):
        link_sudo = self._find(token)
        return self._render(link_sudo.offer_id, token)

    @http.route(
        "/offer/<string:token>/pdf",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
        website=True,
    )
    def offer_pdf(self, token, **kwargs):
        """The offer on paper, while it holds or once it was accepted."""
        offer_sudo = self._find(token).offer_id
        if not offer_sudo or offer_sudo._get_page_state() not in PRINTED:
            return self._render(offer_sudo, token)
        return self._make_paper(offer_sudo)

    @http.route("/offer/<string:token>/seen", **POST)
    def offer_seen(self, token, **kwargs):
        """The page is open in a browser, and not only fetched by a program."""
        link_sudo = self._find(token)
        is_client = not request.env.user._is_internal()
        if link_sudo and is_client and not link_sudo._count_act():
            link_sudo.offer_id._mark_seen()
        return request.make_response("", headers=list(HEADERS.items()), status=204)

    @http.route("/offer/<string:token>/accept", **POST)
    def offer_accept(self, token, variant=None, name="", consent=None, **kwargs):
        link_sudo = self._find(token)
        if not link_sudo or link_sudo._count_act():
            return self._refuse(link_sudo, token)
        number = int(variant) if str(variant or "").isdecimal() else 0
        typed = {"variant": number, "name": name}
        if not consent:
            text = request.env._("Tick that you agree, please.")
            return self._render(link_sudo.offer_id, token, error=text, typed=typed)
        return self._answer(
            link_sudo,
            token,
            lambda offer: offer._accept_online(number, name),
            typed,
        )

    @http.route("/offer/<string:token>/decline", **POST)
    def offer_decline(self, token, reason="", name="", **kwargs):
        link_sudo = self._find(token)
        if not link_sudo or link_sudo._count_act():
            return self._refuse(link_sudo, token)
        return self._answer(
            link_sudo,
            token,
            lambda offer: offer._decline_online(reason, name),
            {"reason": reason},
        )

    @http.route(
        "/offers/<int:offer_id>/preview",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        sitemap=False,
        website=True,
    )
    def offer_preview(self, offer_id, **kwargs):
        """The page as the client sees it, for who may read the offer."""
        return self._render(self._get_readable(offer_id).sudo(), "", preview=True)

    @http.route(
        "/offers/<int:offer_id>/pdf",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def offer_print(self, offer_id, **kwargs):
        """The offer on paper, for who may read it."""
        return self._make_paper(self._get_readable(offer_id))

    # === Answers === #

    def _get_readable(self, offer_id):
        offer = request.env["tour.offer"].browse(offer_id)
        if not offer.exists() or not offer.has_access("read"):
            raise NotFound()
        return offer

    def _make_paper(self, offer):
        name, content = offer._draw_paper()
        headers = {
            **HEADERS,
            "Content-Type": "application/pdf",
            "Content-Disposition": content_disposition(name, "inline"),
        }
        return request.make_response(content, headers=list(headers.items()))

    def _find(self, token):
        link_sudo = request.env["tour.offer.link"]._find(token)
        self._speak_to_client(link_sudo.offer_id)
        return link_sudo

    def _speak_to_client(self, offer_sudo):
        """Go on in the language of the offer."""
        installed = {code for code, _name in request.env["res.lang"].get_installed()}
        if offer_sudo.lang in installed:
            request.update_context(lang=offer_sudo.lang)

    def _answer(self, link_sudo, token, answer, typed):
        """Act once, and show how it stands; a refusal leaves everything as it was."""
        offer = request.env["tour.offer"].browse(link_sudo.offer_id.id)
        try:
            with request.env.cr.savepoint():
                answer(offer)
        except UserError as error:
            offer.sudo().invalidate_recordset()
            return self._render(
                offer.sudo(), token, error=self._explain(offer, error), typed=typed
            )
        # A page that is loaded again must not be sent again.
        return request.redirect(f"/offer/{token}", code=303)

    def _explain(self, offer, error):
        """What the client is told of a refusal: only what he can help himself."""
        if type(error) is UserError:
            return str(error.args[0])
        # Something of ours is wrong, such as a hotel that is gone.
        offer.sudo()._tell_manager_of_failure(str(error.args[0]))
        return request.env._(
            "We could not take your answer just now. Your manager has been told and "
            "will write to you."
        )

    def _get_paper_url(self, offer_sudo, page, token):
        if not token:
            return f"/offers/{offer_sudo.id}/pdf"
        return f"/offer/{token}/pdf" if page["state"] in PRINTED else ""

    def _prepare_layout_values(self):
        # Screen readers speak the language that the page says it is in.
        return {"html_data": {"lang": request.env.lang.replace("_", "-")}}

    def _refuse(self, link_sudo, token):
        if not link_sudo:
            return self._render(link_sudo.offer_id, token)
        return self._render(
            link_sudo.offer_id,
            token,
            error=request.env._("Too many attempts. Try again in an hour, please."),
            status=429,
        )

    def _render(self, offer_sudo, token, error="", typed=None, status=0, **values):
        if not offer_sudo:
            return request.render(
                "tour_offer.offer_page_unknown",
                self._prepare_layout_values(),
                headers=HEADERS,
                status=404,
            )
        self._speak_to_client(offer_sudo)
        offer_sudo = offer_sudo.with_context(lang=request.env.lang)
        page = offer_sudo._client_view()
        values.setdefault("preview", False)
        if values["preview"] and offer_sudo.state not in OPEN:
            page["state"] = "open" if offer_sudo.state == "draft" else page["state"]
        return request.render(
            "tour_offer.offer_page",
            {
                **self._prepare_layout_values(),
                "offer": page,
                "table": offer_sudo._get_comparison(),
                # Sanitized by its field.
                "terms": offer_sudo.terms,
                "company": offer_sudo.company_id,
                "res_company": offer_sudo.company_id,
                "token": token,
                "paper_url": self._get_paper_url(offer_sudo, page, token),
                "error": error,
                "typed": typed or {},
                **values,
            },
            headers=HEADERS,
            status=status or (400 if error else 200),
        )
