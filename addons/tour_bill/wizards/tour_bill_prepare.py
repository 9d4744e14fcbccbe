from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_amount


class TourBillPrepare(models.TransientModel):
    """'Prepare for payment': what a manager says of a bill (BIL-3)."""

    _name = "tour.bill.prepare"
    _description = "Preparing a supplier bill"

    move_id = fields.Many2one(
        comodel_name="account.move", string="Bill", required=True, readonly=True
    )
    seen = fields.Integer(readonly=True)
    is_entered = fields.Boolean(compute="_compute_is_entered")
    company_id = fields.Many2one(related="move_id.company_id")
    tax_number = fields.Char(
        string="Supplier's tax id",
        help="Finds the supplier; none or several is told at once.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Supplier",
        domain="[('parent_id', '=', False), ('company_id', 'in', (False, company_id))]",
    )
    partner_bank_id = fields.Many2one(
        comodel_name="res.partner.bank",
        string="Account to pay to",
        compute="_compute_partner_bank_id",
        store=True,
        readonly=False,
        domain="[('partner_id', '=', partner_id)]",
    )
    account_warning = fields.Char(related="partner_bank_id.account_warning")
    ref = fields.Char(string="Number")
    invoice_date = fields.Date(string="Date")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
    )
    amount = fields.Monetary(string="Sum")
    tax_id = fields.Many2one(
        comodel_name="account.tax",
        string="VAT in it",
        domain="[('type_tax_use', '=', 'purchase'), ('company_id', '=', company_id)]",
        help="Empty: without VAT.",
    )
    wanted_date = fields.Date(
        string="To be paid by",
    )
    is_urgent = fields.Boolean(string="Urgent")
    note = fields.Text(
        string="Comment",
        help="For the director and accounting.",
    )
    order_ids = fields.Many2many(
        comodel_name="sale.order",
        string="Bookings",
        domain="[('is_tour_booking', '=', True), ('company_id', '=', company_id)]",
    )
    replaces_id = fields.Many2one(
        comodel_name="account.move",
        string="In place of",
        domain="[('move_type', '=', 'in_invoice'), ('id', '!=', move_id),"
        " ('commercial_partner_id', '=', partner_id),"
        " ('tour_bill_state', 'in', ('prepared', 'director', 'accounting'))]",
        help="A former bill of the supplier: what was paid on it counts for this one.",
    )
    warning = fields.Text(compute="_compute_warning")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if move_id := values.get("move_id"):
            known = self._get_bill_values(move_id)
            values = {**{k: v for k, v in known.items() if k in fields}, **values}
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """A program need not say again what the bill says already."""
        vals_list = [
            {**self._get_bill_values(vals["move_id"]), **vals}
            if vals.get("move_id")
            else vals
            for vals in vals_list
        ]
        return super().create(vals_list)

    @api.model
    def _get_bill_values(self, move_id):
        """What the bill says already, so that nothing is entered twice."""
        move = self.env["account.move"].browse(move_id)
        move.check_access("read")
        # In sudo: a manager reads a bill by its rules, its rows by no right.
        move = move.sudo()
        return {
            "seen": move.tour_bill_last_event,
            "partner_id": (move.commercial_partner_id or self._guess_supplier(move)).id,
            "ref": move.ref,
            "invoice_date": move.invoice_date,
            "currency_id": move.currency_id.id,
            "amount": move.amount_total,
            "tax_id": move.invoice_line_ids.tax_ids[:1].id,
            "wanted_date": move.tour_bill_wanted_date,
            "is_urgent": move.tour_bill_is_urgent,
            "note": move.tour_bill_note,
            "order_ids": [Command.set(self._get_visible_orders(move).ids)],
            "replaces_id": move.tour_bill_replaces_id.id,
        }

    @api.model
    def _get_visible_orders(self, move):
        """Of the bill's bookings those that the user sees."""
        return self.env["sale.order"].search(
            [("id", "in", move.sudo().tour_order_ids.ids)]  # In sudo: all of them.
        )

    @api.depends("move_id")
    def _compute_is_entered(self):
        for wizard in self:
            wizard.is_entered = wizard.move_id.state == "posted"

    @api.model
    def _guess_supplier(self, move):
        """The one supplier of the services of the bill's bookings; in sudo mode."""
        suppliers = move.tour_order_ids.order_line.supplier_id
        return suppliers if len(suppliers) == 1 else suppliers.browse()

    @api.depends("partner_id")
    def _compute_partner_bank_id(self):
        for wizard in self:
            known = wizard.move_id.sudo().partner_bank_id  # In sudo: as above.
            banks = wizard.partner_id.bank_ids
            wizard.partner_bank_id = known if known in banks else banks[:1]

    @api.depends("partner_id", "ref", "amount", "invoice_date", "order_ids")
    def _compute_warning(self):
        """What would make people ask back: shown, and no obstacle."""
        for wizard in self:
            wizard.warning = "\n".join(wizard._get_warnings()) or False

    def _get_warnings(self):
        """Hook: sentences on what looks wrong; override to add."""
        if not (self.partner_id and self.ref):
            return []
        # In sudo: that the number is known already is told, and the bill's name.
        same = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("move_type", "=", "in_invoice"),
                    ("id", "!=", self.move_id.id),
                    ("commercial_partner_id", "=", self.partner_id.id),
                    ("ref", "=ilike", self.ref.strip()),
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "cancel"),
                ],
                limit=1,
            )
        )
        if not same:
            return []
        return [
            self.env._(
                "There is a bill of this number already: %(bill)s, %(amount)s.",
                bill=same._get_bill_name(),
                amount=format_amount(self.env, same.amount_total, same.currency_id),
            )
        ]

    @api.onchange("tax_number")
    def _onchange_tax_number(self):
        if self.tax_number:
            self.partner_id = self.env["account.move"]._find_bill_supplier(
                self.tax_number
            )

    # === Buttons === #

    def action_apply(self):
        """Keep what was entered; the bill is prepared."""
        self.ensure_one()
        self._prepare_bill()
        return {"type": "ir.actions.act_window_close"}

    def action_apply_and_hand_over(self):
        """Keep what was entered, and hand the bill over at once."""
        self.ensure_one()
        self._prepare_bill()
        return self.move_id.action_hand_over_bill()

    def _prepare_bill(self):
        self.move_id.check_access("read")
        if self.tax_number and not self.partner_id:
            self._onchange_tax_number()
        self._check_filled()
        # In sudo: a draft of Odoo's own begins its way; the right is the mover's.
        if not self.move_id.sudo().tour_bill_state:
            self._check_may_begin()
            self.move_id.sudo()._begin_bill()
            self.seen = 0
        # In sudo: only to know which bookings are new.
        (self.order_ids - self.move_id.sudo().tour_order_ids).check_access("write")
        self.move_id._do_bill_act(
            "prepare", note=self.note, seen=self.seen, **self._prepare_act_values()
        )

    def _check_may_begin(self):
        self.env["account.move"].check_access("create")

    def _prepare_act_values(self):
        return {
            "partner_id": self.partner_id.id,
            "ref": self.ref,
            "invoice_date": self.invoice_date,
            "currency_id": self.currency_id.id,
            "amount": self.amount,
            "tax_id": self.tax_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "wanted_date": self.wanted_date,
            "is_urgent": self.is_urgent,
            "order_ids": (self.order_ids | self._get_hidden_orders()).ids,
            "replaces_id": self.replaces_id.id,
        }

    def _get_hidden_orders(self):
        """Bookings of colleagues, which the bill stays for whoever prepares it."""
        move = self.move_id
        # In sudo: their ids go back to where they came from.
        return move.sudo().tour_order_ids.sudo(False) - self._get_visible_orders(move)

    def _check_filled(self):
        """The window may be filled in by a program: look at what it names."""
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("partner_id", "ref", "invoice_date", "wanted_date")
            if not (self[name].strip() if name == "ref" and self[name] else self[name])
        ]
        if missing:
            raise UserError(
                self.env._("Fill in: %(fields)s.", fields=", ".join(missing))
            )
        # In sudo: whose account it is may be known to whoever pays to it.
        owner = self.partner_bank_id.sudo().partner_id.commercial_partner_id
        if owner and owner != self.partner_id.commercial_partner_id:
            raise UserError(
                self.env._(
                    "Account %(account)s is not of %(supplier)s.",
                    account=self.partner_bank_id.sudo().acc_number,
                    supplier=self.partner_id.name,
                )
            )
        tax = self.tax_id.sudo()  # In sudo: it may be of another company, see below.
        if tax and (
            tax.type_tax_use != "purchase" or tax.company_id != self.company_id
        ):
            raise UserError(self.env._("Choose a tax of purchases."))
