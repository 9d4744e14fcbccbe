"""Rating on the page of a booking."""

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.tour_portal.controllers.booking_page import TourBookingPage
from odoo.addons.tour_portal.controllers.portal import ID


class TourRatingPage(TourBookingPage):
    def _prepare_tour_booking_values(self, order):
        """Add the rating, and a form for it."""
        values = super()._prepare_tour_booking_values(order)
        rating = order._get_portal_rating()
        return {
            **values,
            "rating": rating,
            "rating_faults": {},
            "rating_post": {"rating": str(rating["rate"]), "text": rating["text"]},
        }

    @route(
        f"/my/tour/bookings/<{ID}:order_id>/rating",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_rate_booking(self, order_id, **kwargs):
        """Keep what the client says; the form is on the page of the booking."""
        order = self._get_tour_booking(order_id)
        if request.httprequest.method == "GET":
            return request.redirect(f"{order._get_tour_path()}#rating")
        self._check_tour_client()
        form = request.httprequest.form
        post = {
            name: form.get(name, "").replace("\0", "") for name in ("rating", "text")
        }
        fault = self._rate_tour_booking(order, post)
        if not fault:
            return request.redirect(f"{order._get_tour_path()}#rating", code=303)
        values = {
            **self._prepare_tour_booking_values(order),
            "rating_faults": {"rating": fault},
            "rating_post": post,
        }
        return request.render("tour_portal.booking_page", values)

    def _rate_tour_booking(self, order, post):
        """What is wrong; empty if it was kept."""
        rate = post["rating"]
        try:
            # As a whole or not at all, also when the page is shown again.
            with request.env.cr.savepoint():
                order._rate(int(rate) if rate in "12345" and rate else 0, post["text"])
        except UserError as error:
            return str(error)
        return ""
