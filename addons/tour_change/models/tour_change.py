from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.tour_booking.numbers import draw_numbers
from odoo.addons.tour_partner.defaults import without_defaults

from ..change_states import EDITABLE, MOVER, OPEN, STATES

# What the mover and the calculator write, and nobody else.
OWN_FIELDS = {
    "accepted_by_id",
    "accepted_on",
    "by_client",
    "changed_status",
    "closed_on",
    "fee_amount",
    "fee_known",
    "fingerprint",
    "name",
    "paid_amount",
    "preview",
    "previewed_on",
    "price_after",
    "price_before",
    "reason",
    "refund_amount",
    "state",
    "supplier_after",
    "supplier_before",
    "supplier_rows",
}
# What stays as it was asked.
FIXED_FIELDS = {"kind", "order_id", "origin"}
# What may be worked at until the client is shown it.
CONTENT_FIELDS = {"fee_by_hand", "fee_typed", "line_ids"}
DAYS_TO_TREAT = 1
# Bookings in which there is nothing left to change or to cancel.
OVER_STATES = ("cancelled", "cancelled_penalty", "refused", "reposting", "archive")


class TourChange(models.Model):
    """A request to change or cancel a booking, and what became of it.

    Clients ask, or staff in their name; a supplier regularises what he charges. The
    states and moves are in `change_states`; `_move_to` makes them.
    """

    _name = "tour.change"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Change Request"
    _order = "create_date desc, id desc"

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, default="/"
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("is_tour_booking", "=", True)],
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    partner_id = fields.Many2one(
        related="order_id.partner_id",
        string="Client",
        store=True,
        index="btree_not_null",
    )
    booking_state = fields.Selection(
        related="order_id.booking_state", string="Booking status"
    )
    kind = fields.Selection(
        selection=[("change", "Change"), ("cancel", "Cancellation")],
        required=True,
        default="change",
        tracking=True,
    )
    origin = fields.Selection(
        selection=[("client", "Client"), ("supplier", "Supplier")],
        string="Asked by",
        required=True,
        default="client",
        tracking=True,
        help="A supplier regularises the prices or dates of what he provides.",
    )
    by_client = fields.Boolean(
        string="Sent by the client himself", readonly=True, copy=False
    )
    state = fields.Selection(
        selection=STATES,
        required=True,
        readonly=True,
        copy=False,
        default="asked",
        index=True,
        group_expand=True,
    )
    comment = fields.Text(string="What is asked")
    reason = fields.Text(string="Last reason", readonly=True, copy=False)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        tracking=True,
        domain=[("share", "=", False)],
        help="The booking's manager unless somebody else takes it.",
    )
    deadline = fields.Datetime(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="A day after it was asked, or the end of free cancellation before that.",
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    closed_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="tour.change.line",
        inverse_name="change_id",
        string="Services",
        copy=True,
    )
    event_ids = fields.One2many(
        comodel_name="tour.change.event",
        inverse_name="change_id",
        string="Steps",
        readonly=True,
    )
    # What it costs, as it was shown.
    preview = fields.Json(readonly=True, copy=False)
    diff = fields.Json(string="What changes", compute="_compute_diff")
    fee_text = fields.Text(string="Cancellation terms", compute="_compute_fee_text")
    fingerprint = fields.Char(readonly=True, copy=False)
    previewed_on = fields.Datetime(string="Priced on", readonly=True, copy=False)
    price_before = fields.Monetary(string="Price before", readonly=True, copy=False)
    price_after = fields.Monetary(string="New price", readonly=True, copy=False)
    fee_amount = fields.Monetary(string="Fee", readonly=True, copy=False)
    fee_known = fields.Boolean(readonly=True, copy=False, default=True)
    paid_amount = fields.Monetary(string="Paid", readonly=True, copy=False)
    refund_amount = fields.Monetary(string="Refund", readonly=True, copy=False)
    supplier_before = fields.Monetary(
        string="Supplier's price before", readonly=True, copy=False
    )
    supplier_after = fields.Monetary(
        string="Supplier's price", readonly=True, copy=False
    )
    fee_by_hand = fields.Boolean(
        string="Fee by hand", help="The fee agreed takes the place of the computed one."
    )
    fee_typed = fields.Monetary(string="Fee agreed")
    # The client's consent.
    accepted_on = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        comodel_name="res.users", string="Accepted by", readonly=True, copy=False
    )
    # Whether the booking became Changed by this, and has to come back from it.
    changed_status = fields.Boolean(readonly=True, copy=False)
    # What the suppliers were told, which outlasts the services.
    supplier_rows = fields.Json(readonly=True, copy=False)
    supplier_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Suppliers",
        compute="_compute_supplier_ids",
    )

    _fee_typed_positive = models.Constraint(
        "CHECK(fee_typed >= 0)", "A fee cannot be negative."
    )
    # One request of each kind at a time: pressed twice, from two windows, it is one.
    _client_open_uniq = models.UniqueIndex(
        "(order_id, kind) WHERE origin = 'client'"
        " AND state IN ('asked', 'priced', 'with_supplier', 'with_client')",
        "The client has asked for this already, and it is not decided yet.",
    )
    # The lists: what is open, by deadline.
    _open_deadline_idx = models.Index(
        "(deadline) WHERE state IN ('asked', 'priced', 'with_supplier', 'with_client')"
    )

    # === Computes === #

    @api.depends("order_id")
    def _compute_user_id(self):
        for change in self:
            change.user_id = change.user_id or change.order_id.user_id

    @api.depends("order_id")
    def _compute_deadline(self):
        now = fields.Datetime.now()
        for change in self:
            free_until = change.order_id.free_until
            usual = now + timedelta(days=DAYS_TO_TREAT)
            is_sooner = free_until and now < free_until < usual
            change.deadline = change.deadline or (free_until if is_sooner else usual)

    @api.depends("deadline", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for change in self:
            is_open = change.state in OPEN
            change.is_late = bool(is_open and change.deadline and change.deadline < now)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", OPEN), ("deadline", "<", fields.Datetime.now())]

    @api.depends("preview", "kind")
    @api.depends_context("lang")
    def _compute_diff(self):
        for change in self:
            rows = (change.preview or {}).get("rows") or []
            change.diff = change.order_id._render_diff(rows)

    @api.depends("preview")
    def _compute_fee_text(self):
        for change in self:
            rows = [
                ": ".join(filter(None, (fee["service"], fee["text"])))
                for fee in (change.preview or {}).get("fees") or ()
            ]
            change.fee_text = "\n".join(rows)

    @api.depends(
        "kind", "line_ids.line_id.supplier_id", "order_id.order_line.supplier_id"
    )
    def _compute_supplier_ids(self):
        for change in self:
            change.supplier_ids = change._get_services().supplier_id

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for change in self:
            change.display_name = " · ".join(
                filter(None, (change.name, change.order_id.name))
            )

    def action_open_booking(self):
        """Open the booking that it is about."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def _get_services(self):
        """The services it is about: all of them when the booking is cancelled."""
        self.ensure_one()
        if self.kind == "cancel":
            return self.order_id._get_services()
        return self.line_ids.line_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_mover():
            self = without_defaults(self, OWN_FIELDS.__contains__)
            self._check_new_values(vals_list)
        unnumbered = [vals for vals in vals_list if vals.get("name", "/") == "/"]
        numbers = self._next_numbers(len(unnumbered))
        for vals, number in zip(unnumbered, numbers, strict=True):
            vals["name"] = number
        changes = super().create(vals_list)
        if not self._is_mover():
            changes._check_bookings()
            changes._start()
        return changes

    def write(self, vals):
        if not self._is_mover():
            self.check_access("write")
            self._check_values(vals)
        return super().write(vals)

    @api.constrains("user_id")
    def _check_user_id(self):
        """Nobody could go on with what its responsible cannot see."""
        taken = self.filtered(
            lambda change: change.user_id and change.user_id != change.order_id.user_id
        )
        for user, changes in taken.grouped("user_id").items():
            orders = changes.order_id.with_user(user).with_context(
                allowed_company_ids=user.company_ids.ids
            )
            seen = orders._filtered_access("read")
            hidden = changes.filtered_domain([("order_id", "not in", seen.ids)])
            if hidden:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot see booking %(booking)s, and so cannot treat "
                        "%(change)s. Make him responsible for the booking, or choose "
                        "somebody else.",
                        user=user.name,
                        booking=", ".join(hidden.order_id.mapped("name")),
                        change=", ".join(hidden.mapped("name")),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        applied = self.filtered(lambda change: change.state == "applied")
        if applied and not self.env.context.get("force_delete"):
            raise UserError(
                self.env._(
                    "%(changes)s changed a booking and stay as its history.",
                    changes=", ".join(applied.mapped("name")),
                )
            )

    @api.model
    def _is_mover(self):
        """Whether the process itself is writing; no RPC call can bring its sentinel."""
        return self.env.context.get("tour_change_mover") is MOVER

    def _as_mover(self):
        return self.with_context(tour_change_mover=MOVER)

    @api.model
    def _check_new_values(self, vals_list):
        """Refuse what the process itself writes; `state` may be named as it is."""
        for vals in vals_list:
            given = {
                name
                for name in OWN_FIELDS & vals.keys()
                if vals[name] and (name, vals[name]) not in self._get_harmless()
            }
            if given:
                raise self._get_own_error(given)

    @api.model
    def _get_harmless(self):
        return {("state", "asked"), ("name", "/"), ("fee_known", True)}

    def _check_values(self, vals):
        if given := OWN_FIELDS & vals.keys():
            raise self._get_own_error(given)
        fixed = FIXED_FIELDS & vals.keys()
        if fixed and any(
            change[name] != self._fields[name].convert_to_cache(vals[name], change)
            for name in fixed - {"order_id"}
            for change in self
        ):
            raise UserError(
                self.env._(
                    "Who asked for what stays as it is. Withdraw the request and make "
                    "another one."
                )
            )
        if "order_id" in fixed and any(
            change.order_id.id != vals["order_id"] for change in self
        ):
            raise UserError(
                self.env._("A request stays with its booking. Make another one.")
            )
        if CONTENT_FIELDS & vals.keys():
            self._check_editable()

    def _check_editable(self):
        """Refuse to change what the client was shown, or what is over."""
        closed = self.filtered(lambda change: change.state not in EDITABLE)
        if closed and not self._is_mover():
            raise UserError(
                self.env._(
                    "%(changes)s: what is proposed cannot be changed any more. While "
                    "it is with the client, take it back first.",
                    changes=", ".join(closed.mapped("name")),
                )
            )

    @api.model
    def _get_own_error(self, names):
        return AccessError(
            self.env._(
                "%(fields)s: this is written by the steps of the request. Use its "
                "buttons.",
                fields=", ".join(sorted(self._fields[name].string for name in names)),
            )
        )

    def _check_bookings(self):
        wrong = self.order_id.filtered(lambda order: not order.is_tour_booking)
        if wrong:
            raise UserError(
                self.env._(
                    "%(orders)s: only bookings are changed by requests.",
                    orders=", ".join(wrong.mapped("name")),
                )
            )
        self.order_id.check_access("write")
        over = self.order_id.filtered(lambda order: order.booking_state in OVER_STATES)
        if over:
            raise UserError(
                self.env._(
                    "%(orders)s: there is nothing left to change. Bring the booking "
                    "back to a status in which it takes place first.",
                    orders=", ".join(over.mapped("name")),
                )
            )

    @api.model
    def _next_numbers(self, count):
        """The next numbers of requests, drawn from their sequence at once."""
        if not count:
            return []
        # In sudo: whoever may ask for a change may draw a number.
        sequence = self.env["ir.sequence"].sudo()
        sequence = sequence.search([("code", "=", "tour.change")], limit=1)
        return draw_numbers(sequence, count)

    # === Made by others === #

    @api.model
    def _create_applied(self, vals_list):
        """Keep changes that another process has applied already, as a regularisation.

        Nothing is applied, nobody is told; numbers and steps are written in a fixed
        number of queries.

        :param list[dict] vals_list: values of fields, `order_id` at least; `preview`
            may be {"rows": rows of `view_diff.compare`}
        :return: the changes, in their end state
        """
        now = fields.Datetime.now()
        defaults = {
            "closed_on": now,
            "kind": "change",
            "origin": "supplier",
            "previewed_on": now,
            "state": "applied",
        }
        changes = (
            self._as_mover()
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create([defaults | vals for vals in vals_list])
            .with_env(self.env)
        )
        changes._log_move({change: False for change in changes}, "applied", "")
        return changes
