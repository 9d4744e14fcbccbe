from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.wizards.tour_invoice_pay import JOURNAL_TYPES
from odoo.addons.tour_partner.defaults import plain

from ..refund_states import split


class TourRefundMake(models.TransientModel):
    """What of a paid invoice goes back, how, and why."""

    _name = "tour.refund.make"
    _description = "Refund an Invoice"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    refund_id = fields.Many2one(
        comodel_name="tour.refund",
        string="Asked by the client",
        readonly=True,
        ondelete="cascade",
    )
    client_reason = fields.Text(related="refund_id.client_reason")
    company_id = fields.Many2one(related="move_id.company_id")
    currency_id = fields.Many2one(related="move_id.currency_id")
    # What could go back when the window was opened: two windows must not give it twice.
    seen_refundable = fields.Monetary(
        string="Can go back",
        compute="_compute_seen_refundable",
        store=True,
        readonly=False,
    )
    kind = fields.Selection(
        selection=[
            ("full", "All that was paid"),
            ("lines", "Some rows"),
            ("amount", "An amount"),
        ],
        string="What",
        compute="_compute_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    line_ids = fields.One2many(
        comodel_name="tour.refund.make.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        string="Rows",
    )
    how = fields.Selection(
        selection=[("provider", "To the card"), ("hand", "By hand")],
        compute="_compute_how",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="To the card: through the payment provider that the client paid with.",
    )
    date = fields.Date(
        string="Given on", required=True, default=fields.Date.context_today
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="From",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash', 'credit')),"
        " ('company_id', '=', company_id)]",
        help="The cash desk or the bank account that the money goes from.",
    )
    reason = fields.Text(help="For staff; the client does not see it.")

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_named()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_named()
        return result

    def _check_named(self):
        """Show nothing of what whoever names it may not see."""
        self.move_id.check_access("read")
        self.refund_id.check_access("read")

    @api.depends("move_id")
    def _compute_seen_refundable(self):
        for wizard in self:
            # In sudo: heads of department read no transactions.
            wizard.seen_refundable = wizard.move_id.sudo()._get_refundable()

    @api.depends("move_id", "refund_id")
    def _compute_kind(self):
        for wizard in self:
            asked = wizard.refund_id.amount
            part = asked and asked < wizard.seen_refundable
            wizard.kind = "amount" if part else "full"

    @api.depends("kind", "refund_id", "seen_refundable")
    def _compute_amount(self):
        for wizard in self:
            left = wizard.seen_refundable
            asked = min(wizard.refund_id.amount or left, left)
            wizard.amount = left if wizard.kind == "full" else asked

    @api.depends("move_id")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard.move_id._get_product_lines()
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "move_line_id": line.id,
                        "quantity": line.quantity,
                        "price_unit": line.price_unit,
                    }
                )
                for line in lines
                if line.price_total > 0
            ]

    @api.depends("move_id")
    def _compute_how(self):
        for wizard in self:
            # In sudo: heads of department read no transactions.
            move = wizard.move_id.sudo()
            wizard.how = "provider" if move._get_refund_sources() else "hand"

    @api.depends("move_id")
    def _compute_journal_id(self):
        for wizard in self:
            company = wizard.move_id.company_id
            # In sudo: heads of department read no accounting; they choose a desk.
            wizard.journal_id = (
                self.env["account.journal"]
                .sudo()
                .search(
                    [
                        ("type", "=", "cash"),
                        ("company_id", "=", company.id),
                        ("id", "!=", company.sudo().tour_gift_journal_id.id),
                    ],
                    limit=1,
                )
                .sudo(False)
            )

    # === Giving back === #

    def action_apply(self):
        """Approve the refund, and give the money back or ask the provider to."""
        self.ensure_one()
        self.env["tour.refund"]._check_money_right()
        self.move_id.check_access("read")
        # In sudo: heads of department write no invoices. Rights were checked above.
        wizard = plain(self).sudo()
        wizard.move_id._lock_for_refund()
        wizard._check_before()
        note = wizard._make_note()
        refund = wizard._approve(note)
        if self.how == "hand":
            journal, method = wizard._get_journal()
            refund._give_by_hand(journal, method, self.date)
        return {
            "type": "ir.actions.act_window",
            "res_model": "tour.refund",
            "res_id": refund.id,
            "views": [(False, "form")],
        }

    def _check_before(self):
        move, refund = self.move_id, self.refund_id
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why the money goes back."))
        left = move._is_client_invoice() and move._get_refundable()
        if not left or self.currency_id.compare_amounts(left, self.seen_refundable):
            raise UserError(
                self.env._(
                    "%(invoice)s was paid, changed or refunded since this window was "
                    "opened. Open it again.",
                    invoice=move.display_name,
                )
            )
        if refund and refund.move_id != move:
            raise UserError(self.env._("That refund is of another invoice."))
        if refund:
            refund._check_move("approved")
        elif "asked" in move.tour_refund_ids.mapped("state"):
            raise UserError(
                self.env._(
                    "The client asked for a refund of %(invoice)s: approve or reject "
                    "that.",
                    invoice=move.display_name,
                )
            )
        if self.how == "hand":
            self._get_journal()
            self._check_date()

    def _check_date(self):
        today = fields.Date.context_today(self)
        first = min(self.move_id.invoice_date, today)
        if not first <= self.date <= today:
            raise UserError(
                self.env._(
                    "Given on: enter a day from that of the invoice until today."
                )
            )

    def _get_journal(self):
        """Where the money goes from, and how; checked, as a program may name any."""
        journal = self.journal_id
        methods = journal.outbound_payment_method_line_ids.filtered(
            lambda line: not line.payment_provider_id
        )
        if (
            journal.company_id != self.move_id.company_id
            or journal.type not in JOURNAL_TYPES
            or journal == self.move_id.company_id.tour_gift_journal_id
            or not methods
        ):
            raise UserError(
                self.env._(
                    "%(journal)s pays nothing out by hand for this company. Choose "
                    "another one.",
                    journal=journal.display_name or self.env._("This"),
                )
            )
        return journal, methods[:1]

    # === The credit note === #

    def _make_note(self):
        """Make the credit note, a draft until money goes."""
        move, left = self.move_id, self.seen_refundable
        expected = None if self.kind == "lines" else self._get_amount(left)
        note = self.env["account.move"].create(
            move._prepare_refund_note(self._prepare_rows(expected))
        )
        total = note.amount_total
        compare = self.currency_id.compare_amounts
        if expected is not None and compare(total, expected):
            raise UserError(
                self.env._(
                    "The credit note comes to %(note)s, not to %(amount)s. Refund some "
                    "rows instead.",
                    note=format_amount(self.env, total, self.currency_id),
                    amount=format_amount(self.env, expected, self.currency_id),
                )
            )
        if compare(total, 0.0) <= 0 or compare(total, left) > 0:
            raise UserError(self._explain_amount(left))
        note.invoice_line_ids._check_refunded_lines()
        return note

    def _prepare_rows(self, amount):
        move = self.move_id
        if self.kind == "lines":
            return move._prepare_refund_rows(self._get_chosen())
        if amount != move.amount_total:
            return move._prepare_refund_amount_rows(amount)
        lines = move._get_product_lines()
        return move._prepare_refund_rows(
            {line: (line.quantity, line.price_unit) for line in lines}
        )

    def _get_amount(self, left):
        if self.kind == "full":
            return left
        amount = self.currency_id.round(self.amount)
        if amount <= 0 or self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(self._explain_amount(left))
        return amount

    def _explain_amount(self, left):
        return self.env._(
            "Refund more than nothing, and not more than %(amount)s.",
            amount=format_amount(self.env, left, self.currency_id),
        )

    def _get_chosen(self):
        chosen = {}
        for row in self.line_ids.filtered("chosen"):
            line = row.move_line_id
            if (
                line not in self.move_id._get_product_lines()
                or line in chosen
                or not 0 < row.quantity <= line.quantity
                or not 0 < row.price_unit <= line.price_unit
            ):
                raise UserError(
                    self.env._(
                        "%(row)s: refund more than nothing, and not more than was "
                        "invoiced.",
                        row=line.name or "",
                    )
                )
            chosen[line] = (row.quantity, row.price_unit)
        if not chosen:
            raise UserError(self.env._("Tick the rows that are refunded."))
        return chosen

    # === Approving === #

    def _approve(self, note):
        parts = []
        amount = note.amount_total
        if self.how == "provider":
            parts = self._split(amount)
        values = {
            "amount": amount,
            "how": self.how,
            "note_id": note.id,
            "reason": self.reason.strip(),
        }
        refund = self.refund_id
        if refund:
            refund._move_to("approved", **values)
        else:
            values |= {
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
            refund = self.move_id._create_refund("approved", values)
        if parts:
            refund._prepare_parts(parts)
        return refund

    def _split(self, amount):
        sources = self.move_id._get_refund_sources()
        exact = self.env["tour.refund"]._to_decimal(amount, self.currency_id)
        parts = split(exact, sources)
        if not parts:
            left = float(sum(source.left for source in sources))
            raise UserError(
                self.env._(
                    "%(amount)s cannot go back to the card: of what was paid with it, "
                    "%(left)s can. Give it back by hand, or in parts.",
                    amount=format_amount(self.env, amount, self.currency_id),
                    left=format_amount(self.env, left, self.currency_id),
                )
            )
        return parts


class TourRefundMakeLine(models.TransientModel):
    _name = "tour.refund.make.line"
    _description = "Row to Refund"

    wizard_id = fields.Many2one(
        comodel_name="tour.refund.make", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Row",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    chosen = fields.Boolean(string="Refund")
    quantity = fields.Float()
    price_unit = fields.Float(string="Price of one")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _check_refunded_lines(self):
        """Refuse to refund more of a row than was invoiced by it.

        Note: in sudo mode, the invoice is locked.
        """
        for row in self.tour_refunded_line_id:
            refunding = self.search(
                [
                    ("tour_refunded_line_id", "=", row.id),
                    ("parent_state", "!=", "cancel"),
                ]
            )
            total = sum(refunding.mapped("price_total"))
            if row.currency_id.compare_amounts(total, row.price_total) > 0:
                raise UserError(
                    self.env._(
                        "%(row)s: more would be refunded than was invoiced.",
                        row=row.name or "",
                    )
                )
