"""What bookings have in the add-on's columns that were there before it, by SQL.

Nothing here touches the ORM. Worked out record by record, 200,000 bookings would take
an hour; the statements below say the same as the computes of `sale.order`.
"""

COLUMNS = {
    "booking_state_since": "date",
    "client_waiting_since": "date",
    "lacks_guests": "bool",
    "planned_income": "numeric",
    "planned_cost": "numeric",
    "planned_profit": "numeric",
    "planned_due": "numeric",
    "planned_margin": "float8",
    "actual_income": "numeric",
    "actual_cost": "numeric",
    "actual_profit": "numeric",
    "actual_margin": "float8",
    "lacks_cost": "bool",
    "is_over_billed": "bool",
    "is_under_invoiced": "bool",
    "is_loss": "bool",
}

# A row that is written moves to another page, where each of some 50 indexes gets a new
# entry, one by one: a minute and more. Indexes that are built anew from the whole table
# take seconds; and with room on its page a row stays there, and keeps its entries.
MAKE_ROOM = """
    ALTER TABLE sale_order SET (fillfactor = 45);
    ALTER TABLE sale_order ALTER planned_income TYPE numeric USING NULL::numeric;
"""
TAKE_ROOM = "ALTER TABLE sale_order RESET (fillfactor)"

