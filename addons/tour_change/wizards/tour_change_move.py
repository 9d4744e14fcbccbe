from odoo import fields, models

from ..change_states import STATES


class TourChangeMove(models.TransientModel):
    """Asks why a request is refused, withdrawn or tried again."""

    _name = "tour.change.move"
    _description = "Reason of a Step"

    change_id = fields.Many2one(
        comodel_name="tour.change", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(selection=STATES, required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Make the move with its reason."""
        self.ensure_one()
        actions = {
            "refused": self.change_id.action_refuse,
            "withdrawn": self.change_id.action_withdraw,
            "asked": self.change_id.action_reopen,
        }
        if self.state in actions:
            actions[self.state](self.reason)
        return {"type": "ir.actions.act_window_close"}
