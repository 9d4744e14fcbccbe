"""The one place that moves a request from status to status."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

from ..help_states import CLIENT, MOVER, MOVES, STAFF, WAITING, get_targets


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state")
    def _compute_allowed_moves(self):
        """Codes of the statuses that staff may move to, for the buttons."""
        for request in self:
            request.allowed_moves = get_targets(request.state, STAFF)

    # === Buttons === #

    def action_take(self):
        """Take these requests oneself, and begin."""
        self.check_access("write")
        self.write({"user_id": self.env.uid})
        self.filtered(lambda request: request.state == "new")._move_to("in_work")
        return True

    def action_answered(self):
        """Say that the client has his answer, by telephone for example."""
        self.check_access("write")
        self._move_to("answered")
        return True

    def action_close(self):
        """Say that nothing is left to do."""
        self.check_access("write")
        self._move_to("closed")
        return True

    def action_reopen(self):
        """Begin anew."""
        self.check_access("write")
        self._move_to("in_work")
        return True

    # === Moving === #

    def _as_mover(self):
        """In sudo: what is measured is written by nobody himself."""
        return plain(self).sudo().with_context(tour_help_mover=MOVER)

    def _move_to(self, state, by=STAFF):
        """Move these requests to ``state``: all of them, or none.

        Locks; checks the move; writes; follows up. Whether the user may is checked by
        who calls.

        :param str state: code of the target, one of `STATES`
        :param str by: who moves, `STAFF` or `CLIENT`
        :raise UserError: with every refusal
        """
        self._lock_for_move()
        self._check_move(state, by)
        now = fields.Datetime.now()
        for request in self:
            request._as_mover().write(request._prepare_move_vals(state, now))
        self.invalidate_recordset()
        self._after_move(state, by)

    def _lock_for_move(self):
        """Lock the rows, and look again at what they are."""
        # In sudo: a client has no rights on them.
        requests = self.sudo()
        held = requests - requests.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(requests)s right now. Try again in "
                    "a moment.",
                    requests=", ".join(held.mapped("name")),
                )
            )
        self.invalidate_recordset(["state"])

    def _check_move(self, state, by):
        """Collect every reason why these cannot move, and raise once."""
        names = dict(self._fields["state"]._description_selection(self.env))
        # In sudo: as above.
        faults = [
            self.env._(
                "%(request)s is '%(state)s' and cannot become '%(target)s'.",
                request=request.name,
                state=names[request.state],
                target=names.get(state, state),
            )
            for request in self.sudo()
            if by not in MOVES.get((request.state, state), ())
        ]
        if not faults and by == CLIENT and state == "in_work":
            faults = self.sudo()._get_reopen_faults()
        if faults:
            raise UserError("\n".join(faults))

    def _get_reopen_faults(self):
        """Why a client cannot open these again; note: in sudo mode."""
        return [
            self.env._(
                "%(request)s was closed too long ago. Make a new request.",
                request=request.name,
            )
            for request in self
            if request.state == "closed" and not request._is_reopenable()
        ]

    def _get_reopen_until(self):
        """Until when the client may open it again; note: in sudo mode."""
        self.ensure_one()
        days = self.company_id.tour_help_reopen_days
        if self.state != "closed" or not days:
            return False
        return self.closed_on + timedelta(days=days)

    def _is_reopenable(self):
        until = self._get_reopen_until()
        return bool(until) and fields.Datetime.now() <= until

    def _prepare_move_vals(self, state, now):
        """What a move to ``state`` writes; override to add to it."""
        # In sudo: times are counted by the company's schedule.
        request = self.sudo()
        vals = {"state": state}
        if state in WAITING:
            if request.state not in WAITING:
                vals["waiting_since"] = now
                vals["answer_due"] = request._get_own_due(now)
            if request.state == "closed":
                vals["reopened_count"] = request.reopened_count + 1
                vals["closed_on"] = False
            return vals
        if state == "answered":
            vals |= request._prepare_answer_vals(now)
        if state == "closed":
            vals["closed_on"] = now
            vals["close_hours"] = request._count_hours(request.create_date, now)
        return {**vals, "answer_due": False, "waiting_since": False}

    def _prepare_answer_vals(self, now):
        """The first answer is measured, once."""
        if self.first_answer_on:
            return {}
        return {
            "first_answer_on": now,
            "first_answer_hours": self._count_hours(self.create_date, now),
            "first_answer_late": bool(self.answer_due and self.answer_due < now),
        }

    def _after_move(self, state, by):
        """Hook: the requests were moved to ``state``; override to follow up."""
        if by == STAFF:
            self._mark_read_by_staff()
        elif state == "closed":
            self._tell_of_client(
                lambda env, request: env._(
                    "%(request)s: closed by the client", request=request.name
                )
            )

    @api.model
    def _check_staff(self):
        """Refuse who is no member of the staff, before anything else is looked at."""
        if self.env.user.share and not self.env.su:
            raise AccessError(
                self.env._("Requests for help are written on their own pages.")
            )
