"""Payment orders: what was read of each, and which booking it pays (DOC-7)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount, format_date
from odoo.tools.misc import clean_context

from ..engine.names import clean_name
from ..payment_order_states import MOVER, ORDER_STATES
from ..texts import get_reasons, say

FIELD_NAMES = (
    "number",
    "date",
    "amount",
    "payer_tax_id",
    "payer_kpp",
    "payer_account",
    "payer_bic",
    "payee_tax_id",
    "payee_kpp",
    "payee_account",
    "payee_bic",
    "purpose",
)


class TourPaymentOrder(models.Model):
    """One payment order of a file, with its own PDF.

    All of it is read from the file or follows from moves; people write nothing.
    """

    _name = "tour.payment.order"
    _description = "Payment Order"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_names_search = ["number", "purpose"]
    _mail_post_access = "read"

    file_id = fields.Many2one(
        comodel_name="tour.payment.order.file",
        string="File",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(
        related="file_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    page_first = fields.Integer(string="Page", readonly=True)
    page_count = fields.Integer(string="Pages", readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="PDF",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    pdf_file = fields.Binary(compute="_compute_pdf_file", string="Preview")
    identity = fields.Char(
        required=True,
        readonly=True,
        help="Number, date, sum and account of the payer: the same order is kept once.",
    )
    # What was read, and how far each field is to be trusted.
    number = fields.Char(readonly=True, index="btree_not_null")
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    payer_tax_id = fields.Char(string="Payer's tax id", readonly=True)
    payer_kpp = fields.Char(string="Payer's KPP", readonly=True)
    payer_account = fields.Char(string="Payer's account", readonly=True)
    payer_bic = fields.Char(string="Payer's bank (BIC)", readonly=True)
    payee_tax_id = fields.Char(string="Payee's tax id", readonly=True)
    payee_kpp = fields.Char(string="Payee's KPP", readonly=True)
    payee_account = fields.Char(string="Payee's account", readonly=True)
    payee_bic = fields.Char(string="Payee's bank (BIC)", readonly=True)
    purpose = fields.Text(readonly=True)
    is_executed = fields.Boolean(
        string="Carried out", readonly=True, help="The bank's mark is on it."
    )
    trust = fields.Json(readonly=True)
    trust_text = fields.Char(string="Not sure", compute="_compute_trust_text")
    payee_id = fields.Many2one(
        comodel_name="res.partner",
        string="Payee",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The supplier with the payee's tax id.",
    )
    # What became of it.
    state = fields.Selection(
        selection=ORDER_STATES,
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
        tracking=True,
    )
    state_sequence = fields.Integer(
        compute="_compute_state_sequence", store=True, precompute=True
    )
    reasons = fields.Json(readonly=True)
    reason_text = fields.Text(string="Why it waits", compute="_compute_reason_text")
    set_aside_reason = fields.Char(readonly=True)
    suggestion_ids = fields.One2many(
        comodel_name="tour.payment.order.suggestion",
        inverse_name="payment_order_id",
        string="Suggestions",
        readonly=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    line_ids = fields.Many2many(
        comodel_name="sale.order.line",
        relation="tour_payment_order_line_rel",
        column1="payment_order_id",
        column2="line_id",
        string="Services",
        readonly=True,
    )
    bill_id = fields.Many2one(
        comodel_name="account.move",
        string="Supplier's bill",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    manager_id = fields.Many2one(
        related="order_id.user_id", string="Manager", store=True, index="btree_not_null"
    )
    attached_on = fields.Datetime(readonly=True)
    attached_by_id = fields.Many2one(
        comodel_name="res.users", string="Attached by", readonly=True
    )
    is_attached_by_hand = fields.Boolean(string="By hand", readonly=True)
    mailed_on = fields.Datetime(string="Mailed to the hotel on", readonly=True)
    mailed_to = fields.Char(readonly=True)

    _identity_unique = models.UniqueIndex(
        "(company_id, identity)", "This payment order is known already."
    )
    _waiting_first_idx = models.Index("(state_sequence, id DESC)")
    _attached_has_booking = models.Constraint(
        "CHECK((state = 'attached') = (order_id IS NOT NULL))",
        "A payment order that is attached belongs to a booking.",
    )

    # === Computes === #

    @api.depends("number", "date", "file_id.name", "page_first")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for order in self:
            if order.number and order.date:
                order.display_name = self.env._(
                    "No. %(number)s of %(date)s",
                    number=order.number,
                    date=format_date(self.env, order.date),
                )
            else:
                order.display_name = self.env._(
                    "%(file)s, page %(page)s",
                    # In sudo: managers read no files, and this is only the name.
                    file=order.sudo().file_id.name,
                    page=order.page_first,
                )

    def _compute_pdf_file(self):
        for order in self:
            # In sudo: who reads the order reads its PDF, which is its own.
            order.pdf_file = order.sudo().attachment_id.datas

    @api.depends("state")
    def _compute_state_sequence(self):
        """Waiting ones come first in the lists."""
        codes = [code for code, _name in ORDER_STATES]
        for order in self:
            order.state_sequence = codes.index(order.state or "waiting")

    @api.depends("trust")
    @api.depends_context("lang")
    def _compute_trust_text(self):
        for order in self:
            unsure = [n for n, trust in (order.trust or {}).items() if trust == "guess"]
            names = [self._fields[n]._description_string(self.env) for n in unsure]
            order.trust_text = ", ".join(names)

    @api.depends("reasons", "state")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        texts = get_reasons(self.env)
        for order in self:
            waits = order.state == "waiting"
            order.reason_text = say(texts, order.reasons) if waits else False

    def _format_amount(self):
        self.ensure_one()
        return format_amount(self.env, self.amount, self.currency_id)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_mover()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - {"message_main_attachment_id"}:
            self._check_mover()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(
            self.env._("Payment orders are not deleted. Set them aside instead.")
        )

    @api.model
    def _check_mover(self):
        if self.env.context.get("tour_payment_order_mover") is not MOVER:
            raise AccessError(
                self.env._("Payment orders are read from files and moved, not written.")
            )

    def _as_mover(self):
        # Without defaults, which come from whoever calls.
        context = clean_context(self.env.context)
        return self.with_context(context, tour_payment_order_mover=MOVER)

    # === Making === #

    @api.model
    def _make(self, file, entry):
        """Keep what was read, and find its booking.

        :param file: the file it is in, in sudo
        :param Entry entry: what was read
        :return: the order; none if it is known already
        """
        vals = self._prepare_read_vals(file, entry)
        if self.search_count(
            [
                ("company_id", "=", file.company_id.id),
                ("identity", "=", vals["identity"]),
            ],
            limit=1,
        ):
            return self.browse()
        order = self._as_mover().with_context(mail_create_nolog=True).create(vals)
        order._keep_pdf(entry.content)
        if not entry.faults:
            order._match_safely()
        return order.with_env(self.env)

    @api.model
    def _prepare_read_vals(self, file, entry):
        read = {name: getattr(entry.order, name) for name in FIELD_NAMES}
        vals = {name: field.value for name, field in read.items() if field}
        vals.update(
            file_id=file.id,
            page_first=entry.first + 1,
            page_count=entry.pages,
            is_executed=entry.order.executed,
            trust={name: field.trust for name, field in read.items() if field},
            reasons=[(fault, {}) for fault in dict.fromkeys(entry.faults)],
            identity=self._get_identity(file, entry),
        )
        if "amount" in vals:
            vals["amount"] = float(vals["amount"])
        if vals["is_executed"] and not file.is_trusted:
            # Anybody can draw the bank's mark.
            vals["is_executed"] = False
            vals["trust"]["is_executed"] = "guess"
        return vals

    def _believe_sender(self):
        """Take what these say for true: their sender was confirmed.

        What came from somebody else meanwhile is not kept twice.
        """
        for order in self.filtered(lambda order: order._is_readable()):
            values = (order.number, order.date, f"{order.amount:.2f}")
            identity = "|".join(map(str, (*values, order.payer_account or "")))
            same = [("company_id", "=", order.company_id.id), ("id", "!=", order.id)]
            twin = self.search([*same, ("identity", "=", identity)], limit=1)
            if not twin and order.payer_account:
                order._as_mover().write({"identity": identity})
            elif twin and order.state == "waiting":
                order._move_to("set_aside", self.env._("It is known already."))
        marked = self.filtered(lambda order: "is_executed" in (order.trust or {}))
        marked._write_executed()
        marked.line_ids._update_payment_order_state()

    def _write_executed(self):
        for order in self._as_mover():
            trust = {k: v for k, v in (order.trust or {}).items() if k != "is_executed"}
            order.write({"is_executed": True, "trust": trust})

    @api.model
    def _get_identity(self, file, entry):
        """What tells this order from any other; of what can't be read, its page."""
        order = entry.order
        known = (order.number, order.date, order.amount, order.payer_account)
        # What anybody may have sent holds up nothing that says the same.
        if file.is_trusted and not entry.faults and all(known):
            return "|".join(str(field.value) for field in known)
        return f"{file.attachment_id.checksum}#{entry.first + 1}"

    def _keep_pdf(self, content):
        self.attachment_id = self.env["ir.attachment"].create(
            {
                "name": self._get_file_name(),
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_file_name(self):
        """Of the PDF, as hotels get it, with the date as it is sorted by."""
        if not self.number or not self.date:
            return clean_name(f"{self.display_name}.pdf")
        return self.env._(
            "Payment order %(number)s, %(date)s.pdf",
            number=self.number,
            date=self.date.isoformat(),
        )
