from odoo import fields, models

from .res_partner import MAX_DAYS, TERM_FIELDS, TERMS


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_bill_term = fields.Selection(
        selection=TERMS,
        string="Bills count from",
        default="departure",
        required=True,
        groups="base.group_user",
        help="Of suppliers of whom nothing else is known.",
    )
    tour_bill_term_days = fields.Integer(
        string="Bills come after (days)",
        default=3,
        groups="base.group_user",
        help="Days after that; less than nothing are days before.",
    )
    tour_bill_late_days = fields.Integer(
        string="Bills are late after (days)",
        default=5,
        groups="base.group_user",
        help="So many days after a bill was expected its manager is reminded.",
    )
    # Where the nightly look at all bookings goes on.
    tour_bill_swept_id = fields.Integer(
        groups="base.group_system", help="The last booking that was looked at."
    )

    _tour_bill_term_days = models.Constraint(
        f"CHECK(tour_bill_term_days BETWEEN -{MAX_DAYS} AND {MAX_DAYS}"
        " AND tour_bill_late_days >= 0)",
        "Bills come within a year of what they count from.",
    )

    def write(self, vals):
        """Move expected bills when the terms change: soon, there may be many."""
        result = super().write(vals)
        if vals.keys() & TERM_FIELDS:
            # In sudo: scheduled actions are not the user's to read.
            self.env.ref("tour_bill_calendar.ir_cron_expected").sudo()._trigger()
        return result


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_bill_term = fields.Selection(
        related="company_id.tour_bill_term", readonly=False
    )
    tour_bill_term_days = fields.Integer(
        related="company_id.tour_bill_term_days", readonly=False
    )
    tour_bill_late_days = fields.Integer(
        related="company_id.tour_bill_late_days", readonly=False
    )
