"""The one place that moves a statement from status to status; locks, tells, mails."""

import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..signoff_states import MONEY, MOVES, OPEN, SIGNED

_logger = logging.getLogger(__name__)

MAILS = {
    "asked": "tour_signoff.mail_template_asked",
    "reminded": "tour_signoff.mail_template_reminded",
    "answered": "tour_signoff.mail_template_answered",
}


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    # === Who === #

    def _check_is_signer(self):
        """Only who may sign for the client acts in his name.

        :raise AccessError: for everybody else
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not (
            user._is_tour_signer() and user.commercial_partner_id == self.partner_id
        ):
            raise AccessError(
                self.env._("A statement is signed off by the client's curator.")
            )

    def _lock(self):
        """Lock these, and refuse what is over; note: in sudo mode.

        A new version of the row: of two at once the second waits, and then begins
        anew, with what the first has written before it.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE tour_signoff SET revision = COALESCE(revision, 0) + 1"
                " WHERE id IN %s",
                tuple(sorted(self.ids)),
            ),
            # That somebody was quicker is no error: Odoo begins the request anew.
            log_exceptions=False,
        )
        self.invalidate_recordset()
        for signoff in self:
            if signoff.state not in OPEN:
                raise UserError(signoff._explain_over())

    def _explain_over(self):
        if self.state in SIGNED:
            return self.env._(
                "%(statement)s was signed by %(user)s already.",
                statement=self.name,
                user=self.signed_name,
            )
        return self.env._("%(statement)s was withdrawn.", statement=self.name)

    # === The mover === #

    def _move_to(self, state, by_client=False, text="", **values):
        """Move this statement; note: in sudo mode, locked.

        :param str state: code of the target, one of `STATES`
        :param bool by_client: whether the client does it
        :param str text: why
        :param values: what is written with it
        """
        self.ensure_one()
        before = self.state
        move = MOVES.get((before, state))
        if not move or not (move.by_client if by_client else move.by_staff):
            raise UserError(self._explain_no_move(state))
        if move.text_required and not text:
            raise UserError(self.env._("Say why."))
        self.write({"state": state, **values})
        self._tell_safely(before, state)

    def _explain_no_move(self, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(statement)s is '%(state)s' and cannot become '%(target)s'.",
            statement=self.name,
            state=names[self.state],
            target=names[state],
        )

    def _follow_lines(self, by_client):
        """Let the status follow from the lines; note: in sudo mode, locked."""
        self.env["tour.signoff.line"].flush_model()
        disputed = self.env["tour.signoff.line"].search_count(
            [("signoff_id", "=", self.id), ("state", "=", "disputed")], limit=1
        )
        state = "disputed" if disputed else "waiting"
        if state != self.state:
            self._move_to(state, by_client=by_client)

    # === Staff === #

    def _withdraw(self, reason):
        """Take statements back, with a reason that the client reads."""
        self.check_access("write")
        self._check_money_right()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Reason: say why it is withdrawn."))
        for signoff in self._as_mover():
            signoff._lock()
            signoff._move_to("withdrawn", text=reason, withdraw_reason=reason)

    # === Telling === #

    def _tell_safely(self, before, state):
        """What was answered is kept, whoever can or cannot be told of it."""
        try:
            with self.env.cr.savepoint():
                self._tell_move(before, state)
        except OperationalError:
            # Two at once: Odoo begins the whole again.
            raise
        except Exception:
            _logger.exception("Nobody is told that %s is %s", self, state)

    def _tell_move(self, before, state):
        if state == "disputed":
            self._plan_answer()
        elif before == "disputed":
            self._end_activities()
        if state == "disputed" or state in SIGNED:
            self._tell_staff(state)
        elif (before, state) == ("disputed", "waiting") and self._was_answered():
            self._mail_client("answered")

    def _was_answered(self):
        """Whether there is an answer of ours that the client has not seen to yet."""
        return self.env["tour.signoff.line"].search_count(
            [("signoff_id", "=", self.id), ("state", "in", ("explained", "corrected"))],
            limit=1,
        )

    @api.model
    def _get_accountants(self):
        """Who is told when no accountant is named, or he is gone."""
        users = self.env.ref(MONEY[0]).all_user_ids
        return users.filtered(
            lambda user: user.active
            and not user.share
            and self.company_id in user.company_ids
            # Administrators have every role, but accounting is not their work.
            and not user.has_group("tour_partner.tour_group_admin")
        )

    def _get_responsible(self):
        named = self.user_id.filtered("active")
        return named or self._get_accountants()

    def _tell_staff(self, state):
        def title(env):
            signoff = self.with_env(env).sudo()  # In sudo: as whoever acts told it.
            names = dict(signoff._fields["state"]._description_selection(env))
            return f"{signoff.name}, {signoff.partner_id.name}: {names[state]}"

        def text(env):
            signoff = self.with_env(env).sudo()  # In sudo: as above.
            if state in SIGNED and signoff.signed_changed:
                return env._("The books of this period have changed since.")
            return signoff._get_period_text()

        self.env["tour.notification.category"]._tell_users(
            "signoff_answered", self._get_responsible(), title, text, self
        )

    def _plan_answer(self):
        """An activity of the accountant: the client disputes something."""
        user = self._get_responsible()[:1]
        if not user:
            return
        env = self.with_context(lang=user.lang).env
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=env._("Answer what the client disputes"),
        )

    def _end_activities(self):
        self.activity_feedback(["mail.mail_activity_data_todo"])

    def _mail_client(self, kind):
        """Queue a mail to everybody who may sign; note: in sudo mode."""
        signers = self.partner_id._get_signers().partner_id
        self.env["tour.notification.category"]._send_mails(
            "signoff", self.env.ref(MAILS[kind]), {self: signers}
        )
