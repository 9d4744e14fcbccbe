"""What a set-off, or money that came back, does in the books.

The supplier's bill stands there as it came. What he owes of it is a credit note, or
what he has already to his credit for the booking; it is matched with the bill that
less is paid of, or with the payment that came back.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_amount

from odoo.addons.tour_correction.correction_states import OWED
from odoo.addons.tour_partner.defaults import plain


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    credit_ids = fields.One2many(
        comodel_name="tour.overpayment.credit",
        inverse_name="overpayment_id",
        string="In the books",
        readonly=True,
        copy=False,
        groups="tour_partner.tour_group_accountant,tour_partner.tour_group_director",
    )

    may_enter_credit = fields.Boolean(compute="_compute_may_enter_credit")

    @api.depends("state", "credit_ids.state")
    @api.depends_context("uid")
    def _compute_may_enter_credit(self):
        """Whether what is owed is not in the books yet, and this user may enter it."""
        may = self._may_settle()
        for overpayment in self:
            # In sudo: the answer is for whoever reads the overpayment.
            waiting = overpayment.sudo()._get_waiting()
            overpayment.may_enter_credit = (
                may and overpayment.state in OWED and not waiting
            )

    # === What follows from what is entered === #

    def _after_move(self, from_states, state):
        """Enter in the books what closed these."""
        result = super()._after_move(from_states, state)
        for overpayment in self.sudo():  # In sudo: a head reads no payments.
            entry = overpayment.payment_id.move_id
            if state == "closed_setoff" and overpayment.setoff_bill_id:
                overpayment._enter_against(overpayment.setoff_bill_id)
            elif state == "closed_payment" and entry:
                overpayment._enter_against(entry)
            elif state not in OWED:
                overpayment._drop_waiting(self.env._("Nothing is asked for any more."))
        return result

    def _after_part(self, part):
        """Enter in the books the part that came back."""
        result = super()._after_part(part)
        # In sudo: as above.
        against = part.sudo().setoff_bill_id or part.sudo().payment_id.move_id
        if against:
            self._enter_against(against, part)
        return result

    def _follow_due(self, due):
        """A credit that waits is of what is owed: of another amount it is wrong."""
        result = super()._follow_due(due)
        # In sudo: entries of the books follow, whoever changes the booking.
        waiting = self.sudo()._get_waiting()
        if waiting and self.currency_id.compare_amounts(waiting.amount, self.amount):
            self._drop_waiting(self.env._("Another amount is owed."))
        return result

    # === Entering === #

    def _in_books(self):
        """These in sudo, as mover, with nothing of the caller's context.

        In sudo: entries are nobody's of Tour to write; what may be entered was checked
        by whoever calls this.
        """
        self.ensure_one()
        return plain(self).with_company(self.company_id)._as_mover()

    def _enter_against(self, move, part=None):
        """Match credits of the supplier with a bill, or with a payment of his.

        What is matched already, by hand, is not entered again.

        :param move: the bill, or the entry of the payment
        :param part: the part of the overpayment, or None for what closes it
        :raise UserError: if less is left of the bill
        """
        overpayment = self._in_books()
        move = overpayment.env["account.move"].browse(move.id)._as_bill_mover()
        rows = move._get_open_rows()
        amount = part.amount if part else overpayment.amount
        left = overpayment._get_amount_in(move, amount)
        room = abs(sum(rows.mapped("amount_residual_currency")))
        known = not part and overpayment._get_closing_credits()
        if move.move_type == "in_invoice" and not known:
            overpayment._check_room(move, room, left)
        left = before = 0.0 if known else min(left, room)
        rate = amount / left if left else 0.0
        for row in overpayment._find_credits(move):
            if not move.currency_id.is_zero(left):
                left = overpayment._use_credit(row, move, part, left, rate)
        if not move.currency_id.is_zero(left):
            overpayment._use_note(move, part, left, rate)
        if move.move_type == "in_invoice":
            move._follow_setoff(overpayment, before or amount)

    def _get_amount_in(self, move, amount):
        """An amount in the currency of a bill or payment, of today's rate."""
        today = fields.Date.context_today(self)
        return self.currency_id._convert(
            amount, move.currency_id, self.company_id, today
        )

    def _check_room(self, bill, room, amount):
        currency = bill.currency_id
        # Converted there and back it may be a cent more.
        cents = 2 * currency.rounding if currency != self.currency_id else 0.0
        if currency.compare_amounts(amount, room + cents) > 0:
            raise UserError(
                self.env._(
                    "%(bill)s: %(left)s is left to pay, and %(amount)s is to be set "
                    "off. Set off no more than is left; the rest stays owed.",
                    bill=bill._get_bill_name(),
                    left=format_amount(self.env, room, currency),
                    amount=format_amount(self.env, amount, currency),
                )
            )

    def _find_credits(self, move):
        """Rows by which the books say already that the supplier owes for the booking:
        his credit notes, and what was paid too much."""
        order = self.order_id
        ordered = "move_id.origin_payment_id.tour_bill_event_ids.move_id.tour_order_ids"
        rows = self.env["account.move.line"].search(
            Domain("account_type", "=", "liability_payable")
            & Domain("parent_state", "=", "posted")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual_currency", ">", 0)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("currency_id", "=", move.currency_id.id)
            & Domain("partner_id", "child_of", move.commercial_partner_id.id)
            & Domain("move_id", "!=", move.id)
            & (
                Domain("move_id.move_type", "=", "in_refund")
                & Domain("move_id.tour_order_ids", "in", order.id)
                | Domain(ordered, "in", order.id)
            ),
            order="date, id",
        )
        # What another overpayment was entered with is not this one's.
        own = self.env["tour.overpayment.credit"].search(
            [("credit_id", "in", rows.move_id.ids), ("is_own", "=", True)]
        )
        rows = rows.filtered(lambda row: row.move_id not in own.credit_id)
        return rows.filtered(
            lambda row: row.account_id in move._get_open_rows().account_id
        )

    def _use_credit(self, row, move, part, left, rate):
        """Match what the supplier has to his credit.

        :param rate: what one of the move's currency is in the overpayment's
        :return: what is left to be matched
        """
        currency = move.currency_id
        open_amount = row.amount_residual_currency
        room = abs(sum(move._get_open_rows().mapped("amount_residual_currency")))
        # Odoo matches all that both have.
        used = min(open_amount, room)
        if currency.compare_amounts(used, left) > 0:
            raise UserError(
                self.env._(
                    "The books have %(open)s to the credit of %(supplier)s for "
                    "%(order)s: %(credit)s. That is more than is set off here: match "
                    "it there, or correct the overpayment.",
                    open=format_amount(self.env, open_amount, currency),
                    supplier=move.commercial_partner_id.name,
                    order=self.order_id.name,
                    credit=row.move_id.display_name,
                )
            )
        self._add_credit(row.move_id, move, part, used * rate, is_own=False)
        (move._get_open_rows() | row).reconcile()
        return currency.round(left - used)

    def _use_note(self, move, part, left, rate):
        """Match the note that waits if it is of the sum, or enter one that is."""
        waiting = self._get_waiting()
        note = waiting.credit_id
        same = note.currency_id == move.currency_id
        rows = note._get_open_rows() if note else note.line_ids
        if (
            not same
            or move.currency_id.compare_amounts(note.amount_residual, left)
            or rows.account_id != move._get_open_rows().account_id
        ):
            self._drop_waiting(self.env._("Another amount is settled."))
            note = self._create_note(move.currency_id, left, move)
            self._add_credit(note, move, part, left * rate, is_own=True)
        else:
            waiting.write(
                {
                    "state": "used",
                    "against_id": move.id,
                    "part_id": part.id if part else False,
                }
            )
        (move._get_open_rows() | note._get_open_rows()).reconcile()

    def _add_credit(self, credit, move, part, amount, is_own):
        credits = self.env["tour.overpayment.credit"]
        # What waited a moment ago makes room for what waits now.
        credits.flush_model(["state"])
        return credits.create(
            {
                "overpayment_id": self.id,
                "part_id": part.id if part else False,
                "amount": self.currency_id.round(amount),
                "credit_id": credit.id,
                "against_id": move.id if move else False,
                "is_own": is_own,
                "state": "used" if move else "waiting",
            }
        )

    # === The credit note === #

    def _create_note(self, currency, amount, move=None):
        """Enter a credit note of what the supplier owes, like the bill it is of."""
        bill = self._get_overpaid_bill()
        row = bill.invoice_line_ids[:1]
        note = self.env["account.move"].create(
            {
                "move_type": "in_refund",
                "company_id": self.company_id.id,
                "partner_id": (move or self.supplier_id).commercial_partner_id.id,
                "currency_id": currency.id,
                "invoice_date": fields.Date.context_today(self),
                "invoice_payment_term_id": False,
                "ref": self._get_note_ref(),
                "invoice_origin": self.order_id.name,
                "tour_order_ids": [(6, 0, self.order_id.ids)],
                "invoice_line_ids": [
                    (0, 0, self._prepare_note_row(row, amount, currency))
                ],
            }
        )
        note._square_tax(amount)
        account = move._get_open_rows().account_id[:1] if move else False
        if account:
            note._get_trade_rows().account_id = account
        note.action_post()
        return note

    def _get_overpaid_bill(self):
        """The bill that was paid too much of, as far as it is known."""
        return self.order_id._get_bills_of(self.supplier_id).sorted("id")[:1]

    def _get_note_ref(self):
        self.ensure_one()
        return self.env._(
            "%(order)s: overpaid %(number)s",
            order=self.order_id.name,
            number=f"{self.id}-{len(self.credit_ids) + 1}",
        )

    def _prepare_note_row(self, row, amount, currency):
        tax = row.tax_ids[:1]
        values = {
            "name": self.service_name or self.order_id.name,
            "quantity": 1.0,
            "price_unit": tax._get_bill_price(amount, currency) if tax else amount,
            "tax_ids": [(6, 0, tax.ids)],
        }
        if row.account_id:
            values["account_id"] = row.account_id.id
        return values

    # === A note that waits for the money === #

    def action_enter_credit(self):
        """Enter what these suppliers owe in the books, where money that comes back
        is matched with it."""
        self._check_settling(OWED)
        for overpayment in self:
            waiting = overpayment.sudo()._get_waiting()  # In sudo: as below.
            if not waiting:
                record = overpayment._in_books()
                note = record._create_note(record.currency_id, record.amount)
                record._add_credit(note, None, None, record.amount, is_own=True)
        return True

    def _get_waiting(self):
        return self.credit_ids.filtered(lambda credit: credit.state == "waiting")

    def _drop_waiting(self, reason):
        """Take the note that waits out of the books: it is wrong, or not needed."""
        for overpayment in self:
            overpayment._in_books()._get_waiting()._take_back(reason)
