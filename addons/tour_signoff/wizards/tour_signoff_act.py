"""What staff say: an answer to what is disputed, or why a statement is withdrawn."""

from odoo import fields, models


class TourSignoffAct(models.TransientModel):
    _name = "tour.signoff.act"
    _description = "Answer of Staff on a Statement to Sign Off"

    kind = fields.Selection(
        selection=[("answer", "Answer"), ("withdraw", "Withdraw")],
        required=True,
        default="answer",
    )
    signoff_id = fields.Many2one(comodel_name="tour.signoff", ondelete="cascade")
    line_ids = fields.Many2many(comodel_name="tour.signoff.line", string="Lines")
    answer = fields.Selection(
        selection=[
            ("explained", "It is right, and this is why"),
            ("corrected", "The client is right, it was corrected"),
        ],
        required=True,
        default="explained",
    )
    text = fields.Text(help="The client reads it.")

    def action_apply(self):
        """Answer, or withdraw."""
        self.ensure_one()
        self.check_access("write")
        if self.kind == "withdraw":
            self.signoff_id._withdraw(self.text)
        else:
            self.line_ids._answer_disputed(self.answer, self.text)
        return {"type": "ir.actions.act_window_close"}
