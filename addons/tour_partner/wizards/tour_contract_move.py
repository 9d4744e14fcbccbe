from odoo import fields, models


class TourContractMove(models.TransientModel):
    """Asks what a move of a contract needs: who signed and when, or the reason."""

    _name = "tour.contract.move"
    _description = "Change of a Contract's Status"

    contract_id = fields.Many2one("tour.contract", required=True, ondelete="cascade")
    state = fields.Selection(
        [
            ("signed_us", "Signed by us"),
            ("signed_client", "Signed by client"),
            ("draft", "Back to draft"),
            ("terminated", "Terminate"),
        ],
        string="What",
        required=True,
    )
    signed_on = fields.Date(default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users",
        string="Signed for us by",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    signer = fields.Char(string="Signed for the client by")
    reason = fields.Text(help="Kept in the history of the contract.")

    def action_apply(self):
        self.ensure_one()
        if self.state == "signed_us":
            self.contract_id._sign("us", self.signed_on, self.user_id)
        elif self.state == "signed_client":
            self.contract_id._sign("client", self.signed_on, self.signer)
        else:
            self.contract_id.action_move_to(self.state, self.reason or None)
        return {"type": "ir.actions.act_window_close"}
