"""The history of prices: what services were sold and bought for, and what came since.

Entries are differences: those of a service add up to its price now, and those of a
booking to its sums. They are appended and never changed: nobody has the right to.

A booking is made without any. The first price of a service is entered when it first
changes, from what the watch saw before; until then `tour.price.history` shows it from
the service itself. So making bookings costs nothing, and nothing is missing.
"""

from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [
    ("first", "First booking"),
    ("change", "Change"),
    ("regularisation", "Regularisation"),
    ("adjustment", "Adjustment"),
]


@dataclass(frozen=True)
class PriceCause:
    """Why prices change, in the context: an object, which none can send through RPC."""

    kind: str
    reason: str = ""


class TourPriceEntry(models.Model):
    """One step of the price of a service, in the currency of its booking then."""

    _name = "tour.price.entry"
    _description = "Price Entry"
    _order = "date desc, id desc"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        index=True,
    )
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        ondelete="set null",
        index="btree_not_null",
    )
    service_number = fields.Integer(
        required=True,
        index=True,
        help="The id of the service, which stays when it is removed.",
    )
    name = fields.Char(
        string="Description",
        required=True,
        help="What the service was; stays when the service is removed.",
    )
    kind = fields.Selection(selection=KINDS, required=True)
    sale_price = fields.Monetary(help="The client's price, less his discount.")
    purchase_price = fields.Monetary(
        help="The supplier's price, less our commission: what the service costs us in "
        "the end."
    )
    margin = fields.Monetary()
    currency_id = fields.Many2one(comodel_name="res.currency", required=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Who", required=True)
    date = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    reason = fields.Char()

    # The list of all changes, newest first.
    _date_idx = models.Index("(date DESC, id DESC)")

    @api.model
    def _enter(self, rows):
        """Append entries.

        :param list[dict] rows: values of entries
        """
        # In sudo: nobody has the right to write the history himself.
        self.sudo().create(rows)
        self.env["tour.price.history"].invalidate_model(flush=False)

    def action_open_booking(self):
        """Open the booking whose price it is."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id.action_open_booking()


class TourPriceHistory(models.Model):
    """Price entries, with the first prices of the services that have none yet."""

    _name = "tour.price.history"
    _description = "Price History"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "tour.price.entry": [
            "order_id",
            "line_id",
            "name",
            "kind",
            "sale_price",
            "purchase_price",
            "margin",
            "currency_id",
            "user_id",
            "date",
            "reason",
        ],
        "sale.order.line": [
            "order_id",
            "name",
            "service_type_id",
            "price_unit",
            "client_discount_amount",
            "supplier_price_total",
            "commission_amount",
            "service_margin",
            "currency_id",
        ],
    }

    order_id = fields.Many2one("sale.order", string="Booking", readonly=True)
    line_id = fields.Many2one("sale.order.line", string="Service", readonly=True)
    name = fields.Char(string="Description", readonly=True)
    kind = fields.Selection(selection=KINDS, readonly=True)
    sale_price = fields.Monetary(readonly=True)
    purchase_price = fields.Monetary(readonly=True)
    margin = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    user_id = fields.Many2one("res.users", string="Who", readonly=True)
    date = fields.Datetime(string="When", readonly=True)
    reason = fields.Char(readonly=True)

    @property
    def _table_query(self):
        # The entries have the even ids, the services without any the odd ones.
        return SQL(
            """
            SELECT 2 * entry.id::bigint AS id, entry.order_id, entry.line_id,
                   entry.name, entry.kind, entry.sale_price, entry.purchase_price,
                   entry.margin, entry.currency_id, entry.user_id, entry.date,
                   entry.reason
              FROM tour_price_entry entry
             UNION ALL
            SELECT 2 * line.id::bigint + 1, line.order_id, line.id,
                   line.name, 'first',
                   line.price_unit - COALESCE(line.client_discount_amount, 0),
                   COALESCE(line.supplier_price_total, 0)
                       - COALESCE(line.commission_amount, 0),
                   COALESCE(line.service_margin, 0),
                   line.currency_id, line.create_uid, line.create_date,
                   NULL
              FROM sale_order_line line
             WHERE line.service_type_id IS NOT NULL
               AND NOT EXISTS (
                       SELECT 1 FROM tour_price_entry e WHERE e.line_id = line.id
                   )
            """
        )
