from odoo import fields, models


class TourServiceType(models.Model):
    _inherit = "tour.service.type"

    client_may_ask_refund = fields.Boolean(
        string="Client may ask for a refund",
        help="Of a paid invoice with such a service the client may ask his money "
        "back, once; staff decide.",
    )
