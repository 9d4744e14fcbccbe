"""A new bill in place of a partly paid one carries over what was paid (BIL-9)."""

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_replaceable(self, supplier):
        """Refuse to replace what is not the supplier's open bill; in sudo mode."""
        self.ensure_one()
        fault = ""
        if self.commercial_partner_id != supplier.commercial_partner_id:
            fault = self.env._("it is of another supplier")
        elif self.tour_bill_state == "ordered":
            fault = self.env._("a payment order of it waits for the bank")
        elif self.tour_bill_state in (False, "paid", "closed"):
            fault = self.env._("it is paid or closed")
        if fault:
            raise UserError(
                self.env._(
                    "%(bill)s cannot be replaced: %(fault)s.",
                    bill=self._get_bill_name(),
                    fault=fault,
                )
            )

    def _carry_payments_over(self):
        """Take what was paid on the bill that this one replaces, and close that."""
        former = self.tour_bill_replaces_id
        if not former or former.tour_bill_state == "closed":
            return
        former._lock_bill()
        former._check_replaceable(self.partner_id)
        from_state = former.tour_bill_state
        payable = former.line_ids.filtered(
            lambda line: line.account_type == "liability_payable"
        )
        paid = payable.matched_debit_ids.debit_move_id
        amount = former.tour_bill_paid_amount
        payments = former.tour_bill_event_ids.payment_id
        payable.remove_move_reconcile()
        former._take_out_of_books()
        former.write(
            {
                "tour_bill_state": "closed",
                "tour_bill_holder_id": False,
                "tour_bill_held_until": False,
                "tour_bill_pay_amount": 0.0,
            }
        )
        why = self.env._("replaced by %(bill)s", bill=self._get_bill_name())
        former._add_bill_event("close", from_state, amount=amount, why=why)
        self._match_carried(paid, payments, former)

    def _take_out_of_books(self):
        """Cancel the entry, or reverse it where its books are closed."""
        if self.state != "posted":
            self.button_cancel()
        elif self._get_violated_lock_dates(self.date, bool(self.amount_tax)):
            today = fields.Date.context_today(self)
            self._reverse_moves([{"date": today, "invoice_date": today}], cancel=True)
        else:
            self.button_draft()
            self.button_cancel()

    def _match_carried(self, paid, payments, former):
        open_rows = paid.filtered(lambda line: not line.reconciled)
        payable = self.line_ids.filtered(
            lambda line: line.account_type == "liability_payable"
        )
        if open_rows:
            (payable | open_rows).reconcile()
        why = self.env._("carried over from %(bill)s", bill=former._get_bill_name())
        for payment in payments.filtered(lambda p: p.state in ("in_process", "paid")):
            self._add_bill_event(
                "replace",
                self.tour_bill_state,
                amount=payment.amount,
                payment_id=payment.id,
                why=why,
            )
