from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..operation import Dates, Operation, Price
from ..regularisation_states import LINE_STATES, MOVES, SETTLED, STATES

RIGHT = "tour_partner.tour_group_right_mass_regularisation"
MANAGER = "tour_partner.tour_group_manager_own"

# What only the methods of this model write; objects cannot come through RPC.
GATE = object()
GUARDED = frozenset(
    ("name", "state", "user_id", "company_id", "stop_requested", "last_error", "mark")
)
HOWS = [
    ("keep", "Leave as it is"),
    ("follow", "Work out from the rate"),
    ("percent", "Change by percent"),
    ("add", "Add or take off a sum"),
    ("set", "Set"),
]
BASES = [("total", "In total"), ("night", "Per night")]


class TourRegularisation(models.Model):
    """What a supplier regularises in many bookings at once (BKG-13).

    The bookings are found and previewed one by one, then changed in the background, by
    chunks that can be stopped and go on later. It runs with the rights of who started
    it. What is done is never done again.
    """

    _name = "tour.regularisation"
    _inherit = ["mail.thread"]
    _description = "Mass Regularisation"
    _order = "id desc"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    state = fields.Selection(
        selection=STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        help="It is made with the rights of this user.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.company,
    )
    reason = fields.Char(
        required=True, help="Kept in the price history and the changes of each booking."
    )
    # Which bookings.
    source = fields.Selection(
        selection=[
            ("numbers", "A list of numbers"),
            ("filter", "A search"),
            ("chosen", "Chosen in the list"),
        ],
        string="Bookings by",
        required=True,
        default="numbers",
    )
    numbers = fields.Text(help="Parted by blanks, commas, semicolons or new lines.")
    order_ids = fields.Many2many(
        comodel_name="sale.order",
        relation="tour_regularisation_order_rel",
        string="Chosen bookings",
        domain=[("is_tour_booking", "=", True)],
    )
    client_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_regularisation_client_rel",
        string="Clients",
        domain=[("is_tour_client", "=", True)],
    )
    # Which services of them; when searching, bookings without one are not found.
    service_kind = fields.Selection(
        selection=[
            ("accommodation", "Accommodation"),
            ("transfer", "Transfer"),
            ("other", "Other services"),
        ],
        string="Services",
        default="accommodation",
        help="Empty: services of every kind.",
    )
    hotel_ids = fields.Many2many(comodel_name="tour.hotel", string="Hotels")
    supplier_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_regularisation_supplier_rel",
        string="Suppliers",
        domain=[("tour_supplier", "=", True)],
    )
    arrival_from = fields.Date(string="Arrival from")
    arrival_to = fields.Date(string="Arrival until")
    # What is done to each service.
    supplier_how = fields.Selection(
        selection=HOWS, string="Supplier's price", required=True, default="keep"
    )
    supplier_basis = fields.Selection(
        selection=BASES, string="Supplier's price of", required=True, default="total"
    )
    supplier_value = fields.Float(string="Supplier's value", digits=(16, 4))
    client_how = fields.Selection(
        selection=HOWS, string="Client's price", required=True, default="keep"
    )
    client_basis = fields.Selection(
        selection=BASES, string="Client's price of", required=True, default="total"
    )
    client_value = fields.Float(string="Client's value", digits=(16, 4))
    dates_how = fields.Selection(
        selection=[
            ("keep", "Leave as they are"),
            ("shift", "Shift by days"),
            ("set", "Set"),
        ],
        string="Dates",
        required=True,
        default="keep",
    )
    shift_days = fields.Integer(string="Days")
    new_date_from = fields.Date(string="New arrival")
    new_date_to = fields.Date(string="New departure")
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Of the sums; bookings in another currency are left out.",
    )
    allow_repeat = fields.Boolean(
        string="Also what was regularised the same way before",
        help="Bookings that another regularisation has changed by just this are left "
        "out, so that a list sent twice is not applied twice.",
    )
    # How far it is.
    is_settled = fields.Boolean(
        string="Settled",
        compute="_compute_is_settled",
        help="What it does, and to which bookings, changes no more.",
    )
    line_ids = fields.One2many(
        comodel_name="tour.regularisation.line",
        inverse_name="regularisation_id",
        string="Regularised bookings",
        readonly=True,
    )
    mark = fields.Char(readonly=True, copy=False)
    stop_requested = fields.Boolean(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    booking_count = fields.Integer(compute="_compute_counts", string="Bookings")
    ready_count = fields.Integer(compute="_compute_counts", string="Will change")
    nothing_count = fields.Integer(compute="_compute_counts", string="Nothing to do")
    refused_count = fields.Integer(compute="_compute_counts", string="Left out")
    done_count = fields.Integer(compute="_compute_counts", string="Changed")
    failed_count = fields.Integer(compute="_compute_counts", string="Failed")
    progress_percent = fields.Float(compute="_compute_counts", string="Progress")
    sale_difference = fields.Monetary(
        compute="_compute_differences", string="Difference of sale"
    )
    purchase_difference = fields.Monetary(
        compute="_compute_differences", string="Difference of purchase"
    )

    # === Computes === #

    @api.depends("line_ids.state")
    def _compute_counts(self):
        groups = self.env["tour.regularisation.line"]._read_group(
            [("regularisation_id", "in", self.ids)],
            ["regularisation_id", "state"],
            ["__count"],
        )
        counts = {(record.id, state): count for record, state, count in groups}
        for record in self:
            own = {
                state: counts.get((record.id, state), 0) for state, _n in LINE_STATES
            }
            for state, count in own.items():
                record[f"{state}_count"] = count
            record.booking_count = sum(own.values())
            treated = own["done"] + own["failed"]
            whole = treated + own["ready"]
            record.progress_percent = 100 * treated / whole if whole else 0

    @api.depends("line_ids.state", "line_ids.sale_after", "line_ids.purchase_after")
    def _compute_differences(self):
        """What changes in all, at today's rates where bookings are in others."""
        groups = self.env["tour.regularisation.line"]._read_group(
            [
                ("regularisation_id", "in", self.ids),
                ("state", "in", ("ready", "done")),
            ],
            ["regularisation_id", "currency_id"],
            ["sale_difference:sum", "purchase_difference:sum"],
        )
        self.sale_difference = self.purchase_difference = 0
        today = fields.Date.context_today(self)
        for record, currency, sale, purchase in groups:
            sale, purchase = (
                currency._convert(amount, record.currency_id, record.company_id, today)
                for amount in (sale, purchase)
            )
            record.sale_difference += sale
            record.purchase_difference += purchase

    @api.depends("state", "done_count")
    def _compute_is_settled(self):
        for record in self:
            record.is_settled = record.state in SETTLED or bool(record.done_count)

    # === Constraints === #

    @api.constrains("arrival_from", "arrival_to", "new_date_from", "new_date_to")
    def _check_dates(self):
        for record in self:
            for first, last in (
                (record.arrival_from, record.arrival_to),
                (record.new_date_from, record.new_date_to),
            ):
                if first and last and last < first:
                    raise ValidationError(
                        self.env._("The second date is before the first one.")
                    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Defaults of a caller decide about these as little as his values.
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in GUARDED
        }
        records = self.with_env(self.env(context=context))
        for vals in vals_list:
            records._refuse_guarded(vals)
        # In sudo: whoever may regularise may draw a number.
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("tour.regularisation") or "/"
        return super(TourRegularisation, records).create(vals_list).with_env(self.env)

    def write(self, vals):
        if self.env.context.get("tour_regularisation_gate") is GATE:
            return super().write(vals)
        self._refuse_guarded(vals)
        content = vals.keys() & self._get_content_names()
        if content:
            self._refuse_late_change(content)
        result = super().write(vals)
        if content and (ready := self.filtered(lambda one: one.state == "ready")):
            # What was previewed is what runs: to change it is to look at it again.
            ready.action_back()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(record.state == "running" or record.done_count for record in self):
            raise UserError(
                self.env._(
                    "A regularisation that has changed bookings stays as their "
                    "history. One that is running can be stopped."
                )
            )

    def _refuse_guarded(self, vals):
        """Refuse what only the methods here write, unless it is so already."""
        fields_ = [self._fields[name] for name in sorted(GUARDED & vals.keys())]
        guarded = [
            field
            for field in fields_
            for record in self or self.new()
            if (vals[field.name] or False)
            != (field.convert_to_write(record[field.name], record) or False)
        ]
        if guarded:
            raise AccessError(
                self.env._(
                    "%(fields)s of a regularisation cannot be written. Use its "
                    "buttons.",
                    fields=", ".join(dict.fromkeys(field.string for field in guarded)),
                )
            )

    @api.model
    def _get_content_names(self):
        """Fields that decide what is done, and to which bookings."""
        return {
            name
            for name, field in self._fields.items()
            if field._module == "tour_regularisation"
            and not field.compute
            and name not in GUARDED
            and name != "line_ids"
        }

    def _refuse_late_change(self, names):
        settled = self.filtered("is_settled")
        if settled:
            raise UserError(
                self.env._(
                    "%(names)s has begun, and what it does is settled (%(fields)s). "
                    "Make another one.",
                    names=", ".join(settled.mapped("name")),
                    fields=", ".join(
                        sorted(self._fields[name].string for name in names)
                    ),
                )
            )

    def _refuse_if_applied(self):
        """Refuse to lose what says which bookings were changed: it would be done
        again to them."""
        applied = self.filtered("done_count")
        if applied:
            raise UserError(
                self.env._(
                    "%(names)s has changed bookings already. Run what is left of it, "
                    "or make another one.",
                    names=", ".join(applied.mapped("name")),
                )
            )

    # === Steps === #

    def _set_state(self, state, **values):
        """The one place that moves a regularisation; ``values`` come with it.

        :raise UserError: if it is elsewhere by now, as after a second click
        """
        self.lock_for_update()
        self.invalidate_recordset(["state"], flush=True)
        names = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state not in MOVES[state]:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s meanwhile. Reload the page.",
                        name=record.name,
                        state=names[record.state],
                    )
                )
        self._gated().write({"state": state, **values})

    def _gated(self):
        return self.with_context(tour_regularisation_gate=GATE)

    def action_back(self):
        """Give up the preview, to change what it was made from."""
        self._check_right()
        self._refuse_if_applied()
        self._set_state("draft")
        # In sudo: the preview is the suite's own.
        self.sudo().line_ids.unlink()
        return True

    def action_stop(self):
        """Stop after the bookings that are being changed; it can go on later."""
        self._check_right()
        running = self.filtered(lambda record: record.state == "running")
        running._gated().write({"stop_requested": True})
        return True

    def _check_right(self):
        """Refuse who may not, also by RPC and when the right was lost meanwhile."""
        self.check_access("write")
        if self.env.su:
            return
        user = self.env.user
        if not (user.has_group(RIGHT) and user.has_group(MANAGER)):
            raise AccessError(
                self.env._(
                    "Only managers who have the right to may regularise in bulk. Ask "
                    "an administrator."
                )
            )

    # === What it does === #

    def _get_operation(self):
        self.ensure_one()
        return Operation(
            supplier=Price(
                self.supplier_how,
                Decimal(repr(self.supplier_value)),
                self.supplier_basis,
            ),
            client=Price(
                self.client_how, Decimal(repr(self.client_value)), self.client_basis
            ),
            dates=Dates(
                self.dates_how,
                self.shift_days,
                self.new_date_from or None,
                self.new_date_to or None,
            ),
        )

    def _check_operation(self):
        """Refuse what would do nothing, or cannot be meant."""
        self.ensure_one()
        texts = []
        if not self._get_operation().is_changing:
            texts.append(self.env._("Say what is to change: a price, or the dates."))
        for how, value, label in (
            (self.supplier_how, self.supplier_value, "supplier_how"),
            (self.client_how, self.client_value, "client_how"),
        ):
            if how in ("percent", "add") and not value:
                texts.append(
                    self.env._(
                        "%(field)s: enter by how much.",
                        field=self._fields[label]._description_string(self.env),
                    )
                )
        if self.dates_how == "shift" and not self.shift_days:
            texts.append(self.env._("Enter by how many days the dates are shifted."))
        if self.dates_how == "set" and not (self.new_date_from or self.new_date_to):
            texts.append(self.env._("Enter the new dates."))
        if texts:
            raise UserError("\n".join(texts))
