from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_one_open_invoice = fields.Boolean(
        string="One unpaid invoice per booking",
        default=True,
        help="A further invoice of a booking can be made only when the former one is "
        "paid.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_one_open_invoice = fields.Boolean(
        related="company_id.tour_one_open_invoice", readonly=False
    )
