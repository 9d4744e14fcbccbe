"""Step 2: hotels in a city, with the price from which a stay is to be had."""

import math

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext
from odoo.tools.misc import format_amount

PAGE = 20
MAX_DESCRIPTION = 300
# The sketch of the map: its size, and the least distance of a mark from its edge.
WIDTH, HEIGHT, EDGE = 640, 360, 28


class TourPortalHotels(models.AbstractModel):
    """All in sudo: a client may read no hotels, and gets what is named here."""

    _name = "tour.portal.hotels"
    _description = "Search of Hotels by Clients"

    @api.model
    def _get_domain(self, company):
        """Which hotels clients of the company may book."""
        return Domain("client_bookable", "=", True) & Domain(
            "company_id", "in", (company.id, False)
        )

    @api.model
    def _find_hotel(self, hotel_id, company):
        """The hotel, in sudo mode; nothing if clients may not book it."""
        # In sudo: see above.
        return (
            self.env["tour.hotel"]
            .sudo()
            .search(self._get_domain(company) & Domain("id", "=", hotel_id))
        )

    @api.model
    def _find_rates(self, hotels, company):
        """Rates that clients may choose of these hotels, in sudo mode."""
        # In sudo: see above.
        return (
            self.env["tour.rate"]
            .sudo()
            .search(
                [
                    ("hotel_id", "in", hotels.ids),
                    ("client_visible", "=", True),
                    ("room_id.active", "=", True),
                    ("company_id", "in", (company.id, False)),
                ],
                order="hotel_id, room_id, sequence, name, id",
            )
        )

    @api.model
    def _get_page(self, draft, after=None):
        """Hotels for a draft, by name, a page behind the hotel ``after``.

        The number of queries depends neither on how many there are nor on their rates.

        :return: ``hotels``, ``after`` (for the next page, or None), ``points``
        :rtype: dict
        """
        where, company = draft.data["where"], draft.company_id
        domain = self._get_domain(company) & Domain("city_id", "=", where["city_id"])
        if where["hotel"]:
            domain &= Domain("search_text", "ilike", where["hotel"])
        # In sudo: see above.
        hotels_sudo = self.env["tour.hotel"].sudo()
        last = after and hotels_sudo.browse(after).exists()
        if last:
            domain &= Domain("name", ">", last.name) | (
                Domain("name", "=", last.name) & Domain("id", ">", last.id)
            )
        found = hotels_sudo.search(domain, order="name, id", limit=PAGE + 1)
        shown = found[:PAGE]
        prices, order = self._get_from_prices(draft, shown)
        pictured = self._get_pictured(shown)
        stars = dict(hotels_sudo._fields["stars"]._description_selection(self.env))
        hotels = [
            {
                "id": hotel.id,
                "number": number,
                "name": hotel.name,
                "stars": stars.get(hotel.stars, "") if hotel.stars != "0" else "",
                "address": ", ".join(filter(None, (hotel.street, hotel.city_name))),
                "description": self._shorten(hotel.description),
                "picture": hotel.id in pictured,
                "price": prices.get(hotel.id)
                and format_amount(self.env, prices[hotel.id], order.currency_id),
            }
            for number, hotel in enumerate(shown, 1)
        ]
        return {
            "hotels": hotels,
            "after": shown[-1:].id if len(found) > PAGE else None,
            "points": self._get_points(shown),
        }

    @api.model
    def _shorten(self, html):
        text = " ".join(html2plaintext(html or "", include_references=False).split())
        if len(text) <= MAX_DESCRIPTION:
            return text
        return text[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"

    @api.model
    def _get_pictured(self, hotels):
        """Ids of the hotels that have a picture; pictures are not read for it."""
        # In sudo: see above.
        attachments_sudo = self.env["ir.attachment"].sudo()
        files = attachments_sudo.search_fetch(
            [
                ("res_model", "=", "tour.hotel"),
                ("res_field", "=", "client_picture"),
                ("res_id", "in", hotels.ids),
            ],
            ["res_id"],
        )
        return set(files.mapped("res_id"))

    # === Prices === #

    @api.model
    def _get_from_prices(self, draft, hotels):
        """The least price of each hotel at which all find a room.

        :return: {hotel id: amount, taxes in it}; and the order it would be
        """
        quote = self.env["tour.portal.quote"]
        order = draft._prepare_order()
        service_type = quote._get_type()
        by_group = [
            draft._prepare_group_values(index)
            for index in range(len(draft.data["where"]["groups"]))
        ]
        keys, services = [], []
        for rate in self._find_rates(hotels, draft.company_id):
            for index, values in enumerate(by_group):
                if not draft._fits(rate, index):
                    continue
                keys.append((rate.hotel_id.id, index))
                services.append(
                    quote._prepare_stay(
                        order, service_type, rate.hotel_id, rate, values
                    )
                )
        best = {}
        for key, service, price in zip(
            keys, services, quote._get_net_prices(services), strict=True
        ):
            if price is not None and (key not in best or price < best[key][0]):
                best[key] = (price, service)
        prices = {}
        for hotel in hotels:
            parts = [best.get((hotel.id, index)) for index in range(len(by_group))]
            if all(parts):
                prices[hotel.id] = sum(
                    quote._add_taxes(service, price) for price, service in parts
                )
        return prices, order

    # === Map === #

    @api.model
    def _get_points(self, hotels):
        """Where the hotels lie on a sketch that is drawn here; no map of others is
        asked, which would tell them what the client looks for.

        :return: dicts of ``number`` (in the list), ``x``, ``y``
        """
        placed = [
            (number, hotel.longitude, hotel.latitude)
            for number, hotel in enumerate(hotels, 1)
            if hotel.latitude or hotel.longitude
        ]
        if len(placed) < 2:
            return []
        latitudes = [point[2] for point in placed]
        middle = math.radians((min(latitudes) + max(latitudes)) / 2)
        flat = [(n, lon * math.cos(middle), lat) for n, lon, lat in placed]
        left, right = (f(point[1] for point in flat) for f in (min, max))
        bottom, top = min(latitudes), max(latitudes)
        # One scale for both directions; all in one place is drawn in the middle.
        scale = min(
            (WIDTH - 2 * EDGE) / max(right - left, 1e-6),
            (HEIGHT - 2 * EDGE) / max(top - bottom, 1e-6),
        )
        return [
            {
                "number": number,
                "x": round(WIDTH / 2 + (x - (left + right) / 2) * scale, 1),
                "y": round(HEIGHT / 2 - (y - (bottom + top) / 2) * scale, 1),
            }
            for number, x, y in flat
        ]
