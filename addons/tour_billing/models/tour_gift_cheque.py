"""Gift cheques: sold or given away, then a way to pay (BIL-14).

The ledger has them as a liability. Selling one is an invoice, or giving one away an
entry, against that account; paying with it is a payment of Odoo's own in a journal
whose money is that account. What remains of a cheque is what its payments left.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount, format_date

from odoo.addons.tour_partner.defaults import plain, without_defaults

from ..gift_code import new_code, normalise
from ..invoice_states import ACTOR

MOVED = {"code", "mailed_on", "move_id", "payment_ids", "remaining", "state"}
FIXED = {"company_id", "currency_id", "kind", "value"}
USED = ("in_process", "paid")


class TourGiftCheque(models.Model):
    _name = "tour.gift.cheque"
    _inherit = ["mail.thread"]
    _description = "Gift Cheque"
    _order = "id desc"
    _rec_name = "code"
    _check_company_auto = True

    code = fields.Char(
        readonly=True, copy=False, default=lambda self: new_code(), required=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    kind = fields.Selection(
        selection=[("sold", "Sold"), ("given", "Given away")],
        required=True,
        default="sold",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Buyer",
        index="btree_not_null",
        help="Who buys it, or gets it; anybody may pay with it who has its code.",
    )
    value = fields.Monetary(required=True, tracking=True)
    remaining = fields.Monetary(compute="_compute_remaining", store=True)
    expires_on = fields.Date(string="Valid until", tracking=True)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("issued", "Issued"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Sold or given by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The invoice that it was sold by, or the entry that it was given by.",
    )
    mailed_on = fields.Datetime(string="Code mailed on", readonly=True, copy=False)
    payment_ids = fields.One2many(
        comodel_name="account.payment",
        inverse_name="gift_cheque_id",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    note = fields.Text()

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a gift cheque with this code already."
    )
    _value_positive = models.Constraint(
        "CHECK(value > 0)", "A gift cheque is worth more than nothing."
    )
    _never_overdrawn = models.Constraint(
        "CHECK(remaining >= 0)", "The gift cheque is worth less than that."
    )

    @api.depends(
        "payment_ids.amount",
        "payment_ids.state",
        "payment_ids.tour_taken_back_on",
        "value",
    )
    def _compute_remaining(self):
        for cheque in self:
            used = cheque.payment_ids.filtered(
                lambda p: p.state in USED and not p.tour_taken_back_on
            )
            # In the currency of the cheque: no other is taken.
            left = cheque.value - sum(used.mapped("amount"))
            cheque.remaining = cheque.currency_id.round(left)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_moved(vals)
        guarded = without_defaults(self, MOVED.__contains__)
        return super(TourGiftCheque, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self.check_access("write")
        self._check_moved(vals)
        if FIXED & vals.keys() and any(cheque.state != "draft" for cheque in self):
            raise UserError(
                self.env._("What a cheque is worth does not change once it is issued.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        if any(cheque.state != "draft" for cheque in self):
            raise UserError(
                self.env._("A cheque that was issued is cancelled, not deleted.")
            )

    @api.model
    def _check_moved(self, vals):
        if self.env.context.get("tour_billing_actor") is ACTOR:
            return
        if any(name in vals for name in MOVED):
            raise AccessError(
                self.env._(
                    "Code, status and rest of a cheque are not written: issue or "
                    "cancel it."
                )
            )

    def _as_actor(self):
        return self.with_context(tour_billing_actor=ACTOR)

    # === Issuing === #

    def action_issue(self):
        """Issue the cheques: enter them into the books as what we owe."""
        self.check_access("write")
        self._lock()
        for cheque in self:
            cheque._check_issuable()
            # In sudo: heads of department issue cheques, the books are not theirs.
            # Nothing of the entry comes by the context of whoever issues.
            move = plain(cheque).sudo()._enter_issue()
            cheque._as_actor().write({"state": "issued", "move_id": move.id})
        return True

    def _check_issuable(self):
        if self.state != "draft":
            raise UserError(
                self.env._("Cheque %(code)s was issued already.", code=self.code)
            )
        if self.kind == "sold" and not self.partner_id:
            raise UserError(self.env._("Say who buys cheque %(code)s.", code=self.code))

    def _enter_issue(self):
        """Sold: an invoice to the buyer. Given away: an entry of what it costs us."""
        company = self.company_id
        journal = company._get_gift_journal()
        owed = journal.default_account_id
        # Whoever reads the books must not be able to pay with it.
        name = self.env._("Gift cheque, its code ends in %(end)s", end=self.code[-4:])
        if self.kind == "sold":
            move = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "company_id": company.id,
                    "partner_id": self.partner_id.id,
                    "currency_id": self.currency_id.id,
                    "invoice_date": fields.Date.context_today(self),
                    "invoice_line_ids": [
                        fields.Command.create(
                            {
                                "name": name,
                                "quantity": 1.0,
                                "price_unit": self.value,
                                "account_id": owed.id,
                                "tax_ids": [fields.Command.clear()],
                            }
                        )
                    ],
                }
            )
        else:
            move = self.env["account.move"].create(self._prepare_given(name, owed))
        move.action_post()
        return move

    def _prepare_given(self, name, owed):
        company = self.company_id
        expense = company.tour_gift_expense_account_id
        if not expense:
            raise UserError(
                self.env._(
                    "Choose in the settings which account the cheques that you give "
                    "away cost."
                )
            )
        today = fields.Date.context_today(self)
        balance = self.currency_id._convert(
            self.value, company.currency_id, company, today
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
        )
        rows = ((expense, balance, self.value), (owed, -balance, -self.value))
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": today,
            "ref": name,
            "line_ids": [
                fields.Command.create(
                    {
                        "name": name,
                        "account_id": account.id,
                        "partner_id": self.partner_id.id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": amount,
                        "balance": signed,
                    }
                )
                for account, signed, amount in rows
            ],
        }

    def action_cancel(self):
        """Cancel cheques that nobody has used; what issued them is taken back."""
        self.check_access("write")
        self._lock()
        for cheque in self:
            if cheque.state != "issued":
                raise UserError(
                    self.env._("Cheque %(code)s is not issued.", code=cheque.code)
                )
            if cheque.currency_id.compare_amounts(cheque.remaining, cheque.value):
                raise UserError(
                    self.env._(
                        "Cheque %(code)s was used: take back the payments first.",
                        code=cheque.code,
                    )
                )
            cheque.sudo()._cancel_issue()  # In sudo: as for issuing.
            cheque._as_actor().state = "cancelled"
        return True

    def _cancel_issue(self):
        """Cancel what issued the cheque, unless the books took it back already."""
        move = self.move_id
        if move.state == "cancel" or self._is_credited():
            return
        if self._get_reversals() or (
            self.kind == "sold" and move.payment_state != "not_paid"
        ):
            raise UserError(
                self.env._(
                    "Cheque %(code)s was paid for: make a credit note for "
                    "%(invoice)s, and pay the money back.",
                    code=self.code,
                    invoice=move.display_name,
                )
            )
        move.button_cancel()

    def _get_reversals(self):
        """Entries that took back what issued the cheque, in whole or in part."""
        return self.move_id.reversal_move_ids.filtered(
            lambda move: move.state == "posted"
        )

    def _is_credited(self):
        """Whether what issued the cheque was taken back as a whole."""
        credited = sum(self._get_reversals().mapped("amount_total"))
        return self.currency_id.compare_amounts(credited, self.value) >= 0

    def _is_bought(self):
        """Whether the money for it is here; what was credited may go back any day."""
        return self.move_id.payment_state in ("paid", "in_payment")

    def _lock(self):
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is using %(cheques)s right now. Try again in a "
                    "moment.",
                    cheques=", ".join(held.mapped("code")),
                )
            )
        self.invalidate_recordset(["remaining", "state"])

    # === Paying === #

    @api.model
    def _find_by_code(self, code, company):
        """The cheque that the client names; note: in sudo mode.

        :raise UserError: if there is none
        """
        # In sudo: who takes a cheque at the desk need not see all of them.
        cheque = self.sudo().search(
            [("code", "=", normalise(code)), ("company_id", "=", company.id)], limit=1
        )
        if not normalise(code) or not cheque:
            raise UserError(
                self.env._("There is no gift cheque %(code)s.", code=code or "")
            )
        return cheque

    def _check_usable(self, amount, currency):
        """Lock the cheque, and refuse what it cannot pay.

        :raise UserError: with what is wrong
        """
        self.ensure_one()
        self._lock()
        if fault := self._get_fault(amount, currency):
            raise UserError(fault)

    def _get_fault(self, amount, currency):
        values = {
            "code": self.code,
            "currency": self.currency_id.name,
            "left": format_amount(self.env, self.remaining, self.currency_id),
            "date": format_date(self.env, self.expires_on) if self.expires_on else "",
        }
        if self.state != "issued" or self.move_id.state != "posted":
            return self.env._("Cheque %(code)s is not valid.", **values)
        if self._get_reversals():
            return self.env._("Cheque %(code)s was taken back.", **values)
        if self.kind == "sold" and not self._is_bought():
            return self.env._("Cheque %(code)s was not paid for yet.", **values)
        if self.expires_on and self.expires_on < fields.Date.context_today(self):
            return self.env._("Cheque %(code)s was valid until %(date)s.", **values)
        if currency != self.currency_id:
            return self.env._("Cheque %(code)s is in %(currency)s.", **values)
        if currency.compare_amounts(amount, self.remaining) > 0:
            return self.env._("Cheque %(code)s has %(left)s left.", **values)
        return ""
