"""The one place that moves a payment order from status to status."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..payment_order_states import KEEPERS, MANAGER, MOVES, get_targets

# What goes when an order is detached.
ATTACHED_FIELDS = (
    "order_id",
    "bill_id",
    "attached_on",
    "attached_by_id",
    "is_attached_by_hand",
)


class TourPaymentOrder(models.Model):
    _inherit = "tour.payment.order"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state", "order_id")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        """Codes of the statuses that the user may move to, for the buttons."""
        for order in self:
            order.allowed_moves = [
                target
                for target in get_targets(order.state)
                if order._has_move_right(MOVES[order.state, target], order.order_id)
            ]

    def _has_move_right(self, move, booking):
        """Whether the user may: by his role, a manager of the booking's own right."""
        if self.env.su:
            return True
        user = self.env.user
        if any(user.has_group(right) for right in move.rights if right in KEEPERS):
            return True
        return (
            MANAGER in move.rights
            and user.has_group(MANAGER)
            and (not booking or booking.has_access("write"))
        )

    def _attach(self, booking, lines=None, bill=None):
        """Attach these by hand: nothing is mailed to the hotel.

        :param booking: `sale.order` that the user may write
        :param lines: services that are paid; all of it if none is named
        """
        booking.ensure_one()
        # By the rights of who attaches, whoever found the booking.
        booking = booking.with_env(self.env)
        booking.check_access("write")
        return self._move_to("attached", booking=booking, lines=lines, bill=bill)

    def _move_to(
        self, state, reason="", booking=None, lines=None, bill=None, by_hand=True
    ):
        """Move these orders to ``state``: all of them, or none.

        Checks the move, the right and the reason; locks; writes; marks the services;
        logs; mails the hotel where it is due.

        :raise UserError: with every refusal
        :raise AccessError: if the right is missing
        """
        if not self:
            return self
        self.check_access("read")
        reason = (reason or "").strip()
        # In sudo: an order is nobody's to write; the right is asked for below.
        orders_sudo = self.sudo()
        orders_sudo._lock_for_move()
        booking = (booking or self.env["sale.order"]).with_env(self.env)
        self._check_move(state, reason, booking)
        services = orders_sudo.line_ids
        if state == "attached":
            lines = self._get_paid_services(booking, lines)
            orders_sudo._write_attached(booking.sudo(), lines.sudo(), bill, by_hand)
        else:
            orders_sudo._write_detached(state, reason)
        (services | orders_sudo.line_ids)._update_payment_order_state()
        return self

    def _lock_for_move(self):
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is changing this right now: %(orders)s. Try again "
                    "in a moment.",
                    orders=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state", "order_id", "mailed_on", "mailed_order_id"])

    def _check_move(self, state, reason, booking):
        faults, names = [], dict(self._fields["state"]._description_selection(self.env))
        for order in self:
            move = MOVES.get((order.state, state))
            if not move:
                faults.append(
                    self.env._(
                        "%(order)s is '%(state)s' and cannot become '%(target)s'.",
                        order=order.display_name,
                        state=names[order.state],
                        target=names.get(state, state),
                    )
                )
            elif move.reason_required and not reason:
                faults.append(
                    self.env._("%(order)s: say why.", order=order.display_name)
                )
            elif not order._has_move_right(move, booking or order.order_id):
                raise AccessError(
                    self.env._(
                        "%(order)s: accountants and heads of department may do this, "
                        "and managers with bookings of their own.",
                        order=order.display_name,
                    )
                )
        if state == "attached":
            faults += self._find_booking_faults(booking)
        if faults:
            raise UserError("\n".join(faults))

    def _find_booking_faults(self, booking):
        if not booking.is_tour_booking:
            return [self.env._("Choose the booking that is paid.")]
        if booking.company_id != self.company_id:
            return [
                self.env._(
                    "%(booking)s is a booking of another company.", booking=booking.name
                )
            ]
        return []

    @api.model
    def _get_paid_services(self, booking, lines):
        lines = lines or booking._get_services()
        if lines.order_id != booking:
            raise UserError(
                self.env._(
                    "Choose services of %(booking)s; it has none else.",
                    booking=booking.name,
                )
            )
        return lines

    # === Attaching === #

    def _write_attached(self, booking, lines, bill, by_hand):
        self._as_mover().write(
            {
                "state": "attached",
                "order_id": booking.id,
                "line_ids": [fields.Command.set(lines.ids)],
                "bill_id": bill.id if bill else False,
                "attached_on": fields.Datetime.now(),
                "attached_by_id": self.env.uid,
                "is_attached_by_hand": by_hand,
                "set_aside_reason": False,
            }
        )
        for order in self:
            order._copy_to_booking()
            order._log_on_booking(
                booking,
                self.env._("attached by hand") if by_hand else self.env._("attached"),
            )
            if not by_hand:
                order._mail_hotels_safely()

    def _copy_to_booking(self):
        """Its PDF among the files of the booking, typed as payment order."""
        lines = self.line_ids
        self._as_mover().env["ir.attachment"].create(
            {
                "name": self.attachment_id.name,
                "raw": self.attachment_id.raw,
                "mimetype": "application/pdf",
                "res_model": "sale.order",
                "res_id": self.order_id.id,
                "tour_incoming_type": "payment_order",
                "tour_line_id": lines.id if len(lines) == 1 else False,
                "tour_payment_order_id": self.id,
            }
        )

    def _log_on_booking(self, booking, what, reason=""):
        """Keep it in the history of the booking, for staff only."""
        text = self.env._(
            "Payment order %(order)s, %(amount)s: %(what)s.",
            order=self.display_name,
            amount=self._format_amount(),
            what=what,
        )
        body = Markup("<p>%s</p>") % text
        if reason:
            body += Markup("<p>%s</p>") % reason
        booking.message_post(
            body=body,
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    # === Detaching, setting aside === #

    def _write_detached(self, state, reason):
        for order in self.filtered("order_id"):
            what = self.env._("detached; the mark of the services is taken back")
            order._log_on_booking(order.order_id, what, reason)
        copies = (
            self._as_mover()
            .env["ir.attachment"]
            .search(
                [
                    ("tour_payment_order_id", "in", self.ids),
                    ("res_model", "=", "sale.order"),
                ]
            )
        )
        copies.unlink()
        vals = dict.fromkeys(ATTACHED_FIELDS, False)
        vals.update(state=state, line_ids=[fields.Command.clear()])
        vals["set_aside_reason"] = reason if state == "set_aside" else False
        self._as_mover().write(vals)
        if reason:
            for order in self:
                order._message_log(body=reason, author_id=self.env.user.partner_id.id)

    # === Buttons === #

    def action_open_attach(self):
        """Ask for the booking to attach it to."""
        return self._ask("attached")

    def action_open_set_aside(self):
        """Ask why these are no payment orders of bookings."""
        return self._ask("set_aside")

    def action_detach(self):
        """Take these off their bookings: they wait again."""
        self._move_to("waiting")
        return True

    def action_take_back(self):
        """Let what was set aside wait again."""
        return self.action_detach()

    def action_confirm(self):
        """Note that the bank carried these out, where no mark of it was read."""
        self.check_access("read")
        if not self.env.su and not any(map(self.env.user.has_group, KEEPERS)):
            raise AccessError(
                self.env._("Only accountants and heads of department may do this.")
            )
        # In sudo: an order is nobody's to write, the right was asked for above.
        orders = self.sudo()._as_mover().filtered(lambda order: not order.is_executed)
        orders._lock_for_move()
        orders._write_executed()
        for order in orders:
            order._message_log(
                body=self.env._("The bank carried it out."),
                author_id=self.env.user.partner_id.id,
            )
        orders.line_ids._update_payment_order_state()
        return True

    def _ask(self, state):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_payment_order.tour_payment_order_move_action"
            ),
            "context": {
                "default_payment_order_ids": self.ids,
                "default_state": state,
            },
        }
