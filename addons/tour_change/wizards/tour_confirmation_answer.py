from odoo import fields, models


class TourConfirmationAnswer(models.TransientModel):
    """Staff answer in the client's name, and say how he did."""

    _name = "tour.confirmation.answer"
    _description = "Answer in the client's name"

    confirmation_id = fields.Many2one(
        comodel_name="tour.confirmation", required=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="confirmation_id.order_id")
    answer = fields.Selection(
        selection=[("accepted", "He accepts"), ("declined", "He declines")],
        required=True,
    )
    revision = fields.Integer(help="The changes that were shown.")
    changes = fields.Json(related="confirmation_id.changes")
    note = fields.Text(string="How he answered")

    def action_apply(self):
        """Answer."""
        self.ensure_one()
        order = self.confirmation_id.order_id
        if self.answer == "accepted":
            order.action_client_accept(self.note, self.revision)
        else:
            order.action_client_decline(self.note, self.revision)
        return {"type": "ir.actions.act_window_close"}
