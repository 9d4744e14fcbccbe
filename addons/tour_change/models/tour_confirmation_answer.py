"""How a confirmation ends: the one place that moves it."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

from ..confirmation import CONFIRMER, MOVES, SILENCE_STATES

_logger = logging.getLogger(__name__)


class TourConfirmation(models.Model):
    _inherit = "tour.confirmation"

    # === The mover === #

    def _move_to(self, state, way, note=""):
        """Answer these questions, and move their bookings on: all, or none.

        Who may answer was checked by the caller; here it is whether there still is a
        question. Of two answers at once one wins, the other gets an error.

        :param str way: who answered, one of `confirmation.WAYS`
        :param str note: how the client agreed, or why not
        :return: the confirmations moved, in sudo
        """
        # In sudo: a client answers, who may write neither this nor his booking.
        asked = self.sudo().with_context(tour_change_confirmer=CONFIRMER)
        if not asked:
            return asked
        asked._lock_for_answer()
        move = asked._get_checked_move(state, way)
        rows = asked._get_rows()
        for confirmation in asked:
            confirmation.write(
                {
                    "state": state,
                    "answered_by_id": self.env.uid,
                    "answered_on": fields.Datetime.now(),
                    "answered_way": way,
                    "note": note or False,
                    "rows_at_end": rows[confirmation],
                    "deadline": False,
                    "remind_on": False,
                }
            )
        reason = asked[0]._get_move_reason(note)
        if move.booking == "before":
            asked.order_id._restore_state(reason)
        elif move.booking:
            asked.order_id._move_by_system(move.booking, reason)
        asked._tell_answer()
        return asked

    def _lock_for_answer(self):
        self.order_id._lock_for_move()
        if self.try_lock_for_update(allow_referencing=True) != self:
            raise UserError(
                self.env._(
                    "Somebody else is answering this right now. Try again in a moment."
                )
            )
        self.invalidate_recordset(["state"])

    def _get_checked_move(self, state, way):
        faults = []
        move = None
        for confirmation in self:
            move = MOVES.get((confirmation.state, state))
            if not move or way not in move.ways:
                faults.append(confirmation._explain_answered())
        if faults:
            raise UserError("\n".join(faults))
        return move

    def _explain_answered(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(order)s: nothing is to be answered any more. It was %(state)s by "
            "%(user)s, %(date)s.",
            order=self.order_id.name,
            state=states[self.state],
            user=self.answered_by_id.name or "—",
            date=format_datetime(self.env, self.answered_on)
            if self.answered_on
            else "",
        )

    def _get_move_reason(self, note):
        """What the history of the booking says of the answer."""
        # For staff, whatever the language of the client who answers.
        env = self.with_context(lang=self.company_id.partner_id.lang).env
        reason = {
            "accepted": env._("Accepted by the client"),
            "declined": env._("Declined by the client"),
            "withdrawn": env._("The question to the client was withdrawn"),
        }.get(self.state, "")
        if self.answered_way == "silence":
            reason = env._("%(answer)s, by silence", answer=reason)
        return f"{reason}: {note}" if note else reason

    # === By staff === #

    def action_withdraw(self):
        """Take the question back: what was changed was changed back."""
        self.order_id._check_may_answer_as_staff()
        for confirmation in self:
            # In sudo: the settings of a company are not for everybody.
            if not confirmation.company_id.sudo().tour_confirm_may_withdraw:
                raise UserError(
                    self.env._(
                        "%(order)s: a question to the client is not withdrawn. The "
                        "client confirms that there are no differences, or your "
                        "administrator allows to withdraw in the settings.",
                        order=confirmation.order_id.name,
                    )
                )
            if confirmation.change_count:
                raise UserError(
                    self.env._(
                        "%(order)s still differs from what the client agreed to. "
                        "Change it back first.",
                        order=confirmation.order_id.name,
                    )
                )
        self._move_to("withdrawn", "staff")
        return True

    def action_accept_for_client(self):
        """Ask staff how the client agreed, to accept in his name."""
        return self._open_answer("accepted")

    def action_decline_for_client(self):
        """Ask staff how the client refused, to decline in his name."""
        return self._open_answer("declined")

    def _open_answer(self, answer):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_change.tour_confirmation_answer_action"
            ),
            "context": {
                "default_confirmation_id": self.id,
                "default_answer": answer,
                "default_revision": self.revision,
            },
        }

    def action_open_booking(self):
        """Open the booking."""
        self.ensure_one()
        return self.order_id.action_open_booking()

    # === By time === #

    @api.model
    def _cron_follow_up(self):
        """Remind clients who are silent, and act on the silence that was stated.

        One question at a time, each for itself, so that one that fails is left for the
        next run, and does not hold up the others.
        """
        # In sudo: the cron serves all companies.
        due = self.sudo().search(self._get_due_domain(), order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for confirmation in due:
            if confirmation.try_lock_for_update(allow_referencing=True):
                confirmation._follow_up_safely()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _follow_up_safely(self):
        # Somebody may have answered since the search.
        self.invalidate_recordset()
        if self.state != "pending":
            return
        try:
            with self.env.cr.savepoint():
                self._follow_up()
        except Exception:
            _logger.exception("No follow-up of the confirmation %s", self.id)

    def _follow_up(self):
        """Act on one question that is due."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.deadline and self.deadline <= now and self.silence in SILENCE_STATES:
            self._move_to(SILENCE_STATES[self.silence], "silence")
        elif self.remind_on and self.remind_on <= now:
            self.with_context(tour_change_confirmer=CONFIRMER).write(
                self._prepare_next_reminder()
            )
            self._send_reminder()
