"""A line of a statement: a document of the ledger, and what both sides say of it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError

from odoo.addons.tour_billing.models.account_move import STAFF

from ..signoff_states import LINE_STATES
from .missing import refuse_missing


class TourSignoffLine(models.Model):
    _name = "tour.signoff.line"
    _description = "Line of a Statement to Sign Off"
    _order = "signoff_id desc, number"
    _rec_name = "document"

    signoff_id = fields.Many2one(
        comodel_name="tour.signoff",
        string="Statement",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Integer(string="No.", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    document = fields.Char(readonly=True)
    booking = fields.Char(readonly=True)
    currency_id = fields.Many2one(related="signoff_id.currency_id")
    partner_id = fields.Many2one(
        related="signoff_id.partner_id", string="Client", store=True, index=True
    )
    debit = fields.Monetary(readonly=True)
    credit = fields.Monetary(readonly=True)
    balance = fields.Monetary(readonly=True)
    state = fields.Selection(
        selection=LINE_STATES, string="Status", required=True, readonly=True
    )
    comment = fields.Text(string="The client says", readonly=True)
    commented_by_id = fields.Many2one(
        comodel_name="res.users", string="Answered by", readonly=True
    )
    commented_on = fields.Datetime(string="Answered on", readonly=True)
    answer = fields.Text(string="We say", readonly=True, help="The client reads it.")
    answered_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Who of us answered",
        readonly=True,
        groups=STAFF,
    )
    answered_on = fields.Datetime(string="We answered on", readonly=True)
    # Goes up with every answer: who answers says which he had before him.
    revision = fields.Integer(readonly=True)

    # The lines of a statement in their order, also from one on.
    _number_uniq = models.UniqueIndex("(signoff_id, number)")
    _state_idx = models.Index("(signoff_id, state, number)")
    # What waits for staff.
    _disputed_idx = models.Index("(id) WHERE state = 'disputed'")

    # === CRUD: by the acts only === #

    @api.model_create_multi
    def create(self, vals_list):
        self.env["tour.signoff"]._check_is_mover()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self.env["tour.signoff"]._check_is_mover()
        return super().write(vals)

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError as error:
            return refuse_missing(self, operation, error)

    @api.ondelete(at_uninstall=False)
    def _unlink_with_statement_only(self):
        if not self.env.su:
            raise AccessError(
                self.env._("A line of a statement is not deleted by itself.")
            )

    # === Buttons === #

    def action_answer(self):
        """Ask what to answer the client, for one line or several."""
        self.check_access("read")
        self.env["tour.signoff"]._check_money_right()
        return self.env["tour.signoff"]._open_act("answer", lines=self)

    def action_open_statement(self):
        """Open the statement of the line."""
        self.ensure_one()
        self.check_access("read")
        self.signoff_id._check_is_staff()
        return {
            "type": "ir.actions.act_window",
            "res_model": "tour.signoff",
            "res_id": self.signoff_id.id,
            "views": [(False, "form")],
        }
