"""Ordering a service."""

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.tour_portal.controllers.inputs import read_number, read_text
from odoo.addons.tour_portal.controllers.portal import ID

from ..models.tour_catalog_service_client import PATH
from .catalog import TourCatalogPortal


class FormFault(Exception):
    """What was filled in is wrong: {name of the input: sentence}."""


class TourCatalogOrders(TourCatalogPortal):
    @route(
        f"{PATH}/service/<{ID}:service_id>/order",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_catalog_order(self, service_id, **kwargs):
        """The order form; once it is sent, the booking, or the invoice to be paid."""
        service_sudo = self._find_catalog_service(service_id)
        if request.httprequest.method != "POST":
            post = {"booking": read_text("booking")}
            return self._render_catalog_order(service_sudo, post, {})
        post = dict(request.httprequest.form.items())
        faults, url = self._order_from_catalog(service_sudo, post)
        if faults:
            return self._render_catalog_order(service_sudo, post, faults)
        return request.redirect(url, code=303)

    def _order_from_catalog(self, service_sudo, post):
        """Order what was filled in, once however often it is pressed.

        :return: {name of the input: what is wrong}, and where to go
        """
        env = request.env
        order, faults = None, {}
        if post.get("booking"):
            order = self._find_catalog_booking(read_number(post["booking"]))
            if not order:
                faults["booking"] = env._(
                    "Booking: choose one that takes services, or a new one."
                )
        try:
            # As a whole or not at all, also when the page is shown again.
            with env.cr.savepoint():
                purpose = f"catalog_order_{service_sudo.id}"
                once_sudo, is_first = env["tour.portal.once"]._begin(
                    purpose, post.get("once")
                )
                if is_first:
                    form, found = service_sudo._read_order_form(
                        post, self._get_catalog_files
                    )
                    faults.update(found)
                    if changed := self._find_changed_price(service_sudo, post):
                        faults[""] = changed
                    if faults:
                        # Nothing was done: the same form may be sent again.
                        raise FormFault(faults)
                    # In sudo: clients write no bookings; what they order is checked.
                    line_sudo = service_sudo._place_order(
                        form, env.user, order and order.sudo()
                    )
                    once_sudo.result_url = self._get_catalog_next(line_sudo)
                url = once_sudo.result_url
        except FormFault:
            return faults, ""
        except UserError as error:
            return {"": str(error)}, ""
        return {}, url or PATH

    def _find_changed_price(self, service_sudo, post):
        """A sentence if the service costs another price than the form showed."""
        seen = read_text("seen", post)
        now = service_sudo._get_client_cards()[0]["price"]
        if seen in ("", now):
            return ""
        # The form comes again, with the price of now.
        return request.env._(
            "The price is %(now)s now; it was %(before)s when you looked. Order again "
            "if you agree.",
            now=now,
            before=seen,
        )

    def _get_catalog_files(self, name):
        """Files that were sent in an input."""
        files = request.httprequest.files.getlist(name)
        for file in files:
            # When the request is begun anew, they have been read before.
            file.seek(0)
        return files

    def _get_catalog_next(self, line_sudo):
        """To the invoice if it is paid at once, else to the booking."""
        if invoice_sudo := line_sudo._get_catalog_invoice():
            return invoice_sudo.access_url
        return f"{line_sudo.order_id._get_tour_path()}?ordered=1"

    def _render_catalog_order(self, service_sudo, post, faults):
        env = request.env
        orders_sudo = service_sudo._get_open_bookings(env.user)
        chosen = self._find_catalog_booking(read_number(post.get("booking")))
        # In sudo: names of what he may see.
        orders_sudo |= chosen.sudo()
        options = [
            (order.id, f"{order.name} {order.service_summary or ''}".strip()[:100])
            for order in orders_sudo
        ]
        values = self._prepare_tour_values(
            "catalogue",
            service=service_sudo._get_client_page(),
            crumbs=self._get_catalog_crumbs(service_sudo),
            fields=service_sudo._get_client_form(),
            options=[("", env._("A new booking")), *options],
            post=post,
            faults=faults,
        )
        return request.render("tour_catalog.order", values)
