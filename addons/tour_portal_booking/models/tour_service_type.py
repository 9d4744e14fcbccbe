from odoo import fields, models


class TourServiceType(models.Model):
    _inherit = "tour.service.type"

    client_bookable = fields.Boolean(
        string="Clients may book it",
        default=True,
        help="Offered to clients who make a booking themselves.",
    )
