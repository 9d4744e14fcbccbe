from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_new_booking_nights = fields.Integer(
        string="Longest stay that clients book",
        default=60,
        help="In nights. A longer stay is asked of a manager.",
    )
    tour_new_booking_rooms = fields.Integer(
        string="Most rooms that clients book",
        default=20,
        help="In one booking.",
    )
    tour_new_booking_guests = fields.Integer(
        string="Most guests that clients book for",
        default=60,
        help="In one booking.",
    )
    tour_draft_days = fields.Integer(
        string="Drafts of clients are kept (days)",
        default=60,
        help="What a client began and did not send is erased so many days after he "
        "last changed it.",
    )

    # More guests make a form of more inputs than Odoo's server takes.
    _tour_new_booking_limits = models.Constraint(
        "CHECK(tour_new_booking_nights BETWEEN 1 AND 365"
        " AND tour_new_booking_rooms BETWEEN 1 AND 100"
        " AND tour_new_booking_guests BETWEEN 1 AND 150"
        " AND tour_draft_days BETWEEN 1 AND 3650)",
        "Clients book 1 to 365 nights, 1 to 100 rooms, for 1 to 150 guests; drafts are"
        " kept 1 to 3650 days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_new_booking_nights = fields.Integer(
        related="company_id.tour_new_booking_nights", readonly=False
    )
    tour_new_booking_rooms = fields.Integer(
        related="company_id.tour_new_booking_rooms", readonly=False
    )
    tour_new_booking_guests = fields.Integer(
        related="company_id.tour_new_booking_guests", readonly=False
    )
    tour_draft_days = fields.Integer(
        related="company_id.tour_draft_days", readonly=False
    )
