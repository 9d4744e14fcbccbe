"""The client's office: what its pages have in common, and its home."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..portal_lists import Memo

# No greater number is an id of ours.
ID = "int(max=2147483647)"
HOME = "/my/tour"


class TourPortal(CustomerPortal):
    """The pages of clients' users. Others of ours extend it for pages of their own."""

    # === For all pages === #

    def _is_tour_client(self):
        """Whether the one who looks is a user of a client of ours."""
        user = request.env.user
        # In sudo: whether his company is a client of ours.
        return user._is_portal() and user.commercial_partner_id.sudo().is_tour_client

    def _check_tour_client(self):
        """There is no such page for who is no client's user."""
        if not self._is_tour_client():
            raise NotFound()

    def _remember_in_tour_request(self):
        """Find out about the user once, however many parts of the page ask for it."""
        request.update_context(tour_portal_memo=Memo())

    def _get_tour_booking(self, order_id):
        """The booking, for whom the record rules show it.

        What is not there and what is not his look the same to who asks.

        :raise NotFound: if he may not see it
        """
        order = request.env["sale.order"].browse(order_id)
        try:
            order.check_access("read")
        except (AccessError, MissingError):
            raise NotFound() from None
        if not order.exists() or not order.is_tour_booking:
            raise NotFound()
        return order

    def _prepare_tour_values(self, page, **values):
        """What the layout shows; ``page`` is the entry of the menu that is marked."""
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page,
            "tour_page": page,
            **values,
        }

    # === Home === #

    @route(HOME, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_home(self, **kwargs):
        """What needs the client, and his bookings in work."""
        self._check_tour_client()
        self._remember_in_tour_request()
        return request.render("tour_portal.home", self._prepare_tour_home_values())

    def _prepare_tour_home_values(self):
        """Hook: what the template ``tour_portal.home`` shows."""
        client = request.env.user.commercial_partner_id.sudo(False)
        return self._prepare_tour_values(
            "home",
            needs=request.env["tour.portal.need"]._get_shown_needs(),
            balance=client._get_portal_balance(request.env.company),
        )
