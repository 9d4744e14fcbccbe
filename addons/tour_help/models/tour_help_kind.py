from odoo import fields, models


class TourHelpKind(models.Model):
    """What clients ask for help with, and how soon each is answered."""

    _name = "tour.help.kind"
    _description = "Kind of Requests for Help"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    answer_hours = fields.Float(
        string="Answer within (working hours)",
        default=8.0,
        help="Of the company's working schedule, from when the client wrote; 0: no "
        "answer time, and nothing is reported.",
    )
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "High"), ("2", "Urgent")],
        default="0",
        required=True,
        help="What a request of this kind starts with.",
    )

    _answer_hours_range = models.Constraint(
        "CHECK(answer_hours BETWEEN 0 AND 1000)",
        "An answer time is from 0 to 1000 hours.",
    )
