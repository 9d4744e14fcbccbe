"""Invoices for topping up a client's account.

They are no entries of the ledger: only the money is, when it comes, as a payment that
is set off against nothing yet.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.tour_document import formats, pdf, words
from odoo.addons.tour_partner.defaults import plain, without_defaults
from odoo.addons.tour_refund.amounts import LIMIT, rounded

MONEY = ("tour_partner.tour_group_accountant", "tour_partner.tour_group_head")
PAID = ("in_process", "paid")
# Made by the program, or read from the payments.
OURS = {"by_client", "cancelled", "name", "paid_amount", "payment_ids", "state"}
# Sentinel in the context of the writes that the acts make: it cannot come by RPC.
ACTOR = object()
# So many a client may leave unpaid.
MAX_OPEN = 20
DOUBLE_PRESS = timedelta(seconds=20)


class TourTopup(models.Model):
    _name = "tour.topup"
    _inherit = ["mail.thread"]
    _description = "Invoice for Topping Up"
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_tour_client", "=", True)],
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(required=True, tracking=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    by_client = fields.Boolean(string="Made by the client", readonly=True, copy=False)
    cancelled = fields.Boolean(readonly=True, copy=False)
    payment_ids = fields.One2many(
        comodel_name="account.payment",
        inverse_name="tour_topup_id",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    paid_amount = fields.Monetary(
        string="Paid", compute="_compute_paid", store=True, compute_sudo=True
    )
    state = fields.Selection(
        selection=[
            ("open", "To pay"),
            ("paid", "Paid"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        compute="_compute_paid",
        store=True,
        compute_sudo=True,
        index=True,
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An account is topped up by more than nothing."
    )

    @api.constrains("amount")
    def _check_amount(self):
        for topup in self:
            if not 0 < topup.amount < LIMIT:
                raise ValidationError(
                    self.env._("An account is topped up by more than nothing.")
                )

    @api.depends(
        "amount",
        "cancelled",
        "payment_ids.amount",
        "payment_ids.currency_id",
        "payment_ids.state",
    )
    def _compute_paid(self):
        for topup in self:
            # In its own currency: no other is taken for it.
            paid = topup.payment_ids.filtered(
                lambda payment, topup=topup: (
                    payment.state in PAID
                    and payment.payment_type == "inbound"
                    and payment.currency_id == topup.currency_id
                )
            )
            topup.paid_amount = topup.currency_id.round(sum(paid.mapped("amount")))
            whole = topup.currency_id.compare_amounts(topup.paid_amount, topup.amount)
            if paid and whole >= 0:
                topup.state = "paid"
            else:
                topup.state = "cancelled" if topup.cancelled else "open"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_ours(vals)
            company = self.env["res.company"].browse(
                vals.get("company_id") or self.env.company.id
            )
            sequence = self.env["ir.sequence"].with_company(company)
            # In sudo: whoever makes one takes the next number.
            vals["name"] = sequence.sudo().next_by_code("tour.topup")
        guarded = without_defaults(self, OURS.__contains__)
        return super(TourTopup, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        # Whoever may not write is told nothing of what was paid.
        self.check_access("write")
        self._check_ours(vals)
        fixed = {"amount", "company_id", "currency_id", "name", "partner_id"}
        if fixed & vals.keys() and any(topup.paid_amount for topup in self):
            raise UserError(
                self.env._("What was paid, if only in part, is not changed.")
            )
        return super().write(vals)

    @api.model
    def _check_ours(self, vals):
        if self.env.context.get("tour_topup_actor") is not ACTOR and OURS & vals.keys():
            raise AccessError(
                self.env._(
                    "Whether it was paid or cancelled is not written: use its buttons."
                )
            )

    def _as_actor(self):
        return self.with_context(tour_topup_actor=ACTOR)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        if any(topup.paid_amount for topup in self):
            raise UserError(self.env._("What was paid is not deleted."))

    # === The client === #

    @api.model
    def action_ask_topup(self, amount, company_id=None):
        """Let a client make himself an invoice for topping up.

        :param float amount: in the currency of the company
        :param int company_id: whom he pays; without it, the company he works with
        :return: id of the invoice
        """
        user = self.env.user
        company = self.env.company
        if company_id is not None:
            if company_id not in user.company_ids.ids:
                raise AccessError(self.env._("That company is not yours."))
            company = company.browse(company_id)
        partner = user.commercial_partner_id
        # In sudo: whether he is a client of ours.
        if not user._is_portal() or not partner.sudo().is_tour_client:
            raise AccessError(self.env._("This is for clients."))
        asked = rounded(amount, company.currency_id)
        if asked <= 0:
            raise UserError(self.env._("Amount: enter more than nothing."))
        # In sudo: clients write nothing themselves; what is written is said here.
        Topup = plain(self).sudo()._as_actor()
        open_domain = [("partner_id", "=", partner.id), ("state", "=", "open")]
        if Topup.search_count(open_domain, limit=MAX_OPEN) == MAX_OPEN:
            raise UserError(
                self.env._(
                    "There are %(count)s invoices for topping up that are not paid. "
                    "Pay one of them.",
                    count=MAX_OPEN,
                )
            )
        values = {
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "amount": asked,
            "by_client": True,
        }
        return (Topup._find_same(values) or Topup.create(values)).id

    @api.model
    def _find_same(self, values):
        """What the same user asked for just now: he pressed twice."""
        since = fields.Datetime.now() - DOUBLE_PRESS
        return self.search(
            [
                *((name, "=", value) for name, value in values.items()),
                ("create_uid", "=", self.env.uid),
                ("create_date", ">", since),
                ("state", "=", "open"),
            ],
            limit=1,
        )

    # === Buttons === #

    def _check_money_right(self):
        if not (self.env.su or any(map(self.env.user.has_group, MONEY))):
            raise AccessError(
                self.env._("This is for accountants and heads of department.")
            )

    def _lock_open(self):
        """Lock these, and refuse what is not to be paid any more."""
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(topups)s right now. Try again in a "
                    "moment.",
                    topups=", ".join(held.mapped("name")),
                )
            )
        self.invalidate_recordset(["paid_amount", "state"])
        for topup in self:
            if topup.state != "open":
                raise UserError(
                    self.env._(
                        "%(topup)s is not to be paid any more.", topup=topup.name
                    )
                )

    def action_mark_paid(self):
        """Ask where the money came in."""
        self.ensure_one()
        self._check_money_right()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_client_account.tour_topup_pay_action"
            ),
            "context": {"default_topup_id": self.id},
        }

    def action_cancel(self):
        """Cancel what nobody has paid."""
        self.check_access("write")
        self._check_money_right()
        self._lock_open()
        for topup in self:
            if topup.paid_amount:
                raise UserError(
                    self.env._("%(topup)s was paid in part.", topup=topup.name)
                )
        self._as_actor().cancelled = True
        return True

    def action_print(self):
        """Download the invoice as PDF."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour/topup/{self.id}.pdf",
            "target": "download",
        }

    # === The paper === #

    def _draw(self):
        """The invoice as PDF, in the client's language.

        :return: name of the file, and its content
        """
        self.ensure_one()
        # In sudo: what is on it is named here, and nothing else is.
        topup = self.sudo()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        known = (topup.partner_id.lang, self.env.lang)
        code = next((code for code in known if code in installed), "en_US")
        topup = topup.with_context(lang=code)
        currency = topup.currency_id
        paper = {
            "lang": formats.get_locale(code).language,
            "number": topup.name,
            "date": formats.long_date(topup.date, code),
            "iso_date": topup.date.isoformat(),
            "issuer": topup._get_issuer_facts(),
            "recipient": topup.partner_id._get_paper_facts(),
            "amount": formats.money(
                topup.amount, currency.name, code, currency.decimal_places
            ),
            "words": words.amount_in_words(
                topup.amount, currency.name, code, currency.decimal_places
            ),
        }
        html = str(
            self.env["ir.qweb"]._render(
                "tour_client_account.paper_topup",
                {"paper": paper},
                lang=code,
                minimal_qcontext=True,
            )
        )
        return f"{topup.name.replace('/', '-')}.pdf", pdf.render(html)

    def _get_issuer_facts(self):
        """We, who sign with our own hands: no stamp and no signature are drawn."""
        facts = self.company_id._get_paper_facts(self.currency_id)
        unsigned = {"signature": ""}
        return {
            **facts,
            "stamp": "",
            "signatory": {**facts["signatory"], **unsigned},
            "accountant": {**facts["accountant"], **unsigned},
        }
