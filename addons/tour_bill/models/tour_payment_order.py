"""From a payment order, as it came from the bank, to bill and payments (BIL-20)."""

from odoo import fields, models

ACCOUNTING = "account.group_account_readonly,account.group_account_invoice"


class TourPaymentOrder(models.Model):
    _inherit = "tour.payment.order"

    tour_bill_payment_count = fields.Integer(
        string="Number of payments",
        compute="_compute_tour_bill_payment_count",
        groups=ACCOUNTING,
    )

    def _compute_tour_bill_payment_count(self):
        for order in self:
            # In sudo: how many there are is told, whoever may open them.
            bill = order.sudo().bill_id
            order.tour_bill_payment_count = bill.tour_bill_payment_count

    def action_open_bill(self):
        """Open the bill that the payment order pays."""
        self.ensure_one()
        return self.bill_id._open_bills(self.bill_id)

    def action_view_bill_payments(self):
        """Open the payments of that bill."""
        self.ensure_one()
        return self.bill_id.action_view_bill_payments()
