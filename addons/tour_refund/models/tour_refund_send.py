"""How the money goes back: through the payment provider, or by hand.

A provider is asked once. That it is going to be asked is kept and committed before;
what has no clear answer then waits for the provider's notice, or for somebody who
looked at the provider's pages.
"""

import logging
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_partner.defaults import plain

from ..refund_states import MOVER, outcome

_logger = logging.getLogger(__name__)


class TourRefund(models.Model):
    _inherit = "tour.refund"

    # === By hand === #

    def _give_by_hand(self, journal, method, date):
        """Post the note, and pay it; note: in sudo mode."""
        self.ensure_one()
        self._post_notes(date)
        note = self.note_id
        register = (
            self.env["account.payment.register"]
            .with_company(note.company_id)
            .with_context(
                active_model="account.move",
                active_ids=note.ids,
                tour_refund_mover=MOVER,
            )
            .create(
                {
                    "payment_date": date,
                    "journal_id": journal.id,
                    "payment_method_line_id": method.id,
                    "amount": self.amount,
                    "currency_id": self.currency_id.id,
                    # By hand: no card of anybody is asked for it.
                    "payment_token_id": False,
                }
            )
        )
        register._create_payments()
        self._move_to("done")

    # === Through the provider === #

    def _prepare_parts(self, parts):
        """Make the transactions that the provider is asked for; note: in sudo mode.

        :param parts: [(id of the client's transaction, amount)]
        """
        Transaction = self.env["payment.transaction"]
        for source_id, amount in parts:
            Transaction.browse(source_id)._create_child_transaction(
                float(amount),
                is_refund=True,
                tour_refund_id=self.id,
                invoice_ids=[fields.Command.set(self.note_id.ids)],
            )
        self.env.ref("tour_refund.ir_cron_send").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Ask the providers for what was approved."""
        refunds = self.search(
            [("state", "=", "approved"), ("how", "=", "provider")], order="id"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(refunds))
        for refund in refunds:
            refund._send()
            if not cron._commit_progress(1):
                break

    def _send(self):
        """Ask the provider, once."""
        self.ensure_one()
        cron = self.env["ir.cron"]
        try:
            with self.env.cr.savepoint():
                is_ready = self._begin_to_send()
        except Exception:
            # Somebody else is at it, or was; it holds up no other refund.
            _logger.info("Refund %s is not sent now", self.id, exc_info=True)
            return
        if not is_ready:
            return
        # From here on the provider may be asked: what we ask is kept first.
        cron._commit_progress()
        for tx in self.transaction_ids.filtered(lambda tx: tx.state == "draft"):
            tx._ask_provider(tx._send_refund_request)
            cron._commit_progress()
        for tx in self.transaction_ids:
            self._enter_payment(tx)
        cron._commit_progress()

    def _begin_to_send(self):
        """Whether the provider is to be asked; what was changed meanwhile fails."""
        self._lock_for_move()
        if self.state != "approved":
            return False
        if self._has_its_note():
            self._move_to("waiting")
            return True
        fault = self.env._("Its credit note was changed: the provider was not asked.")
        self.transaction_ids._set_error(fault)
        self._follow_transactions()
        return False

    def _enter_payment(self, tx):
        """Enter at once what has its answer; Odoo's own cron does so else."""
        if tx.is_post_processed or tx.state in ("draft", "pending"):
            return
        try:
            with self.env.cr.savepoint():
                tx._post_process()
        except Exception:
            _logger.exception("Refund %s is entered later", tx.reference)

    def _follow_transactions(self):
        """Move on as the transactions say; note: in sudo mode. Idempotent."""
        for refund in self:
            refund._lock_for_move()
            transactions = refund.transaction_ids
            target = outcome(transactions.mapped("state"))
            if not target or refund.state in (target, "rejected"):
                continue
            if refund.state == "done":
                continue
            messages = [text for text in transactions.mapped("state_message") if text]
            values = {} if target == "done" else {"message": " ".join(messages)[:500]}
            refund._move_to(target, **values)

    # === What somebody saw on the provider's pages === #

    def action_not_refunded(self):
        """Say that the provider did not refund it: it may be refunded another way."""
        return self._answer_for_provider(done=False)

    def action_refunded(self):
        """Say that the provider did refund it, though its notice never came."""
        return self._answer_for_provider(done=True)

    def _answer_for_provider(self, done):
        self._check_money_right()
        self.check_access("read")
        self._lock_for_move()
        for refund in self:
            if refund.state != "waiting":
                raise UserError(
                    self.env._(
                        "%(refund)s does not wait for the provider.",
                        refund=refund.display_name,
                    )
                )
            # In sudo: transactions are written by the program only.
            transactions = plain(refund).sudo().transaction_ids
            open_tx = transactions.filtered(
                lambda tx: tx.state in ("draft", "pending", "authorized")
            )
            if not open_tx:
                raise UserError(
                    self.env._(
                        "%(refund)s: the provider has answered meanwhile. The books "
                        "follow in a few minutes.",
                        refund=refund.display_name,
                    )
                )
            said = self.env._("Says %(user)s.", user=self.env.user.display_name)
            if done:
                open_tx._set_done(state_message=said)
            else:
                open_tx._set_error(said)
            open_tx._post_process()
        return True

    @api.model
    def _to_decimal(self, amount, currency):
        return Decimal(str(amount)).quantize(
            Decimal(1).scaleb(-currency.decimal_places)
        )
