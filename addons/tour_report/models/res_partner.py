from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_less_discount = fields.Boolean(
        string="Reports: less the discount",
        groups="base.group_user",
        help="The client keeps his discount when he pays, so that reports count his "
        "sums less the discount. Others are counted in full, and paid the discount "
        "back.",
    )
