from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_guest_link_days = fields.Integer(
        string="Links for guests work for (days)", default=14
    )
    tour_supplier_link_days = fields.Integer(
        string="Links for suppliers work for (days)", default=30
    )
    tour_guest_data_days = fields.Integer(
        string="Erase personal data after (days)",
        default=90,
        help="Passport and birth data of guests are erased so many days after their "
        "stay, unless they travel again. 0: never.",
    )

    _tour_link_days_possible = models.Constraint(
        "CHECK(tour_guest_link_days BETWEEN 1 AND 180"
        " AND tour_supplier_link_days BETWEEN 1 AND 180)",
        "Private links work for 1 to 180 days.",
    )
    _tour_guest_data_days_positive = models.Constraint(
        "CHECK(tour_guest_data_days >= 0)",
        "The number of days before erasing cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_guest_link_days = fields.Integer(
        related="company_id.tour_guest_link_days", readonly=False
    )
    tour_supplier_link_days = fields.Integer(
        related="company_id.tour_supplier_link_days", readonly=False
    )
    tour_guest_data_days = fields.Integer(
        related="company_id.tour_guest_data_days", readonly=False
    )
