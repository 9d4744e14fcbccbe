from odoo import fields, models
from odoo.exceptions import UserError


class TourInvoiceExtra(models.TransientModel):
    """An invoice of a booking made by hand, from the client's price list."""

    _name = "tour.invoice.extra"
    _description = "Invoice Extra Services"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    line_ids = fields.One2many(
        comodel_name="tour.invoice.extra.line", inverse_name="wizard_id"
    )

    def action_apply(self):
        """Make the invoice, a draft, and open it."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose at least one service."))
        invoice = self.order_id._create_extra_invoice(
            [line._prepare_invoice_line() for line in self.line_ids]
        )
        return self.order_id.action_view_invoice(invoices=invoice)


class TourInvoiceExtraLine(models.TransientModel):
    _name = "tour.invoice.extra.line"
    _description = "Extra Service to Invoice"

    wizard_id = fields.Many2one(
        comodel_name="tour.invoice.extra",
        required=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        string="Service",
        required=True,
        ondelete="cascade",
        domain=[("tour_extra_service", "=", True), ("sale_ok", "=", True)],
    )
    quantity = fields.Float(default=1.0, required=True)
    discount = fields.Float(
        string="Discount, %", help="None: the one that the price list gives."
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity is more than nothing."
    )
    _discount_percent = models.Constraint(
        "CHECK(discount >= 0 AND discount <= 100)",
        "A discount is between 0 and 100 %.",
    )

    def _prepare_invoice_line(self):
        self.ensure_one()
        if not self.product_id.tour_extra_service:
            raise UserError(
                self.env._(
                    "%(service)s is no extra service. Services of the booking are "
                    "invoiced by 'Create invoice'.",
                    service=self.product_id.display_name,
                )
            )
        values = {"product_id": self.product_id.id, "quantity": self.quantity}
        if self.discount:
            values["discount"] = self.discount
        return values
