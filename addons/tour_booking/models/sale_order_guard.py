"""Keeps bookings consistent whoever writes: forms, imports, RPC, Odoo's own buttons."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..booking_states import MOVER, ORDER_STATES

RIGHT_RESPONSIBLE = "tour_partner.tour_group_right_change_responsible"
RIGHT_DELETE = "tour_partner.tour_group_right_delete_booking"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === CRUD === #

    def write(self, vals):
        bookings = self.filtered("is_tour_booking")
        if "is_tour_booking" in vals:
            self._check_is_tour_booking(vals["is_tour_booking"])
        if bookings and not self._is_mover():
            bookings._check_status_write(vals)
            self._check_computed_vals(vals)
        if not bookings or "user_id" not in vals:
            return super().write(vals)
        bookings._check_responsible_write(vals["user_id"])
        before = {order: order.user_id for order in bookings}
        # We tell the responsible ourselves, the old one too.
        result = super(
            SaleOrder, self.with_context(mail_auto_subscribe_no_notify=True)
        ).write(vals)
        bookings._tell_responsible(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booking(self):
        bookings = self.filtered("is_tour_booking")
        if not bookings or self.env.su or self.env.user.has_group(RIGHT_DELETE):
            return
        raise AccessError(
            self.env._(
                "Only who has the right to delete bookings may delete %(orders)s. "
                "Cancel them instead.",
                orders=", ".join(bookings.mapped("name")),
            )
        )

    @api.model
    def _is_mover(self):
        """Whether the mover itself is writing; no RPC call can bring its sentinel."""
        return self.env.context.get("tour_booking_mover") is MOVER

    def _check_is_tour_booking(self, value):
        if any(order.is_tour_booking != bool(value) for order in self):
            raise UserError(
                self.env._(
                    "A sales order cannot become a booking, nor a booking a sales "
                    "order. Make a new one."
                )
            )

    def _check_status_write(self, vals):
        """Refuse to write what only the mover writes."""
        if "booking_state" in vals:
            raise AccessError(
                self.env._(
                    "The status of a booking is not written but changed by its "
                    "moves. Use 'Change status' (action_move_to)."
                )
            )
        if "created_by_client" in vals and not self.env.su:
            raise AccessError(
                self.env._("Who made a booking cannot be changed afterwards.")
            )
        state = vals.get("state")
        wrong = state and self.filtered(
            lambda order: state not in ORDER_STATES[order.booking_state]
        )
        if wrong:
            raise wrong._get_button_error()

    @api.model
    def _check_computed_vals(self, vals):
        """Refuse to be given what we work out: moves and reports rely on it.

        The ORM would keep such a value, and whoever wrote that all invoices are paid
        would open the way to Done for himself.
        """
        if self.env.su:
            return
        given = [name for name in vals if self._is_worked_out(self._fields.get(name))]
        if given:
            raise AccessError(
                self.env._(
                    "%(fields)s: this follows from the booking and cannot be written.",
                    fields=", ".join(self._fields[name].string for name in given),
                )
            )

    @api.model
    def _is_worked_out(self, field):
        return (
            field is not None
            and field.compute
            and field.store
            and field.readonly
            and field._module.startswith("tour_")
        )

    def _check_responsible_write(self, user_id):
        """Only who has the right changes the responsible; who takes a free booking
        needs none."""
        if self.env.su or self.env.user.has_group(RIGHT_RESPONSIBLE):
            return
        kept = self.filtered(
            lambda order: order.user_id.id != user_id
            and (order.user_id or user_id != self.env.uid)
        )
        if kept:
            raise AccessError(
                self.env._(
                    "%(orders)s: only who has the right to change the responsible "
                    "may do so. Ask a head of department.",
                    orders=", ".join(kept.mapped("name")),
                )
            )

    # === Odoo's own buttons === #

    def _get_button_error(self):
        return UserError(
            self.env._(
                "%(orders)s: this button is for ordinary sales orders. Use 'Change "
                "status' of the booking, where a reason can be given.",
                orders=", ".join(self.mapped("name")),
            )
        )

    def action_confirm(self):
        """Confirm bookings to their clients by a move of ours."""
        bookings = self.filtered("is_tour_booking")
        bookings._move_to("confirmed")
        orders = self - bookings
        return super(SaleOrder, orders).action_confirm() if orders else True

    def action_cancel(self):
        """Refuse to cancel a booking without a reason."""
        if bookings := self.filtered("is_tour_booking"):
            raise bookings._get_button_error()
        return super().action_cancel()

    def _action_cancel(self):
        """Refuse to cancel a booking past its mover."""
        bookings = self.filtered("is_tour_booking")
        if bookings and not self._is_mover():
            raise bookings._get_button_error()
        return super()._action_cancel()

    def action_draft(self):
        """Refuse to reopen a booking without a reason."""
        if bookings := self.filtered("is_tour_booking"):
            raise bookings._get_button_error()
        return super().action_draft()

    def _has_to_be_signed(self):
        """A booking is confirmed by its moves, not by a signature."""
        return not self.is_tour_booking and super()._has_to_be_signed()

    def _has_to_be_paid(self):
        """A booking is paid by its invoices."""
        return not self.is_tour_booking and super()._has_to_be_paid()

    def _is_confirmation_amount_reached(self):
        """A payment does not confirm a booking: the hotel does."""
        return not self.is_tour_booking and super()._is_confirmation_amount_reached()

    def _can_be_edited_on_portal(self):
        """Services are changed by requests, not by ticking optional products."""
        return not self.is_tour_booking and super()._can_be_edited_on_portal()
