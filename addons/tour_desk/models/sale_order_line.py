from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import sql

from odoo.addons.tour_booking.models.sale_order import STAFF

from .. import fill
from .. import today_sources as sources
from ..today import SPREAD, day_of

FREE = sources.FREE_CANCELLATION


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    free_until_day = fields.Date(
        string="Last day of free cancellation",
        compute="_compute_free_until_day",
        store=True,
        groups=STAFF,
        help="By the hotel's clock.",
    )

    # The whole condition of the source asks what time it is, which an index cannot.
    _today_free_idx = models.Index(
        f"(free_until_day, (id * {SPREAD} + {FREE.number}))"
        " WHERE free_until_day IS NOT NULL"
    )

    def _auto_init(self):
        """Fill the new column of services that can still be cancelled free."""
        cr = self.env.cr
        if not sql.column_exists(cr, self._table, "free_until_day"):
            sql.create_column(cr, self._table, "free_until_day", "date")
            cr.execute(fill.FILL_FREE)
        return super()._auto_init()

    @api.depends("free_until", "city_id.tz", "company_id.partner_id.tz")
    def _compute_free_until_day(self):
        for line in self:
            line.free_until_day = self._get_free_until_day(
                line.free_until, line.city_id, line.company_id
            )

    @api.model
    def _get_free_until_day(self, free_until, city, company):
        """The day of the last moment that is free, where the hotel is."""
        if not free_until:
            return False
        zone = self._get_zone(city, company)
        return day_of(free_until - timedelta(seconds=1), zone)

    def _add_service_values(self, vals_list):
        """Give new services the day of their deadline at once."""
        services = super()._add_service_values(vals_list)
        for vals, service in zip(vals_list, services, strict=True):
            # In sudo: whoever orders a service, its city's clock is as it is.
            city = service.hotel.sudo().city_id
            vals["free_until_day"] = self._get_free_until_day(
                vals.get("free_until"), city, service.company
            )
        return services
