"""The page of one booking."""

from odoo.http import request, route

from .portal import ID, TourPortal


class TourBookingPage(TourPortal):
    @route(
        f"/my/tour/bookings/<{ID}:order_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_booking_page(self, order_id, **kwargs):
        """All that the client may know of his booking, and do with it."""
        order = self._get_tour_booking(order_id)
        values = self._prepare_tour_booking_values(order)
        order._mark_tour_read()
        return request.render("tour_portal.booking_page", values)

    def _prepare_tour_booking_values(self, order):
        """Hook: what the template ``tour_portal.booking_page`` shows."""
        return self._prepare_tour_values(
            "bookings",
            order=order,
            booking=order._client_view(),
            crumbs=[(request.env._("Bookings"), "/my/tour/bookings")],
        )
