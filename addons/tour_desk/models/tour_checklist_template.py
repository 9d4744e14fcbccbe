from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.tour_booking.models.tour_service_type import SERVICE_KINDS

ROLES = [
    ("manager", "Manager of the booking"),
    ("accountant", "Accountants"),
    ("user", "A certain user"),
]
ANCHORS = [
    ("confirmation", "Confirmation"),
    ("arrival", "Arrival"),
    ("departure", "Departure"),
    ("previous", "Task before it is done"),
]


class TourChecklistTemplate(models.Model):
    """A task that comes with each confirmed booking, or with those of some services.

    Odoo's activity plans know neither the kind of service, nor what a task waits for,
    nor a date that moves with the arrival; so tasks are records of their own.
    """

    _name = "tour.checklist.template"
    _description = "Task of Checklists"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: for all companies."
    )
    service_kind = fields.Selection(
        selection=SERVICE_KINDS,
        string="With services of kind",
        help="Empty: with every booking.",
    )
    service_type_id = fields.Many2one(
        comodel_name="tour.service.type",
        string="With services of type",
        ondelete="cascade",
        help="Only with bookings that have a service of this very type.",
    )
    role = fields.Selection(
        selection=ROLES, string="Who", required=True, default="manager"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="User",
        domain=[("share", "=", False)],
    )
    days = fields.Integer(help="Days after it; with a minus, days before it.")
    anchor = fields.Selection(
        selection=ANCHORS,
        string="Counted from",
        required=True,
        default="confirmation",
    )
    after_id = fields.Many2one(
        comodel_name="tour.checklist.template",
        string="After",
        ondelete="set null",
        domain="[('id', '!=', id)]",
        help="The task can be done only when this one is.",
    )
    note = fields.Text(translate=True, help="How it is done.")

    @api.constrains("after_id")
    def _check_after_id(self):
        if self._has_cycle("after_id"):
            raise ValidationError(
                self.env._("A task cannot wait for itself. Choose another one.")
            )

    @api.constrains("role", "user_id")
    def _check_user_id(self):
        for task in self:
            if task.role == "user" and not task.user_id:
                raise ValidationError(
                    self.env._("%(task)s: choose the user.", task=task.name)
                )

    @api.constrains("anchor", "after_id")
    def _check_anchor(self):
        for task in self:
            if task.anchor == "previous" and not task.after_id:
                raise ValidationError(
                    self.env._(
                        "%(task)s is counted from the task before it. Choose that in "
                        "'After'.",
                        task=task.name,
                    )
                )

    def _matches(self, order):
        """Whether a booking has what the task is for; override to add conditions.

        Note: `self.ensure_one()`
        """
        self.ensure_one()
        if self.company_id and self.company_id != order.company_id:
            return False
        return bool(self._get_services(order)) or not (
            self.service_kind or self.service_type_id
        )

    def _get_services(self, order):
        """Services of the booking that the task is for."""
        return order._get_services().filtered(
            lambda line: (
                (not self.service_kind or line.service_kind == self.service_kind)
                and (
                    not self.service_type_id
                    or line.service_type_id == self.service_type_id
                )
            )
        )

    def _prepare_item_vals(self, order):
        """Values of the task on a booking, without what it waits for."""
        self.ensure_one()
        lang = order.user_id.lang or self.env.lang
        vals = {
            "order_id": order.id,
            "template_id": self.id,
            "name": self.with_context(lang=lang).name,
            "sequence": self.sequence,
            "role": self.role,
            "anchor": self.anchor,
            "days": self.days,
            "service_kind": self.service_kind,
            "service_type_id": self.service_type_id.id,
            "confirmed_on": fields.Date.context_today(self),
        }
        # Others are whoever has the role.
        return {**vals, "user_id": self.user_id.id} if self.role == "user" else vals
