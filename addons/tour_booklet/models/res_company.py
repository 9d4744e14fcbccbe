from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_booklet_auto = fields.Boolean(
        string="Send complete booklets by themselves",
        help="A booklet goes to the client once it is complete. Otherwise a manager "
        "sends it. What changes in a booklet that was sent goes by itself.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_booklet_auto = fields.Boolean(
        related="company_id.tour_booklet_auto", readonly=False
    )
