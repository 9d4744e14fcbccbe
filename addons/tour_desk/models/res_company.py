from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_min_margin = fields.Float(
        string="Least margin (%)",
        default=5.0,
        help="A booking that leaves less of its price is named in 'Profit'.",
        groups="base.group_user",
    )

    _tour_min_margin_range = models.Constraint(
        "CHECK(tour_min_margin BETWEEN 0 AND 100)",
        "The least margin is a percentage from 0 to 100.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_min_margin = fields.Float(related="company_id.tour_min_margin", readonly=False)
