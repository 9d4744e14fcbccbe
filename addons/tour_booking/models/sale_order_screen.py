"""What only the screens of bookings need: colours, moves, counts, where to land."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..booking_states import STATE_CODES
from .sale_order import SEES_HISTORY, STAFF
from .sale_order_guard import RIGHT_RESPONSIBLE


class SaleOrder(models.Model):
    _inherit = "sale.order"

    booking_state = fields.Selection(group_expand="_group_expand_booking_state")
    booking_color = fields.Integer(
        string="Status colour", compute="_compute_booking_color"
    )
    allowed_moves = fields.Json(compute="_compute_allowed_moves", groups=STAFF)
    may_change_responsible = fields.Boolean(compute="_compute_may_change_responsible")
    supplier_due_total = fields.Monetary(
        string="Due to suppliers", compute="_compute_service_totals", groups=STAFF
    )
    margin_total = fields.Monetary(
        string="Margin", compute="_compute_service_totals", groups=STAFF
    )
    bill_count = fields.Integer(
        string="Number of supplier bills", compute="_compute_bill_count", groups=STAFF
    )
    guest_count = fields.Integer(
        string="Number of guests",
        compute="_compute_guest_count",
        groups=SEES_HISTORY,
    )
    tour_file_ids = fields.One2many(
        comodel_name="ir.attachment",
        inverse_name="res_id",
        string="Files",
        domain=[("res_model", "=", "sale.order"), ("res_field", "=", False)],
        groups=STAFF,
    )

    @api.model
    def _group_expand_booking_state(self, states, domain):
        """Show groups in the order of a booking's life."""
        return [state for state in STATE_CODES if state in states]

    # === Computes === #

    @api.depends("booking_state")
    def _compute_booking_color(self):
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        for order in self:
            wording = wordings.get(order.booking_state)
            order.booking_color = wording.color if wording else 0

    @api.depends("booking_state", "partner_id")
    @api.depends_context("uid", "lang")
    def _compute_allowed_moves(self):
        for order in self:
            saved = order._origin
            order.allowed_moves = saved.get_allowed_moves() if saved else []

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_may_change_responsible(self):
        may = self.env.su or self.env.user.has_group(RIGHT_RESPONSIBLE)
        for order in self:
            # A booking that is being made gets whom its maker says.
            order.may_change_responsible = may or not order._origin

    @api.depends("order_line.supplier_due", "order_line.service_margin")
    def _compute_service_totals(self):
        for order in self:
            order.supplier_due_total = sum(order.order_line.mapped("supplier_due"))
            order.margin_total = sum(order.order_line.mapped("service_margin"))

    @api.depends("bill_ids")
    def _compute_bill_count(self):
        for order in self:
            order.bill_count = len(order.bill_ids)

    @api.depends("order_line.guest_ids")
    def _compute_guest_count(self):
        for order in self:
            order.guest_count = len(order.order_line.guest_ids)

    # === Where a booking opens === #

    def get_formview_id(self, access_uid=None):
        """Open bookings in their own form, wherever they are opened from."""
        if len(self) == 1 and self.is_tour_booking:
            view = self.env.ref(
                "tour_booking.sale_order_view_form_booking", raise_if_not_found=False
            )
            if view:
                return view.id
        return super().get_formview_id(access_uid=access_uid)

    # === Actions === #

    def action_open_booking(self):
        """Open the booking in its own form."""
        self.ensure_one()
        return self.get_formview_action()

    def action_open_move_wizard(self):
        """Ask for the new status of the chosen bookings, and why."""
        bookings = self.filtered("is_tour_booking")
        if not bookings.get_allowed_moves():
            raise UserError(
                self.env._(
                    "There is no status that all of these bookings may be moved to by "
                    "you. Choose bookings of one status."
                )
            )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_booking.tour_booking_move_action"
            ),
            "context": {"default_order_ids": bookings.ids},
        }

    def action_take(self):
        """Take a booking that nobody is responsible for."""
        taken = self.filtered("user_id")
        if taken:
            raise UserError(
                self.env._(
                    "Somebody is responsible already: %(orders)s.",
                    orders=", ".join(
                        # In sudo: the name of a colleague.
                        f"{order.name} ({order.sudo().user_id.name})"
                        for order in taken
                    ),
                )
            )
        self.write({"user_id": self.env.uid})
        return True

    def action_view_bills(self):
        """Open the supplier bills of the booking."""
        self.ensure_one()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Supplier bills"),
            "res_model": "account.move",
            "domain": [("id", "in", self.bill_ids.ids)],
            "context": {"default_move_type": "in_invoice", "create": False},
        }
        if len(self.bill_ids) == 1:
            return {**action, "view_mode": "form", "res_id": self.bill_ids.id}
        return {**action, "view_mode": "list,form"}

    # === What the client is offered === #

    def _get_shared_files(self):
        """Files that the client may see, as data for his page.

        :rtype: list[dict]
        """
        self.ensure_one()
        if not self.is_tour_booking:
            return []
        # In sudo: attachments are for staff; these were shared by one of them.
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", False),
                    ("tour_shared", "=", True),
                ]
            )
        )
        tokens = files.generate_access_token()
        return [
            {"id": file.id, "name": file.name, "token": token}
            for file, token in zip(files, tokens, strict=True)
        ]
