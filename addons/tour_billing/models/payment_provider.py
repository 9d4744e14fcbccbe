"""What payment providers keep: in the books, and among the booking's costs."""

from decimal import Decimal

from odoo import fields, models

from odoo.addons.tour_booking.booking_states import MOVER

from .. import acquiring


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    tour_fee_percent = fields.Float(
        string="Fee, %", digits=(16, 4), groups="base.group_system"
    )
    tour_fee_fixed = fields.Float(
        string="Fee per payment",
        digits=(16, 2),
        groups="base.group_system",
        help="In the currency of the payment.",
    )
    tour_fee_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Fees cost",
        check_company=True,
        domain=[("account_type", "in", ("expense", "expense_direct_cost"))],
        groups="base.group_system",
        help="Fees are entered here, and taken off what the provider owes us. Without "
        "it they stand among the costs of the booking only.",
    )

    _tour_fee_positive = models.Constraint(
        "CHECK(tour_fee_percent >= 0 AND tour_fee_percent <= 100"
        " AND tour_fee_fixed >= 0)",
        "A fee is not negative, and a percentage not above 100.",
    )


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_fee = fields.Monetary(
        string="Provider's fee",
        readonly=True,
        copy=False,
        help="What the payment provider kept of it.",
    )

    def _follow_client_payment(self):
        """Book what the provider kept."""
        self._book_fee()
        return super()._follow_client_payment()

    def _book_fee(self):
        """Enter the provider's fee, and charge it to the bookings.

        Note: called once for each payment, in sudo mode.
        """
        provider = self.payment_transaction_id.provider_id
        fee = self._get_fee(provider)
        if not fee:
            return
        self.tour_fee = float(fee)
        self._charge_bookings(fee)
        if provider.tour_fee_account_id and self.outstanding_account_id:
            entry = self.env["account.move"].create(
                self._prepare_fee_entry(provider.tour_fee_account_id)
            )
            entry.action_post()

    def _get_fee(self, provider):
        """What the provider kept; override where it tells the exact sum itself.

        :rtype: Decimal
        """
        return acquiring.fee(
            Decimal(str(self.amount)),
            provider.tour_fee_percent,
            provider.tour_fee_fixed,
            self.currency_id.decimal_places,
        )

    def _charge_bookings(self, fee):
        invoices = self._get_client_invoices()
        orders = invoices.tour_booking_ids
        weights = [invoices._get_invoiced_for(order) for order in orders]
        parts = acquiring.share(fee, weights, self.currency_id.decimal_places)
        for order, part in zip(orders, parts, strict=True):
            cost = self.currency_id._convert(
                float(part), order.currency_id, self.company_id, self.date
            )
            # As the mover writes: accounting knows of the fee from the books, and a
            # booking that is done is not reposted for it.
            order.with_context(tour_booking_mover=MOVER).write(
                {"acquiring_cost": order.acquiring_cost + cost}
            )

    def _prepare_fee_entry(self, cost):
        company = self.company_id
        balance = self.currency_id._convert(
            self.tour_fee, company.currency_id, company, self.date
        )
        name = self.env._("Fee of %(payment)s", payment=self.display_name)
        rows = (
            (cost, balance, self.tour_fee),
            (self.outstanding_account_id, -balance, -self.tour_fee),
        )
        return {
            "move_type": "entry",
            "journal_id": self.journal_id.id,
            "date": self.date,
            "ref": name,
            "line_ids": [
                fields.Command.create(
                    {
                        "name": name,
                        "account_id": account.id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": amount,
                        "balance": signed,
                    }
                )
                for account, signed, amount in rows
            ],
        }


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_invoiced_for(self, order):
        """How much of these invoices is for a booking: its services, and what was
        invoiced by hand, in equal parts if that was for several."""
        amount = 0.0
        for move in self.filtered(lambda move: order in move.tour_booking_ids):
            for line in move.invoice_line_ids:
                orders = line.sale_line_ids.order_id or move.tour_booking_ids
                if order in orders:
                    amount += line.price_total / len(orders)
        return amount
