"""Who one is, for oneself (PPL-3): data, language, password."""

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class TourAccount(CustomerPortal):
    def _prepare_my_account_rendering_values(self, *args, **kwargs):
        """Add the login and the languages to choose from."""
        values = super()._prepare_my_account_rendering_values(*args, **kwargs)
        return {
            **values,
            "tour_login": request.env.user.login,
            "tour_lang": request.env.user.lang,
            "tour_langs": request.env["res.lang"].get_installed(),
        }

    @http.route(
        "/my/account/language",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def tour_account_language(self, lang=None, **kwargs):
        """Keep the language that the user chose for pages and mails."""
        if lang in dict(request.env["res.lang"].get_installed()):
            # In sudo: his own language, which is a field of his contact.
            request.env.user.sudo().lang = lang
            request.session.context = {**request.session.context, "lang": lang}
            if near := request.env["ir.http"].get_nearest_lang(lang):
                request.future_response.set_cookie("frontend_lang", near)
                code = request.env["res.lang"]._get_data(code=near).url_code
                return request.redirect(f"/{code}/my/account", code=303)
        return request.redirect("/my/account", code=303)

    def _update_password(self, old, new1, new2):
        """Where no new password was entered, nothing changes."""
        if not new1 and not new2:
            return {"tour_unchanged": True}
        return super()._update_password(old, new1, new2)

    @http.route()
    def security(self, **post):
        """Fields that did not come are empty."""
        if request.httprequest.method == "POST":
            post = {
                **post,
                **{name: str(post.get(name) or "") for name in ("old", "new1", "new2")},
            }
        return super().security(**post)
