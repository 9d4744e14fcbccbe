"""Money that a supplier has got and is not due to him any more (BKG-14)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..correction_states import CLOSED, FOLLOWED, MOVER, OVERPAYMENT_STATES

# What people write themselves. The rest follows from the booking and from the moves.
OPEN_FIELDS = {"note", "paid_amount"}
# What is said when an overpayment is entered by hand.
ENTERED_FIELDS = OPEN_FIELDS | {"order_id", "line_id", "due_amount"}


class TourOverpayment(models.Model):
    """What a supplier owes of one service: it was paid and then became cheaper.

    Found by the suite when a booking changes, or entered by hand. A further change of
    the service changes what is owed; see `sale.order._follow_overpayments`.
    """

    _name = "tour.overpayment"
    _description = "Overpayment of a Supplier"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        domain=[("is_tour_booking", "=", True)],
        index=True,
    )
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        ondelete="set null",
        domain="[('order_id', '=', order_id), ('service_type_id', '!=', False)]",
        index="btree_not_null",
    )
    # Kept as it was, since a service may be dropped, or go to another supplier.
    service_name = fields.Char(string="What was paid", readonly=True)
    supplier_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    hotel_id = fields.Many2one(
        comodel_name="tour.hotel",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    paid_from = fields.Date(string="Paid from", readonly=True)
    paid_to = fields.Date(string="Paid to", readonly=True)
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id", store=True, precompute=True, string="Manager"
    )
    paid_amount = fields.Monetary(
        string="Paid",
        tracking=True,
        help="What the supplier got for this service.",
    )
    due_amount = fields.Monetary(
        string="Due now", help="What is due to the supplier as the booking is now."
    )
    amount = fields.Monetary(
        string="Owed",
        compute="_compute_amount",
        store=True,
        precompute=True,
        tracking=True,
        help="What the supplier still has to give back; of what is closed, what was "
        "closed at the end.",
    )
    date = fields.Date(string="Since", readonly=True, default=fields.Date.context_today)
    age_days = fields.Integer(string="Age (days)", compute="_compute_age_days")
    state = fields.Selection(
        selection=OVERPAYMENT_STATES,
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )
    note = fields.Text()
    # The letter, and how often we asked.
    letter_id = fields.Many2one(
        comodel_name="tour.document",
        string="Refund letter",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    letter_sent_on = fields.Datetime(
        related="letter_id.sent_on", string="Letter sent on", compute_sudo=True
    )
    last_reminder_on = fields.Date(string="Last reminder on", readonly=True)
    reminder_count = fields.Integer(string="Reminders", readonly=True)
    # How it ended.
    closed_on = fields.Date(string="Closed on", readonly=True)
    closed_by_id = fields.Many2one(
        comodel_name="res.users", string="Closed by", readonly=True
    )
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        string="Payment of the supplier",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    payment_date = fields.Date(string="Returned on", readonly=True)
    payment_reference = fields.Char(string="Payment reference", readonly=True)
    setoff_bill_id = fields.Many2one(
        comodel_name="account.move",
        string="Set off against",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    close_reason = fields.Text(string="Reason", readonly=True)

    _amounts_positive = models.Constraint(
        "CHECK(paid_amount >= 0 AND due_amount >= 0)",
        "What was paid and what is due cannot be negative.",
    )
    # Of one service and supplier, one is followed; the rest is history.
    _one_followed = models.UniqueIndex(
        "(line_id, supplier_id) WHERE state IN ('open', 'letter_sent', 'nothing')",
        "There is an overpayment of this service already. Change that one.",
    )
    # Reminders look for what is owed, by age.
    _owed_idx = models.Index(
        "(company_id, date) WHERE state IN ('open', 'letter_sent')"
    )

    # Computes

    @api.depends("order_id.name", "supplier_id.name")
    def _compute_display_name(self):
        for overpayment in self:
            # In sudo: the names of what one may see the overpayment of.
            record = overpayment.sudo()
            parts = (record.order_id.name, record.supplier_id.name)
            overpayment.display_name = ": ".join(filter(None, parts))

    @api.depends("paid_amount", "due_amount", "returned_amount")
    def _compute_amount(self):
        for overpayment in self:
            kept = overpayment.paid_amount - overpayment.returned_amount
            overpayment.amount = max(kept - overpayment.due_amount, 0.0)

    @api.depends("date", "state", "closed_on")
    def _compute_age_days(self):
        """How long we have waited; of what is closed, how long it took."""
        today = fields.Date.context_today(self)
        for overpayment in self:
            end = overpayment.closed_on or today
            start = overpayment.date or end
            overpayment.age_days = max((end - start).days, 0)

    # Entering by hand

    @api.onchange("line_id")
    def _onchange_line_id(self):
        """What is paid and due starts as what the service costs now."""
        line = self.line_id
        self.supplier_id = line.supplier_id
        self.due_amount = line.supplier_due
        self.paid_amount = self.paid_amount or line.supplier_due

    @api.constrains("line_id", "order_id")
    def _check_line_id(self):
        for overpayment in self:
            line = overpayment.line_id
            if line and line.order_id != overpayment.order_id:
                raise ValidationError(
                    self.env._(
                        "%(service)s is no service of %(order)s. Choose one of those.",
                        service=line.display_name,
                        order=overpayment.order_id.name,
                    )
                )

    # Computed fields trigger no constraint: these are what the amount follows from.
    @api.constrains("paid_amount", "due_amount", "state")
    def _check_amount(self):
        for overpayment in self:
            if overpayment.state in ("open", "letter_sent") and not overpayment.amount:
                raise ValidationError(
                    self.env._(
                        "%(overpayment)s: nothing is owed, as not more was paid than "
                        "is due. Correct what was paid, or what is due.",
                        overpayment=overpayment.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_mover():
            self.check_access("create")
            vals_list = [self._prepare_entered(vals) for vals in vals_list]
        quiet = self.with_context(mail_create_nosubscribe=True)
        overpayments = super(TourOverpayment, quiet).create(vals_list)
        overpayments = overpayments.with_env(self.env)
        overpayments.order_id._update_overpaid()
        overpayments._make_letters()
        return overpayments

    def write(self, vals):
        if self._is_mover():
            return super().write(vals)
        self.check_access("write")
        self._check_written(vals)
        result = super().write(vals)
        if "paid_amount" in vals:
            # Another amount is owed: it is open again, and wants another letter.
            for overpayment in self:
                overpayment._follow_due(overpayment.due_amount)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_owed(self):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "What a supplier owed is kept. Write it off with a reason instead."
                )
            )

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_correction_mover") is MOVER

    def _as_mover(self):
        """These, able to write what only the suite writes.

        In sudo, since nobody has the right to; whoever calls this has checked what
        the user may.
        """
        return self.sudo().with_context(tour_correction_mover=MOVER)

    @api.model
    def _prepare_entered(self, vals):
        """Complete what is entered by hand by what follows from the service."""
        context = self.env.context
        wrong = {
            name
            for name in self._get_own_fields() - ENTERED_FIELDS
            if name in vals or f"default_{name}" in context
        }
        if wrong:
            self._refuse_written(wrong)
        line = self.env["sale.order.line"].browse(vals.get("line_id")).exists()
        if not line.service_type_id:
            raise UserError(
                self.env._("Choose the service that was paid and became cheaper.")
            )
        line.order_id.check_access("write")
        if not line.supplier_id:
            raise UserError(
                self.env._(
                    "%(order)s: “%(service)s” has no supplier who could owe anything. "
                    "Enter the supplier first.",
                    order=line.order_id.name,
                    service=line._prepare_service().short_name,
                )
            )
        return {
            "due_amount": line.supplier_due,
            "paid_amount": 0.0,
            **line._prepare_overpayment_vals(),
            **vals,
        }

    def _check_written(self, vals):
        """Refuse to write by hand what follows from the booking or from a move."""
        if wrong := vals.keys() & self._get_own_fields() - OPEN_FIELDS:
            self._refuse_written(wrong)
        if "paid_amount" not in vals:
            return
        closed = self.filtered(lambda overpayment: overpayment.state in CLOSED)
        if closed:
            raise UserError(
                self.env._(
                    "%(overpayments)s: closed already. Reopen it to correct what was "
                    "paid.",
                    overpayments=", ".join(closed.mapped("display_name")),
                )
            )
        if not self._may_settle():
            raise AccessError(
                self.env._(
                    "What was paid is corrected by an accountant or a head. Ask one."
                )
            )

    @api.model
    def _get_own_fields(self):
        return {
            name
            for name, field in self._fields.items()
            if field._module == "tour_correction"
        }

    def _refuse_written(self, names):
        labels = sorted(self._fields[name].string for name in names)
        raise AccessError(
            self.env._(
                "%(fields)s: this follows from the booking, or from 'Close' and the "
                "other buttons of the overpayment. It cannot be written.",
                fields=", ".join(labels),
            )
        )

    # Following the booking

    def _follow_due(self, due):
        """Something else is due for the service now: more is owed, less, or nothing."""
        self.ensure_one()
        if self.state not in FOLLOWED:
            return
        kept = self.paid_amount - self.returned_amount
        owes = self.currency_id.compare_amounts(kept, due) > 0
        target = "open" if owes else "nothing"
        overpayment = self._as_mover()
        # The amount first on the way up, last on the way down: nothing is ever open
        # with nothing owed.
        if target == "nothing" != self.state:
            overpayment._move_to("nothing")
        overpayment.write({"due_amount": due})
        if target == "open" != self.state:
            overpayment._move_to("open")

    # Screens

    def action_open_booking(self):
        """Open the booking."""
        self.ensure_one()
        return self.order_id.get_formview_action()
