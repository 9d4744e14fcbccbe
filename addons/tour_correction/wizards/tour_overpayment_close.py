from odoo import api, fields, models
from odoo.exceptions import UserError

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
    how = fields.Selection(
        selection=[
            ("payment", "The supplier paid it back"),
            ("setoff", "Set off against another bill"),
            ("write_off", "Written off"),
        ],
        required=True,
        default="payment",
    )
    reopening = fields.Boolean(help="They were closed by mistake.")
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

    @api.onchange("payment_id")
    def _onchange_payment_id(self):
        if self.payment_id:
            self.payment_date = self.payment_id.date
            self.payment_reference = self.payment_id.memo or self.payment_id.name

    def action_apply(self):
        """Close the overpayments, or open them again."""
        self.ensure_one()
        if self.reopening:
            self.overpayment_ids._move_to("open", self.reason or "")
            return {"type": "ir.actions.act_window_close"}
        values = getattr(self, f"_prepare_{self.how}")()
        self.overpayment_ids._move_to(ENDS[self.how], self.reason or "", **values)
        return {"type": "ir.actions.act_window_close"}

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
        payment.check_access("read")
        self._check_one_supplier(payment.partner_id, payment.display_name)
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
        self._check_covers(payment.amount, payment.currency_id, payment.display_name)
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
        bill.check_access("read")
        self._check_one_supplier(bill.partner_id, bill.display_name)
        if bill.move_type != "in_invoice" or bill.state != "posted":
            raise UserError(
                self.env._(
                    "%(bill)s is no posted bill of a supplier. Post it first, or "
                    "choose another.",
                    bill=bill.display_name,
                )
            )
        self._check_covers(bill.amount_total, bill.currency_id, bill.display_name)
        return {"setoff_bill_id": bill.id}

    def _prepare_write_off(self):
        return {}

    def _check_one_supplier(self, partner, name):
        suppliers = self.overpayment_ids.supplier_id.commercial_partner_id
        if suppliers != partner.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(name)s is of %(partner)s, but the overpayment of %(suppliers)s. "
                    "Choose one of the same supplier.",
                    name=name,
                    partner=partner.commercial_partner_id.display_name or "-",
                    suppliers=", ".join(suppliers.mapped("display_name")),
                )
            )

    def _check_covers(self, amount, currency, name):
        """Refuse what is less than all that is owed: nothing is left without notice."""
        if currency != self.currency_id:
            return
        used = self._get_used_amount()
        if currency.compare_amounts(amount - used, self.amount) < 0:
            raise UserError(
                self.env._(
                    "%(name)s is of %(amount)s, of which %(used)s is used for other "
                    "overpayments, but %(owed)s is owed. Correct what was paid to the "
                    "supplier, or choose another.",
                    name=name,
                    amount=currency.format(amount),
                    used=currency.format(used),
                    owed=currency.format(self.amount),
                )
            )

    def _get_used_amount(self):
        """What of the payment or bill closes other overpayments already."""
        name = "payment_id" if self.how == "payment" else "setoff_bill_id"
        # In sudo: other managers' overpayments count as well.
        others = (
            self.env["tour.overpayment"]
            .sudo()
            .search(
                [(name, "=", self[name].id), ("id", "not in", self.overpayment_ids.ids)]
            )
        )
        return sum(others.mapped("amount"))
