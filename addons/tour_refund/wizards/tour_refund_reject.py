from odoo import api, fields, models


class TourRefundReject(models.TransientModel):
    """Why a refund is rejected; the client reads it."""

    _name = "tour.refund.reject"
    _description = "Reject a Refund"

    refund_id = fields.Many2one(
        comodel_name="tour.refund", required=True, readonly=True, ondelete="cascade"
    )
    client_reason = fields.Text(related="refund_id.client_reason")
    reason = fields.Text(string="Why", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards.refund_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.refund_id.check_access("read")
        return result

    def action_apply(self):
        """Reject it; the client is told, and cannot ask again."""
        self.ensure_one()
        self.refund_id._move_to("rejected", self.reason)
        return {"type": "ir.actions.act_window_close"}
