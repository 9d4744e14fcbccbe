from odoo import fields, models


class TourServiceType(models.Model):
    _inherit = "tour.service.type"

    cancellation_rule_id = fields.Many2one(
        comodel_name="tour.cancellation.rule",
        ondelete="restrict",
        index="btree_not_null",
        help="For services whose rate and hotel have none.",
    )
