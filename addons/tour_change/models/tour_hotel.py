from odoo import fields, models


class TourHotel(models.Model):
    _inherit = "tour.hotel"

    cancellation_rule_id = fields.Many2one(
        comodel_name="tour.cancellation.rule",
        ondelete="restrict",
        index="btree_not_null",
        help="Unless the rate has one of its own.",
    )
