"""The payment order of a bill, and what the bank makes of it (BIL-1, BIL-9)."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date


class AccountMove(models.Model):
    _inherit = "account.move"

    def _apply_bill_order(self, note, journal_id=None):
        """Enter the payment that accounting orders: of what was approved, once."""
        amount = self.tour_bill_pay_amount
        self._check_bill_orderable(amount)
        journal = self._get_bill_journal(journal_id)
        payment = self._create_bill_payment(amount, journal)
        event = {"amount": amount, "payment_id": payment.id}
        if self.company_id.tour_bill_paid_by == "bank":
            return {}, {**event, "pay_date": payment.date}
        payment._set_bill_confirmed()
        return self._settle_bill()[0], event

    def _check_bill_orderable(self, amount):
        currency = self.currency_id
        if (
            currency.compare_amounts(amount, 0.0) <= 0
            or currency.compare_amounts(amount, self.amount_residual) > 0
        ):
            raise UserError(
                self.env._(
                    "%(bill)s: %(amount)s were approved, and %(left)s are left to pay. "
                    "Send it back.",
                    bill=self._get_bill_name(),
                    amount=format_amount(self.env, amount, currency),
                    left=format_amount(self.env, self.amount_residual, currency),
                )
            )
        today = fields.Date.context_today(self)
        if self.tour_bill_pay_date and self.tour_bill_pay_date > today:
            raise UserError(
                self.env._(
                    "%(bill)s is to be paid on %(date)s, not before.",
                    bill=self._get_bill_name(),
                    date=format_date(self.env, self.tour_bill_pay_date),
                )
            )
        if self._get_bill_account() != (self.tour_bill_account or ""):
            raise UserError(
                self.env._(
                    "%(bill)s was handed over with account %(old)s; now it has "
                    "%(new)s. Send it back.",
                    bill=self._get_bill_name(),
                    old=self.tour_bill_account or "-",
                    new=self._get_bill_account() or "-",
                )
            )

    def _get_bill_journal(self, journal_id):
        """The bank account that the money leaves from."""
        Journal = self.env["account.journal"]
        own = [("type", "=", "bank"), ("company_id", "=", self.company_id.id)]
        journal = self.company_id.tour_bill_journal_id
        if journal_id:
            is_id = isinstance(journal_id, int) and not isinstance(journal_id, bool)
            journal = Journal.search([("id", "=", journal_id if is_id else 0), *own])
        journal = journal or Journal.search(own, limit=1)
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no bank account to pay from. Choose one in the "
                    "settings of Tour.",
                    company=self.company_id.name,
                )
            )
        return journal

    def _create_bill_payment(self, amount, journal):
        """Make the payment by Odoo's own window, and match it with the bill."""
        register = (
            self.env["account.payment.register"]
            .with_company(self.company_id)
            .with_context(active_model="account.move", active_ids=self.ids)
            .create(
                {
                    "payment_date": fields.Date.context_today(self),
                    "journal_id": journal.id,
                    "amount": amount,
                    "currency_id": self.currency_id.id,
                    "payment_difference_handling": "open",
                    "communication": self._get_bill_wording(),
                    "partner_bank_id": self.partner_bank_id.id,
                }
            )
        )
        return register._create_payments()

    def _get_bill_wording(self):
        """What the payment order says, in the language of the company."""
        self.ensure_one()
        self = self._in_company_lang()
        pattern = self.company_id.tour_bill_wording or self.env._(
            "Payment of bill No. {number} of {date}, {bookings}. {vat}"
        )
        words = {
            "number": self.ref or "",
            "date": format_date(self.env, self.invoice_date) or "",
            "bookings": ", ".join(self.tour_order_ids.mapped("name")),
            "supplier": self.commercial_partner_id.name or "",
            "vat": self._get_bill_vat_wording(),
        }
        for name, value in words.items():
            pattern = pattern.replace(f"{{{name}}}", value)
        return " ".join(pattern.replace(" ,", ",").replace(", .", ".").split())

    def _get_bill_vat_wording(self):
        if self.currency_id.is_zero(self.amount_tax):
            return self.env._("Without VAT")
        share = (
            self.tour_bill_pay_amount / self.amount_total
            if (self.tour_bill_pay_amount and self.amount_total)
            else 1.0
        )
        vat = self.currency_id.round(self.amount_tax * min(share, 1.0))
        return self.env._(
            "VAT %(amount)s included",
            amount=format_amount(self.env, vat, self.currency_id),
        )

    # === What the bank says === #

    def _apply_bill_confirm(self, note, payments=None):
        """The payment order went through: paid, or again for the rest.

        :param payments: of which the bank says it; all that wait unless given
        """
        waiting = self._get_bill_orders()
        payments = waiting if payments is None else waiting & payments
        payments._set_bill_confirmed()
        vals, event = self._settle_bill()
        return vals, {"amount": sum(payments.mapped("amount")), **event}

    def _apply_bill_unconfirm(self, note, payments=None):
        """It did not go through after all: it waits for the bank again.

        :param payments: of which the bank says it; the last one unless given
        """
        confirmed = self._get_bill_orders(confirmed=True)
        last = confirmed.sorted("id")[-1:]
        if payments is not None:
            last = confirmed & payments
        if not last:
            raise UserError(
                self.env._(
                    "%(bill)s was not paid by a payment order.",
                    bill=self._get_bill_name(),
                )
            )
        last._set_bill_unconfirmed()
        amount = sum(last.mapped("amount"))
        return {}, {"amount": amount, "payment_id": last[:1].id}

    def _settle_bill(self):
        """Where the bill goes when its payment order went through."""
        if self._get_bill_orders():
            # The bank took back what it had said of an earlier one.
            return {"tour_bill_state": "ordered"}, {}
        return self._route_bill()

    def _get_bill_orders(self, confirmed=False):
        """Payments ordered for the bill, alive, that the bank confirmed or not."""
        return self.tour_bill_event_ids.payment_id.filtered(
            lambda payment: (
                payment.state in ("in_process", "paid")
                and bool(payment.tour_bill_confirmed_on) == confirmed
            )
        )

    # === Taking a payment order back === #

    def _apply_bill_unorder(self, note):
        amount = self._undo_bill_order()
        return {}, {"amount": amount}

    def _undo_bill_order(self):
        """Cancel the payment that waits for the bank.

        :return: how much it was of
        :raise UserError: if the bank has it already
        """
        payments = self._get_bill_orders()
        payments._check_bill_order_undoable()
        amount = sum(payments.mapped("amount"))
        # Their entries stay, cancelled: their numbers were used, and others came after.
        payments.action_cancel()
        return amount
