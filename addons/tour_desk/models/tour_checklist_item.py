from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_booking.models.tour_service_type import SERVICE_KINDS
from odoo.addons.tour_partner.defaults import without_defaults

from .. import today_sources as sources
from ..checklist_states import MOVER, MOVES, STATES
from ..today import index
from .tour_checklist_template import ANCHORS, ROLES

# What only the mover writes.
GUARDED = {"state", "done_by_id", "done_on", "is_ended"}


class TourChecklistItem(models.Model):
    """A task of a booking: what, who, until when, after what."""

    _name = "tour.checklist.item"
    _description = "Task of a Booking"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    template_id = fields.Many2one(
        comodel_name="tour.checklist.template",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    name = fields.Char(string="Task", required=True)
    note = fields.Text(related="template_id.note")
    sequence = fields.Integer(default=100)
    state = fields.Selection(
        selection=STATES, default="open", required=True, readonly=True, copy=False
    )
    role = fields.Selection(
        selection=ROLES, string="Who", required=True, default="manager"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        compute="_compute_user_id",
        store=True,
        readonly=False,
    )
    # Until when.
    anchor = fields.Selection(
        selection=[*ANCHORS, ("date", "Day that was typed")], default="date"
    )
    days = fields.Integer()
    service_kind = fields.Selection(selection=SERVICE_KINDS)
    service_type_id = fields.Many2one(comodel_name="tour.service.type")
    confirmed_on = fields.Date()
    deadline = fields.Date(compute="_compute_deadline", store=True, readonly=False)
    # After what.
    after_id = fields.Many2one(
        comodel_name="tour.checklist.item",
        string="After",
        ondelete="set null",
        domain="[('order_id', '=', order_id), ('id', '!=', id)]",
        index="btree_not_null",
    )
    is_waiting = fields.Boolean(compute="_compute_is_waiting", store=True)
    is_ended = fields.Boolean(
        readonly=True, copy=False, help="Dropped because the booking was cancelled."
    )
    done_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False)
    done_on = fields.Date(readonly=True, copy=False)

    _today_idx = models.Index(index(sources.TASK, "company_id", "user_id"))
    _template_uniq = models.UniqueIndex(
        "(order_id, template_id) WHERE template_id IS NOT NULL",
        "This task is on the checklist of the booking already.",
    )

    # === Computes === #

    @api.depends("role", "order_id.user_id")
    def _compute_user_id(self):
        for item in self:
            if item.role == "manager":
                item.user_id = item.order_id.user_id
            else:
                item.user_id = item.user_id if item.role == "user" else False

    @api.depends(
        "after_id.done_on",
        "anchor",
        "confirmed_on",
        "days",
        "order_id.order_line.date_from",
        "order_id.order_line.date_to",
        "service_kind",
        "service_type_id",
    )
    def _compute_deadline(self):
        """The day moves with what it is counted from; a typed one stays."""
        for item in self:
            if item.anchor == "date":
                item.deadline = item.deadline
                continue
            start = item._get_anchor_day()
            item.deadline = start and start + timedelta(days=item.days)

    def _get_anchor_day(self):
        self.ensure_one()
        if self.anchor == "confirmation":
            return self.confirmed_on
        if self.anchor == "previous":
            return self.after_id.done_on
        lines = self.order_id._get_services().filtered(self._is_for_service)
        if self.anchor == "arrival":
            return min(filter(None, lines.mapped("date_from")), default=False)
        ends = [line.date_to or line.date_from for line in lines]
        return max(filter(None, ends), default=False)

    def _is_for_service(self, line):
        return (not self.service_kind or line.service_kind == self.service_kind) and (
            not self.service_type_id or line.service_type_id == self.service_type_id
        )

    @api.depends("after_id.state")
    def _compute_is_waiting(self):
        for item in self:
            item.is_waiting = item.after_id.state == "open"

    # === Guard === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_mover():
            self = without_defaults(self, GUARDED.__contains__)
            if any(vals.get("state", "open") != "open" for vals in vals_list):
                raise self._get_state_error()
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_mover():
            if vals.keys() & GUARDED:
                raise self._get_state_error()
            if vals.keys() & {"order_id", "template_id"}:
                raise UserError(
                    self.env._("A task stays with its booking. Make a new one.")
                )
        return super().write(vals)

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_desk_mover") is MOVER

    def _get_state_error(self):
        return AccessError(
            self.env._(
                "Whether a task is done is not written but ticked. Use 'Done' "
                "(action_done)."
            )
        )

    @api.constrains("after_id", "order_id")
    def _check_after_id(self):
        if self._has_cycle("after_id"):
            raise UserError(
                self.env._("A task cannot wait for itself. Choose another one.")
            )
        wrong = self.filtered(
            lambda item: item.after_id and item.after_id.order_id != item.order_id
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%(tasks)s: a task waits for another of the same booking.",
                    tasks=", ".join(wrong.mapped("name")),
                )
            )

    # === Screens === #

    def action_open_booking(self):
        """Open the booking, for who may not edit the task in its list."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id.action_open_booking()

    # === Moves === #

    def action_done(self):
        """Tick the tasks."""
        waiting = self.filtered(lambda item: item.is_waiting and item.state == "open")
        # Those that are ticked together do not wait for each other.
        waiting = waiting.filtered(lambda item: item.after_id not in self)
        if waiting:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(task)s waits for '%(before)s'. Do that first.",
                        task=item.name,
                        before=item.after_id.name,
                    )
                    for item in waiting
                )
            )
        self.filtered(lambda item: item.state == "open")._move_to("done")
        return True

    def action_reopen(self):
        """Take the tick back."""
        self.filtered(lambda item: item.state == "done")._move_to("open")
        return True

    def action_drop(self):
        """Say that the tasks need not be done."""
        self.filtered(lambda item: item.state == "open")._move_to("dropped")
        return True

    def _move_to(self, state, is_ended=False):
        """Move the tasks; the one place that writes their state.

        :param bool is_ended: whether they are dropped together with their booking
        """
        if not self:
            return self
        self.check_access("write")
        wrong = self.filtered(lambda item: (item.state, state) not in MOVES)
        if wrong:
            raise UserError(
                self.env._(
                    "%(tasks)s: this cannot be done to it any more. Reload the page.",
                    tasks=", ".join(wrong.mapped("name")),
                )
            )
        self.lock_for_update()
        is_done = state == "done"
        self.with_context(tour_desk_mover=MOVER).write(
            {
                "state": state,
                "is_ended": is_ended,
                "done_by_id": self.env.uid if is_done else False,
                "done_on": fields.Date.context_today(self) if is_done else False,
            }
        )
        return self
