"""The catalogue: categories, search, a service, and pictures."""

from werkzeug.exceptions import NotFound

from odoo.http import request, route

from odoo.addons.tour_portal.controllers.booking_page import TourBookingPage
from odoo.addons.tour_portal.controllers.inputs import read_number, read_text
from odoo.addons.tour_portal.controllers.portal import ID

from ..models.tour_catalog_service_client import MAX_WORDS, PATH

# Further down nobody looks.
MAX_PAGE = 200
SIZES = ("image_256", "image_512", "image_1024")


class TourCatalogPortal(TourBookingPage):
    # === Pages === #

    @route(PATH, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_catalog(self, **kwargs):
        """Categories to choose from, or what was searched for."""
        self._check_tour_client()
        env = request.env
        words = read_text("search", size=MAX_WORDS)
        values = self._prepare_tour_values(
            "catalogue",
            words=words,
            categories=env["tour.catalog.category"]._get_client_tree(),
            **self._prepare_catalog_list(words) if words else {"cards": None},
        )
        return request.render("tour_catalog.catalog", values)

    @route(
        f"{PATH}/category/<{ID}:category_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_catalog_category(self, category_id, **kwargs):
        """The services of a category, and of those below it."""
        self._check_tour_client()
        category = self._find_catalog_category(category_id)
        above = [category["above"]] if category["above"] else []
        values = self._prepare_tour_values(
            "catalogue",
            category=category,
            crumbs=[(request.env._("Catalogue"), PATH), *above],
            **self._prepare_catalog_list("", category_id),
        )
        return request.render("tour_catalog.category", values)

    @route(
        f"{PATH}/service/<{ID}:service_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_catalog_service(self, service_id, **kwargs):
        """A service: what it is, what it costs, and how to order it."""
        service_sudo = self._find_catalog_service(service_id)
        booking = self._find_catalog_booking(read_number(read_text("booking")))
        values = self._prepare_tour_values(
            "catalogue",
            service=service_sudo._get_client_page(),
            crumbs=self._get_catalog_crumbs(service_sudo)[:-1],
            query=f"?booking={booking.id}" if booking else "",
        )
        return request.render("tour_catalog.service", values)

    @route(
        f"{PATH}/image/<any(service,category,picture):kind>/<{ID}:record_id>/"
        f"<any({','.join(SIZES)}):size>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_catalog_image(self, kind, record_id, size, **kwargs):
        """A picture of what the client may see."""
        self._check_tour_client()
        record_sudo = self._find_catalog_record(kind, record_id)
        if not record_sudo or not record_sudo[size]:
            raise NotFound()
        # In sudo: clients have no rights to the catalogue; this is what they may see.
        binary_sudo = request.env["ir.binary"].sudo()
        stream = binary_sudo._get_image_stream_from(record_sudo, size)
        response = stream.get_response(max_age=3600)
        response.headers["Cache-Control"] = "private, max-age=3600"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    # === What is found === #

    def _find_catalog_service(self, service_id):
        """The service, in sudo, if the client may order it.

        :raise NotFound: if not, whatever the reason
        """
        self._check_tour_client()
        service_sudo = request.env["tour.catalog.service"]._find_for_client(service_id)
        if not service_sudo:
            raise NotFound()
        return service_sudo

    def _find_catalog_category(self, category_id):
        """What the client sees of the category.

        :raise NotFound: if there is nothing for him in it
        """
        for top in request.env["tour.catalog.category"]._get_client_tree():
            if top["id"] == category_id:
                return {**top, "above": None}
            for below in top["below"]:
                if below["id"] == category_id:
                    return {**below, "above": (top["name"], top["url"])}
        raise NotFound()

    def _find_catalog_booking(self, order_id):
        """A booking of the client that takes services; none if it is none."""
        order = request.env["sale.order"].browse(order_id or ()).exists()
        order = order._filtered_access("read")
        is_ours = order and order.sudo().company_id == request.env.company
        return order if is_ours and order._takes_catalog_services() else order.browse()

    def _find_catalog_record(self, kind, record_id):
        env = request.env
        if kind == "service":
            return env["tour.catalog.service"]._find_for_client(record_id)
        if kind == "picture":
            # In sudo: as above; shown if the service is.
            picture_sudo = env["tour.catalog.picture"].sudo().browse(record_id).exists()
            service_id = picture_sudo.service_id.id
            found = env["tour.catalog.service"]._find_for_client(service_id)
            return picture_sudo if found else None
        # In sudo: as above.
        category_sudo = env["tour.catalog.category"].sudo().browse(record_id).exists()
        return category_sudo if category_sudo._is_shown_to_client() else None

    def _prepare_catalog_list(self, words, category_id=None):
        """A page of services, and where the next one is."""
        page = min(max(read_number(read_text("page")), 1), MAX_PAGE)
        services_sudo, has_more = request.env[
            "tour.catalog.service"
        ]._search_for_client(words, category_id, page)
        return {
            "cards": services_sudo._get_client_cards(),
            "page_number": page,
            "has_more": has_more and page < MAX_PAGE,
            "booking_query": self._get_catalog_booking_query(),
        }

    def _get_catalog_booking_query(self):
        """The booking that services are looked for, on the way to the order form."""
        booking = self._find_catalog_booking(read_number(read_text("booking")))
        return f"?booking={booking.id}" if booking else ""

    def _get_catalog_crumbs(self, service_sudo):
        """The pages above those of a service, with the service itself."""
        category = service_sudo.category_id
        pages = [
            (one.name, f"{PATH}/category/{one.id}")
            for one in (category.parent_id | category)
        ]
        return [
            (request.env._("Catalogue"), PATH),
            *pages,
            (service_sudo.name, f"{PATH}/service/{service_sudo.id}"),
        ]

    # === The page of a booking === #

    def _prepare_tour_booking_values(self, order):
        values = super()._prepare_tour_booking_values(order)
        may_add = self._is_tour_client() and self._find_catalog_booking(order.id)
        values["catalog_url"] = f"{PATH}?booking={order.id}" if may_add else ""
        return values
