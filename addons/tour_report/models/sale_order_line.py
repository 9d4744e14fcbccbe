from odoo import models

SERVICE = "WHERE service_type_id IS NOT NULL"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Periods of `tour.report.service`: by departure, and by arrival.
    _report_day_idx = models.Index(f"((COALESCE(date_to, date_from))) {SERVICE}")
    _report_from_idx = models.Index(f"(date_from) {SERVICE}")
