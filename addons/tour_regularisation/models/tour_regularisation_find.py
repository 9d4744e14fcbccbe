"""Which bookings a regularisation is about: by numbers, by a search, or chosen."""

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..number_paste import MAX_NUMBERS, get_names, parse

# Bookings that have ended: their prices stay.
ENDED = ("cancelled", "cancelled_penalty", "refused", "archive")


class Found(NamedTuple):
    """Bookings in their order, under the numbers they were asked for by; and numbers
    that name none, with the reason."""

    orders: list
    faults: list[tuple[str, str]]


class TourRegularisation(models.Model):
    _inherit = "tour.regularisation"

    def _find(self):
        """The bookings that this is about, as far as the user may see them.

        :rtype: Found
        """
        self.ensure_one()
        found = getattr(self, f"_find_by_{self.source}")()
        if len(found.orders) > MAX_NUMBERS:
            raise UserError(
                self.env._(
                    "These are more than %(limit)s bookings. Regularise them in parts.",
                    limit=MAX_NUMBERS,
                )
            )
        return found

    def _find_by_chosen(self):
        return Found([(order.name, order) for order in self.order_ids], [])

    def _find_by_filter(self):
        if not (self.hotel_ids or self.supplier_ids or self.client_ids):
            raise UserError(
                self.env._("Choose hotels, suppliers or clients to search by.")
            )
        domain = Domain("is_tour_booking", "=", True)
        domain &= Domain("company_id", "=", self.company_id.id)
        domain &= Domain("booking_state", "not in", ENDED)
        domain &= Domain("order_line", "any", self._get_service_domain())
        if self.client_ids:
            domain &= Domain("partner_id", "child_of", self.client_ids.ids)
        orders = self.env["sale.order"].search(
            domain, order="id", limit=MAX_NUMBERS + 1
        )
        return Found([(order.name, order) for order in orders], [])

    def _get_service_domain(self):
        """Which services are changed, of whatever bookings."""
        domain = Domain("service_type_id", "!=", False)
        if self.service_kind:
            domain &= Domain("service_kind", "=", self.service_kind)
        if self.hotel_ids:
            domain &= Domain("hotel_id", "in", self.hotel_ids.ids)
        if self.supplier_ids:
            domain &= Domain("supplier_id", "child_of", self.supplier_ids.ids)
        if self.arrival_from:
            domain &= Domain("date_from", ">=", self.arrival_from)
        if self.arrival_to:
            domain &= Domain("date_from", "<=", self.arrival_to)
        return domain

    def _find_by_numbers(self):
        pasted = parse(self.numbers or "")
        if not pasted.numbers:
            raise UserError(self.env._("Paste the numbers of the bookings."))
        if pasted.left_out:
            raise UserError(
                self.env._(
                    "These are %(count)s numbers. Paste %(limit)s at most at a time.",
                    count=len(pasted.numbers) + pasted.left_out,
                    limit=MAX_NUMBERS,
                )
            )
        prefix, padding = self._get_numbering()
        names = {
            number: get_names(number, prefix, padding) for number in pasted.numbers
        }
        return self._match_numbers(names, self._get_orders_by_name(names))

    def _get_numbering(self):
        """Prefix and padding of the company's numbers."""
        Order = self.env["sale.order"]
        # In sudo: how bookings are numbered is no secret to who reads their numbers.
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .with_company(self.company_id)
            .browse(Order._get_booking_sequence_id(self.company_id.id))
        )
        return sequence._get_prefix_suffix()[0], sequence.padding

    def _get_orders_by_name(self, names):
        orders = self.env["sale.order"].search_fetch(
            [
                ("is_tour_booking", "=", True),
                ("company_id", "=", self.company_id.id),
                ("name", "in", [name for group in names.values() for name in group]),
            ],
            ["name"],
        )
        return orders.grouped("name")

    @api.model
    def _match_numbers(self, names, orders_by_name):
        taken, faults = {}, []
        for number, candidates in names.items():
            orders = self.env["sale.order"].union(
                *(orders_by_name[name] for name in candidates if name in orders_by_name)
            )
            if len(orders) > 1:
                text = self.env._("Several bookings have this number.")
                faults.append((number, text))
            elif orders:
                taken.setdefault(orders, number)
            else:
                text = self.env._("There is no such booking, or you may not see it.")
                faults.append((number, text))
        return Found([(number, order) for order, number in taken.items()], faults)
