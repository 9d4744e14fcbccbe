from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    tour_extra_service = fields.Boolean(
        string="Extra service",
        help="On invoices made by hand, it costs what the price list of the client's "
        "legal entity says.",
    )
