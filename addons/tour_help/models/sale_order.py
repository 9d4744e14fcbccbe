from odoo import fields, models

from .tour_help_request import STAFF


class SaleOrder(models.Model):
    _inherit = "sale.order"

    tour_help_ids = fields.One2many(
        comodel_name="tour.help.request",
        inverse_name="order_id",
        string="Requests for help",
        groups=STAFF,
    )
    tour_help_count = fields.Integer(
        compute="_compute_tour_help_count",
        string="Number of requests for help",
        groups=STAFF,
    )

    def _compute_tour_help_count(self):
        counts = dict(
            self.env["tour.help.request"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.tour_help_count = counts.get(order._origin, 0)

    def action_view_help(self):
        """Open the requests about this booking."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_help.tour_help_request_action"
            ),
            "domain": [("order_id", "=", self.id)],
            "context": {
                "default_order_id": self.id,
                "default_partner_id": self.partner_id.commercial_partner_id.id,
            },
        }
