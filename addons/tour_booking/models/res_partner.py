from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    allow_cancel_penalty = fields.Boolean(
        string="May be cancelled with penalty",
        help="Bookings of this client company may be cancelled with a penalty.",
    )
