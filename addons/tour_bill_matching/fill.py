"""What services and bookings have in the add-on's columns that were there before it.

Worked out record by record, 200,000 bookings would take an hour. No bill is matched
yet, so that billed is nothing; those with a penalty are left to the ORM.
"""

from odoo.tools.sql import column_exists, create_column

AMOUNTS = ("supplier_billed_amount", "supplier_billing_difference")
PENALTY = (
    "o.penalty_from IS NOT NULL AND o.booking_state IN ('cancelled_penalty', 'archive')"
)
FILL_SERVICES = f"""
    UPDATE sale_order_line AS l
       SET supplier_billed_amount = 0,
           supplier_to_bill = v.cost,
           supplier_billing_difference = -v.cost,
           supplier_billing_state = CASE WHEN v.cost > 0 THEN 'none' END
      FROM (SELECT l.id,
                   CASE WHEN l.service_type_id IS NULL OR o.state = 'cancel'
                          OR {PENALTY} THEN 0
                        ELSE coalesce(l.supplier_due, 0) END AS cost
              FROM sale_order_line AS l
              JOIN sale_order AS o ON o.id = l.order_id) AS v
     WHERE v.id = l.id
"""
FILL_BOOKINGS = """
    UPDATE sale_order AS o
       SET supplier_billed_amount = 0,
           supplier_billing_difference = -v.cost,
           supplier_billing_state = CASE WHEN v.cost > 0 THEN 'none' END
      FROM (SELECT l.order_id, sum(l.supplier_to_bill) AS cost
              FROM sale_order_line AS l
             WHERE l.service_type_id IS NOT NULL
             GROUP BY l.order_id) AS v
     WHERE v.order_id = o.id
"""


def pre_init_hook(env):
    """Make and fill the columns before the ORM would, one record after the other."""
    if column_exists(env.cr, "sale_order_line", "supplier_to_bill"):
        return
    for table, names in (
        ("sale_order_line", (*AMOUNTS, "supplier_to_bill")),
        ("sale_order", AMOUNTS),
    ):
        for name in names:
            create_column(env.cr, table, name, "numeric")
        create_column(env.cr, table, "supplier_billing_state", "varchar")
    env.cr.execute(FILL_SERVICES)
    env.cr.execute(FILL_BOOKINGS)


def post_init_hook(env):
    """Work out what hotels may bill of bookings that ended with a penalty."""
    orders = env["sale.order"].search([("has_penalty", "=", True)])
    lines = orders.order_line
    env.add_to_compute(lines._fields["supplier_to_bill"], lines)
    env.flush_all()
