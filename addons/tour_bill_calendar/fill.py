"""What bookings have in the add-on's column that were there before it, by SQL.

Their expected bills are worked out by the scheduled action, in batches.
"""

from odoo.tools.sql import column_exists, create_column

FILL = """
    UPDATE sale_order AS o
       SET supplier_unbilled_amount = v.amount
      FROM (SELECT l.order_id, -sum(l.supplier_billing_difference) AS amount
              FROM sale_order_line AS l
             WHERE l.service_type_id IS NOT NULL
               AND l.supplier_billing_state IN ('none', 'partly')
             GROUP BY l.order_id) AS v
     WHERE v.order_id = o.id
"""


def pre_init_hook(env):
    """Make and fill the column before the ORM would, one booking after the other."""
    if not column_exists(env.cr, "sale_order", "supplier_unbilled_amount"):
        create_column(env.cr, "sale_order", "supplier_unbilled_amount", "numeric")
        env.cr.execute(FILL)


def post_init_hook(env):
    """Look at what is there already as soon as the server runs."""
    env.ref("tour_bill_calendar.ir_cron_expected")._trigger()
