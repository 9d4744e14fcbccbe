from odoo import fields, models


class TourBillEvent(models.Model):
    _inherit = "tour.bill.event"

    act = fields.Selection(
        selection_add=[
            ("setoff", "Set off"),
            ("unsetoff", "Set-off taken back"),
        ],
        ondelete={"setoff": "cascade", "unsetoff": "cascade"},
    )
