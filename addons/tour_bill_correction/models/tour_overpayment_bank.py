"""Money that came back by the bank closes what was owed."""

from odoo import api, fields, models

CAME_IN = ("in_process", "paid")


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    @api.model
    def _match_bank_payment(self, payment):
        """Close what a payment of a supplier gives back, if it is clear what it is.

        It is where the payment names bookings of which the supplier owes, or where its
        sum is that of the one overpayment, or of all. Of anything else a person says
        with 'Close'. For add-ons that know what the bank says: the payment is there.

        :param payment: an `account.payment` that came in
        :return: the overpayments that were settled
        """
        # In sudo: the bank's word counts, whoever brings it.
        payment = payment.sudo()
        left = payment._get_returned_left()
        if payment.currency_id.compare_amounts(left, 0.0) <= 0:
            return self.browse()
        suppliers = payment.partner_id.commercial_partner_id
        owed = self.env["account.move"]._find_owed(suppliers, payment.company_id)
        owed = owed.filtered(lambda o: o.currency_id == payment.currency_id)
        meant = owed._filter_returned(payment, left)
        if meant:
            meant._settle(
                "closed_payment",
                min(left, sum(meant.mapped("amount"))),
                self.env._("By the bank"),
                payment_id=payment.id,
                payment_date=payment.date,
                payment_reference=payment.memo or payment.name,
            )
        return meant

    def _filter_returned(self, payment, amount):
        """Which of these, all that the supplier owes, a payment gives back."""
        text = f"{payment.memo or ''} {payment.payment_reference or ''}".upper()
        words = set(
            "".join(c if c.isalnum() or c in "-/_" else " " for c in text).split()
        )
        named = self.filtered(lambda o: (o.order_id.name or "").upper() in words)
        if named:
            return named
        same = self.filtered(
            lambda o: not o.currency_id.compare_amounts(o.amount, amount)
        )
        if len(same) == 1:
            return same
        total = sum(self.mapped("amount"))
        if self and not payment.currency_id.compare_amounts(total, amount):
            return self
        return self.browse()


class TourOverpaymentCredit(models.Model):
    _inherit = "tour.overpayment.credit"

    def _follow_money(self):
        """The notes that waited were matched: close what they are of; in sudo mode."""
        for credit in self:
            rows = credit.credit_id._get_trade_rows()
            partials = rows.matched_debit_ids | rows.matched_credit_ids
            others = (partials.debit_move_id | partials.credit_move_id) - rows
            entries = others.move_id.sorted("id")
            if not entries:
                continue
            overpayment = credit.overpayment_id
            record = overpayment._in_books()
            credit = record.credit_ids.filtered(lambda c, c0=credit: c == c0)
            credit.write({"state": "used", "against_id": entries[-1:].id})
            bills = entries.filtered(lambda move: move.move_type == "in_invoice")
            if bills:
                overpayment._move_to(
                    "closed_setoff",
                    self.env._("Matched in the books"),
                    setoff_bill_id=bills[-1:].id,
                )
                continue
            overpayment._move_to(
                "closed_payment",
                self.env._("By the bank"),
                **entries._prepare_money_vals(),
            )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _prepare_money_vals(self):
        """When and with what number the money came."""
        lines = self.statement_line_id
        references = lines.mapped("payment_ref") or self.mapped("name")
        return {
            "payment_id": self.origin_payment_id[:1].id,
            "payment_date": max(self.mapped("date"), default=fields.Date.today()),
            "payment_reference": ", ".join(filter(None, references)),
        }
