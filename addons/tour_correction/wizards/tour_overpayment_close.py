from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

ENDS = {
    "payment": "closed_payment",
    "setoff": "closed_setoff",
    "write_off": "written_off",
}


class TourOverpaymentClose(models.TransientModel):
    """How overpayments of one supplier came to an end, or why they did not."""

    _name = "tour.overpayment.close"
    _description = "Close Overpayments"

    overpayment_ids = fields.Many2many(
        comodel_name="tour.overpayment", string="Overpayments", required=True
    )
    supplier_id = fields.Many2one(
        comodel_name="res.partner", compute="_compute_from_overpayments"
    )
    company_id = fields.Many2one(
        comodel_name="res.company", compute="_compute_from_overpayments"
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_from_overpayments"
    )
    amount = fields.Monetary(string="Owed", compute="_compute_from_overpayments")
    # What was owed when the window was opened: two windows must not enter it twice.
    seen_amount = fields.Monetary(
        compute="_compute_seen_amount", store=True, readonly=False
    )
    how = fields.Selection(
        selection=[
            ("payment", "The supplier paid it back"),
            ("setoff", "Set off against another bill"),
            ("write_off", "Written off"),
        ],
        required=True,
        default="payment",
    )
    settled_amount = fields.Monetary(
        string="Came back",
        compute="_compute_settled_amount",
        store=True,
        readonly=False,
        help="Less than is owed: the rest stays open, with its age and its reminders. "
        "Of several overpayments the oldest are closed first.",
    )
    rest_amount = fields.Monetary(string="Stays open", compute="_compute_rest_amount")
    reopening = fields.Boolean(help="They were closed by mistake.")
    part_id = fields.Many2one(
        comodel_name="tour.overpayment.part",
        string="Part",
        ondelete="cascade",
        help="What is taken back, as it was entered by mistake.",
    )
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        string="Payment",
        domain="[('payment_type', '=', 'inbound'), ('company_id', '=', company_id),"
        " ('partner_id', 'child_of', supplier_id),"
        " ('state', 'in', ('in_process', 'paid'))]",
        help="Leave it empty if the payment is not in the books: enter date and "
        "reference then.",
    )
    payment_date = fields.Date(string="Returned on")
    payment_reference = fields.Char(string="Number of the payment")
    setoff_bill_id = fields.Many2one(
        comodel_name="account.move",
        string="Bill",
        domain="[('move_type', '=', 'in_invoice'), ('state', '=', 'posted'),"
        " ('company_id', '=', company_id),"
        " ('commercial_partner_id', 'child_of', supplier_id)]",
    )
    reason = fields.Text()

    @api.depends("overpayment_ids")
    def _compute_from_overpayments(self):
        for wizard in self:
            overpayments = wizard.overpayment_ids
            suppliers = overpayments.supplier_id.commercial_partner_id
            currencies = overpayments.currency_id
            wizard.supplier_id = suppliers if len(suppliers) == 1 else False
            wizard.company_id = overpayments.company_id[:1]
            wizard.currency_id = currencies[:1]
            wizard.amount = (
                sum(overpayments.mapped("amount")) if len(currencies) == 1 else 0.0
            )

    @api.depends("overpayment_ids")
    def _compute_seen_amount(self):
        for wizard in self:
            wizard.seen_amount = wizard.amount

    @api.depends("overpayment_ids")
    def _compute_settled_amount(self):
        for wizard in self:
            wizard.settled_amount = wizard.amount

    @api.depends("amount", "settled_amount", "how")
    def _compute_rest_amount(self):
        for wizard in self:
            rest = wizard.amount - wizard.settled_amount
            wizard.rest_amount = 0.0 if wizard.how == "write_off" else max(rest, 0.0)

    @api.onchange("payment_id", "setoff_bill_id", "how")
    def _onchange_source(self):
        """Start with what the payment or the bill has left, if that is less."""
        if self.how == "payment" and self.payment_id:
            self.payment_date = self.payment_id.date
            self.payment_reference = self.payment_id.memo or self.payment_id.name
        source = self._get_source()
        left = self._get_left_amount(source) if source else self.amount
        self.settled_amount = min(left, self.amount) if left > 0 else self.amount

    def action_apply(self):
        """Enter what came back, write it off, or open again what is closed."""
        self.ensure_one()
        overpayments, reason = self.overpayment_ids, self.reason or ""
        if self.part_id:
            self.part_id._undo(reason)
        elif self.reopening:
            overpayments._move_to("open", reason)
        elif self.how == "write_off":
            overpayments._move_to(ENDS[self.how], reason)
        else:
            values = self._prepare_settling()
            overpayments._settle(ENDS[self.how], self.settled_amount, reason, **values)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_settling(self):
        """What came back, checked against what is owed and against its source."""
        self._check_unchanged()
        if self.how == "payment":
            return self._prepare_payment()
        return self._prepare_setoff()

    def _check_unchanged(self):
        """Refuse what was decided about something else than is owed now."""
        overpayments = self.overpayment_ids
        if len(overpayments.currency_id) != 1 or len(overpayments.company_id) != 1:
            raise UserError(
                self.env._("Choose overpayments of one company, in one currency.")
            )
        seen, owed = self.seen_amount, sum(overpayments.mapped("amount"))
        if self.currency_id.compare_amounts(seen, owed):
            raise UserError(
                self.env._(
                    "Owed is now %(owed)s, not %(seen)s any more: somebody has entered "
                    "something, or the booking was changed. Look again, and then close "
                    "the rest.",
                    owed=self.currency_id.format(owed),
                    seen=self.currency_id.format(seen),
                )
            )

    def _prepare_payment(self):
        """The payment, or what is known of it."""
        payment = self.payment_id
        if not payment:
            if not (self.payment_date and (self.payment_reference or "").strip()):
                raise UserError(
                    self.env._(
                        "Choose the payment, or enter its date and number, so that it "
                        "can be found."
                    )
                )
            if self.payment_date > fields.Date.context_today(self):
                raise UserError(self.env._("The day of the payment is yet to come."))
            return {
                "payment_date": self.payment_date,
                "payment_reference": self.payment_reference.strip(),
            }
        self._check_source(payment)
        if payment.payment_type != "inbound" or payment.state not in (
            "in_process",
            "paid",
        ):
            raise UserError(
                self.env._(
                    "%(payment)s is no money that came in. Choose another payment.",
                    payment=payment.display_name,
                )
            )
        self._check_covers(payment)
        return {
            "payment_id": payment.id,
            "payment_date": payment.date,
            "payment_reference": payment.memo or payment.name,
        }

    def _prepare_setoff(self):
        """The bill of the supplier that less is paid of."""
        bill = self.setoff_bill_id
        if not bill:
            raise UserError(self.env._("Choose the bill that it is set off against."))
        self._check_source(bill)
        if bill.move_type != "in_invoice" or bill.state != "posted":
            raise UserError(
                self.env._(
                    "%(bill)s is no posted bill of a supplier. Post it first, or "
                    "choose another.",
                    bill=bill.display_name,
                )
            )
        self._check_covers(bill)
        return {"setoff_bill_id": bill.id}

    # The payment or the bill

    def _get_source(self):
        if self.how == "payment":
            return self.payment_id
        return self.setoff_bill_id if self.how == "setoff" else False

    def _check_source(self, source):
        """Refuse what is not of the same supplier and company, or not to be seen."""
        source.check_access("read")
        suppliers = self.overpayment_ids.supplier_id.commercial_partner_id
        partner = source.partner_id.commercial_partner_id
        if suppliers != partner:
            raise UserError(
                self.env._(
                    "%(name)s is of %(partner)s, but the overpayment of %(suppliers)s. "
                    "Choose one of the same supplier.",
                    name=source.display_name,
                    partner=partner.display_name or "-",
                    suppliers=", ".join(suppliers.mapped("display_name")),
                )
            )
        if source.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(name)s belongs to another company. Choose one of %(company)s.",
                    name=source.display_name,
                    company=self.company_id.name,
                )
            )

    def _check_covers(self, source):
        """Refuse to use more of a payment or bill than there is left of it."""
        self._hold_source(source)
        left = self._get_left_amount(source)
        if self.currency_id.compare_amounts(left, self.settled_amount) < 0:
            raise UserError(
                self.env._(
                    "%(name)s has %(left)s left that is not used for other "
                    "overpayments, but %(amount)s is entered. Enter what of it came "
                    "back; the rest stays open.",
                    name=source.display_name,
                    left=self.currency_id.format(max(left, 0.0)),
                    amount=self.currency_id.format(self.settled_amount),
                )
            )

    def _hold_source(self, source):
        """Let nobody else use the same payment or bill at this very moment.

        A row that is written, if only by itself, makes whoever began before begin
        anew, and see what was used of it.
        """
        self.env.execute_query(
            SQL(
                "UPDATE %(table)s SET write_date = write_date WHERE id = %(id)s"
                " RETURNING id",
                table=SQL.identifier(source._table),
                id=source.id,
            )
        )

    def _get_left_amount(self, source):
        """What of the payment or bill closes nothing yet, in our currency."""
        is_payment = source._name == "account.payment"
        total = source.amount if is_payment else source.amount_total
        date = source.date or fields.Date.context_today(self)
        currency = self.currency_id
        total = source.currency_id._convert(total, currency, self.company_id, date)
        domain = [("payment_id" if is_payment else "setoff_bill_id", "=", source.id)]
        for model in ("tour.overpayment", "tour.overpayment.part"):
            # In sudo: other managers' overpayments count as well.
            for used in self.env[model].sudo().search(domain):
                total -= used.currency_id._convert(
                    used.amount, currency, self.company_id, date
                )
        return currency.round(total)
