"""Payments that were marked by hand: undone with their invoice (BIL-13)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import without_defaults

from ..invoice_states import ACTOR

# Written by the acts of invoices only.
UNDONE_FIELDS = {"tour_taken_back_on"}


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_taken_back_on = fields.Date(
        string="Taken back on",
        readonly=True,
        copy=False,
        help="By an entry of that day: the books of the payment were closed.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_undone_vals(vals)
        guarded = without_defaults(self, UNDONE_FIELDS.__contains__)
        return super(AccountPayment, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_undone_vals(vals)
        return super().write(vals)

    @api.model
    def _check_undone_vals(self, vals):
        if self.env.context.get("tour_billing_actor") is ACTOR:
            return
        if UNDONE_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "That a payment was taken back is not written: cancel its invoice."
                )
            )

    # === Undoing === #

    def _check_undoable(self, invoice):
        """Refuse to undo what is not this invoice's alone, or what the bank or a
        provider confirmed.

        :raise UserError: with the way out
        """
        self._check_not_online()
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
                payment.with_context(tour_billing_actor=ACTOR).write(
                    {"tour_taken_back_on": today}
                )
            else:
                # Its entry stays, cancelled: its number was used.
                payment.action_cancel()

    # === Odoo's own buttons === #

    def action_draft(self):
        """Refuse to take back what came online."""
        self._check_not_online()
        return super().action_draft()

    def action_cancel(self):
        """Refuse to cancel what came online."""
        self._check_not_online()
        return super().action_cancel()

    def _check_not_online(self):
        # In sudo: transactions are for accountants. Whatever it was paid for: what it
        # is matched with may change.
        online = self.sudo().filtered(
            lambda payment: payment.payment_transaction_id.state == "done"
        )
        if online:
            raise UserError(
                self.env._(
                    "%(payments)s came through a payment provider. The money goes back "
                    "by a refund only.",
                    payments=", ".join(online.mapped("display_name")),
                )
            )
