from odoo import fields, models


class TourBillEvent(models.Model):
    _inherit = "tour.bill.event"

    act = fields.Selection(
        selection_add=[("dispute", "Disputed"), ("settle", "No longer disputed")],
        ondelete={"dispute": "cascade", "settle": "cascade"},
    )
