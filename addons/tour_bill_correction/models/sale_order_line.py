"""What a supplier has got of a service: what the bank has paid of his bills."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from odoo.addons.tour_hotel.amounts import decimal

from ..paid_shares import spread_paid


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_supplier_paid_share(self):
        """Count what the bank has paid of bills, also of one for many bookings."""
        bills = self.order_id._get_bills_of(self.supplier_id)
        by_paper = self.payment_order_state == "confirmed"
        if by_paper or not any(bill.tour_bill_state for bill in bills):
            return super()._get_supplier_paid_share()
        due = self.supplier_due
        if due <= 0:
            return 0.0
        paid = sum(bill._get_paid_of_service(self) for bill in bills)
        return min(max(paid / due, 0.0), 1.0)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_paid_of_service(self, line):
        """What of this bill was paid for a service, in the service's currency."""
        self.ensure_one()
        services = self.tour_order_ids._get_services().filtered(
            lambda service: (
                service.supplier_id.commercial_partner_id == self.commercial_partner_id
            )
        )
        spread = spread_paid(
            decimal(self.amount_total),
            # What was set off he has got before.
            decimal(self.tour_bill_paid_amount + self.tour_bill_setoff_amount),
            self._get_bill_parts(),
            {service.id: self._get_service_cost(service) for service in services},
        )
        return self.currency_id._convert(
            float(spread.get(line.id, 0)),
            line.currency_id,
            self.company_id,
            self._get_setoff_date(),
            round=False,
        )

    def _get_bill_parts(self):
        """Hook: {id of a service: which part of this bill it was accepted for}.

        An add-on that knows may not be there: then there is none.
        """
        parts = defaultdict(Decimal)
        if "tour_bill_match_ids" in self._fields:
            for match in self.tour_bill_match_ids:
                if match.state == "accepted":
                    parts[match.service_id.id] += decimal(match.amount)
        return parts

    def _get_service_cost(self, service):
        """What the service costs, in the currency of the bill."""
        cost = service.currency_id._convert(
            max(service.supplier_due, 0.0),
            self.currency_id,
            self.company_id,
            self._get_setoff_date(),
            round=False,
        )
        return decimal(cost)

    def _get_setoff_date(self):
        """The day of whose rate amounts are told in another currency."""
        return self.invoice_date or fields.Date.context_today(self)
