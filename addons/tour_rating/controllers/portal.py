"""Rating on the page of a booking."""

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.tour_portal.controllers.booking_page import FormFault, TourBookingPage


class TourRatingPage(TourBookingPage):
    def _prepare_tour_booking_values(self, order):
        """Add the rating, and what its form begins with."""
        return {
            **super()._prepare_tour_booking_values(order),
            "rating": order._get_portal_rating(),
        }

    def _get_booking_acts(self):
        """Add the button that rates."""
        return {**super()._get_booking_acts(), "rate": self._rate_tour_booking}

    def _rate_tour_booking(self, order, post):
        rate = post.get("rating", "")
        try:
            order._rate(
                int(rate) if rate in tuple("12345") else 0, post.get("rating_text")
            )
        except UserError as error:
            raise FormFault("rating", error) from None

    def _get_done_texts(self):
        """Thank him."""
        return {
            **super()._get_done_texts(),
            "rate": request.env._("Thank you: your rating is kept."),
        }
