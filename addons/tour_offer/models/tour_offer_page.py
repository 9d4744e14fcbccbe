"""What a client sees of his offer, as plain data, and the variants side by side."""

from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date

from ..offer_states import OPEN


class TourOffer(models.Model):
    _inherit = "tour.offer"

    comparison = fields.Html(compute="_compute_comparison", sanitize=False)

    @api.depends("variant_ids.service_ids.price_total", "variant_ids.name")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for offer in self:
            offer.comparison = (
                self.env["ir.qweb"]._render(
                    "tour_offer.comparison_table",
                    {"table": offer._get_comparison(for_staff=True)},
                )
                if offer.variant_ids
                else False
            )

    # === The page === #

    def _get_page_state(self):
        """How the client's page is: open, or how the offer ended."""
        self.ensure_one()
        if self.state in OPEN:
            return "expired" if self._is_lapsed() else "open"
        return self.state

    def _client_view(self):
        """Exactly what the client may see of this offer.

        Wording is in the language of the environment.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: who has the link may read neither companies nor hotels; what he
        # gets is what is named here.
        offer = self.sudo()
        accepted = offer.accepted_variant_id
        return {
            "number": offer.name,
            "state": offer._get_page_state(),
            "client": offer.partner_id.name or "",
            "contact": offer.contact_id.name or "",
            "manager": offer.user_id.name or "",
            "manager_phone": offer.user_id.phone or "",
            "manager_email": offer.user_id.email or "",
            "valid_until": format_date(self.env, offer.valid_until),
            "terms": str(offer.terms or ""),
            "currency": offer.currency_id.name,
            "variants": [
                {**variant._client_view(), "number": number}
                for number, variant in enumerate(offer.variant_ids, 1)
            ],
            "accepted": accepted.name or "",
            "booking": offer.order_ids[:1].name or "",
            "answered_by": offer.answer_name or "",
        }

    # === Side by side === #

    def _get_comparison(self, for_staff=False):
        """The variants as a table: a head, and rows of one cell for each variant.

        A cell is a list of texts. Rows in which nothing is said are left out.

        :param bool for_staff: with what the client must not see
        :rtype: dict
        """
        self.ensure_one()
        views = [variant._client_view() for variant in self.sudo().variant_ids]
        rows = [
            {
                "code": code,
                "label": label,
                "cells": [variant._get_cell(code, view) for variant, view in pairs],
            }
            for pairs in [list(zip(self.sudo().variant_ids, views, strict=True))]
            for code, label in self._get_comparison_labels(for_staff)
        ]
        return {
            "head": [
                {"name": view["name"], "recommended": view["recommended"]}
                for view in views
            ],
            "rows": [row for row in rows if any(row["cells"])],
        }

    @api.model
    def _get_comparison_labels(self, for_staff):
        labels = [
            ("hotel", self.env._("Hotel")),
            ("stars", self.env._("Stars")),
            ("address", self.env._("Address")),
            ("room", self.env._("Room")),
            ("meal", self.env._("Meals")),
            ("dates", self.env._("Dates")),
            ("nights", self.env._("Nights")),
            ("persons", self.env._("Guests")),
            ("transfer", self.env._("Transfers")),
            ("other", self.env._("Other services")),
            ("total", self.env._("Price with taxes")),
        ]
        if for_staff:
            labels += [
                ("supplier_total", self.env._("Due to suppliers")),
                ("margin", self.env._("Margin")),
            ]
        return labels


class TourOfferVariant(models.Model):
    _inherit = "tour.offer.variant"

    def _client_view(self):
        """Exactly what the client may see of this variant."""
        self.ensure_one()
        return {
            "name": self.name,
            "description": self.description or "",
            "recommended": self.is_recommended,
            "services": [service._client_view() for service in self.service_ids],
            "amount_untaxed": self.amount_untaxed,
            "amount_tax": self.amount_tax,
            "amount_total": self.amount_total,
            "tax_text": self._format(self.amount_tax) if self.amount_tax else "",
            "total_text": self._format(self.amount_total),
        }

    def _format(self, amount):
        return format_amount(self.env, amount, self.currency_id).replace("\ufeff", "")

    def _get_cell(self, code, view):
        """Texts of this variant in the row ``code`` of the comparison."""
        if code == "total":
            return [view["total_text"]]
        if code == "supplier_total":
            return [self._format(self.supplier_total)]
        if code == "margin":
            return [self._format(self.margin_total)]
        services = view["services"]
        if code in ("transfer", "other"):
            return [
                f"{service['title']} ({service['dates']})"
                for service in services
                if service["kind"] == code
            ]
        stays = [s for s in services if s["kind"] == "accommodation"]
        texts = [str(stay[code]) for stay in stays if stay[code]]
        return texts if code in ("nights", "persons") else list(dict.fromkeys(texts))


class TourOfferService(models.Model):
    _inherit = "tour.offer.service"

    def _client_view(self):
        """Exactly what the client may see of this service."""
        self.ensure_one()
        view = {
            "kind": self.service_kind,
            "type": self.service_type_id.name,
            "title": self._get_short_name(),
            "dates": self._get_dates_text(),
            "persons": self.persons,
            "price": self.price_total,
            "price_text": self.variant_id._format(self.price_total),
            "details": [],
        }
        if self.service_kind == "accommodation":
            view.update(self._client_view_of_stay())
        elif self.service_kind == "transfer":
            details = (self.car_class, self.transport_number)
            view["details"] = [text for text in details if text]
        else:
            view["details"] = (self.service_text or "").splitlines()[1:]
        return view

    def _client_view_of_stay(self):
        hotel = self.hotel_id
        selections = {
            name: dict(record._fields[name]._description_selection(self.env))
            for name, record in (("meal", self), ("stars", hotel))
        }
        room = self.room_id.name or ""
        if self.rooms > 1:
            room = self.env._("%(room)s, rooms: %(count)s", room=room, count=self.rooms)
        view = {
            "hotel": hotel.name or "",
            "stars": selections["stars"].get(hotel.stars, ""),
            "address": ", ".join(filter(None, (hotel.city_id.name, hotel.street))),
            "room": room,
            "meal": selections["meal"].get(self.meal, ""),
            "nights": self.nights,
        }
        nights = self.env._("nights: %(count)s", count=self.nights)
        guests = self.env._("guests: %(count)s", count=self.persons)
        details = (view["stars"], view["address"], room, view["meal"], nights, guests)
        view["details"] = [text for text in details if text]
        return view

    def _get_dates_text(self):
        start = format_date(self.env, self.date_from)
        if not self.date_to or self.date_to == self.date_from:
            return start
        return f"{start} – {format_date(self.env, self.date_to)}"
