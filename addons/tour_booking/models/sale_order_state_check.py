"""What a booking needs before it may reach a status.

Each ``_check_move_<state>`` returns {booking: what is missing and the way out}, for
those that are not ready. Override to add or lift a condition.
"""

from odoo import models

from ..booking_states import ORDER_STATES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_move_awaiting_client(self):
        return self._find_without_services()

    def _check_move_confirmed(self):
        faults = self._find_without_services()
        return faults | self._without(faults)._find_wrong_return("confirmed")

    def _check_move_accepted(self):
        return self._find_wrong_return("accepted")

    def _check_move_client_confirmed(self):
        return self._find_wrong_return("client_confirmed")

    def _check_move_booked(self):
        """A hotel's confirmation must be there, or its bill."""
        faults = self._find_without_services()
        for order in self:
            if order in faults:
                continue
            # In sudo: whether there is a bill is not secret to who may book.
            if order.sudo().has_supplier_bill:
                continue
            missing = order._get_services().filtered(
                lambda line: line.service_kind == "accommodation"
                and not (line.confirmation_number or line.confirmed_by)
            )
            if missing:
                faults[order] = self.env._(
                    "no confirmation of %(services)s. Enter who confirmed it or its "
                    "confirmation number, or attach the supplier's bill.",
                    services=", ".join(
                        line._prepare_service().short_name for line in missing
                    ),
                )
        rest = self._without(faults)
        return faults | rest._find_wrong_return("booked")

    def _check_move_done(self):
        """A paid invoice and a file, where the type of a service asks for them."""
        faults = self._find_wrong_unarchiving("done")
        files = self._count_files()
        for order in self:
            types = order._get_services().service_type_id
            if order.booking_state == "archive" or order in faults:
                continue
            if types.filtered("done_needs_paid_invoice") and not order.invoices_paid:
                faults[order] = order._explain_unpaid()
            elif types.filtered("done_needs_file") and not files.get(order.id):
                faults[order] = self.env._(
                    "no file is attached, and its services need one. Attach it first."
                )
        return faults

    def _check_move_cancelled(self):
        faults = self._find_wrong_unarchiving("cancelled")
        return faults | self._without(faults)._find_locked()

    def _check_move_refused(self):
        return self._find_locked()

    def _check_move_cancelled_penalty(self):
        faults = {}
        for order in self:
            client = order.partner_id.commercial_partner_id
            if not order.may_cancel_with_penalty:
                faults[order] = self.env._(
                    "bookings of %(client)s are not cancelled with penalty. Cancel it "
                    "without, or allow it in the client's form.",
                    client=client.name,
                )
            elif not (order.penalty_from and order.penalty_when):
                faults[order] = self.env._(
                    "say from whom the penalty comes and when the booking was "
                    "cancelled."
                )
            elif order.penalty_amount < 0 or order.nights_stayed < 0:
                faults[order] = self.env._(
                    "the penalty and the nights stayed cannot be negative."
                )
        return faults

    # === Conditions that several moves share === #

    def _without(self, orders):
        return self.filtered(lambda order: order not in orders)

    def _find_without_services(self):
        return {
            order: self.env._("it has no services. Add one first.")
            for order in self
            if not order._get_services()
        }

    def _find_locked(self):
        return {
            order: self.env._("it is locked. Unlock it first.")
            for order in self
            if order.locked
        }

    def _find_wrong_return(self, state):
        """From Changed a booking goes back where it was; nowhere else."""
        changed = self.filtered(lambda order: order.booking_state == "changed")
        faults = {}
        before = changed._get_states_before("changed")
        for order in changed:
            home = before.get(order.id, state)
            if home != state:
                faults[order] = self.env._(
                    "it was %(state)s before the change and goes back to that.",
                    state=self._get_state_name(home),
                )
        return faults

    def _get_states_before(self, state):
        """The status each booking had when it last became ``state``, by its id."""
        # In sudo: the history is for staff, and a client may move his booking too.
        events = (
            self.env["tour.booking.event"]
            .sudo()
            .search_fetch(
                [("order_id", "in", self.ids), ("to_state", "=", state)],
                ["order_id", "from_state"],
                order="date, id",
            )
        )
        return {event.order_id.id: event.from_state for event in events}

    def _find_wrong_unarchiving(self, state):
        """Out of the archive a booking goes back to what it ended as."""
        archived = self.filtered(lambda order: order.booking_state == "archive")
        return {
            order: self.env._("it was not %(state)s when it was archived.", state=name)
            for name in [self._get_state_name(state)]
            for order in archived
            if order.state not in ORDER_STATES[state] or order.penalty_from
        }

    def _explain_unpaid(self):
        self.ensure_one()
        if not self.invoice_ids.filtered(lambda move: move.move_type == "out_invoice"):
            return self.env._(
                "it has no invoice, and its services need a paid one. Make the "
                "invoice and register its payment first."
            )
        return self.env._(
            "not all of its invoices are paid. Register the payments first."
        )

    def _count_files(self):
        """Files attached to each booking, by its id; override to count others too."""
        # In sudo: whether there is a file matters, not whether the user may open it.
        groups = (
            self.env["ir.attachment"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("res_field", "=", False),
                ],
                ["res_id"],
                ["__count"],
            )
        )
        return dict(groups)
