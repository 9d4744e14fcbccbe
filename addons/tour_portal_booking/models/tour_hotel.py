from odoo import fields, models


class TourHotel(models.Model):
    _inherit = "tour.hotel"

    client_bookable = fields.Boolean(
        string="Clients may book it",
        default=True,
        tracking=True,
        help="Found by clients who make a booking themselves.",
    )
    client_picture = fields.Image(
        string="Picture for clients", max_width=1024, max_height=1024
    )


class TourRate(models.Model):
    _inherit = "tour.rate"

    client_visible = fields.Boolean(
        string="Shown to clients",
        default=True,
        help="Clients who make a booking themselves see its price and may choose it.",
    )
