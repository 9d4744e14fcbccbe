from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_amount, format_datetime

from ..bill_states import MOVER, STATES

ACTS = [
    ("upload", "Uploaded"),
    ("prepare", "Prepared for payment"),
    ("hand_over", "Handed over"),
    ("approve", "Approved"),
    ("send_back", "Sent back to the manager"),
    ("to_director", "Sent back to the director"),
    ("order", "Payment order made"),
    ("unorder", "Payment order taken back"),
    ("confirm", "Paid"),
    ("unconfirm", "Not paid after all"),
    ("recall", "Recalled"),
    ("close", "Closed"),
    ("reopen", "Opened again"),
    ("replace", "Payments carried over"),
]


class TourBillEvent(models.Model):
    """What was done with a supplier's bill: appended, never changed (BIL-1)."""

    _name = "tour.bill.event"
    _description = "Event of a supplier bill"
    _order = "id desc"
    _rec_name = "act"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Bill",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    act = fields.Selection(selection=ACTS, required=True, readonly=True)
    date = fields.Datetime(
        default=lambda self: fields.Datetime.now(), required=True, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="By", required=True, readonly=True
    )
    substituted_id = fields.Many2one(
        comodel_name="res.users",
        string="In place of",
        readonly=True,
        help="Whose authority was used, by his substitute.",
    )
    from_state = fields.Selection(selection=STATES, readonly=True)
    to_state = fields.Selection(selection=STATES, readonly=True)
    amount = fields.Monetary(readonly=True, help="How much to pay, ordered or paid.")
    pay_date = fields.Date(readonly=True)
    why = fields.Char(
        string="Why there", readonly=True, help="The rule that sent it where it went."
    )
    note = fields.Text(string="Comment", readonly=True)
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        readonly=True,
        index="btree_not_null",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    # Nobody has the rights; a program in sudo has to come through the bill, too.

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_others()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_others()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_uninstall(self):
        self._refuse_others()

    @api.model
    def _refuse_others(self):
        if self.env.context.get("tour_bill_mover") is not MOVER:
            raise AccessError(
                self.env._("The history of a bill is written by what is done with it.")
            )

    def _get_text(self):
        """The event in a line, in the language of the environment."""
        self.ensure_one()
        # In sudo: who did what is told to whoever works with the bill.
        event = self.sudo()
        parts = []
        if event.amount:
            parts.append(format_amount(self.env, event.amount, event.currency_id))
        parts += filter(None, (event.why, event.note))
        what = event._get_act_text()
        return f"{what}: {', '.join(parts)}" if parts else what

    def _get_act_text(self):
        """What was done, by whom, when, and in whose place; in sudo mode."""
        acts = dict(self._fields["act"]._description_selection(self.env))
        values = {
            "act": acts[self.act],
            "user": self.user_id.name,
            "date": format_datetime(self.env, self.date, dt_format="short"),
        }
        if not self.substituted_id:
            return self.env._("%(act)s by %(user)s on %(date)s", **values)
        return self.env._(
            "%(act)s by %(user)s on %(date)s in place of %(other)s",
            other=self.substituted_id.name,
            **values,
        )
