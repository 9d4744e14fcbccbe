from odoo import fields, models


class TourRate(models.Model):
    _inherit = "tour.rate"

    cancellation_rule_id = fields.Many2one(
        comodel_name="tour.cancellation.rule",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: the hotel's.",
    )
