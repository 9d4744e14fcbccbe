"""Journeys that the client has not rated yet, on his home page."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    def _get_sources(self):
        return [*super()._get_sources(), "_get_rating_needs"]

    def _get_waiting_parts(self, **values):
        """His own journeys that are over, the latest first; a curator is not asked
        about those of his colleagues."""
        parts = super()._get_waiting_parts(**values)
        # In sudo: a setting that clients do not read.
        days = self.env.company.sudo().tour_rating_need_days
        if not days:
            return parts
        self.env["tour.rating.request"].flush_model()
        part = """
            SELECT 'rating', request.id, booking.id
              FROM tour_rating_request request
              JOIN sale_order booking ON booking.id = request.order_id
             WHERE request.state != 'rated' AND request.done_on >= %(since)s
               AND booking.booking_state = 'done'
               AND (booking.client_user_id = %(user)s
                    OR booking.partner_id = %(partner)s)
             ORDER BY request.done_on DESC, request.id DESC LIMIT %(limit)s
        """
        since = fields.Datetime.now() - timedelta(days=days)
        return [*parts, SQL(part, since=since, **values)]

    def _get_rating_needs(self, limit):
        requests = self._browse_waiting("rating", "tour.rating.request", limit)
        # In sudo: clients have no rights on it; the rules decided about the bookings.
        requests_sudo = requests.sudo()
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
        ]
