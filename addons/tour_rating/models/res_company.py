from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_rating_ask = fields.Boolean(
        string="Ask clients for a rating",
        default=True,
        groups="base.group_user",
        help="One mail for each booking that is done, and never a second.",
    )
    tour_rating_ask_days = fields.Integer(
        string="Ask after (days)",
        default=2,
        groups="base.group_user",
        help="So many days after the booking is done.",
    )
    tour_rating_need_days = fields.Integer(
        string="Remind on the home page for (days)",
        default=30,
        groups="base.group_user",
        help="So long the client's home page shows what he has not rated; 0 for never.",
    )
    tour_rating_change_days = fields.Integer(
        string="Ratings can be changed for (days)",
        default=0,
        groups="base.group_user",
        help="So long after rating the client may change what he said; 0 for always.",
    )

    _tour_rating_days_positive = models.Constraint(
        "CHECK(tour_rating_ask_days >= 0 AND tour_rating_need_days >= 0"
        " AND tour_rating_change_days >= 0)",
        "The days of ratings cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_rating_ask = fields.Boolean(
        related="company_id.tour_rating_ask", readonly=False
    )
    tour_rating_ask_days = fields.Integer(
        related="company_id.tour_rating_ask_days", readonly=False
    )
    tour_rating_need_days = fields.Integer(
        related="company_id.tour_rating_need_days", readonly=False
    )
    tour_rating_change_days = fields.Integer(
        related="company_id.tour_rating_change_days", readonly=False
    )
