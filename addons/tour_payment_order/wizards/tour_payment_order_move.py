from odoo import api, fields, models

from ..payment_order_states import ORDER_STATES


class TourPaymentOrderMove(models.TransientModel):
    """Attach by hand to any booking, or set aside with a reason."""

    _name = "tour.payment.order.move"
    _description = "Move of Payment Orders"

    payment_order_ids = fields.Many2many(
        comodel_name="tour.payment.order",
        relation="tour_payment_order_move_rel",
        required=True,
        readonly=True,
    )
    state = fields.Selection(selection=ORDER_STATES, required=True)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        domain=[("is_tour_booking", "=", True)],
    )
    line_ids = fields.Many2many(
        comodel_name="sale.order.line",
        relation="tour_payment_order_move_line_rel",
        string="Services",
        domain="[('order_id', '=', order_id), ('service_type_id', '!=', False)]",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        help="What is paid. Without any it is the whole booking.",
    )
    reason = fields.Char()

    @api.depends("order_id")
    def _compute_line_ids(self):
        """The services of the payee, where he is known."""
        for wizard in self:
            payee = wizard.payment_order_ids.payee_id
            services = wizard.order_id._get_services()
            his = services.filtered(lambda line, payee=payee: line.supplier_id in payee)
            wizard.line_ids = his or services

    def action_move(self):
        """Do what was asked."""
        self.ensure_one()
        orders = self.payment_order_ids
        if self.state == "attached":
            orders._attach(self.order_id, self.line_ids)
        else:
            orders._move_to(self.state, self.reason)
        return {"type": "ir.actions.act_window_close"}
