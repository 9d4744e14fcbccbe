from odoo import Command, api, fields, models


class TourBookingMove(models.TransientModel):
    """Asks what a move of bookings needs: the status, the reason, the penalty."""

    _name = "tour.booking.move"
    _description = "Change of Booking Status"

    order_ids = fields.Many2many(
        comodel_name="sale.order", string="Bookings", required=True
    )
    state = fields.Selection(
        selection="_selection_state", string="New status", required=True
    )
    allowed_states = fields.Json(compute="_compute_allowed_states")
    reason_required = fields.Boolean(compute="_compute_reason_required")
    reason = fields.Text(help="Kept in the history of the booking, for staff.")
    # Penalty.
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    penalty_from = fields.Selection(
        selection=[("hotel", "Hotel"), ("us", "Us")], string="Penalty from"
    )
    penalty_when = fields.Selection(
        selection=[("before", "Before arrival"), ("during", "During the stay")],
        string="Cancelled",
    )
    penalty_amount = fields.Monetary()
    nights_stayed = fields.Integer()

    def _selection_state(self):
        return self.env["tour.booking.status"]._get_selection()

    @api.depends("order_ids")
    def _compute_allowed_states(self):
        for wizard in self:
            moves = wizard.order_ids._origin.get_allowed_moves()
            wizard.allowed_states = [move["state"] for move in moves]

    @api.depends("order_ids", "state")
    def _compute_reason_required(self):
        for wizard in self:
            wizard.reason_required = any(
                move["reason_required"]
                for move in wizard.order_ids._origin.get_allowed_moves()
                if move["state"] == wizard.state
            )

    @api.depends("order_ids")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = wizard.order_ids[:1].currency_id

    def action_apply(self):
        """Move the bookings, all or none."""
        self.ensure_one()
        if self.state == "cancelled_penalty":
            self.order_ids.write(self._prepare_penalty_vals())
        self.order_ids.action_move_to(self.state, self.reason or None)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_penalty_vals(self):
        return {
            "penalty_from": self.penalty_from,
            "penalty_when": self.penalty_when,
            "penalty_amount": self.penalty_amount,
            "nights_stayed": (
                self.nights_stayed if self.penalty_when == "during" else 0
            ),
        }

    @api.model
    def default_get(self, fields):
        """Propose the penalty that is on the booking already."""
        defaults = super().default_get(fields)
        orders = self.env["sale.order"].browse(self._get_default_order_ids(defaults))
        if len(orders) == 1:
            for name in ("penalty_from", "penalty_when", "penalty_amount"):
                if name in fields and name not in defaults:
                    defaults[name] = orders[name]
        return defaults

    @api.model
    def _get_default_order_ids(self, defaults):
        ids = []
        for command in defaults.get("order_ids") or []:
            if isinstance(command, int):
                ids.append(command)
            elif command[0] == Command.SET:
                ids += command[2]
            elif command[0] == Command.LINK:
                ids.append(command[1])
        return ids
