from odoo import fields, models

SERVICE_KINDS = [
    ("accommodation", "Accommodation"),
    ("transfer", "Transfer"),
    ("other", "Other"),
]


class TourServiceType(models.Model):
    """A kind of service as the company sells it, with its product and its rules."""

    _name = "tour.service.type"
    _description = "Service Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection=SERVICE_KINDS, required=True)
    product_id = fields.Many2one(
        comodel_name="product.product",
        required=True,
        ondelete="restrict",
        help="Gives the taxes and accounts of services of this type.",
    )
    done_needs_paid_invoice = fields.Boolean(
        string="Done needs a paid invoice",
        help="A booking with such a service can be done only when it is invoiced and "
        "all its invoices are paid.",
    )
    done_needs_file = fields.Boolean(
        string="Done needs a file",
        help="A booking with such a service can be done only when a file is attached.",
    )
