"""What only the form of a service needs."""

from odoo import api, fields, models

from .sale_order import SEES_BOOKINGS, STAFF


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    price_calculation = fields.Json(
        string="Calculation", compute="_compute_price_calculation", groups=STAFF
    )
    guest_count = fields.Integer(
        string="Number of guests",
        compute="_compute_guest_count",
        groups=SEES_BOOKINGS,
    )

    @api.depends("price_steps", "currency_id")
    @api.depends_context("lang")
    def _compute_price_calculation(self):
        render = self.env["tour.price.mixin"]._render_price_steps
        for line in self:
            steps = line.price_steps or []
            line.price_calculation = render(steps, line.currency_id)

    @api.depends("guest_ids")
    def _compute_guest_count(self):
        for line in self:
            line.guest_count = len(line.guest_ids)

    @api.model
    def default_get(self, fields):
        """Start with the first type of the kind that was asked for."""
        defaults = super().default_get(fields)
        kind = self.env.context.get("tour_service_kind")
        if kind and "service_type_id" in fields:
            service_type = self.env["tour.service.type"].search(
                [("kind", "=", kind)], limit=1
            )
            defaults["service_type_id"] = service_type.id
        return defaults

    @api.onchange("overwritten_fields")
    def _onchange_overwritten_fields(self):
        """A typed value was given up: take what is computed."""
        typed = self.overwritten_fields or ()
        if self.service_type_id and "name" not in typed:
            self.name = self._get_service_description()
        if self.service_type_id and "tax_ids" not in typed:
            self.tax_ids = self._get_service_taxes()
        self._update_prices_in_form()
