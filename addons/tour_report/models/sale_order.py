"""Indexes that the charts of the metrics are drawn from, without reading bookings.

Each has whatever is asked for: the period, who may see the booking, the filters, and
what is added up. Their conditions are word for word those of the queries.
"""

from odoo import models

WHERE = "WHERE is_tour_booking IS TRUE"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _report_made_idx = models.Index(
        f"(date_order) INCLUDE (company_id, user_id, partner_id) {WHERE}"
    )
    _report_sold_idx = models.Index(
        "(service_date_to) INCLUDE (company_id, user_id, partner_id, booking_state,"
        f" has_penalty, planned_income, planned_profit) {WHERE}"
        " AND counts_in_turnover IS TRUE"
    )
