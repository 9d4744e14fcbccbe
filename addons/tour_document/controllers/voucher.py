"""The page where a hotel sees whether a voucher holds; it needs no login."""

from odoo import http
from odoo.http import request

# The page has no scripts, takes nothing from elsewhere, and is kept nowhere.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class TourVoucherController(http.Controller):
    @http.route(
        "/tour/voucher/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def tour_voucher(self, code, s=None, lang=None, **kwargs):
        """What the voucher of the code is worth.

        What is no code, was never given out and is a code no more is answered alike.
        """
        checks = request.env["tour.voucher.check"]
        address = request.httprequest.remote_addr
        lang = self._choose_lang(lang)
        if checks._is_too_much(address):
            return self._render({"voucher": None, "is_too_much": True}, 429)
        document_sudo = request.env["tour.document"]._find_voucher(code)
        checks._note(address, bool(document_sudo))
        if not document_sudo:
            return self._render({"voucher": None, "is_too_much": False}, 404)
        voucher = document_sudo._check_voucher(s, lang)
        mark = s if voucher["is_compared"] else ""
        return self._render({"voucher": voucher, "mark": mark})

    def _choose_lang(self, lang):
        """Speak as the reader chose on the page, or as his browser asks."""
        wanted = [lang] if isinstance(lang, str) else []
        wanted += list(request.httprequest.accept_languages.values())
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        for code in wanted:
            short = code.replace("-", "_").split("_")[0].lower()
            for known in installed:
                if known in (code, code.replace("-", "_")) or known[:2] == short:
                    request.update_context(lang=known)
                    return known
        return request.env.lang or "en_US"

    def _render(self, values, status=200):
        langs = request.env["res.lang"].get_installed()
        values.setdefault("mark", "")
        values.update(
            code=(request.env.lang or "en_US").split("_")[0],
            langs=[
                # “French / Français”: the reader knows it by its own name.
                {
                    "code": code,
                    "short": code.split("_")[0],
                    "name": name.rpartition("/")[2].strip(),
                }
                for code, name in langs
            ],
        )
        return request.render(
            "tour_document.voucher_page", values, headers=HEADERS, status=status
        )
