"""What a manager should look at before he goes on (BKG-8). Nothing here refuses."""

from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date

from .sale_order import STAFF


class SaleOrder(models.Model):
    _inherit = "sale.order"

    booking_hints = fields.Json(compute="_compute_booking_hints", groups=STAFF)

    @api.depends(
        "booking_state",
        "amount_untaxed",
        "order_line.service_kind",
        "order_line.date_from",
        "order_line.hotel_id",
        "order_line.supplier_id",
        "order_line.settlement",
        "order_line.commission_percent",
        "order_line.commission_amount",
        "order_line.service_margin",
    )
    @api.depends_context("lang")
    def _compute_booking_hints(self):
        """A list of {code, severity, text, line_id}, worst first.

        Codes: no_supplier, no_commission, commission_differs, loss, closed_period.
        """
        for order in self:
            hints = []
            for line in order._get_services():
                hints += line._get_hints()
            hints.sort(key=lambda hint: hint["severity"] != "danger")
            order.booking_hints = hints


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    service_hints = fields.Json(compute="_compute_service_hints", groups=STAFF)

    @api.depends(
        "service_kind",
        "date_from",
        "hotel_id",
        "supplier_id",
        "settlement",
        "commission_percent",
        "commission_amount",
        "service_margin",
        "rate_id",
    )
    @api.depends_context("lang")
    def _compute_service_hints(self):
        for line in self:
            line.service_hints = line._get_hints() if line.service_type_id else []

    def _get_hints(self):
        """Hints on this service, as plain data."""
        self.ensure_one()
        name = self._prepare_service().short_name
        return [
            {
                "code": code,
                "severity": severity,
                "text": f"{name}: {text}" if name else text,
                "line_id": self._origin.id,
            }
            for code, severity, text in self._find_hints()
        ]

    def _find_hints(self):
        """Hints as [(code, severity, text)]; override to add some."""
        hints = []
        if not self.supplier_id:
            hints.append(("no_supplier", "warning", self.env._("No supplier.")))
        hints += self._get_commission_hints()
        if self.currency_id.compare_amounts(self.service_margin, 0) < 0:
            hints.append(("loss", "danger", self._get_loss_text()))
        if self._is_in_closed_period():
            hints.append(
                (
                    "closed_period",
                    "danger",
                    self.env._(
                        "%(date)s is in a closed period.",
                        date=format_date(self.env, self.date_from),
                    ),
                )
            )
        return hints

    def _get_commission_hints(self):
        usual = self.hotel_id.commission_percent
        # A net rate has no commission by its nature.
        if not usual or self.rate_id.kind == "net":
            return []
        if self.settlement == "full" and not self.commission_amount:
            text = self.env._(
                "The hotel gives %(usual)g %% commission and is paid in full, but no "
                "commission is entered.",
                usual=usual,
            )
            return [("no_commission", "danger", text)]
        if abs(self.commission_percent - usual) > 0.00005:
            text = self.env._(
                "The commission is %(percent)g %%; the hotel's usual one is "
                "%(usual)g %%.",
                percent=self.commission_percent,
                usual=usual,
            )
            return [("commission_differs", "warning", text)]
        return []

    def _get_loss_text(self):
        return self.env._(
            "Less money comes in than goes out: %(amount)s.",
            amount=format_amount(self.env, self.service_margin, self.currency_id),
        )

    def _is_in_closed_period(self):
        # In sudo: when the books are closed is not secret to who makes bookings.
        company = self.order_id.company_id.sudo()
        dates = (
            company.tour_closed_until,
            company.fiscalyear_lock_date,
            company.hard_lock_date,
        )
        closed = max(filter(None, dates), default=None)
        return bool(closed and self.date_from and self.date_from <= closed)
