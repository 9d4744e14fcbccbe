"""Payments that were marked by hand: undone with their invoice (BIL-13)."""

from odoo import fields, models
from odoo.exceptions import UserError


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _check_undoable(self, invoice):
        """Refuse to undo what is not this invoice's alone, or what the bank confirmed.

        :raise UserError: with the way out
        """
        for payment in self:
            matched = payment.reconciled_invoice_ids | payment.reconciled_bill_ids
            others = (matched | payment.move_id._get_counterparts()) - invoice
            if others:
                raise UserError(
                    self.env._(
                        "Payment %(payment)s is also for %(others)s. Take it off "
                        "%(invoice)s in the books first.",
                        payment=payment.display_name,
                        others=", ".join(others.mapped("display_name")),
                        invoice=invoice.display_name,
                    )
                )
            if payment.reconciled_statement_line_ids:
                raise UserError(
                    self.env._(
                        "Payment %(payment)s stands on a statement of the bank. Make "
                        "a credit note, and pay the money back.",
                        payment=payment.display_name,
                    )
                )

    def _undo_by_hand(self):
        """Take these payments back: cancelled, or reversed where the books are closed.

        Note: in sudo mode; whoever calls has checked that they may be undone.
        """
        for payment in self:
            entry = payment.move_id
            if entry and entry._get_violated_lock_dates(entry.date, False):
                entry.line_ids.remove_move_reconcile()
                today = fields.Date.context_today(payment)
                entry._reverse_moves([{"date": today}], cancel=True)
            else:
                # Its entry stays, cancelled: its number was used.
                payment.action_cancel()

    # === Odoo's own buttons === #

    def action_draft(self):
        """Refuse to take back what came online for a booking."""
        self._check_not_online()
        return super().action_draft()

    def action_cancel(self):
        """Refuse to cancel what came online for a booking."""
        self._check_not_online()
        return super().action_cancel()

    def _check_not_online(self):
        # In sudo: transactions are for accountants.
        online = self.sudo().filtered(
            lambda payment: (
                payment.payment_transaction_id.state == "done"
                and payment.payment_transaction_id.invoice_ids.tour_booking_ids
            )
        )
        if online:
            raise UserError(
                self.env._(
                    "%(payments)s came through a payment provider. The money goes back "
                    "by a refund only.",
                    payments=", ".join(online.mapped("display_name")),
                )
            )
