from odoo import api, fields, models
from odoo.exceptions import UserError

JOURNAL_TYPES = ("bank", "cash", "credit")


class TourInvoicePay(models.TransientModel):
    """How a client paid outside the portal; makes a payment of Odoo's own."""

    _name = "tour.invoice.pay"
    _description = "Mark an Invoice as Paid"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="move_id.company_id")
    currency_id = fields.Many2one(related="move_id.currency_id")
    residual = fields.Monetary(string="Left to pay", related="move_id.amount_residual")
    # What was left when the window was opened: two windows must not pay twice.
    seen_residual = fields.Monetary(
        compute="_compute_seen_residual", store=True, readonly=False
    )
    amount = fields.Monetary(
        string="Paid", compute="_compute_amount", store=True, readonly=False
    )
    date = fields.Date(
        string="Paid on", required=True, default=fields.Date.context_today
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Where to",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        required=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')),"
        " ('company_id', '=', company_id)]",
        help="The cash desk, the terminal or the bank account that got the money.",
    )
    payment_method_line_id = fields.Many2one(
        comodel_name="account.payment.method.line",
        string="How",
        compute="_compute_payment_method_line_id",
        store=True,
        readonly=False,
        domain="[('journal_id', '=', journal_id), ('payment_type', '=', 'inbound'),"
        " ('payment_provider_id', '=', False)]",
    )
    reference = fields.Char(help="Number of the receipt, the transfer or the slip.")
    gift_code = fields.Char(
        string="Gift cheque", help="Its code; the cheque pays so much as is left of it."
    )

    @api.depends("move_id")
    def _compute_seen_residual(self):
        for wizard in self:
            wizard.seen_residual = wizard.move_id._get_amount_to_pay()

    @api.depends("move_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.move_id._get_amount_to_pay()

    @api.depends("move_id")
    def _compute_journal_id(self):
        """Offer the cash desk, or else a bank account."""
        for wizard in self:
            company = wizard.move_id.company_id
            # In sudo: heads of department read no accounting; they choose a desk.
            journals = (
                self.env["account.journal"]
                .sudo()
                .search(
                    [
                        ("type", "in", ("bank", "cash")),
                        ("company_id", "=", company.id),
                        ("id", "!=", company.sudo().tour_gift_journal_id.id),
                    ]
                )
            )
            first = journals.sorted(lambda journal: journal.type != "cash")[:1]
            wizard.journal_id = wizard.journal_id or first.sudo(False)

    @api.depends("journal_id")
    def _compute_payment_method_line_id(self):
        for wizard in self:
            # In sudo: as above.
            lines = wizard.sudo().journal_id.inbound_payment_method_line_ids
            by_hand = lines.filtered(lambda line: not line.payment_provider_id)
            wizard.payment_method_line_id = by_hand[:1].sudo(False)

    @api.onchange("gift_code")
    def _onchange_gift_code(self):
        """Pay with the cheque what it can."""
        if self.gift_code:
            cheque = self._get_cheque()
            left = self.move_id._get_amount_to_pay()
            if cheque.currency_id == self.currency_id:
                self.amount = min(left, cheque.remaining)

    def _get_cheque(self):
        """The gift cheque that was named, in sudo mode; none if none was."""
        Cheque = self.env["tour.gift.cheque"]
        if not self.gift_code:
            return Cheque.sudo()  # In sudo: like the cheque that is found.
        return Cheque._find_by_code(self.gift_code, self.move_id.company_id)

    def action_apply(self):
        """Enter the payment, show the invoice to the client, and mail the receipt."""
        self.ensure_one()
        invoice = self.move_id._begin_act("pay")
        self._check_before_paying(invoice)
        invoice._post_drafts()
        payments = self._make_payments(invoice)
        invoice._set_shown()
        invoice._log_act(self._describe(payments), self.reference)
        return {"type": "ir.actions.act_window_close"}

    def _check_before_paying(self, invoice):
        currency = invoice.currency_id
        left = invoice._get_amount_to_pay()
        if currency.compare_amounts(left, self.seen_residual):
            raise UserError(
                self.env._(
                    "%(invoice)s was paid or changed since this window was opened. "
                    "Open it again.",
                    invoice=invoice.display_name,
                )
            )
        if (
            currency.compare_amounts(self.amount, 0.0) <= 0
            or currency.compare_amounts(self.amount, left) > 0
        ):
            raise UserError(
                self.env._(
                    "Enter more than nothing, and not more than what is left to pay."
                )
            )
        if not self.gift_code:
            self._check_journal(invoice)

    def _check_journal(self, invoice):
        """The window may be filled in by a program: look at what it names."""
        # In sudo: heads of department read no accounting.
        journal, method = self.sudo().journal_id, self.sudo().payment_method_line_id
        if (
            journal.company_id != invoice.company_id
            or journal.type not in JOURNAL_TYPES
            or method.journal_id != journal
            or method.payment_type != "inbound"
            or method.payment_provider_id
            or journal == invoice.company_id.tour_gift_journal_id
        ):
            raise UserError(
                self.env._(
                    "%(journal)s takes no payments by hand for this company. Choose "
                    "another one.",
                    journal=journal.display_name or self.env._("This"),
                )
            )

    def _make_payments(self, invoice):
        """Make the payment by Odoo's own window, and match it with the invoice.

        :param invoice: the invoice, in sudo mode
        :return: the payments made
        """
        register = (
            invoice.env["account.payment.register"]
            .with_company(invoice.company_id)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(self._prepare_register_vals(invoice))
        )
        return register._create_payments()

    def _prepare_register_vals(self, invoice):
        """What Odoo's window is filled in with; override to pay another way."""
        journal, method = self.journal_id, self.payment_method_line_id
        cheque = self._get_cheque()
        if cheque:
            cheque._check_usable(self.amount, invoice.currency_id)
            journal = cheque.company_id.tour_gift_journal_id
            method = journal.inbound_payment_method_line_ids[:1]
        return {
            "payment_date": self.date,
            "journal_id": journal.id,
            "payment_method_line_id": method.id,
            "gift_cheque_id": cheque.id,
            # By hand: no card of anybody is charged for it.
            "payment_token_id": False,
            "amount": self.amount,
            "currency_id": invoice.currency_id.id,
            "payment_difference_handling": "open",
            "communication": " ".join(filter(None, (invoice.name, self.reference))),
        }

    def _describe(self, payments):
        return self.env._(
            "Marked as paid: %(amount)s, %(method)s.",
            amount=self.currency_id.format(self.amount),
            method=payments.journal_id.name,
        )
