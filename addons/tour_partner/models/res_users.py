from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    is_curator = fields.Boolean(
        string="Curator",
        help="A client's user who sees all users and bookings of his company.",
    )
    may_take_bookings = fields.Boolean(
        string="May take bookings",
        help="Bookings made by clients are dealt out evenly among these users.",
    )
    default_client_id = fields.Many2one(
        "res.partner",
        string="Default client",
        domain=[("is_tour_client", "=", True)],
        help="The client that a new booking of this user starts with.",
    )
