from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.ondelete(at_uninstall=False)
    def _unlink_archive_vouchers(self):
        """Put away the vouchers of services that are dropped, so that nobody travels
        on them; a locked one stays where it is."""
        # In sudo: who drops a service may do so whatever his rights on documents.
        self.env["tour.document"].sudo().search(
            [("line_id", "in", self.ids), ("locked", "=", False)]
        ).active = False
