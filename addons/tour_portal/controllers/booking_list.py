"""The list of the client's bookings, found and sorted, a page at a time."""

from urllib.parse import urlencode

from odoo.http import request, route

from ..models.sale_order_find import KINDS
from ..portal_lists import SORTS, get_scopes, parse_key
from .inputs import read_day, read_text
from .portal import TourPortal

PATH = "/my/tour/bookings"
FLAGS = ("finished", "archive")
DAYS = ("created_from", "created_to", "service_from", "service_to")
# At home there are so many; the list has them all.
SHOWN_AT_HOME = 10
ORDERED = (("created_from", "created_to"), ("service_from", "service_to"))


class TourBookingList(TourPortal):
    @route(PATH, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_bookings(self, **kwargs):
        """Bookings in work; the finished ones with them, or the archive."""
        self._check_tour_client()
        self._remember_in_tour_request()
        asked = self._read_tour_search()
        faults, wanted = self._parse_tour_search(asked)
        after = read_text("after")
        orders, last = request.env["sale.order"], None
        if not faults:
            orders, last = orders._find_tour_page(
                get_scopes(bool(asked["finished"]), bool(asked["archive"])),
                asked["sort"],
                wanted,
                parse_key(after),
            )
        values = self._prepare_tour_values(
            "bookings",
            asked=asked,
            faults=faults,
            rows=orders._get_tour_rows(),
            next_path=last and self._get_tour_list_path(asked, after=str(last)),
            first_path=after and self._get_tour_list_path(asked),
            is_search=any(wanted.values()) or bool(faults),
            **self._prepare_tour_search_values(),
        )
        return request.render("tour_portal.booking_list", values)

    # === What is asked for === #

    def _read_tour_search(self):
        """What was filled in, as texts; ``sort`` is one of `portal_lists.SORTS`."""
        asked = {name: read_text(name) for name in ("words", "kind", *DAYS)}
        asked.update({name: bool(read_text(name)) for name in FLAGS})
        sort = read_text("sort")
        asked["sort"] = sort if sort in SORTS else SORTS[0]
        return asked

    def _parse_tour_search(self, asked):
        """Check what was filled in.

        :return: {name of the input: what is wrong}, and what is searched for
        :rtype: tuple[dict, dict]
        """
        names = self._get_tour_day_names()
        faults = {}
        wanted = {name: read_day(asked[name]) for name in DAYS}
        for name in DAYS:
            if asked[name] and not wanted[name]:
                faults[name] = request.env._("%(name)s: enter a day.", name=names[name])
        for first, last in ORDERED:
            if wanted[first] and wanted[last] and wanted[last] < wanted[first]:
                faults[last] = request.env._(
                    "%(name)s: the period ends before it begins.", name=names[last]
                )
        wanted["words"] = asked["words"]
        wanted["kind"] = asked["kind"] if asked["kind"] in KINDS else ""
        return faults, wanted

    def _get_tour_day_names(self):
        env = request.env
        return {
            "created_from": env._("Created from"),
            "created_to": env._("Created to"),
            "service_from": env._("Services from"),
            "service_to": env._("Services to"),
        }

    def _prepare_tour_search_values(self):
        """What the form of the search offers."""
        env = request.env
        kinds = (
            env._("Any"),
            env._("Accommodation"),
            env._("Transfer"),
            env._("Other services"),
        )
        sorts = (
            env._("Unread first"),
            env._("Newest first"),
            env._("Oldest first"),
        )
        return {
            "day_names": self._get_tour_day_names(),
            "kinds": list(zip(("", *KINDS), kinds, strict=True)),
            "sorts": list(zip(SORTS, sorts, strict=True)),
        }

    def _get_tour_list_path(self, asked, **more):
        """The address of a list that asks for the same."""
        given = {
            name: "1" if value is True else value
            for name, value in asked.items()
            if value
        }
        if query := urlencode({**given, **more}):
            return f"{PATH}?{query}"
        return PATH

    # === Home === #

    def _prepare_tour_home_values(self):
        """Add the bookings in work, what has news first, and the search."""
        # The rules are asked once: about these and what needs him together.
        orders, last = request.env["sale.order"]._find_tour_page(
            ("working",), "unread", size=SHOWN_AT_HOME, later=True
        )
        values = super()._prepare_tour_home_values()
        orders = orders._filter_tour_seen()
        return {
            **values,
            "asked": {"sort": SORTS[0], "finished": True},
            "faults": {},
            "rows": orders._get_tour_rows(),
            "has_more": bool(last),
            **self._prepare_tour_search_values(),
        }
