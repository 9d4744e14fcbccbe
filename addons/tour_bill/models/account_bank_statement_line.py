"""From a line of the bank to what it paid (BIL-20)."""

from odoo import models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _get_paid_bills(self):
        """Bills that these lines paid: by a payment of ours, or matched at once."""
        rows = self.move_id.line_ids
        partials = rows.matched_debit_ids | rows.matched_credit_ids
        moves = (partials.debit_move_id | partials.credit_move_id).move_id
        payments = moves.origin_payment_id
        bills = moves | payments.reconciled_bill_ids | payments._get_ordered_bills()
        return bills.filtered(lambda move: move.move_type == "in_invoice")

    def action_view_bills(self):
        """Open the bills that the line paid."""
        self.ensure_one()
        self.check_access("read")
        # In sudo: which bills; whether the user sees them is asked by their list.
        bills = self.sudo()._get_paid_bills().sudo(False)
        return self.env["account.move"]._open_bills(bills)

    def action_view_bookings(self):
        """Open the bookings whose bills the line paid."""
        self.ensure_one()
        self.check_access("read")
        # In sudo: as above.
        orders = self.sudo()._get_paid_bills().tour_order_ids.sudo(False)
        return self.env["account.move"]._open_bill_bookings(orders)
