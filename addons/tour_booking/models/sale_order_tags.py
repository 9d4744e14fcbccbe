"""Tags that processes put on a booking. They follow from what happened, so that nobody
can add or remove one, unlike the tags of Odoo, which people give."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    process_tags = fields.Json(
        string="Process", compute="_compute_process_tags", exportable=False
    )

    @api.depends("created_by_client")
    @api.depends_context("lang")
    def _compute_process_tags(self):
        for order in self:
            order.process_tags = order._get_process_tags()

    def _get_process_tags(self):
        """Hook: the tags of one booking, in the order of a booking's life.

        Override to add yours, made of stored fields, since lists show them.

        :return: for each a dict: ``code``, ``name`` and ``color`` (of Bootstrap)
        :rtype: list[dict]
        """
        if not self.created_by_client:
            return []
        name = self.env._("Created by client")
        return [{"code": "created_by_client", "name": name, "color": "info"}]
