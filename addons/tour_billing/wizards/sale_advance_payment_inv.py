from odoo import models


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _prepare_down_payment_invoice_values(self, order, so_lines):
        """A deposit invoice is due at once: the plan is for the whole sum."""
        values = super()._prepare_down_payment_invoice_values(order, so_lines)
        if order.is_tour_booking and len(order.payment_term_id.line_ids) > 1:
            values["invoice_payment_term_id"] = False
        return values
