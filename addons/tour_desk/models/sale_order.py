"""What bookings say of themselves for the list 'Today', stored and indexed."""

from odoo import api, fields, models
from odoo.tools import sql

from odoo.addons.tour_booking.models.sale_order import STAFF

from .. import today_sources as sources
from ..today import SPREAD, index

FREE = sources.FREE_CANCELLATION
# Counted and filtered by, in each index.
SHOWN = ("company_id", "user_id")
# Bookings that were there before the add-on, by SQL: record by record would take hours.
_FILL = """
    UPDATE sale_order AS o
       SET booking_state_since = coalesce(
               (SELECT max(e.date)::date FROM tour_booking_event AS e
                 WHERE e.order_id = o.id), o.date_order::date),
           client_waiting_since = CASE WHEN o.client_unread_count > 0
               THEN o.write_date::date END,
           lacks_guests = EXISTS (
               SELECT FROM sale_order_line AS l
                WHERE l.order_id = o.id AND l.service_kind = 'accommodation'
                  AND NOT EXISTS (SELECT FROM tour_guest AS g WHERE g.line_id = l.id))
     WHERE o.is_tour_booking
"""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    option_until = fields.Date(
        copy=False,
        groups=STAFF,
        help="So long the supplier holds the rooms for us without obligation.",
    )
    booking_state_since = fields.Date(
        string="In this status since",
        compute="_compute_booking_state_since",
        store=True,
        groups=STAFF,
    )
    client_waiting_since = fields.Date(
        string="Client waits since",
        compute="_compute_client_waiting_since",
        store=True,
        groups=STAFF,
    )
    lacks_guests = fields.Boolean(
        string="Without guests",
        compute="_compute_lacks_guests",
        store=True,
        groups=STAFF,
        help="A stay has no guests yet.",
    )

    _today_new_idx = models.Index(index(sources.NEW, *SHOWN))
    _today_agreed_idx = models.Index(index(sources.AGREED, *SHOWN))
    _today_not_booked_idx = models.Index(
        index(sources.NOT_BOOKED, *SHOWN, "service_date_from")
    )
    _today_option_idx = models.Index(index(sources.OPTION, *SHOWN))
    _today_no_supplier_idx = models.Index(
        index(sources.NO_SUPPLIER, *SHOWN, "service_date_from")
    )
    _today_no_guests_idx = models.Index(
        index(sources.NO_GUESTS, *SHOWN, "service_date_from")
    )
    _today_no_bill_idx = models.Index(index(sources.NO_BILL, *SHOWN, "service_date_to"))
    _today_unread_idx = models.Index(index(sources.UNREAD, *SHOWN))
    _today_to_close_idx = models.Index(
        index(sources.TO_CLOSE, *SHOWN, "service_date_to")
    )
    _today_to_invoice_idx = models.Index(index(sources.TO_INVOICE, *SHOWN))

    def _auto_init(self):
        """Fill the new columns of bookings that are there by SQL."""
        cr = self.env.cr
        is_new = not sql.column_exists(cr, self._table, "lacks_guests")
        if is_new:
            sql.create_column(cr, self._table, "booking_state_since", "date")
            sql.create_column(cr, self._table, "client_waiting_since", "date")
            sql.create_column(cr, self._table, "lacks_guests", "bool")
        result = super()._auto_init()
        if is_new:
            cr.execute(_FILL)
        return result

    @api.depends("booking_state")
    def _compute_booking_state_since(self):
        today = fields.Date.context_today(self)
        for order in self:
            order.booking_state_since = today if order.booking_state else False

    @api.depends("client_unread_count")
    def _compute_client_waiting_since(self):
        today = fields.Date.context_today(self)
        for order in self:
            order.client_waiting_since = order.client_unread_count and (
                order.client_waiting_since or today
            )

    @api.depends("order_line.service_kind", "order_line.guest_ids")
    def _compute_lacks_guests(self):
        for order in self:
            order.lacks_guests = any(
                line.service_kind == "accommodation" and not line.guest_ids
                for line in order.order_line
            )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # Only with the add-on that keeps cancellation rules.
    _today_free_idx = models.Index(
        lambda registry: (
            f"({sources.FREE_KEY}, (id * {SPREAD} + {FREE.number}))"
            " WHERE free_until IS NOT NULL"
            if "free_until" in registry["sale.order.line"]._fields
            else ""
        )
    )
