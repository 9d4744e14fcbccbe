from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_signoff_days = fields.Integer(
        string="Clients sign statements within (days)",
        default=10,
        groups="base.group_user",
    )
    tour_signoff_remind_days = fields.Integer(
        string="Remind of statements before the deadline (days)",
        default=3,
        groups="base.group_user",
        help="One mail so many days before the deadline; 0 means never.",
    )
    tour_signoff_monthly = fields.Boolean(
        string="Ask for the last month by itself",
        groups="base.group_user",
        help="At the beginning of each month every client who has anything in the "
        "books of the last one is asked to sign it off.",
    )
    # How far that has come.
    tour_signoff_asked_until = fields.Date(readonly=True, groups="base.group_user")

    _tour_signoff_days_positive = models.Constraint(
        "CHECK(tour_signoff_days >= 0 AND tour_signoff_remind_days >= 0)",
        "The days of statements to sign cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_signoff_days = fields.Integer(
        related="company_id.tour_signoff_days", readonly=False
    )
    tour_signoff_remind_days = fields.Integer(
        related="company_id.tour_signoff_remind_days", readonly=False
    )
    tour_signoff_monthly = fields.Boolean(
        related="company_id.tour_signoff_monthly", readonly=False
    )
