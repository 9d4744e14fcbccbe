"""What waits when plans change, in the numbers that a busy desk has.

Written in one statement each, over the bookings that `populate` made: a few of them
have something open, and more had it once.
"""

_OF_BOOKING = "id, company_id, partner_id, user_id"

CONFIRMATIONS = f"""
    INSERT INTO tour_confirmation (order_id, company_id, partner_id, user_id, state,
                                   silence, revision, asked_on, deadline, due_on)
    SELECT {_OF_BOOKING},
           CASE WHEN booking_state = 'changed' THEN 'pending' ELSE 'accepted' END,
           'nothing', 1, asked, asked + interval '7 days', asked::date + 6
      FROM (SELECT *, date_order + interval '3 days' * (id % 7) AS asked
              FROM sale_order) AS o
     WHERE booking_state = 'changed' OR id % 10 = 0
"""
CHANGES = f"""
    INSERT INTO tour_change (order_id, company_id, partner_id, user_id, name, kind,
                             origin, state, comment, deadline, due_on)
    SELECT {_OF_BOOKING}, 'R' || id, 'change',
           CASE WHEN id % 3 = 0 THEN 'supplier' ELSE 'client' END,
           CASE WHEN booking_state IN ('accepted', 'confirmed', 'booked')
                     AND id % 5 = 0
                THEN 'asked' ELSE 'applied' END,
           'One more night', asked, asked::date
      FROM (SELECT *, date_order + interval '5 days' * (id % 9) AS asked
              FROM sale_order) AS o
     WHERE id % 20 < 5
"""
REPOSTINGS = f"""
    INSERT INTO tour_reposting (order_id, company_id, partner_id, user_id, state,
                                started_on, due_on)
    SELECT {_OF_BOOKING},
           CASE WHEN booking_state = 'reposting' THEN 'open' ELSE 'finished' END,
           service_date_to, service_date_to
      FROM sale_order
     WHERE booking_state = 'reposting' OR booking_state = 'done' AND id % 10 = 0
"""
OVERPAYMENTS = """
    INSERT INTO tour_overpayment (order_id, company_id, supplier_id, user_id,
                                  currency_id, service_name, paid_amount, due_amount,
                                  amount, date, state)
    SELECT o.id, o.company_id, l.supplier_id, o.user_id, o.currency_id, l.name, 5000,
           3000, 2000, o.service_date_from,
           (ARRAY['open', 'letter_sent', 'closed_payment', 'closed_setoff'])
           [1 + l.id % 4]
      FROM sale_order AS o
      JOIN sale_order_line AS l ON l.order_id = o.id
     WHERE l.id % 40 < 4 AND l.supplier_id IS NOT NULL
       AND o.booking_state IN ('booked', 'done')
"""
OFFERS = """
    INSERT INTO tour_offer (company_id, partner_id, user_id, currency_id, name, lang,
                            active, valid_until, state, amount_total)
    SELECT company_id, partner_id, user_id, currency_id, 'OFFER/' || id, 'en_US', TRUE,
           date_order::date + 7,
           CASE WHEN date_order > now() - interval '40 days' THEN 'sent'
                ELSE 'expired' END, amount_total
      FROM sale_order
     WHERE id % 4 = 0
"""
TASKS = """
    INSERT INTO tour_checklist_item (order_id, company_id, user_id, name, sequence,
                                     state, role, anchor, deadline)
    SELECT o.id, o.company_id, o.user_id, 'Task ' || n, n,
           CASE WHEN booking_state IN ('confirmed', 'booked') AND n > 1
                THEN 'open' ELSE 'done' END,
           CASE n WHEN 3 THEN 'accountant' ELSE 'manager' END, 'date',
           service_date_from - 2 * n
      FROM sale_order AS o, generate_series(1, 3) AS n
     WHERE booking_state IN ('confirmed', 'booked', 'done')
"""


def fill(cr):
    """Give the bookings of a database that has the suite what is in process."""
    for statement in (
        CONFIRMATIONS,
        CHANGES,
        REPOSTINGS,
        OVERPAYMENTS,
        OFFERS,
        TASKS,
    ):
        cr.execute(statement)
