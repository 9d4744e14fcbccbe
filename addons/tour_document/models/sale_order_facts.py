"""Facts of papers from bookings: what `papers.present` takes.

Papers for the client are made of `_client_view`, which holds exactly what he may see,
and of the taxes of his own prices. The request to a supplier is made of
`_supplier_view`, which has neither the client nor his prices.
"""

from decimal import Decimal

from odoo import fields, models

from odoo.addons.tour_booking.booking_states import PHONE_HIDDEN

from ..papers import KINDS

STAY_KEYS = (
    "room", "meal", "rooms", "nights", "early_arrival", "late_departure",
)  # fmt: skip
TRANSFER_KEYS = ("route", "car_class", "transport_number")


def exact(amount, decimals=2):
    """A stored float as the decimal it stands for.

    >>> exact(0.1 + 0.2), exact(12200.0)
    (Decimal('0.30'), Decimal('12200.00'))
    """
    return Decimal(f"{amount or 0.0:.{decimals}f}")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_paper_services(self, document):
        """Services of the booking that the document is of, and their totals.

        :return: facts of services and facts of totals, as `papers` has them
        """
        self.ensure_one()
        kind = KINDS[document.kind]
        lines = self._get_services()
        if kind.audience == "supplier":
            lines = lines.filtered(lambda line: line.supplier_id == document.partner_id)
            return self._get_supplier_services(document, lines), {}
        view = self._client_view()
        services = [
            {**self._get_client_service(service), **self._get_client_taxes(line)}
            for service, line in zip(view["services"], lines, strict=True)
        ]
        if kind.unit in ("service", "stay"):
            place = (
                list(lines).index(document.line_id) if document.line_id in lines else -1
            )
            if place < 0:
                return [], {}
            return services[place : place + 1], document.line_id._get_paper_totals()
        if kind.prices == "both":
            for service, line in zip(services, lines, strict=True):
                service.update(line._get_supplier_prices())
        services = document._arrange_rows(services, lines)
        services += self._get_other_rows()
        totals = {
            "untaxed": exact(view["amount_untaxed"]),
            "total": exact(view["amount_total"]),
            "taxes": self._get_paper_taxes(),
        }
        return services, totals

    def _get_supplier_services(self, document, lines):
        """What the supplier may see; he is told his own number when we cancel."""
        services = self._supplier_view(document.partner_id)["services"]
        if document.kind == "cancellation_letter":
            for service, line in zip(services, lines, strict=True):
                service["confirmation_number"] = line.confirmation_number
        return services

    def _get_client_service(self, view):
        """Facts of a service from what the client may see of it."""
        service = {
            "kind": view["kind"],
            "name": view["type"],
            "text": view["text"],
            "date_from": fields.Date.to_date(view["date_from"]),
            "date_to": fields.Date.to_date(view["date_to"]),
            "hour_from": view["hour_from"],
            "hour_to": view["hour_to"],
            "total": exact(view["price"]),
            "confirmation_number": view.get("confirmation_number"),
            "guests": [self._get_paper_guest(guest) for guest in view["guests"]],
            **{key: view[key] for key in (*STAY_KEYS, *TRANSFER_KEYS) if key in view},
        }
        if view["kind"] == "accommodation":
            service["hotel"] = {
                "name": view["hotel"],
                "city": view["hotel_city"],
                "address": view["hotel_address"],
                "phone": view["hotel_phone"],
            }
        return self._without_idle_hours(service)

    def _get_paper_guest(self, view):
        names = (view["last_name"], view["first_name"], view["middle_name"])
        return {
            "name": " ".join(name for name in names if name),
            "guest_type": view["type"],
            "age": view["age"],
            "nationality": view["nationality"],
            "extra": [
                {"label": label, "value": self.env._("Yes") if value is True else value}
                for label, value in view["extra"].items()
            ],
        }

    def _get_client_taxes(self, line):
        """The taxes of the client's price, as `account.tax` reckoned them."""
        # In sudo: taxes are for accountants, the invoice is for everybody.
        taxes_sudo = line.sudo().tax_ids
        return {
            "tax_names": [tax.invoice_label or tax.name for tax in taxes_sudo],
            "tax_amount": exact(line.price_tax),
        }

    def _get_other_rows(self):
        """Ordinary lines of the order, so that the rows add up to its total."""
        lines = (self.order_line - self._get_services()).filtered(
            lambda line: not line.display_type
        )
        return [
            {
                "kind": "other",
                "name": line.name,
                "total": exact(line.price_total),
                **self._get_client_taxes(line),
            }
            for line in lines
        ]

    def _get_paper_taxes(self):
        """Taxes of the whole, by their groups, as `account.tax` reckoned them.

        A group of one tax is called by the tax: charts of accounts name groups after
        rates of another time.
        """
        subtotals = (self.tax_totals or {}).get("subtotals", ())
        # In sudo: taxes are for accountants, the invoice is for everybody.
        taxes_sudo = self.env["account.tax"].sudo()
        rows = []
        for group in (group for each in subtotals for group in each["tax_groups"]):
            involved = taxes_sudo.browse(group["involved_tax_ids"])
            rows.append(
                {
                    "name": involved.name
                    if len(involved) == 1
                    else group["group_name"],
                    "amount": exact(group["tax_amount_currency"]),
                }
            )
        return rows

    def _get_paper_consignee(self, document):
        """The consignee; suppliers are not told of him."""
        if KINDS[document.kind].audience == "supplier":
            return None
        return self._hide_client_phone(self.consignee_id._get_paper_facts())

    def _hide_client_phone(self, facts):
        """Take the phone out of the facts until the booking is accepted (BKG-15)."""
        if facts and self.booking_state in PHONE_HIDDEN:
            facts["phone"] = ""
        return facts

    def _get_paper_booking(self, document):
        """The booking's own marks; the client's are not for suppliers."""
        # In sudo: a manager's name and phone are on the papers of all his bookings.
        manager_sudo = self.user_id.sudo()
        reference = self.client_order_ref
        return {
            "number": self.name,
            "reference": reference if KINDS[document.kind].audience == "client" else "",
            "manager": {
                "name": manager_sudo.name,
                "phone": manager_sudo.phone,
                "email": manager_sudo.email,
            },
        }

    def _get_paper_terms(self, document):
        """Terms of this booking that the client agreed to; none on other papers."""
        return self._client_view()["terms"] if KINDS[document.kind].has_terms else ""

    # The supplier's side

    def _supplier_view(self, supplier):
        """Exactly what a supplier may see of the booking, as plain data.

        That is: his own services, their guests by name, and the price agreed with him.
        The client, his prices and his marks are not in it.

        :param supplier: partner, one of the suppliers of the services
        """
        self.ensure_one()
        lines = self._get_services().filtered(lambda line: line.supplier_id == supplier)
        return {
            "number": self.name,
            "currency": self.currency_id.name,
            "services": [line._supplier_view() for line in lines],
        }

    def _without_idle_hours(self, service):
        """An hour of 0:00 is one that was not filled in, except at a hotel."""
        if not service.get("hotel"):
            for name in ("hour_from", "hour_to"):
                service[name] = service[name] or None
        return service


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_paper_totals(self):
        """Totals of a paper about this service alone."""
        self.ensure_one()
        # In sudo: taxes are for accountants, the act is for everybody.
        names = self.sudo().tax_ids.mapped("name")
        tax = {"name": ", ".join(names), "amount": exact(self.price_tax)}
        return {
            "untaxed": exact(self.price_subtotal),
            "total": exact(self.price_total),
            "taxes": [tax] if names else [],
        }

    def _get_supplier_prices(self):
        """What our own accountants see beside the client's price."""
        self.ensure_one()
        return {
            # In sudo: the name of the supplier of this service.
            "supplier": self.sudo().supplier_id.name,
            "supplier_price_total": exact(self.supplier_price_total),
            "supplier_due": exact(self.supplier_due),
        }

    def _supplier_view(self):
        """Exactly what the supplier may see of his service."""
        self.ensure_one()
        service = {
            "kind": self.service_kind,
            "name": self.service_type_id.name,
            "text": self.service_text,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "hour_from": self.hour_from,
            "hour_to": self.hour_to,
            "guests": [guest._supplier_view() for guest in self.guest_ids],
            "supplier_price_night": exact(self.supplier_price_night),
            "supplier_price_total": exact(self.supplier_price_total),
            "commission_percent": self.commission_percent,
            "commission_amount": exact(self.commission_amount),
            "supplier_due": exact(self.supplier_due),
            "settlement": self.settlement,
        }
        if self.service_kind == "accommodation":
            service.update(self._supplier_view_of_stay())
        elif self.service_kind == "transfer":
            service.update({key: self[key] for key in TRANSFER_KEYS})
        return self.order_id._without_idle_hours(service)

    def _supplier_view_of_stay(self):
        hotel = self.hotel_id
        meals = dict(self._fields["meal"]._description_selection(self.env))
        return {
            "hotel": {"name": hotel.name, "city": hotel.city_id.name},
            "room": self.room_id.name,
            "meal": meals.get(self.meal),
            **{
                key: self[key]
                for key in ("rooms", "nights", "early_arrival", "late_departure")
            },
        }


class TourGuest(models.Model):
    _inherit = "tour.guest"

    def _supplier_view(self):
        """What a supplier needs to know of a guest to receive him, and no more."""
        self.ensure_one()
        return {
            "name": self.full_name,
            "guest_type": self.guest_type,
            "age": self.age,
            "nationality": self.nationality_id.name,
        }
