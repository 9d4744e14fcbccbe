"""Columns of bookings that were there before the add-on.

None of them was confirmed, asked to be changed, or given terms of cancellation: all is
empty, which is not worked out booking by booking. 200,000 of them would take minutes.
"""

from odoo import models
from odoo.tools import sql

ORDER_COLUMNS = {
    "accepted_by_client": "bool",
    "change_mark": "varchar",
    "free_until": "timestamp",
    "needs_client_confirmation": "bool",
}
LINE_COLUMNS = {
    "cancellation_rule_id": "int4",
    "cancellation_terms": "jsonb",
    "free_until": "timestamp",
}


def make_columns(model, columns):
    """Make those columns of a model's table that are not there, empty."""
    known = sql.table_columns(model.env.cr, model._table)
    for name, column_type in columns.items():
        if name not in known:
            sql.create_column(model.env.cr, model._table, name, column_type)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _auto_init(self):
        """Leave the new columns of bookings that are there empty."""
        make_columns(self, ORDER_COLUMNS)
        return super()._auto_init()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _auto_init(self):
        """Leave the new columns of services that are there empty."""
        make_columns(self, LINE_COLUMNS)
        return super()._auto_init()
