"""The one place that moves a request from state to state (see `change_states`)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_booking.booking_states import CHANGEABLE

from ..change_states import MANAGER, MOVER, MOVES, OPEN, get_targets


class TourChange(models.Model):
    _inherit = "tour.change"

    # === Buttons === #

    def action_price(self):
        """Work out what it changes and costs, and show it."""
        for change in self:
            change._check_may_work()
            change._lock()
            change._check_open()
            change._price()
            if change.state != "priced":
                change._move_to("priced")
        return True

    def action_ask_supplier(self):
        """Ask the suppliers by mail."""
        self._check_may_work()
        self._move_to("with_supplier")
        return True

    def action_ask_client(self):
        """Show it to the client by mail, and wait for his word."""
        for change in self:
            change._check_may_work()
            change._lock()
            change._check_move("with_client", "")
            if change._show_anew():
                return change._get_anew_action()
            change._move_to("with_client")
        return True

    def action_apply(self):
        """Apply exactly what is shown; show it anew if that does not hold any more."""
        self.ensure_one()
        self._check_may_work()
        self._lock()
        self._check_move("applied", "")
        if self._show_anew():
            return self._get_anew_action()
        self._apply_shown()
        return True

    def action_take_back(self):
        """Take back what the client was shown, to work at it."""
        self._check_may_work()
        self._move_to("priced")
        return True

    def action_refuse(self, reason=None):
        """Refuse the requests, and tell the client why."""
        return self._action_with_reason("refused", reason)

    def action_withdraw(self, reason=None):
        """End the requests because who asked wants it no more."""
        return self._action_with_reason("withdrawn", reason)

    def action_reopen(self, reason=None):
        """Try it again after all."""
        return self._action_with_reason("asked", reason)

    def _action_with_reason(self, state, reason):
        if not isinstance(reason or "", str):
            raise UserError(self.env._("A reason is a text."))
        self._check_may_work()
        self._move_to(state, reason)
        return True

    def action_open_reason(self):
        """Ask why, for the move that the context names."""
        self.ensure_one()
        state = self.env.context.get("tour_change_target")
        if state not in get_targets(self.state):
            raise UserError(self._explain_no_move(state))
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_change.tour_change_move_action"
            ),
            "name": dict(self._fields["state"]._description_selection(self.env))[state],
            "context": {"default_change_id": self.id, "default_state": state},
        }

    def _get_anew_action(self):
        """Say that the figures are new."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("The booking or the price has changed meanwhile"),
                "message": self.env._(
                    "Nothing was applied. Look at the new figures and decide again."
                ),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === The mover === #

    def _move_to(self, state, reason=None):
        """Move these requests to ``state``: all of them, or none.

        Checks the move, the right and the reason; locks; writes; logs; tells.

        :param str state: one of `change_states.STATES`
        :param str reason: why, kept in the steps
        :return: the requests moved
        """
        reason = (reason or "").strip()
        self._lock()
        for change in self:
            change._check_move(state, reason)
        from_states = {change: change.state for change in self}
        if state == "with_supplier":
            self._keep_supplier_rows()
        self._write_move(state, reason)
        self._log_move(from_states, state, reason)
        self._follow_move(from_states, state)
        self._tell_change(from_states, state, reason)
        return self

    def _write_move(self, state, reason):
        vals = {"state": state, "closed_on": False}
        if state not in OPEN:
            vals["closed_on"] = fields.Datetime.now()
        if reason:
            vals["reason"] = reason
        self._as_mover().write(vals)

    def _log_move(self, from_states, state, reason):
        # In sudo: nobody has the right to write the steps himself.
        self.env["tour.change.event"].sudo().create(
            [
                {
                    "change_id": change.id,
                    "from_state": from_states[change],
                    "to_state": state,
                    "user_id": self.env.uid,
                    "comment": reason or False,
                }
                for change in self
            ]
        )
        self.invalidate_recordset(["event_ids"], flush=False)

    def _follow_move(self, from_states, state):
        """Give the bookings back the status that the request took from them."""
        if state in ("refused", "withdrawn"):
            self._restore_bookings()
        elif state == "asked" and "refused" in from_states.values():
            self._mark_bookings()
        if state not in OPEN:
            # In sudo: activities of colleagues end with the request too.
            self.sudo().activity_ids.action_feedback()

    def _lock(self):
        """Lock the requests, then their bookings; or say that somebody is at it."""
        free = self.try_lock_for_update(allow_referencing=True)
        if held := self - free:
            raise UserError(
                self.env._(
                    "Somebody else is working at %(changes)s right now. Try again in "
                    "a moment.",
                    changes=", ".join(held.mapped("name")),
                )
            )
        self.order_id._lock_for_move()

    # === Refusals === #

    def _check_may_work(self):
        """Only managers who may change the booking work at its requests."""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(
                self.env._("Only managers of bookings work at requests to change them.")
            )
        self.order_id.check_access("write")

    def _check_open(self):
        closed = self.filtered(lambda change: change.state not in OPEN)
        if closed:
            raise UserError(
                "\n".join(change._explain_no_move("priced") for change in closed)
            )

    def _check_move(self, state, reason):
        self.ensure_one()
        move = MOVES.get((self.state, state))
        if not move or (state == "with_supplier" and self.origin == "supplier"):
            raise UserError(self._explain_no_move(state))
        # What a client does runs in sudo, by the methods of his booking.
        is_others = self.env.user.share and not (move.by_client or self._is_mover())
        if is_others or not (self.env.su or self.env.user.has_group(move.right)):
            raise AccessError(
                self.env._(
                    "%(change)s: only managers of bookings may do this.",
                    change=self.name,
                )
            )
        if move.reason_required and not reason:
            raise UserError(
                self.env._("%(change)s: say why. Fill in the reason.", change=self.name)
            )
        if state in ("priced", "with_client", "applied") and not self.fingerprint:
            raise UserError(
                self.env._(
                    "%(change)s has no price yet. Price it first.", change=self.name
                )
            )
        if state == "with_supplier":
            self._check_suppliers()

    def _explain_no_move(self, state):
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        event = self.sudo().event_ids[:1]
        if self.state == state and event:
            return self.env._(
                "%(change)s is %(state)s already: %(user)s made it so.",
                change=self.name,
                state=names[state],
                user=event.user_id.name,
            )
        targets = [names[code] for code in get_targets(self.state)]
        return self.env._(
            "%(change)s is %(state)s and cannot become %(target)s. "
            "From there it can become: %(targets)s.",
            change=self.name,
            state=names[self.state],
            target=names.get(state, state or "—"),
            targets=", ".join(targets) or self.env._("nothing; make a new request"),
        )

    # === The status of the booking === #

    def _start(self):
        """What follows when requests were made."""
        self._log_move(dict.fromkeys(self, False), "asked", "")
        self._mark_bookings()
        self._tell_change(dict.fromkeys(self, False), "asked", "")

    def _mark_bookings(self):
        """Make the booking Changed while a client's change is open (BKG-11).

        A request to cancel is a mark on the booking only: it is cancelled when the
        request is applied.
        """
        for change in self:
            order = change.order_id
            if change.kind != "change" or change.origin != "client":
                continue
            if order.booking_state not in CHANGEABLE or order._get_move_lock():
                continue
            reason = self.env._(
                "%(change)s: %(comment)s",
                change=change.name,
                comment=change.comment or self.env._("the client asks for a change"),
            )
            # In sudo: the client's own request moves his booking.
            change._as_requested(order).sudo()._move_by_system("changed", reason)
            change._as_mover().changed_status = True

    def _restore_bookings(self):
        """Bring bookings back from Changed, unless something else holds them there."""
        for change in self.filtered("changed_status"):
            order = change.order_id
            others = order.sudo().change_ids.filtered(
                lambda other, change=change: other != change
                and other.changed_status
                and other.state in OPEN
            )
            change._as_mover().changed_status = False
            if others or order.booking_state != "changed" or order._get_move_lock():
                continue
            # In sudo: as above; who may end the request was checked.
            change._as_requested(order).sudo()._restore_state(change.name)

    @api.model
    def _as_requested(self, order):
        """The booking, moved without a mail: the request has mails of its own."""
        return order.with_context(tour_change_requested=MOVER)