_BOOKINGS = """
    SELECT o.id, o.invoice_status, o.date_order::date AS ordered_on,
           CASE WHEN o.client_unread_count > 0 THEN o.write_date::date END AS waits,
           o.state <> 'cancel' AND o.penalty_from IS NULL AS takes_place,
           coalesce(o.acquiring_cost, 0) AS acquiring,
           coalesce(nullif(o.currency_rate::numeric, 0), 1) AS rate,
           currency.decimal_places AS digits
      FROM sale_order AS o
      JOIN res_company AS company ON company.id = o.company_id
      JOIN res_currency AS currency ON currency.id = company.currency_id
     WHERE o.is_tour_booking
"""
_SERVICES = """
    SELECT l.order_id,
           sum(l.price_unit * l.product_uom_qty
               - coalesce(l.client_discount_amount, 0)) AS price,
           sum(coalesce(l.supplier_price_total, 0)
               - coalesce(l.commission_amount, 0)) AS cost,
           sum(coalesce(l.supplier_due, 0)) AS due,
           bool_or(l.price_unit <> 0 AND coalesce(l.supplier_price_total, 0) = 0)
               AS lacks_cost,
           bool_or(l.service_kind = 'accommodation' AND g.line_id IS NULL)
               AS lacks_guests
      FROM sale_order_line AS l
      LEFT JOIN (SELECT DISTINCT line_id FROM tour_guest) AS g ON g.line_id = l.id
     WHERE l.service_type_id IS NOT NULL
     GROUP BY l.order_id
"""
_INVOICED = """
    SELECT i.order_id,
           sum(CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END
               * a.price_unit * a.quantity * (1 - coalesce(a.discount, 0) / 100)
               / coalesce(nullif(m.invoice_currency_rate::numeric, 0), 1)) AS amount
      FROM (SELECT DISTINCT l.order_id, r.invoice_line_id
              FROM sale_order_line_invoice_rel AS r
              JOIN sale_order_line AS l ON l.id = r.order_line_id) AS i
      JOIN account_move_line AS a ON a.id = i.invoice_line_id
      JOIN account_move AS m ON m.id = a.move_id
     WHERE m.state = 'posted'
     GROUP BY i.order_id
"""
# Of a bill for several bookings each has the part that was planned for the supplier.
_BILLED = """
    SELECT b.order_id,
           sum(b.amount * CASE WHEN b.bookings = 1 THEN 1
               WHEN b.total = 0 THEN 1.0 / b.bookings
               ELSE b.planned / b.total END) AS amount
      FROM (SELECT r.order_id, -m.amount_total_signed AS amount,
                   count(*) OVER bill AS bookings,
                   coalesce(w.planned, 0) AS planned,
                   sum(coalesce(w.planned, 0)) OVER bill AS total
              FROM tour_order_bill_rel AS r
              JOIN account_move AS m ON m.id = r.move_id
              LEFT JOIN (
                SELECT l.order_id, p.commercial_partner_id AS supplier_id,
                       sum(l.supplier_due)
                       / coalesce(nullif(o.currency_rate::numeric, 0), 1) AS planned
                  FROM sale_order_line AS l
                  JOIN sale_order AS o ON o.id = l.order_id
                  JOIN res_partner AS p ON p.id = l.supplier_id
                 WHERE l.service_type_id IS NOT NULL
                 GROUP BY l.order_id, o.currency_rate, p.commercial_partner_id
              ) AS w ON w.order_id = r.order_id
                    AND w.supplier_id = m.commercial_partner_id
             WHERE m.state = 'posted'
            WINDOW bill AS (PARTITION BY r.move_id)) AS b
     GROUP BY b.order_id
"""
# What does not take place has no plan.
_PLAN = f"""
    SELECT b.id, b.digits, b.takes_place, b.invoice_status, b.ordered_on, b.waits,
           coalesce(s.lacks_guests, FALSE) AS lacks_guests,
           p.income, p.cost, p.due, p.commission, p.acquiring,
           coalesce(b.takes_place AND s.lacks_cost, FALSE) AS lacks_cost
      FROM ({_BOOKINGS}) AS b
      LEFT JOIN ({_SERVICES}) AS s ON s.order_id = b.id
     CROSS JOIN LATERAL (
        SELECT CASE WHEN b.takes_place THEN b.rate END AS rate) AS f
     CROSS JOIN LATERAL (
        SELECT coalesce(s.price / f.rate, 0) AS income,
               coalesce((s.cost + b.acquiring) / f.rate, 0) AS cost,
               coalesce(s.due / f.rate, 0) AS due,
               coalesce((s.due - s.cost) / f.rate, 0) AS commission,
               CASE WHEN s.order_id IS NULL THEN 0
                    ELSE coalesce(b.acquiring / f.rate, 0) END AS acquiring) AS p
"""
_FACT = f"""
    SELECT p.*, coalesce(i.amount, 0) AS invoiced, coalesce(b.amount, 0) AS billed,
           CASE WHEN b.order_id IS NULL THEN 0
                ELSE b.amount - p.commission + p.acquiring END AS spent
      FROM ({_PLAN}) AS p
      LEFT JOIN ({_INVOICED}) AS i ON i.order_id = p.id
      LEFT JOIN ({_BILLED}) AS b ON b.order_id = p.id
"""
_ROUNDED = f"""
    SELECT f.*, round(f.income, f.digits) AS planned_income,
           round(f.cost, f.digits) AS planned_cost,
           round(f.income - f.cost, f.digits) AS planned_profit,
           round(f.due, f.digits) AS planned_due,
           round(f.invoiced, f.digits) AS actual_income,
           round(f.spent, f.digits) AS actual_cost,
           round(f.invoiced - f.spent, f.digits) AS actual_profit
      FROM ({_FACT}) AS f
"""
FILL = f"""
    UPDATE sale_order AS o
       SET booking_state_since = coalesce(e.moved_on, v.ordered_on),
           client_waiting_since = v.waits,
           lacks_guests = v.lacks_guests,
           planned_income = v.planned_income,
           planned_cost = v.planned_cost,
           planned_profit = v.planned_profit,
           planned_due = v.planned_due,
           planned_margin = CASE WHEN v.planned_income > 0
               THEN 100 * v.planned_profit / v.planned_income ELSE 0 END,
           actual_income = v.actual_income,
           actual_cost = v.actual_cost,
           actual_profit = v.actual_profit,
           actual_margin = CASE WHEN v.actual_income > 0
               THEN 100 * v.actual_profit / v.actual_income ELSE 0 END,
           lacks_cost = v.lacks_cost,
           is_over_billed = v.takes_place
               AND round(v.billed, v.digits) > v.planned_due,
           is_under_invoiced = v.invoiced <> 0 AND v.invoice_status = 'invoiced'
               AND v.planned_income > v.actual_income,
           is_loss = v.planned_profit < 0
               OR v.invoiced <> 0 AND v.billed <> 0 AND v.actual_profit < 0
      FROM ({_ROUNDED}) AS v
      LEFT JOIN (SELECT order_id, max(date)::date AS moved_on
                   FROM tour_booking_event GROUP BY order_id) AS e
        ON e.order_id = v.id
     WHERE v.id = o.id
"""

# The hotel's day of free cancellation. What has lapsed is on no list, and stays empty.
FILL_FREE = """
    UPDATE sale_order_line AS l
       SET free_until_day = (((l.free_until - interval '1 second') AT TIME ZONE 'UTC')
           AT TIME ZONE coalesce(z.name, y.name, 'UTC'))::date
      FROM sale_order_line AS s
      JOIN res_company AS company ON company.id = s.company_id
      JOIN res_partner AS own ON own.id = company.partner_id
      LEFT JOIN tour_city AS city ON city.id = s.city_id
      LEFT JOIN pg_timezone_names AS z ON z.name = city.tz
      LEFT JOIN pg_timezone_names AS y ON y.name = own.tz
     WHERE s.id = l.id AND s.free_until > (now() AT TIME ZONE 'UTC')
"""
