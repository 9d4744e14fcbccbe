"""The one place that moves a booking from status to status (see `booking_states`)."""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_datetime

from ..booking_states import (
    MANAGER,
    MOVER,
    MOVES,
    ORDER_STATES,
    SYSTEM_MOVES,
    get_targets,
)

# Where a penalty stays on the booking.
PENALTY_STATES = ("cancelled_penalty", "archive")
PENALTY_FIELDS = ("penalty_from", "penalty_when", "penalty_amount", "nights_stayed")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === What may be done === #

    def get_allowed_moves(self):
        """Moves that the user may make with all of these bookings.

        What else a move needs (a paid invoice, a file …) is said when it is tried.

        :return: for each a dict: ``state``, ``name``, ``color``, ``reason_required``
        :rtype: list[dict]
        """
        if not self or not all(self.mapped("is_tour_booking")):
            return []
        moves = [order._get_own_moves() for order in self]
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        return [
            {
                "state": state,
                "name": wordings[state].name,
                "color": wordings[state].color,
                "reason_required": any(own[state].reason_required for own in moves),
            }
            for state in moves[0]
            if all(state in own for own in moves)
        ]

    def _get_own_moves(self):
        self.ensure_one()
        moves = {}
        if self._get_move_lock():
            return moves
        for target in get_targets(self.booking_state):
            move = MOVES[self.booking_state, target]
            if target == "cancelled_penalty" and not self.may_cancel_with_penalty:
                continue
            if self._has_move_right(move.right):
                moves[target] = move
        return moves

    @api.model
    def _has_move_right(self, right):
        return self.env.su or self.env.user.has_group(right)

    # === The mover === #

    def action_move_to(self, state, reason=None):
        """Move the bookings to ``state``; see `_move_to`."""
        if not isinstance(state, str) or not isinstance(reason or "", str):
            raise UserError(self.env._("A status and a reason are texts."))
        self._move_to(state, reason)
        return True

    def _move_to(self, state, reason=None):
        """Move these bookings to ``state``: all of them, or none.

        Checks the move, the right, the reason and what the target needs; locks the
        bookings; writes; logs; tells the client and the staff.

        :param str state: code of the target, one of `booking_states.STATES`
        :param str reason: why, kept in the history
        :return: the bookings moved
        :raise UserError: with every refusal and its way out
        :raise AccessError: if only the right is missing
        """
        if not self:
            return self
        self._check_are_bookings()
        self.check_access("write")
        self._lock_for_move()
        reason = (reason or "").strip()
        self._check_move(state, reason)
        return self._make_move(state, reason)

    def _move_by_system(self, state, reason=""):
        """Move these bookings as the suite itself, in the course of a process of its.

        Neither the right of the user nor what the target needs is asked for, nor does
        `_get_move_lock` hold it up: whoever calls this has checked what matters.

        :return: the bookings moved; those that are in ``state`` already are left
        """
        orders = self.filtered(lambda order: order.booking_state != state)
        if not orders:
            return orders
        orders._check_are_bookings()
        orders._lock_for_move()
        wrong = [
            order._explain_no_move(state)
            for order in orders
            if (order.booking_state, state) not in MOVES
            and (order.booking_state, state) not in SYSTEM_MOVES
        ]
        if wrong:
            raise UserError("\n".join(wrong))
        return orders._make_move(state, reason)

    def _restore_state(self, reason=""):
        """Bring changed bookings back to the status that they had before.

        What that status needs was there then, and is not asked for again.

        :return: the bookings moved
        """
        changed = self.filtered(lambda order: order.booking_state == "changed")
        before = changed._get_states_before("changed")
        homes = defaultdict(self.browse)
        for order in changed:
            # Imported ones have no history.
            default = "confirmed" if order.state == "sale" else "accepted"
            homes[before.get(order.id, default)] += order
        for state, orders in homes.items():
            orders._move_by_system(state, reason)
        return changed

    def _make_move(self, state, reason):
        """Write, log and tell a move that was checked."""
        from_states = {order: order.booking_state for order in self}
        self._write_move(state)
        self._log_move(from_states, state, reason)
        self._after_move(from_states, state)
        self._tell_move(from_states, state, reason)
        return self

    def _get_move_lock(self):
        """Hook: why no move of this booking is possible now; empty if they are.

        Override for a process that has to end first; note: one booking, and no query
        for each, since whole lists are asked.
        """
        return ""

    def _after_move(self, from_states, state):
        """Hook: the bookings were moved to ``state``; override to follow up.

        :param dict from_states: {booking: the status it had}
        """

    def _check_are_bookings(self):
        others = self.filtered(lambda order: not order.is_tour_booking)
        if others:
            raise UserError(
                self.env._(
                    "%(orders)s: an ordinary sales order has no booking status. "
                    "Use its own buttons.",
                    orders=", ".join(others.mapped("name")),
                )
            )

    def _lock_for_move(self):
        """Lock the bookings, or say which ones somebody else is changing."""
        free = self.try_lock_for_update(allow_referencing=True)
        held = self - free
        if not held:
            return
        lines = [
            self.env._(
                "%(order)s (last changed by %(user)s, %(date)s)",
                order=order.name,
                user=order.write_uid.name,
                date=format_datetime(self.env, order.write_date),
            )
            # In sudo: who changed it last is said to whoever may change it.
            for order in held.sudo()
        ]
        raise UserError(
            self.env._(
                "Somebody else is changing this right now: %(orders)s. "
                "Try again in a moment.",
                orders="; ".join(lines),
            )
        )

    # === Refusals === #

    def _check_move(self, state, reason):
        """Collect every reason why these cannot move, and raise once."""
        rights, faults = [], []
        for order in self:
            fault = order._get_move_fault(state, reason)
            if fault:
                faults.append(fault)
            elif not order._has_move_right(MOVES[order.booking_state, state].right):
                rights.append(order._explain_right(state))
        if not (rights or faults):
            needs = getattr(self, f"_check_move_{state}", dict)()
            faults = [f"{order.name}: {text}" for order, text in needs.items()]
        if faults:
            raise UserError("\n".join(faults + rights))
        if rights:
            raise AccessError("\n".join(rights))

    def _get_move_fault(self, state, reason):
        """Why the move itself is not possible, whoever makes it; empty if it is."""
        self.ensure_one()
        if self.booking_state == state:
            return self._explain_already(state)
        if lock := self._get_move_lock():
            return f"{self.name}: {lock}"
        move = MOVES.get((self.booking_state, state))
        if not move:
            return self._explain_no_move(state)
        if move.reason_required and not reason:
            return self.env._(
                "%(order)s: to make it %(target)s, say why. Fill in the reason.",
                order=self.name,
                target=self._get_state_name(state),
            )
        return ""

    @api.model
    def _get_state_name(self, state):
        return dict(self.env["tour.booking.status"]._get_selection()).get(state, state)

    def _explain_already(self, state):
        # In sudo: the history is for staff, and a client may move his booking too.
        event = self.sudo().status_event_ids[:1]
        if not event:
            return self.env._(
                "%(order)s is %(state)s already.",
                order=self.name,
                state=self._get_state_name(state),
            )
        return self.env._(
            "%(order)s is %(state)s already: %(user)s made it so, %(date)s.",
            order=self.name,
            state=self._get_state_name(state),
            user=event.user_id.name,
            date=format_datetime(self.env, event.date),
        )

    def _explain_no_move(self, state):
        moves = self._get_own_moves()
        values = {
            "order": self.name,
            "state": self._get_state_name(self.booking_state),
            "target": self._get_state_name(state),
            "targets": ", ".join(map(self._get_state_name, moves)),
        }
        if not moves:
            return self.env._(
                "%(order)s is %(state)s and cannot become %(target)s. You can move it "
                "nowhere from there; a head may.",
                **values,
            )
        return self.env._(
            "%(order)s is %(state)s and cannot become %(target)s. "
            "From there it can become: %(targets)s.",
            **values,
        )

    def _explain_right(self, state):
        # In sudo: the name of a group is not secret.
        group = self.env.ref(MOVES[self.booking_state, state].right).sudo()
        return self.env._(
            "%(order)s: only '%(role)s' may make it %(target)s from %(state)s. "
            "Ask somebody of that role.",
            order=self.name,
            role=group.name,
            state=self._get_state_name(self.booking_state),
            target=self._get_state_name(state),
        )

    # === Writing === #

    def _write_move(self, state):
        groups = defaultdict(self.browse)
        confirmed = cancelled = self.browse()
        for order in self:
            vals = order._prepare_move_vals(state)
            groups[tuple(vals.items())] += order
            if vals.get("state") == "sale":
                confirmed += order
            elif vals.get("state") == "cancel":
                cancelled += order
        for items, orders in groups.items():
            # Our own history replaces the tracking of fields.
            orders.with_context(tour_booking_mover=MOVER, tracking_disable=True).write(
                dict(items)
            )
        confirmed._follow_confirmation()
        cancelled._follow_cancellation()

    def _prepare_move_vals(self, state):
        """Values that a move to ``state`` writes on this booking."""
        self.ensure_one()
        vals = {"booking_state": state}
        order_states = ORDER_STATES[state]
        if self.state not in order_states:
            vals["state"] = order_states[0]
        if state == "accepted" and not self.user_id and self._is_manager():
            vals["user_id"] = self.env.uid
        if state not in PENALTY_STATES and any(self[name] for name in PENALTY_FIELDS):
            vals.update(dict.fromkeys(PENALTY_FIELDS, False))
        return vals

    @api.model
    def _is_manager(self):
        return self.env.user.has_group(MANAGER)

    def _follow_confirmation(self):
        """What Odoo does when an order is confirmed, by its own hooks."""
        if self:
            self.order_line._validate_analytic_distribution()
            self.with_context(tour_booking_mover=MOVER)._action_confirm()

    def _follow_cancellation(self):
        """What Odoo does when an order is cancelled, by its own hooks."""
        if self:
            # In sudo: a manager may not touch invoices, but drafts of a booking that
            # does not take place must not be sent.
            self.sudo().invoice_ids.filtered(
                lambda move: move.state == "draft"
            ).button_cancel()
            self.with_context(
                tour_booking_mover=MOVER, tracking_disable=True
            )._action_cancel()

    def _log_move(self, from_states, state, reason):
        # In sudo: nobody has the right to write the history himself.
        self.env["tour.booking.event"].sudo().create(
            [
                {
                    "order_id": order.id,
                    "from_state": from_states[order],
                    "to_state": state,
                    "user_id": self.env.uid,
                    "comment": reason or False,
                }
                for order in self
            ]
        )
        # The newest comes first, also for who has read the history already.
        self.invalidate_recordset(["status_event_ids"], flush=False)
