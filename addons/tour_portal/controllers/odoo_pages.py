"""Odoo's own pages lead clients to ours; staff, vendors and others see Odoo's."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal as SalePortal

from .booking_page import TourBookingPage
from .portal import HOME

# No greater number is an id of ours.
MAX_ID = 2**31 - 1


class TourOdooPages(TourBookingPage, SalePortal):
    @route()
    def home(self, **kwargs):
        """Lead clients home."""
        if self._is_tour_client():
            return request.redirect(HOME, code=303)
        return super().home(**kwargs)

    @route()
    def portal_my_orders(self, **kwargs):
        """Lead clients to their bookings."""
        if self._is_tour_client():
            return request.redirect(f"{HOME}/bookings", code=303)
        return super().portal_my_orders(**kwargs)

    @route()
    def portal_my_quotes(self, **kwargs):
        """Lead clients to their bookings."""
        if self._is_tour_client():
            return request.redirect(f"{HOME}/bookings", code=303)
        return super().portal_my_quotes(**kwargs)

    @route()
    def portal_order_page(self, order_id, report_type=None, **kwargs):
        """Lead a client's user to our page of his booking; his link goes on working
        where nobody is logged in, and files are still made."""
        if order_id > MAX_ID:
            raise NotFound()
        if not report_type and (path := self._get_tour_booking_path(order_id)):
            return request.redirect(path, code=303)
        return super().portal_order_page(order_id, report_type=report_type, **kwargs)

    def _get_tour_booking_path(self, order_id):
        """Where the client's user sees this booking; None if it is none of his."""
        if not request.env.user._is_portal():
            return None
        order = request.env["sale.order"].browse(order_id)
        try:
            order.check_access("read")
        except (AccessError, MissingError):
            return None
        is_booking = order.exists() and order.is_tour_booking
        return order._get_tour_path() if is_booking else None

    @route(auth="public")
    def tour_booking_page(
        self, order_id, access_token=None, report_type=None, **kwargs
    ):
        """Links of mails lead here, and some who get them have no login: with the
        token of the link Odoo's page shows them what it always did."""
        user = request.env.user
        is_public = user._is_public()
        is_outside = is_public or user._is_portal()
        if report_type or (
            access_token and is_outside and not self._get_tour_booking_path(order_id)
        ):
            query = request.httprequest.query_string.decode(errors="replace")
            return request.redirect(f"/my/orders/{order_id}?{query}", code=303)
        if is_public:
            path = request.httprequest.path
            return request.redirect_query("/web/login", {"redirect": path}, code=303)
        return super().tour_booking_page(order_id, **kwargs)
