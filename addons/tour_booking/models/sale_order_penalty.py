"""How bookings and their penalties count in turnover and in hotel statistics."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    counts_in_turnover = fields.Boolean(compute="_compute_penalty_columns", store=True)
    counts_in_hotel_statistics = fields.Boolean(
        compute="_compute_penalty_columns", store=True
    )
    statistic_nights = fields.Integer(compute="_compute_penalty_columns", store=True)
    may_cancel_with_penalty = fields.Boolean(
        related="partner_id.commercial_partner_id.allow_cancel_penalty"
    )

    @api.depends(
        "state",
        "booking_state",
        "penalty_from",
        "penalty_when",
        "nights_stayed",
        "order_line.nights",
        "order_line.rooms",
        "order_line.service_kind",
    )
    def _compute_penalty_columns(self):
        """A penalty from the hotel counts in turnover, not in nights; one of ours in
        turnover, not in hotel statistics; a shortened stay with the nights stayed.

        Archiving changes none of it: a penalty stays on the booking, and is taken off
        when the booking is moved anywhere else.
        """
        for order in self:
            penalty = order._is_penalty_due()
            sold = bool(order.booking_state) and order.state == "sale"
            order.has_penalty = penalty
            order.counts_in_turnover = sold
            order.counts_in_hotel_statistics = sold and not (
                penalty and order.penalty_from == "us"
            )
            if not sold:
                order.statistic_nights = 0
            elif penalty:
                shortened = order.penalty_when == "during"
                order.statistic_nights = order.nights_stayed if shortened else 0
            else:
                order.statistic_nights = sum(
                    line.nights * line.rooms
                    for line in order.order_line
                    if line.service_kind == "accommodation"
                )

    def _is_penalty_due(self):
        """Whether the booking ended with a penalty (archived since, maybe)."""
        self.ensure_one()
        return bool(self.penalty_from) and self.booking_state in (
            "cancelled_penalty",
            "archive",
        )
