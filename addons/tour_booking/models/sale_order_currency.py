"""A booking that gets another currency, as by another client or price list."""

from odoo import models

from .sale_order_line_price import PRICE_FIELDS

# What the currency of a booking follows from.
DECISIVE = {"company_id", "currency_id", "partner_id", "pricelist_id"}
AMOUNTS = sorted(name for name in PRICE_FIELDS.values() if "percent" not in name)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        if not DECISIVE & vals.keys():
            return super().write(vals)
        bookings = self.filtered("is_tour_booking")
        before = {order: order.currency_id for order in bookings}
        result = super().write(vals)
        for order, currency in before.items():
            if order.currency_id != currency:
                order._follow_currency(currency)
        return result

    def _follow_currency(self, before):
        """Work out the services' prices anew, with what was typed converted."""
        self.ensure_one()
        services = self._get_services()
        for line in services:
            typed = line.overwritten_fields or ()
            amounts = {
                name: before._convert(
                    line[name], self.currency_id, self.company_id, self.date_order
                )
                for name in AMOUNTS
                if name in typed
            }
            if amounts:
                line._write_prices(amounts)
        services._update_prices()
