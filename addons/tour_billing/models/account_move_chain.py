"""From an amount to its booking: Odoo's own button on invoices leads there (BIL-20)."""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.depends("tour_booking_ids")
    def _compute_origin_so_count(self):
        """Count bookings that were invoiced by hand, too."""
        result = super()._compute_origin_so_count()
        for move in self.filtered("tour_booking_ids"):
            move.sale_order_count = len(move._get_source_orders())
        return result

    def action_view_source_sale_orders(self):
        """Open bookings in their own list and form, also those invoiced by hand."""
        self.ensure_one()
        orders = self._get_source_orders()
        if not orders.filtered("is_tour_booking"):
            return super().action_view_source_sale_orders()
        if len(orders) == 1:
            return orders.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_booking.sale_order_action_booking"
        )
        return {**action, "domain": [("id", "in", orders.ids)], "context": {}}

    def _get_source_orders(self):
        return self.line_ids.sale_line_ids.order_id | self.tour_booking_ids
