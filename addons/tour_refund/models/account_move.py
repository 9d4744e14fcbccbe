"""What of an invoice can go back, and how the client asks for it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF
from odoo.addons.tour_partner.defaults import plain

from ..amounts import rounded
from ..refund_states import GIVEN, MOVER, UNDER_WAY, Source

CLIENT_REASON_SIZE = 2000


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_refund_ids = fields.One2many(
        comodel_name="tour.refund",
        inverse_name="move_id",
        string="Refunds",
        readonly=True,
        groups=STAFF,
    )
    tour_may_refund = fields.Boolean(compute="_compute_tour_may_refund", groups=STAFF)

    @api.depends(
        "amount_residual",
        "amount_total",
        "reversal_move_ids.amount_total",
        "reversal_move_ids.state",
        "state",
        "tour_booking_ids",
    )
    def _compute_tour_may_refund(self):
        """Whether there is money to go back, for the button."""
        for move in self:
            # In sudo: whoever sees an invoice may know whether it was paid.
            move.tour_may_refund = move._is_client_invoice() and (
                move.currency_id.compare_amounts(move.sudo()._get_refundable(), 0) > 0
            )

    def _get_refundable(self):
        """What was paid, less what went back or is going to; note: in sudo mode.

        Every note counts with its whole amount: what it settles of the invoice itself
        is no payment, and what it does not is the client's already.
        """
        self.ensure_one()
        if self.state != "posted":
            return 0.0
        left = self.amount_total - self.amount_residual
        left -= self._get_written_off() + self._get_credited()
        return self.currency_id.round(max(left, 0.0))

    def _get_credited(self):
        """What refunds and credit notes took from the invoice; note: in sudo mode.

        A refund counts with what was approved, whatever became of its note.
        """
        # As the database has them now: others may have made some before our lock.
        refunds = self.env["tour.refund"].search(
            [("move_id", "=", self.id), ("state", "in", GIVEN)]
        )
        notes = self.search(
            [
                ("reversed_entry_id", "=", self.id),
                ("state", "!=", "cancel"),
                ("id", "not in", refunds.note_id.ids),
            ]
        )
        return sum(refunds.mapped("amount")) + sum(notes.mapped("amount_total"))

    def _get_written_off(self):
        """What was settled without money: discounts, small rests, cheques as a gift.

        Note: in sudo mode.
        """
        rest = 0.0
        for payment in self._get_reconciled_payments():
            if payment.currency_id != self.currency_id:
                continue
            if payment.gift_cheque_id and payment.gift_cheque_id.kind != "sold":
                rest += payment.amount
                continue
            _money, counterpart, _others = payment._seek_for_lines()
            settled = abs(sum(counterpart.mapped("amount_currency")))
            rest += max(settled - payment.amount, 0.0)
        return rest

    def _lock_for_refund(self):
        """Lock the invoice, and make a new version of its row; note: in sudo mode.

        A note that somebody else has just made is not seen by a transaction that began
        before: with a mere lock it would go on, and give the money back again. Finding
        the row changed, it has to begin anew.
        """
        self._lock_for_act()
        self.env.cr.execute(
            SQL("UPDATE account_move SET id = id WHERE id IN %s", tuple(self.ids))
        )

    def _get_refund_sources(self):
        """Online payments that money can go back to, the oldest first; in sudo mode.

        :rtype: list[Source]
        """
        Refund = self.env["tour.refund"]
        paid = self.transaction_ids | self.transaction_ids.child_transaction_ids
        sources = []
        for tx in paid.sorted("id"):
            if (
                tx.state != "done"
                or tx.operation in ("validation", "refund")
                or tx.provider_id.state == "disabled"
                or tx.currency_id != self.currency_id
                or tx.child_transaction_ids.filtered(lambda t: t.operation != "refund")
            ):
                continue
            method = tx.payment_method_id.primary_payment_method_id
            method = method or tx.payment_method_id
            support = {tx.provider_id.support_refund, method.support_refund}
            back = tx.child_transaction_ids.filtered(
                lambda child: child.state not in ("cancel", "error")
            )
            left = tx.amount + sum(back.mapped("amount"))
            if "none" in support or tx.currency_id.compare_amounts(left, 0.0) <= 0:
                continue
            left = Refund._to_decimal(left, tx.currency_id)
            sources.append(Source(tx.id, left, whole="full_only" in support))
        return sources

    # === The client asks === #

    def _get_refund_ask_fault(self):
        """Why the client cannot ask his money back; note: in sudo mode.

        :return: what is wrong, empty if nothing is
        """
        self.ensure_one()
        if not self._is_client_invoice() or not self.tour_shown_on:
            return self.env._("Nothing can be refunded of this.")
        if not self._lets_client_ask():
            return self.env._("A refund cannot be asked for here. Ask your manager.")
        states = self.tour_refund_ids.filtered("by_client").mapped("state")
        if "rejected" in states:
            return self.env._("A refund of this invoice was rejected.")
        states = self.tour_refund_ids.mapped("state")
        if "asked" in states or set(states) & set(UNDER_WAY):
            return self.env._("A refund of this invoice is on its way already.")
        if self.currency_id.compare_amounts(self._get_refundable(), 0.0) <= 0:
            return self.env._("There is nothing left to refund.")
        return ""

    def _lets_client_ask(self):
        """Whether refunds are asked for, for what is invoiced; note: in sudo mode.

        Override where something else than the type of a service decides.
        """
        services = self.tour_booking_ids.order_line.service_type_id
        return any(services.mapped("client_may_ask_refund"))

    def action_ask_refund(self, amount=None, reason=None):
        """Let the client ask his money back: all of it, or an amount.

        :param float amount: how much; without it, what there is to refund
        :param str reason: why
        :return: id of the refund
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.share:
            raise AccessError(
                self.env._("This is for clients. Staff refund what was paid.")
            )
        # In sudo: clients may not write invoices. What they may ask is checked here.
        move = plain(self).sudo()
        move._lock_for_refund()
        if fault := move._get_refund_ask_fault():
            raise UserError(fault)
        amount = move._check_asked_amount(amount)
        # A sign that the database keeps in no text.
        reason = reason.replace("\0", "").strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Reason: say why you ask for a refund."))
        values = {
            "amount": amount,
            "by_client": True,
            "client_reason": reason[:CLIENT_REASON_SIZE],
        }
        refund = move._create_refund("asked", values)
        refund._tell_staff()
        return refund.id

    def _check_asked_amount(self, amount):
        left = self._get_refundable()
        if amount is None:
            return left
        asked = rounded(amount, self.currency_id)
        if not 0 < asked <= left:
            raise UserError(
                self.env._(
                    "Amount: enter more than nothing, and not more than %(amount)s.",
                    amount=format_amount(self.env, left, self.currency_id),
                )
            )
        return asked

    def _create_refund(self, state, values):
        """Note: in sudo mode."""
        return (
            self.env["tour.refund"]
            .with_context(tour_refund_mover=MOVER)
            .create(
                {
                    "move_id": self.id,
                    "user_id": self.invoice_user_id.id
                    or self.tour_booking_ids.user_id[:1].id,
                    "state": state,
                    **values,
                }
            )
            .with_context(tour_refund_mover=None)
        )

    # === Staff refund === #

    def action_refund(self):
        """Ask what goes back, how, and why."""
        self.ensure_one()
        self.check_access("read")
        self.env["tour.refund"]._check_money_right()
        if not self.tour_may_refund:
            raise UserError(
                self.env._(
                    "%(invoice)s: there is nothing left to refund.",
                    invoice=self.display_name,
                )
            )
        asked = self.tour_refund_ids.filtered(lambda refund: refund.state == "asked")
        return self._open_refund_window(asked)

    def _open_refund_window(self, refund):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_refund.tour_refund_make_action"
            ),
            "context": {"default_move_id": self.id, "default_refund_id": refund.id},
        }
