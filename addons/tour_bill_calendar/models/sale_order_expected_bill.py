"""What suppliers will bill of a booking, and when it is best paid (BIL-17)."""

from datetime import timedelta

from odoo import fields, models

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..engine.expecting import HERE, Dates, Open, expect, plan


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _prepare_expected_bills(self):
        """What is expected of these bookings of one company; in sudo mode.

        :return: {(id of the booking, id of the supplier): values}
        """
        today = fields.Date.context_today(self)
        came = self._get_amounts_that_came()
        result = {}
        for order in self.filtered(lambda order: order._expects_bills()):
            opens = order._get_opens(came)
            billed = order._to_own(order.supplier_billed_amount)
            money = order._get_client_money()
            planned = plan(opens, billed, *money, today)
            for one in opens:
                payment, money_day = planned[one.key]
                is_here = money_day in (HERE, None)
                result[order.id, one.key] = {
                    "amount": float(order._from_own(one.amount)),
                    "company_amount": float(one.amount),
                    "expected_date": one.day,
                    "pay_date": payment.day,
                    "pay_why": payment.why,
                    "is_at_risk": payment.is_at_risk,
                    "money_date": False if is_here else money_day,
                    "last_free_date": one.last_free or False,
                }
        return result

    def _expects_bills(self):
        """Whether suppliers will bill the booking: it is sold, or cost a penalty."""
        self.ensure_one()
        return self.state == "sale" and self.booking_state != "archive"

    def _get_opens(self, came):
        """What each supplier has not billed, in the currency of the company.

        :param came: see `_get_amounts_that_came`
        """
        lines = self._get_services().filtered(
            lambda line: (
                line.supplier_id and line.supplier_billing_state in ("none", "partly")
            )
        )
        opens = []
        for supplier, own in lines.grouped(
            lambda line: line.supplier_id.commercial_partner_id
        ).items():
            left = self._to_own(-sum(own.mapped("supplier_billing_difference")))
            left -= came.get((self.id, supplier.id), 0)
            allowance = self.company_id._get_bill_allowance(
                left, self.company_id.currency_id
            )
            day = expect(
                *supplier._get_bill_terms(self.company_id), self._get_days(own)
            )
            if left > allowance and day:
                opens.append(Open(supplier.id, left, day, self._get_last_free(own)))
        return opens

    def _get_days(self, lines):
        """The days that the terms of these services count from."""
        starts = [line.date_from for line in lines if line.date_from]
        ends = [line.date_to or line.date_from for line in lines if line.date_from]
        booked = self.date_order and fields.Datetime.context_timestamp(
            self, self.date_order
        )
        return Dates(
            booked.date() if booked else None,
            min(starts, default=None),
            max(ends, default=None),
        )

    def _get_last_free(self, lines):
        """The day before the first of these services begins to cost when cancelled."""
        moments = [line.free_until for line in lines if line.free_until]
        return min(moments).date() - timedelta(days=1) if moments else None

    def _get_amounts_that_came(self):
        """What bills ask that came, and are for no service yet.

        :return: {(id of the booking, id of the supplier): amount in own currency}
        """
        result = {}
        bills = self.bill_ids.filtered(
            lambda bill: (
                bill.tour_bill_match_state in ("none", "partly", "disputed")
                and bill._is_bill_standing()
            )
        )
        for bill in bills:
            own = bill.company_id.currency_id
            amount = bill.currency_id._convert(
                bill.tour_bill_unmatched_amount,
                own,
                bill.company_id,
                bill.invoice_date or fields.Date.context_today(self),
            )
            # Of a bill for many bookings each has an equal part, until it is known.
            part = exact(amount / max(len(bill.tour_order_ids), 1), own.decimal_places)
            for order in bill.tour_order_ids & self:
                key = order.id, bill.commercial_partner_id.id
                result[key] = result.get(key, 0) + part
        return result

    def _get_client_money(self):
        """What the client paid, and what he owes when, in the currency of the company.

        Of an invoice for several bookings each has an equal part.
        """
        places = self.company_id.currency_id.decimal_places
        received, dues = exact(0, places), []
        # Not filtered, which would read the rows of each booking by themselves.
        for invoice in self.client_invoice_ids:
            if invoice.move_type != "out_invoice" or invoice.state != "posted":
                continue
            share = max(len(invoice.tour_booking_ids), 1)
            for row in invoice._get_due_rows():
                paid = row.balance - row.amount_residual
                received += exact(paid / share, places)
                if row.amount_residual > 0:
                    left = exact(row.amount_residual / share, places)
                    dues.append((row.date_maturity, left))
        return received, dues

    def _to_own(self, amount):
        """An amount of the booking in the currency of the company, exactly."""
        own = self.company_id.currency_id
        if self.currency_id != own:
            today = fields.Date.context_today(self)
            amount = self.currency_id._convert(amount, own, self.company_id, today)
        return exact(amount, own.decimal_places)

    def _from_own(self, amount):
        own = self.company_id.currency_id
        if self.currency_id == own:
            return amount
        today = fields.Date.context_today(self)
        return own._convert(float(amount), self.currency_id, self.company_id, today)
