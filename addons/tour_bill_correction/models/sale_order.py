from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_bills_of(self, supplier):
        """Bills of a supplier for this booking that are in the books."""
        self.ensure_one()
        entity = supplier.commercial_partner_id
        return self.bill_ids.filtered(
            lambda bill: (
                bill.move_type == "in_invoice"
                and bill.state == "posted"
                and bill.commercial_partner_id == entity
            )
        )
