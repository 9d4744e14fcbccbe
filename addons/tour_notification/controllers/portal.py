from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.tour_notification_choice import CHOICES

HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}


class NotificationPortal(CustomerPortal):
    @http.route(
        "/my/notifications",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def my_notifications(self, **post):
        """Show the user's own choices; a POST keeps them."""
        saved = request.httprequest.method == "POST"
        if saved:
            self._save_notification_choices(post)
            # A page that is loaded again must not be sent again.
            return request.redirect("/my/notifications?saved=1")
        values = self._prepare_portal_layout_values()
        # In sudo: the user's own partner, with what his company chose.
        partner_sudo = request.env.user.partner_id.sudo()
        values.update(
            page_name="notifications",
            rows=partner_sudo.tour_notification_choices,
            saved=bool(post.get("saved")),
        )
        return request.render(
            "tour_notification.portal_my_notifications", values, headers=HEADERS
        )

    def _save_notification_choices(self, post):
        partner = request.env.user.partner_id
        Category = request.env["tour.notification.category"]
        allowed = {choice for choice, _label in CHOICES}
        choices = {}
        for category in Category.search(Category._get_domain_for(partner)):
            key = f"category_{category.id}"
            if key in post:
                choices[category.id] = post[key] if post[key] in allowed else False
        if choices:
            Category._set_choices(partner, choices)
