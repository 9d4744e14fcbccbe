"""What a client has to confirm: the booking as it was before staff changed it."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_booking.view_diff import compare

from ..confirmation import CONFIRMER, SILENCE, STATES, WAYS


class TourConfirmation(models.Model):
    """A question to the client whether he agrees to what staff changed.

    Written by its own methods only, in sudo: nobody has the right to.
    """

    _name = "tour.confirmation"
    _description = "Confirmation by the client"
    _order = "id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id", store=True, precompute=True, string="Client"
    )
    user_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Manager",
    )
    state = fields.Selection(
        selection=STATES, required=True, readonly=True, default="pending", index=True
    )
    booking_state_before = fields.Selection(
        selection="_selection_booking_state", string="Status before", readonly=True
    )
    # The question.
    before = fields.Json(readonly=True)
    last_rows = fields.Json(readonly=True)
    lang = fields.Char(readonly=True, help="Language of the texts that are compared.")
    revision = fields.Integer(
        default=1, readonly=True, help="Counts the changes since it was asked."
    )
    asked_by_id = fields.Many2one(
        comodel_name="res.users", string="Changed by", readonly=True
    )
    asked_on = fields.Datetime(string="Asked on", readonly=True)
    changes = fields.Json(compute="_compute_changes", string="What differs")
    change_count = fields.Integer(compute="_compute_changes")
    # What happens meanwhile.
    deadline = fields.Datetime(readonly=True, index="btree_not_null")
    silence = fields.Selection(
        selection=SILENCE, string="Silence means", required=True, readonly=True
    )
    remind_on = fields.Datetime(
        string="Next reminder", readonly=True, index="btree_not_null"
    )
    reminder_count = fields.Integer(string="Reminders", readonly=True)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    may_withdraw = fields.Boolean(compute="_compute_may_withdraw")
    # The answer.
    rows_at_end = fields.Json(readonly=True)
    answered_by_id = fields.Many2one(
        comodel_name="res.users", string="Answered by", readonly=True
    )
    answered_on = fields.Datetime(string="Answered on", readonly=True)
    answered_way = fields.Selection(
        selection=WAYS, string="Who answered", readonly=True
    )
    note = fields.Text(readonly=True, help="How the client agreed, or why not.")

    _one_pending = models.UniqueIndex(
        "(order_id) WHERE state = 'pending'",
        "The client is asked about this booking already.",
    )

    def _selection_booking_state(self):
        return self.env["tour.booking.status"]._get_selection()

    # === Computes === #

    @api.depends("before", "rows_at_end", "state", "revision")
    @api.depends_context("lang")
    def _compute_changes(self):
        """What differs now; of those that are answered, what differed then."""
        rows = self._get_rows()
        for confirmation in self:
            own = rows[confirmation]
            confirmation.changes = confirmation.order_id._render_diff(own)
            confirmation.change_count = len(own)

    def _get_rows(self):
        """Rows of what differs, for each.

        :rtype: dict[tour.confirmation, list]
        """
        # In sudo: what the client is asked may be seen by whoever sees the question.
        asked = self.sudo()
        pending = asked.filtered(lambda confirmation: confirmation.state == "pending")
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        views = {}
        for lang, confirmations in pending.grouped("lang").items():
            # A language may be dropped meanwhile.
            lang = lang if lang in installed else self.env.lang
            orders = confirmations.order_id.with_context(lang=lang)
            views.update(orders._get_confirmed_views())
        return {
            confirmation: compare(asked_one.before or {}, views[asked_one.order_id.id])
            if asked_one in pending
            else asked_one.rows_at_end or []
            for confirmation, asked_one in zip(self, asked, strict=True)
        }

    @api.depends("state", "deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for confirmation in self:
            deadline = confirmation.deadline
            confirmation.is_overdue = bool(
                confirmation.state == "pending" and deadline and deadline <= now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "pending"), ("deadline", "<=", fields.Datetime.now())]

    @api.depends("state", "changes")
    def _compute_may_withdraw(self):
        for confirmation in self:
            # In sudo: the settings of a company are not for everybody.
            company = confirmation.company_id.sudo()
            confirmation.may_withdraw = (
                confirmation.state == "pending"
                and company.tour_confirm_may_withdraw
                and not confirmation.change_count
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_confirmer()
        return super().create(vals_list)

    def write(self, vals):
        self._check_confirmer()
        return super().write(vals)

    def _check_confirmer(self):
        if self.env.context.get("tour_change_confirmer") is not CONFIRMER:
            raise AccessError(
                self.env._(
                    "A confirmation is not written: it comes when staff change a "
                    "client's booking, and is answered by its buttons."
                )
            )

    # === Asking === #

    @api.model
    def _ask(self, orders, before, rows):
        """Ask the client, or once more, about changes that staff made just now.

        :param orders: the bookings changed
        :param dict before: {booking's id: what the client saw before}
        :param dict rows: {booking's id: what differs since}
        """
        # In sudo: whoever may change the booking causes the question.
        own = self.sudo().with_context(tour_change_confirmer=CONFIRMER)
        pending = own.search(
            [("order_id", "in", orders.ids), ("state", "=", "pending")]
        )
        for confirmation in pending:
            confirmation.write(
                {
                    **confirmation.order_id._prepare_question_times(),
                    "last_rows": rows[confirmation.order_id.id],
                    "revision": confirmation.revision + 1,
                }
            )
        new = orders.filtered(lambda order: order not in pending.order_id)
        homes = new._get_states_before("changed")
        own.create(
            [
                {
                    **order.sudo()._prepare_question_times(),
                    "order_id": order.id,
                    "booking_state_before": homes.get(order.id, False)
                    if order.booking_state == "changed"
                    else order.booking_state,
                    "before": before[order.id],
                    "last_rows": rows[order.id],
                    "lang": order._get_client_lang(),
                    "asked_by_id": self.env.uid,
                    "asked_on": fields.Datetime.now(),
                }
                for order in new
            ]
        )
        return new

    # === What is due === #

    def _prepare_next_reminder(self):
        days = self.company_id.tour_confirm_remind_days
        return {
            "reminder_count": self.reminder_count + 1,
            "remind_on": days and fields.Datetime.now() + relativedelta(days=days),
        }

    @api.model
    def _get_due_domain(self):
        now = fields.Datetime.now()
        return [
            ("state", "=", "pending"),
            "|",
            ("remind_on", "<=", now),
            "&",
            ("deadline", "<=", now),
            ("silence", "!=", "nothing"),
        ]
