from odoo import api, fields, models

from .. import texts

KINDS = [
    ("payment", "Payment that waits for the bank"),
    ("invoice", "Client's invoice"),
    ("bill", "Supplier's bill"),
    ("topup", "Top-up"),
    ("note", "Credit note"),
    ("credit", "On account"),
    ("account", "To the client's account"),
]


class TourBankProposal(models.Model):
    """What a line of a statement may settle, and why; made by the program."""

    _name = "tour.bank.proposal"
    _description = "Proposal for a Line of a Statement"
    _order = "taken desc, is_certain desc, points desc, id"
    _rec_name = "kind"

    line_id = fields.Many2one(
        comodel_name="account.bank.statement.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    aml_ids = fields.Many2many(
        comodel_name="account.move.line",
        relation="tour_bank_proposal_aml_rel",
        column1="proposal_id",
        column2="aml_id",
        string="What it settles",
        readonly=True,
    )
    topup_id = fields.Many2one(
        comodel_name="tour.topup", readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", readonly=True, ondelete="cascade"
    )
    points = fields.Integer(readonly=True)
    is_certain = fields.Boolean(string="Certain by rule", readonly=True)
    taken = fields.Boolean(readonly=True)
    reasons = fields.Json(readonly=True)
    what = fields.Char(compute="_compute_what")
    why = fields.Char(compute="_compute_why")
    amount = fields.Monetary(string="Open", compute="_compute_what")
    rest = fields.Monetary(
        string="Beyond",
        readonly=True,
        help="What the line brings beyond that; with the other sign what stays open.",
    )

    @api.depends("aml_ids", "topup_id", "partner_id")
    def _compute_what(self):
        for proposal in self:
            # In sudo: who reads proposals may know what they are about.
            own = proposal.sudo()
            names = [own._get_name(line) for line in own.aml_ids]
            if own.topup_id:
                names.append(own.topup_id.name)
            proposal.what = ", ".join(names) or own.partner_id.display_name
            residuals = own.aml_ids.mapped("amount_residual_currency")
            left = own.topup_id.amount - own.topup_id.paid_amount
            proposal.amount = sum(residuals) + left

    def _get_name(self, line):
        """The entry as people know it: the bill rather than its payment."""
        payment = line.move_id.origin_payment_id
        bills = payment._get_ordered_bills()
        named = bills or payment.reconciled_invoice_ids or line.move_id
        names = ", ".join(
            bill._get_bill_name() if bill in bills else bill.name or bill.display_name
            for bill in named
        )
        partner = line.partner_id.commercial_partner_id.name
        known = partner and partner not in names
        return f"{names} ({partner})" if known else names

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_why(self):
        for proposal in self:
            proposal.why = texts.tell_reasons(self.env, proposal.reasons)

    def action_take(self):
        """Settle the line with this."""
        self.ensure_one()
        self.check_access("read")
        return self.line_id._take_by_hand(self)
