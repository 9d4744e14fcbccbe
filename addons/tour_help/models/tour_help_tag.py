from odoo import fields, models


class TourHelpTag(models.Model):
    """What requests for help are about, for staff to find and count them by."""

    _name = "tour.help.tag"
    _description = "Subject of Requests for Help"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer(help="Colour from 0 to 11.")
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "There is such a subject already.")
    _color_range = models.Constraint(
        "CHECK(color BETWEEN 0 AND 11)", "The colour is a number from 0 to 11."
    )
