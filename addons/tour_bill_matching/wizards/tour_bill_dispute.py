from odoo import fields, models


class TourBillDispute(models.TransientModel):
    """Asks why a bill, or what it asks for some services, is wrong."""

    _name = "tour.bill.dispute"
    _description = "Dispute of a supplier bill"

    move_id = fields.Many2one(
        comodel_name="account.move", string="Bill", required=True, readonly=True
    )
    match_ids = fields.Many2many(
        comodel_name="tour.bill.match",
        string="Services",
        domain="[('move_id', '=', move_id)]",
        help="Empty: the bill as a whole.",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Dispute it."""
        self.ensure_one()
        self.move_id._dispute_bill(self.reason, self.match_ids)
        return {"type": "ir.actions.act_window_close"}
