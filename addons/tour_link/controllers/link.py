"""The way in by a private link: one route, one answer to all that does not work."""

from odoo import http
from odoo.http import request

from odoo.addons.tour_document.controllers import voucher

from .. import uploads

# A bill and what goes around it; more is refused before it is read.
MAX_REQUEST = uploads.MAX_SIZE + 512 * 1024
# The address holds the token: it must reach no other site, cache or search engine.
# Pages have no scripts at all.
HEADERS = {
    **voucher.HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
}


class TourLinkController(http.Controller):
    @http.route(
        "/tour/link/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def tour_link(self, token, lang=None, done=None, **kwargs):
        """The page of a link."""
        link, refusal = self._enter(token, lang, "open")
        if refusal:
            return refusal
        return self._show_page(link, token, done=str(done or ""))

    @http.route(
        "/tour/link/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_REQUEST,
    )
    def tour_link_act(self, token, lang=None, act=None, **form):
        """What was filled in on the page of a link."""
        link, refusal = self._enter(token, lang, None)
        if refusal:
            return refusal
        handler = self._get_handlers().get((link.kind, act))
        if not handler:
            return self._refuse(400, "unknown_act")
        return handler(link, token, form)

    def _get_handlers(self):
        """Methods by kind of link and act; extended by kind."""
        return {}

    def _show_page(self, link, token, done="", **values):
        """The page of the link's kind; extended by kind."""
        return self._refuse(404, "unknown")

    # === The way in === #

    def _enter(self, token, lang, act):
        """The link of the token, or the answer that refuses it.

        What is unknown, has expired or was revoked gets one and the same answer.
        """
        uses = request.env["tour.link.use"]
        address = request.httprequest.remote_addr
        self._set_lang(request.env["tour.link"], lang)
        if uses._is_too_much(token, address):
            return None, self._refuse(429, "too_much")
        link = request.env["tour.link"]._find(token)
        if not link:
            uses._log(link, token, address, "refused")
            return None, self._refuse(404, "unknown")
        if act:
            uses._log(link, token, address, act)
        self._set_lang(link, lang)
        # With the reader's language, of which the request knows now.
        return request.env["tour.link"].sudo().browse(link.id), None

    def _log(self, link, token, act):
        address = request.httprequest.remote_addr
        request.env["tour.link.use"]._log(link, token, address, act)

    def _set_lang(self, link, lang):
        """Speak as the reader's browser asks, unless he chose on the page."""
        chosen = [lang] if isinstance(lang, str) else []
        accepted = list(request.httprequest.accept_languages.values())
        request.update_context(lang=link._get_lang([*chosen, *accepted]))

    # === Answers === #

    def _refuse(self, status, reason):
        return self._render("tour_link.refusal_page", {"reason": reason}, status)

    def _render(self, template, values, status=200):
        langs = request.env["res.lang"].get_installed()
        values = {
            "lang_code": request.env.lang or "en_US",
            "code": (request.env.lang or "en_US").split("_")[0],
            "langs": [
                {
                    "code": code,
                    "short": code.split("_")[0],
                    "name": name.rpartition("/")[2].strip(),
                }
                for code, name in langs
            ],
            **values,
        }
        return request.render(template, values, headers=HEADERS, status=status)

    def _go_to_page(self, token, done, lang):
        """After something was done: the page anew, so that reloading does nothing."""
        query = f"?done={done}" + (f"&lang={lang}" if lang else "")
        response = request.redirect(f"/tour/link/{token}{query}", code=303)
        response.headers.update(HEADERS)
        return response
