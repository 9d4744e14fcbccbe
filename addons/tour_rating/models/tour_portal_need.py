"""Journeys that the client has not rated yet, on his home page."""

from datetime import timedelta

from odoo import fields, models


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    def _get_sources(self):
        return [*super()._get_sources(), "_get_rating_needs"]

    def _get_rating_needs(self, limit):
        """His own journeys that are over, the latest first; a curator is not asked
        about those of his colleagues."""
        user = self.env.user
        # In sudo: a setting that clients do not read.
        days = self.env.company.sudo().tour_rating_need_days
        if not days:
            return []
        since = fields.Datetime.now() - timedelta(days=days)
        # In sudo: clients have no rights on it; the rules decide about what was found.
        requests_sudo = (
            self.env["tour.rating.request"]
            .sudo()
            .search(
                [
                    ("state", "!=", "rated"),
                    ("done_on", ">=", since),
                    ("order_id.booking_state", "=", "done"),
                    "|",
                    ("order_id.client_user_id", "=", user.id),
                    ("order_id.partner_id", "=", user.partner_id.id),
                ],
                order="done_on desc, id desc",
                limit=limit,
            )
        )
        orders = self.env["sale.order"].browse(requests_sudo.order_id.ids)
        seen = set(orders._filter_tour_seen().ids)
        return [
            {
                "kind": "rating",
                "title": self.env._("Rate your trip"),
                "text": self.env._(
                    "Booking %(number)s: how was it?", number=order_sudo.name
                ),
                "url": f"{order_sudo._get_tour_path()}#rating",
                "deadline": False,
                "date": request_sudo.done_on,
                "order_id": order_sudo.id,
            }
            for request_sudo in requests_sudo
            for order_sudo in request_sudo.order_id
            if order_sudo.id in seen
        ]
