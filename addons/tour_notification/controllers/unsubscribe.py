from odoo import http
from odoo.http import request

# The address holds the token: it must reach no other site, cache or search engine.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class UnsubscribeController(http.Controller):
    """Ends a category of mails for one person, with a signed link and no login.

    The answer names the category only, and is one and the same for whatever is not
    a link of ours: forged, of a deleted person, of a deleted category.
    """

    @http.route(
        "/notification/unsubscribe/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
        website=True,
    )
    def unsubscribe_confirm(self, token, **kwargs):
        """Ask first: mail programs and scanners open links by themselves."""
        return self._render(token, done=False)

    # Without CSRF check: the mail program posts without a session (RFC 8058), and the
    # signed token is the right to do it.
    @http.route(
        "/notification/unsubscribe/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
        website=True,
    )
    def unsubscribe(self, token, **kwargs):
        category, partner = self._parse(token)
        if category:
            category._set_choices(partner, {category.id: "dont_send"})
        return self._render(token, done=True)

    def _parse(self, token):
        return request.env["tour.notification.category"]._parse_unsubscribe_token(token)

    def _render(self, token, done):
        category, _partner = self._parse(token)
        return request.render(
            "tour_notification.unsubscribe_page",
            {
                "category": category,
                "done": done,
                "text": category and self._get_text(category, done),
            },
            headers=HEADERS,
            status=200 if category else 404,
        )

    def _get_text(self, category, done):
        subject = category.with_context(lang=request.env.lang).name
        if done:
            return request.env._(
                "You will get no more messages on the subject “%(subject)s”.",
                subject=subject,
            )
        return request.env._(
            "Messages on the subject “%(subject)s” will not be sent to you any more. "
            "Messages on other subjects go on.",
            subject=subject,
        )
