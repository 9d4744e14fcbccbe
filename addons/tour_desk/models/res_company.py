from odoo import fields, models

from ..today import day_of


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

    def _get_day(self, moment):
        """The day of a moment by the company's clock."""
        if not moment:
            return False
        city = self.env["tour.city"]
        return day_of(moment, self.env["sale.order.line"]._get_zone(city, self))


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_min_margin = fields.Float(related="company_id.tour_min_margin", readonly=False)
