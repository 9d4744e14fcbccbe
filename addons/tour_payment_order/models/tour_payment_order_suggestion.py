from odoo import api, fields, models

from ..texts import get_reasons, say


class TourPaymentOrderSuggestion(models.Model):
    """A booking that a payment order may be of, and what speaks for and against it."""

    _name = "tour.payment.order.suggestion"
    _description = "Suggested Booking of a Payment Order"
    _order = "points desc, id"
    _rec_name = "order_id"

    payment_order_id = fields.Many2one(
        comodel_name="tour.payment.order",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    line_ids = fields.Many2many(
        comodel_name="sale.order.line",
        relation="tour_payment_order_suggestion_line_rel",
        column1="suggestion_id",
        column2="line_id",
        string="Services",
        readonly=True,
    )
    bill_id = fields.Many2one(
        comodel_name="account.move",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    booking_state = fields.Selection(related="order_id.booking_state")
    points = fields.Integer(readonly=True)
    reasons = fields.Json(string="What agrees", readonly=True)
    objections = fields.Json(string="What does not agree", readonly=True)
    reason_text = fields.Char(string="Agrees", compute="_compute_texts")
    objection_text = fields.Char(string="Does not agree", compute="_compute_texts")
    state = fields.Selection(related="payment_order_id.state")

    @api.depends("reasons", "objections")
    @api.depends_context("lang")
    def _compute_texts(self):
        texts = get_reasons(self.env)
        for suggestion in self:
            suggestion.reason_text = say(texts, suggestion.reasons, ", ")
            suggestion.objection_text = say(texts, suggestion.objections, " ")

    def action_attach(self):
        """Attach the payment order to this booking."""
        self.ensure_one()
        self.check_access("read")
        # In sudo: the bill is for accountants; it goes along with the booking.
        self.payment_order_id._attach(
            self.order_id, self.line_ids, self.sudo().bill_id.sudo(False)
        )
        return True
