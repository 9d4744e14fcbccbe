"""Bills of suppliers: what is known of them, and where they are in their life (BIL-1).

Odoo's own fields hold the supplier, his number (`ref`), date, sum, bank account and
file; `tour_order_ids` its bookings. What is added here says who has it, and why.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import without_defaults

from ..bill_states import HANDED, MOVER, STATES

PREFIX = "tour_bill_"
# Why a bill is where it is, where no rule says it.
WHY = [
    ("no_rule", "no rule sends it to the director"),
    ("two_approvals", "because a sum like this needs two approvals"),
    ("sent", "because accounting sent it to the director"),
    ("settled", "nothing is left to pay"),
]
# Of Odoo's own fields, what must stay as it was approved.
APPROVED_FIELDS = {"partner_bank_id", "ref", "partner_id", "currency_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_state = fields.Selection(
        selection=STATES,
        string="Bill's state",
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    tour_bill_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Prepared by",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    tour_bill_wanted_date = fields.Date(
        string="Wanted paid on",
        readonly=True,
        copy=False,
    )
    tour_bill_is_urgent = fields.Boolean(
        string="Urgent",
        readonly=True,
        copy=False,
    )
    tour_bill_note = fields.Text(
        string="Manager's comment",
        readonly=True,
        copy=False,
    )
    tour_bill_pay_date = fields.Date(
        string="To be paid on",
        readonly=True,
        copy=False,
    )
    tour_bill_pay_amount = fields.Monetary(
        string="To be paid",
        readonly=True,
        copy=False,
    )
    tour_bill_rule_id = fields.Many2one(
        comodel_name="tour.bill.rule",
        string="Rule",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    tour_bill_why_code = fields.Selection(
        selection=WHY, string="Reason", readonly=True, copy=False
    )
    tour_bill_why = fields.Char(
        string="Why there",
        compute="_compute_tour_bill_why",
        help="Why it went where it is: the sentence of the rule.",
    )
    tour_bill_round = fields.Integer(
        string="Round",
        readonly=True,
        copy=False,
        help="How often it was handed over, or went round again for the rest.",
    )
    tour_bill_handed_on = fields.Datetime(
        string="Handed over on",
        readonly=True,
        copy=False,
    )
    # What rules look at, as it was when the bill was handed over.
    tour_bill_days_left = fields.Integer(
        string="Days left",
        readonly=True,
        copy=False,
        help="From handing over until it is wanted paid.",
    )
    tour_bill_paid_share = fields.Float(
        string="Share paid (%)",
        readonly=True,
        copy=False,
    )
    tour_bill_company_amount = fields.Monetary(
        string="To be paid, in own currency",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
    )
    tour_bill_alarms = fields.Json(
        string="Alarms",
        readonly=True,
        copy=False,
    )
    tour_bill_has_alarm = fields.Boolean(
        string="With alarm",
        readonly=True,
        copy=False,
    )
    tour_bill_account = fields.Char(
        string="Account approved",
        readonly=True,
        copy=False,
        help="Where the money was to go when the bill was handed over.",
    )
    tour_bill_first_approver_id = fields.Many2one(
        comodel_name="res.users",
        string="First approval",
        readonly=True,
        copy=False,
    )
    # Whose it is for some minutes: see `account_move_bill_queue`.
    tour_bill_holder_id = fields.Many2one(
        comodel_name="res.users",
        string="Dealt to",
        readonly=True,
        copy=False,
    )
    tour_bill_held_until = fields.Datetime(
        string="Dealt until",
        readonly=True,
        copy=False,
    )
    # Money.
    tour_bill_ordered_amount = fields.Monetary(
        string="Ordered",
        compute="_compute_tour_bill_amounts",
        help="By payment orders that the bank has not confirmed.",
    )
    tour_bill_paid_amount = fields.Monetary(
        string="Paid",
        compute="_compute_tour_bill_amounts",
    )
    tour_bill_left_amount = fields.Monetary(
        string="Left to pay",
        compute="_compute_tour_bill_amounts",
    )
    tour_bill_event_ids = fields.One2many(
        comodel_name="tour.bill.event",
        inverse_name="move_id",
        string="What was done",
        readonly=True,
    )
    tour_bill_last_event = fields.Integer(
        compute="_compute_tour_bill_last_event",
    )
    tour_bill_replaces_id = fields.Many2one(
        comodel_name="account.move",
        string="Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The bill in whose place this one came; what was paid is carried over.",
    )
    tour_bill_checksum = fields.Char(
        string="Fingerprint of the file",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    _tour_bill_queue_idx = models.Index(
        "(company_id, tour_bill_pay_date, id) WHERE tour_bill_state = 'accounting'"
    )
    # Whose lease it is: see `_get_dealt_bill`.
    _tour_bill_holder_idx = models.Index(
        "(tour_bill_holder_id) WHERE tour_bill_holder_id IS NOT NULL"
    )
    _tour_bill_state_idx = models.Index(
        "(tour_bill_state, tour_bill_wanted_date, id) WHERE tour_bill_state IN"
        " ('uploaded', 'prepared', 'director', 'ordered')"
    )
    _tour_bill_number_idx = models.Index(
        "(commercial_partner_id, ref) WHERE tour_bill_state IS NOT NULL"
    )
    _tour_bill_handed_idx = models.Index(
        "(tour_bill_handed_on DESC) WHERE tour_bill_handed_on IS NOT NULL"
    )

    def _has_field_access(self, field, operation):
        """Keep from clients and suppliers with a login what is between us."""
        if field.name.startswith(PREFIX) and not self.env.su and self.env.user.share:
            return False
        return super()._has_field_access(field, operation)

    def _check_reads_bills(self):
        """Refuse who does not see the bills, or sees them as client or supplier."""
        self.check_access("read")
        self._check_field_access(self._fields["tour_bill_state"], "read")

    # === Computes === #

    @api.depends("tour_bill_rule_id.sentence", "tour_bill_why_code")
    @api.depends_context("lang")
    def _compute_tour_bill_why(self):
        for move in self:
            # In sudo: managers read no rules, but the sentence on their bills.
            rule = move.sudo().tour_bill_rule_id
            move.tour_bill_why = move._describe_why(rule, move.tour_bill_why_code)

    @api.model
    def _describe_why(self, rule, code):
        """Why a bill is where it is, in the language of the environment."""
        reasons = dict(
            self._fields["tour_bill_why_code"]._description_selection(self.env)
        )
        return rule.sentence or reasons.get(code, False)

    @api.depends(
        "amount_residual",
        "amount_total",
        "state",
        "tour_bill_event_ids.payment_id.state",
        "tour_bill_state",
    )
    def _compute_tour_bill_amounts(self):
        """Payment orders that wait for the bank are apart from what is paid."""
        waiting = self._get_waiting_orders()
        for move in self:
            left = move.amount_residual if move.state == "posted" else move.amount_total
            ordered = waiting.get(move.id, 0.0)
            move.tour_bill_ordered_amount = ordered
            move.tour_bill_left_amount = left
            move.tour_bill_paid_amount = max(move.amount_total - left - ordered, 0.0)

    def _get_waiting_orders(self):
        """{id of the bill: what was ordered and the bank has not confirmed}."""
        # In sudo: payments are for accountants, their sums go along with the bill.
        events = (
            self.env["tour.bill.event"]
            .sudo()
            .search_fetch(
                [
                    ("move_id", "in", self.ids),
                    # Odoo says 'paid' at once where the entry is on the bank account.
                    ("payment_id.state", "in", ("in_process", "paid")),
                    ("payment_id.tour_bill_confirmed_on", "=", False),
                ],
                ["move_id", "amount", "act", "payment_id"],
            )
        )
        amounts, seen = {}, set()
        for event in events.filtered(lambda e: e.act in ("order", "replace")):
            if (event.move_id.id, event.payment_id.id) not in seen:
                seen.add((event.move_id.id, event.payment_id.id))
                known = amounts.get(event.move_id.id, 0.0)
                amounts[event.move_id.id] = known + event.amount
        return amounts

    @api.depends("tour_bill_event_ids")
    def _compute_tour_bill_last_event(self):
        """What screens give back with an act: nobody acts on what he did not see."""
        latest = dict(
            self.env["tour.bill.event"]
            .sudo()  # In sudo: a number that says nothing.
            ._read_group([("move_id", "in", self.ids)], ["move_id"], ["id:max"])
        )
        for move in self:
            move.tour_bill_last_event = latest.get(move._origin, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_bill_vals(vals)
        guarded = without_defaults(self, lambda name: name.startswith(PREFIX))
        return super(AccountMove, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_bill_vals(vals)
        if vals.keys() & APPROVED_FIELDS and not self._is_bill_mover():
            self._check_bill_not_handed(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy of a bill begins its own life nowhere."""
        default = {
            key: value
            for key, value in (default or {}).items()
            if not key.startswith(PREFIX)
        }
        return super().copy_data(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_bill(self):
        if kept := self.filtered("tour_bill_handed_on"):
            raise UserError(
                self.env._(
                    "%(bills)s: was handed over already, and is not deleted. Recall "
                    "and close it instead.",
                    bills=", ".join(kept.mapped("display_name")),
                )
            )

    def _is_bill_mover(self):
        return self.env.context.get("tour_bill_mover") is MOVER

    def _as_bill_mover(self):
        return self.with_context(tour_bill_mover=MOVER)

    @api.model
    def _check_bill_vals(self, vals):
        if any(name.startswith(PREFIX) for name in vals) and not self._is_bill_mover():
            raise AccessError(
                self.env._(
                    "What becomes of a bill is not written: prepare it, hand it over, "
                    "approve it."
                )
            )

    def _check_bill_not_handed(self, vals):
        """What was handed over is paid as it was, or recalled."""
        # In sudo: where a bill is may be told to whoever writes its entry.
        for move in self.filtered(lambda move: move.sudo().tour_bill_state in HANDED):
            changed = [
                name
                for name in vals.keys() & APPROVED_FIELDS
                if move._fields[name].convert_to_write(move[name], move) != vals[name]
            ]
            if changed:
                raise UserError(move._explain_handed())

    def _explain_handed(self):
        self.ensure_one()
        # In sudo: where a bill is may be told to whoever works with it.
        move = self.sudo()
        states = dict(move._fields["tour_bill_state"]._description_selection(self.env))
        return self.env._(
            "%(bill)s is '%(state)s': it is changed only after it was recalled.",
            bill=move._get_bill_name(),
            state=states.get(move.tour_bill_state, ""),
        )

    def _in_company_lang(self):
        """These in the language of the company: what is kept as text is said in it."""
        lang = self.company_id.partner_id.lang or self.env.lang
        return self.with_context(lang=lang)

    def _get_bill_name(self):
        """The bill as people name it: by the supplier's number, or its file."""
        self.ensure_one()
        # In sudo: names go into messages to whoever works with the bill.
        move = self.sudo()
        number = move.ref or move.message_main_attachment_id.name
        if not number:
            return move.display_name
        supplier = move.commercial_partner_id.name
        return f"{number} ({supplier})" if supplier else number
