from odoo import api, fields, models
from odoo.exceptions import UserError

from ..bill_states import ACTS

NAMES = [
    ("approve", "Approve"),
    ("send_back", "Send back to the manager"),
    ("to_director", "Send back to the director"),
    ("unorder", "Take the payment order back"),
    ("unconfirm", "Not paid after all"),
    ("recall", "Recall"),
    ("close", "Close"),
    ("reopen", "Open again"),
]


class TourBillAct(models.TransientModel):
    """Asks for the reason of an act on bills, or for how much to pay and when."""

    _name = "tour.bill.act"
    _description = "Act on supplier bills"

    act = fields.Selection(selection=NAMES, required=True, readonly=True)
    move_ids = fields.Many2many(
        comodel_name="account.move", string="Bills", required=True, readonly=True
    )
    seen = fields.Integer(readonly=True)
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    amount = fields.Monetary(
        string="To be paid",
        compute="_compute_pay",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    pay_date = fields.Date(
        string="On",
        compute="_compute_pay",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    note = fields.Text(string="Comment")
    note_required = fields.Boolean(compute="_compute_note_required")

    @api.depends("move_ids", "act")
    def _compute_pay(self):
        # As the user: a program may name any bill.
        self.move_ids.check_access("read")
        for wizard in self:
            move = wizard.move_ids if len(wizard.move_ids) == 1 else False
            asked = move and wizard.act == "approve"
            wizard.amount = move.tour_bill_pay_amount if asked else 0.0
            wizard.pay_date = move.tour_bill_pay_date if asked else False

    @api.depends("move_ids")
    def _compute_currency_id(self):
        for wizard in self:
            moves = wizard.move_ids
            wizard.currency_id = moves.currency_id if len(moves) == 1 else False

    @api.depends("act")
    def _compute_note_required(self):
        required = {act for (act, _state), a in ACTS.items() if a.reason_required}
        for wizard in self:
            wizard.note_required = wizard.act in required

    def action_apply(self):
        """Do it with all of these bills."""
        self.ensure_one()
        if not self.move_ids:
            raise UserError(self.env._("Choose a bill first."))
        values = {}
        if self.act == "approve" and len(self.move_ids) == 1:
            values = {"amount": self.amount, "pay_date": self.pay_date}
        seen = self.seen if len(self.move_ids) == 1 else None
        self.move_ids._do_bill_act(self.act, note=self.note, seen=seen, **values)
        return {"type": "ir.actions.act_window_close"}
