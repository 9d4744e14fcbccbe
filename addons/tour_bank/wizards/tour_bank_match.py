from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.tour_partner.defaults import plain


class TourBankMatch(models.TransientModel):
    """What a line of a statement settles, chosen by an accountant."""

    _name = "tour.bank.match"
    _description = "Match a Line of a Statement by Hand"

    line_id = fields.Many2one(
        comodel_name="account.bank.statement.line",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="line_id.company_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    date = fields.Date(related="line_id.date")
    amount = fields.Monetary(related="line_id.amount")
    purpose = fields.Char(related="line_id.payment_ref")
    partner_name = fields.Char(related="line_id.partner_name")
    only_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client or supplier",
        compute="_compute_only_partner_id",
        store=True,
        readonly=False,
    )
    aml_ids = fields.Many2many(
        comodel_name="account.move.line",
        string="What it settles",
        domain="[('company_id', '=', company_id), ('currency_id', '=', currency_id),"
        " ('parent_state', '=', 'posted'), ('reconciled', '=', False),"
        " ('account_id.reconcile', '=', True), ('amount_residual', '!=', 0),"
        " ('partner_id', '=?', only_partner_id)]",
    )
    chosen_amount = fields.Monetary(
        string="Chosen", compute="_compute_chosen_amount", compute_sudo=True
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        string="Account of the rest",
        domain="[('account_type', 'not in', ('asset_cash', 'off_balance'))]",
        help="For what is nobody's, such as the fee of the bank. Without it the rest "
        "stands on the account of the client or supplier.",
    )

    @api.depends("line_id")
    def _compute_only_partner_id(self):
        for wizard in self:
            wizard.only_partner_id = wizard.line_id.partner_id.commercial_partner_id

    @api.depends("aml_ids")
    def _compute_chosen_amount(self):
        for wizard in self:
            residuals = wizard.aml_ids.mapped("amount_residual_currency")
            wizard.chosen_amount = sum(residuals)

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards._check_named()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_named()
        return result

    def _check_named(self):
        for name in ("line_id", "aml_ids", "account_id", "only_partner_id"):
            self[name].check_access("read")

    def action_apply(self):
        """Settle the line with what was chosen."""
        self.ensure_one()
        self.line_id._check_bank_right()
        self._check_named()
        # In sudo: accountants of Tour may not write entries; the right was checked.
        wizard = plain(self).sudo()
        line = wizard.line_id
        line._lock_lines()
        line._check_waiting()
        wizard._check_chosen()
        partner, account = wizard.only_partner_id, wizard.account_id
        line._settle(wizard.aml_ids, partner=partner, account=account)
        proposal = wizard.env["tour.bank.proposal"].create(wizard._prepare_proposal())
        line._end_match({line: proposal}, "hand")
        return {"type": "ir.actions.act_window_close"}

    def _check_chosen(self):
        """The window may be filled in by a program: look at what it names."""
        line = self.line_id
        for aml in self.aml_ids:
            if (
                aml.company_id != line.company_id
                or not aml.account_id.reconcile
                or aml.statement_line_id
            ):
                raise UserError(
                    self.env._(
                        "%(entry)s is not settled by a line of this statement.",
                        entry=aml.move_id.display_name,
                    )
                )
        account = self.account_id
        if account and (
            account.account_type in ("asset_cash", "off_balance")
            or line.company_id not in account.company_ids
        ):
            raise UserError(
                self.env._("%(account)s takes no rest.", account=account.display_name)
            )

    def _prepare_proposal(self):
        kinds = {"asset_receivable": "invoice", "liability_payable": "bill"}
        types = self.aml_ids.account_id.mapped("account_type")
        kind = kinds.get(types[0], "payment") if types else "account"
        return {
            "line_id": self.line_id.id,
            "kind": kind,
            "aml_ids": [Command.set(self.aml_ids.ids)],
            "partner_id": self.only_partner_id.id,
            "reasons": [["hand", ""]],
        }
