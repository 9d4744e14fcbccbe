"""Marks of services: whether a payment order is there, and whether it is confirmed."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

STAFF = "tour_partner.tour_group_staff"
SEES_PAYMENT_ORDERS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    payment_order_ids = fields.One2many(
        comodel_name="tour.payment.order",
        inverse_name="order_id",
        string="Payment orders",
        readonly=True,
        groups=SEES_PAYMENT_ORDERS,
    )
    payment_order_count = fields.Integer(
        compute="_compute_payment_order_count", groups=SEES_PAYMENT_ORDERS
    )

    @api.depends("payment_order_ids")
    def _compute_payment_order_count(self):
        groups = self.env["tour.payment.order"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.payment_order_count = counts.get(order._origin.id, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        # In sudo: whether it is paid does not depend on who deletes.
        paid = self.sudo().filtered("payment_order_ids")
        if paid:
            raise UserError(
                self.env._(
                    "%(orders)s: detach the payment orders first.",
                    orders=", ".join(paid.mapped("name")),
                )
            )

    def _after_move(self, from_states, state):
        """Payment orders that came too early are looked at again, in the background."""
        result = super()._after_move(from_states, state)
        if state in self.env["tour.booking.status"]._get_payment_order_states():
            self.env["tour.payment.order"]._trigger_matching()
        return result

    def action_view_payment_orders(self):
        """Open the payment orders of these bookings."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_payment_order.tour_payment_order_action"
            ),
            "domain": list(Domain("order_id", "in", self.ids)),
            "context": {},
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    tour_bill_file_ids = fields.One2many(
        comodel_name="ir.attachment",
        inverse_name="tour_line_id",
        string="Papers of the supplier",
        domain=[("res_model", "=", "sale.order"), ("res_field", "=", False)],
        copy=False,
        groups=STAFF,
    )

    # Found by the numbers of TravelLine in a payment order.
    _tour_confirmation_number_idx = models.Index(
        "(confirmation_number) WHERE confirmation_number IS NOT NULL"
    )

    # Found by what the supplier is due.
    _tour_supplier_due_idx = models.Index(
        "(supplier_id, supplier_due) WHERE supplier_id IS NOT NULL"
    )

    def _update_payment_order_state(self):
        """Let the marks of these services say what is attached.

        What somebody confirmed by hand stays so while anything is attached.
        """
        # In sudo: the mark follows from what is attached, whoever attached it.
        lines = self.sudo()
        states = lines._get_payment_order_states()
        for state in ("none", "attached", "confirmed"):
            wrong = lines.filtered(
                lambda line, state=state: states[line] == state
                and (line.payment_order_state or "none") != state
                and not (
                    state == "attached" and line.payment_order_state == "confirmed"
                )
            )
            if wrong:
                wrong.with_context(tracking_disable=True).write(
                    {"payment_order_state": state}
                )

    def _get_payment_order_states(self):
        """{service: mark}: confirmed by an order that the bank carried out and that
        is enough for all it pays; attached by any other.
        """
        states = defaultdict(lambda: "none")
        for line in self._find_lines_with_files():
            states[line] = "attached"
        orders = self.env["tour.payment.order"].search(
            [("line_ids", "in", self.ids), ("state", "=", "attached")]
        )
        for order in orders.sorted("is_executed"):
            due = sum(order.line_ids.mapped("supplier_due"))
            enough = order.currency_id.compare_amounts(order.amount, due) >= 0
            state = "confirmed" if order.is_executed and enough else "attached"
            for line in order.line_ids & self:
                if states[line] != "confirmed":
                    states[line] = state
        return states

    def _find_lines_with_files(self):
        """Those with a payment order among the files, attached there by hand."""
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "in", self.order_id.ids),
                ("tour_incoming_type", "=", "payment_order"),
                ("tour_payment_order_id", "=", False),
            ]
        )
        own = files.tour_line_id
        whole = set(files.filtered(lambda file: not file.tour_line_id).mapped("res_id"))
        return self.filtered(lambda line: line in own or line.order_id.id in whole)
