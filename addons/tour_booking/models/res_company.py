from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_archive_days = fields.Integer(
        string="Archive bookings after (days)",
        default=30,
        help="A finished booking is archived this many days after its last service.",
    )
    tour_closed_until = fields.Date(
        string="Bookings closed until",
        help="Managers are warned of arrivals on this day or earlier.",
    )

    _tour_archive_days_positive = models.Constraint(
        "CHECK(tour_archive_days >= 0)",
        "The number of days before archiving cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_archive_days = fields.Integer(
        related="company_id.tour_archive_days", readonly=False
    )
    tour_closed_until = fields.Date(
        related="company_id.tour_closed_until", readonly=False
    )
