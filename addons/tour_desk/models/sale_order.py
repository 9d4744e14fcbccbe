"""What bookings say of themselves for the list 'Today', stored and indexed."""

from odoo import api, fields, models
from odoo.tools import sql

from odoo.addons.tour_booking.models.sale_order import STAFF

from .. import fill
from .. import today_sources as sources
from ..today import index

# Counted and filtered by, in each index.
SHOWN = ("company_id", "user_id")


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
        """Fill the columns of bookings that are there, before their indexes come."""
        cr = self.env.cr
        if not sql.column_exists(cr, self._table, "lacks_guests"):
            for name, column_type in fill.COLUMNS.items():
                sql.create_column(cr, self._table, name, column_type)
            cr.execute(fill.MAKE_ROOM)
            cr.execute(fill.FILL)
            cr.execute(fill.TAKE_ROOM)
        return super()._auto_init()

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
