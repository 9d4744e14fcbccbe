from odoo import fields, models

STAFF = "tour_partner.tour_group_staff"


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_usage_when = fields.Selection(
        selection=[
            ("version", "Only a new version"),
            ("login", "At every login"),
        ],
        string="Clients agree to the terms of use",
        required=True,
        default="version",
        groups=STAFF,
        help="When clients' users are asked to accept the usage agreement.",
    )
    tour_registration_days = fields.Integer(
        string="Erase rejected registrations after (days)",
        default=30,
        groups=STAFF,
        help="Rejected requests are erased so many days later, and passwords of those "
        "that nobody decided on. 0: never.",
    )

    _tour_registration_days_positive = models.Constraint(
        "CHECK(tour_registration_days >= 0)",
        "The number of days before erasing cannot be negative.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "tour_usage_when" in vals:
            self.env["tour.usage.agreement"]._forget_gate()
        return result


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_usage_when = fields.Selection(
        related="company_id.tour_usage_when", readonly=False
    )
    tour_registration_days = fields.Integer(
        related="company_id.tour_registration_days", readonly=False
    )
