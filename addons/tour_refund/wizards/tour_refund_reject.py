from odoo import fields, models


class TourRefundReject(models.TransientModel):
    """Why a refund is rejected; the client reads it."""

    _name = "tour.refund.reject"
    _description = "Reject a Refund"

    refund_id = fields.Many2one(
        comodel_name="tour.refund", required=True, readonly=True, ondelete="cascade"
    )
    client_reason = fields.Text(related="refund_id.client_reason")
    reason = fields.Text(string="Why", required=True)

    def action_apply(self):
        """Reject it; the client is told, and cannot ask again."""
        self.ensure_one()
        self.refund_id._move_to("rejected", self.reason)
        return {"type": "ir.actions.act_window_close"}
