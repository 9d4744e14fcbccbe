from odoo import fields, models
from odoo.exceptions import UserError

from .tour_regularisation import RIGHT


class SaleOrder(models.Model):
    _inherit = "sale.order"

    regularisation_count = fields.Integer(
        string="Number of regularisations",
        compute="_compute_regularisation_count",
        groups=RIGHT,
    )

    def _compute_regularisation_count(self):
        groups = self.env["tour.regularisation.line"]._read_group(
            [("order_id", "in", self.ids), ("state", "=", "done")],
            ["order_id"],
            ["__count"],
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.regularisation_count = counts.get(order._origin.id, 0)

    def action_regularise(self):
        """Begin a regularisation of the chosen bookings."""
        regularisations = self.env["tour.regularisation"]
        regularisations._check_right()
        bookings = self.filtered("is_tour_booking")
        if not bookings:
            raise UserError(self.env._("Choose bookings first."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Regularise bookings"),
            "res_model": "tour.regularisation",
            "views": [(False, "form")],
            "context": {
                "default_source": "chosen",
                "default_order_ids": bookings.ids,
                "default_currency_id": bookings.currency_id[:1].id,
                "default_service_kind": False,
            },
        }

    def action_view_regularisations(self):
        """Open the regularisations that changed the booking."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Regularisations of %(order)s", order=self.name),
            "res_model": "tour.regularisation",
            "view_mode": "list,form",
            "domain": [
                (
                    "line_ids",
                    "any",
                    [("order_id", "=", self.id), ("state", "=", "done")],
                )
            ],
            "context": {"create": False},
        }
