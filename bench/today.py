"""The list 'Today': its pages, what it counts, and the counts of its side panel.

Beside it stands the same as one would write it by hand: a page of each kind of work
from its index, merged, with the names that the list shows.
"""

from datetime import date

from . import odoo_process
from .measure import Result, details, interleave, middle, middle_ratio

LIMIT = 80
COUNT_LIMIT = 501
ORDER = "deadline ASC, id ASC"
_NAMES = {"fields": {"display_name": {}}}
SPECIFICATION = {
    "is_snoozed": {},
    "currency_id": _NAMES,
    "deadline": {},
    "kind": {},
    "order_id": _NAMES,
    "partner_id": _NAMES,
    "summary": {},
    "amount": {},
    "user_id": _NAMES,
    "action_label": {},
}
_LIVE = (
    "('new', 'accepted', 'awaiting_client', 'client_confirmed', 'confirmed', "
    "'booked', 'changed')"
)
_EARLY = "('new', 'accepted', 'awaiting_client', 'client_confirmed')"
# What is due, until when and of which bookings, as one would write it by hand.
BOOKINGS = {
    "new": ("booking_state_since", "booking_state = 'new'"),
    "agreed": ("booking_state_since", "booking_state = 'client_confirmed'"),
    "not_booked": (
        "service_date_from - 1",
        "booking_state IN ('accepted', 'awaiting_client', 'confirmed', 'changed')"
        " AND needs_client_confirmation IS NOT TRUE AND service_date_from IS NOT NULL",
    ),
    "option": (
        "option_until",
        f"option_until IS NOT NULL AND booking_state IN {_EARLY}",
    ),
    "no_supplier": (
        "service_date_from - 7",
        f"lacks_supplier IS TRUE AND booking_state IN {_LIVE}"
        " AND service_date_from IS NOT NULL",
    ),
    "no_guests": (
        "service_date_from - 3",
        f"lacks_guests IS TRUE AND booking_state IN {_LIVE}"
        " AND service_date_from IS NOT NULL",
    ),
    "no_bill": (
        "service_date_to + 3",
        "has_supplier_bill IS NOT TRUE AND booking_state IN"
        " ('booked', 'done', 'reposting') AND service_date_to IS NOT NULL",
    ),
    "unread": (
        "client_waiting_since",
        "client_waiting_since IS NOT NULL AND is_tour_booking IS TRUE",
    ),
    "to_close": (
        "service_date_to + 1",
        "booking_state = 'booked' AND service_date_to IS NOT NULL",
    ),
    "to_invoice": (
        "service_date_to",
        "invoice_status = 'to invoice' AND booking_state IN"
        " ('confirmed', 'booked', 'done', 'reposting') AND service_date_to IS NOT NULL",
    ),
}
_INVOICES = """
    SELECT 'balance' AS kind, m.id, m.invoice_date_due AS deadline, b.order_id
      FROM account_move m, LATERAL (
        SELECT l.order_id FROM account_move_line i
          JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = i.id
          JOIN sale_order_line l ON l.id = r.order_line_id
         WHERE i.move_id = m.id AND l.service_type_id IS NOT NULL LIMIT 1) AS b
     WHERE m.move_type = 'out_invoice' AND m.state = 'posted'
       AND m.payment_state IN ('not_paid', 'partial')
       AND m.invoice_date_due IS NOT NULL
"""
_TASKS = """
    SELECT 'task' AS kind, i.id, i.deadline, i.order_id FROM tour_checklist_item i
     WHERE i.state = 'open' AND i.is_waiting IS NOT TRUE AND i.deadline IS NOT NULL
       AND i.role <> 'accountant'
"""
_FREE = """
    SELECT 'free' AS kind, l.id, l.free_until_day AS deadline, l.order_id
      FROM sale_order_line l JOIN sale_order b ON b.id = l.order_id
     WHERE l.free_until_day >= (now() AT TIME ZONE 'UTC')::date - 1
       AND l.free_until > now() AT TIME ZONE 'UTC'
       AND b.booking_state IN ('accepted', 'awaiting_client', 'client_confirmed',
                               'confirmed', 'booked', 'changed')
"""
# What is open in a table that keeps the company and the responsible itself.
PROCESSES = {
    "confirmation": ("tour_confirmation", "due_on", "state = 'pending'"),
    "change": (
        "tour_change",
        "due_on",
        "state IN ('asked', 'priced', 'with_supplier', 'with_client')",
    ),
    "reposting": ("tour_reposting", "due_on", "state = 'open'"),
    "refund_letter": ("tour_overpayment", "date", "state = 'open'"),
    "refund": ("tour_overpayment", "date + 14", "state = 'letter_sent'"),
    "offer": ("tour_offer", "valid_until", "state IN ('sent', 'seen') AND active"),
}
_NAMED = """
    SELECT page.*, o.name, o.service_summary, p.complete_name, up.name
      FROM ({page}) AS page
      LEFT JOIN sale_order o ON o.id = page.order_id
      LEFT JOIN res_partner p ON p.id = o.partner_id
      LEFT JOIN res_users u ON u.id = o.user_id
      LEFT JOIN res_partner up ON up.id = u.partner_id
     ORDER BY page.deadline
"""


def measure(pair, quick):
    """Yield a result for each case: the database's time beside that of SQL by hand."""
    rounds = 3 if quick else 7
    with odoo_process.environment(pair.tour, "bench0") as env:
        uid = env.uid
    today = date.today().isoformat()
    for name, domain, deadline, condition in (
        ("first page of all", [], "TRUE", "TRUE"),
        (
            "due by today",
            [("deadline", "<=", today)],
            f"deadline <= '{today}'",
            "TRUE",
        ),
        (
            "overdue and mine",
            [("deadline", "<", today), ("user_id", "=", uid)],
            f"deadline < '{today}'",
            f"user_id = {uid}",
        ),
        (
            "of one kind",
            [("kind", "in", ["no_supplier"])],
            "kind = 'no_supplier'",
            "TRUE",
        ),
    ):
        yield _compare(
            f"{name}: page and count",
            rounds,
            lambda domain=domain: _read(pair.tour, domain),
            lambda d=deadline, c=condition: _by_hand(pair.tour, d, c),
        )
    yield _compare(
        "counts of the side panel",
        rounds,
        lambda: _count_kinds(pair.tour, [("deadline", "<=", today)]),
        lambda: _counts_by_hand(pair.tour, f"deadline <= '{today}'"),
    )


def _compare(name, rounds, ours, hand):
    taken = interleave(rounds, ours=ours, hand=hand)
    return Result(
        group="today: database time against SQL by hand",
        name=name,
        ours=middle(taken["ours"], "sql"),
        limit=middle(taken["hand"], "sql"),
        ratio=middle_ratio(taken["ours"], taken["hand"], "sql"),
        target=3.0,
        note=f"whole answer {middle(taken['ours']) * 1000:.0f} ms",
        details=details(**taken),
    )


def _read(database, domain):
    with odoo_process.environment(database, "bench0") as env:
        return env["tour.today"].web_search_read(
            domain, SPECIFICATION, limit=LIMIT, order=ORDER, count_limit=COUNT_LIMIT
        )


def _count_kinds(database, domain):
    with odoo_process.environment(database, "bench0") as env:
        return env["tour.today"].search_panel_select_multi_range(
            "kind", search_domain=domain, enable_counters=True
        )


def _kinds(condition):
    """A query per kind of work that managers have, company and all."""
    for kind, (deadline, where) in BOOKINGS.items():
        yield (
            f"SELECT '{kind}' AS kind, id, {deadline} AS deadline, id AS order_id"
            f" FROM sale_order WHERE {where} AND company_id = 1 AND {condition}"
        )
    for kind, (table, deadline, where) in PROCESSES.items():
        order = "NULL::int" if table == "tour_offer" else "order_id"
        yield (
            f"SELECT '{kind}' AS kind, id, {deadline} AS deadline, {order} AS order_id"
            f" FROM {table} WHERE {where} AND company_id = 1 AND {condition}"
        )
    for query in (_INVOICES, _TASKS, _FREE):
        yield (
            f"SELECT t.* FROM ({query}) AS t JOIN sale_order o ON o.id = t.order_id"
            f" WHERE o.company_id = 1 AND o.{condition}"
            if condition != "TRUE"
            else query
        )


def _by_hand(database, deadline, condition):
    """Read a page of the list and count what is found; return both."""
    with odoo_process.environment(database) as env:
        pages = " UNION ALL ".join(
            f"(SELECT * FROM ({query}) AS k WHERE {deadline}"
            f" ORDER BY deadline LIMIT {LIMIT})"
            for query in _kinds(condition)
        )
        page = f"SELECT * FROM ({pages}) AS pages ORDER BY deadline LIMIT {LIMIT}"
        env.cr.execute(_NAMED.format(page=page))
        rows = env.cr.fetchall()
        everything = " UNION ALL ".join(_kinds(condition))
        env.cr.execute(
            f"SELECT count(*) FROM (SELECT FROM ({everything}) AS k"
            f" WHERE {deadline} LIMIT {COUNT_LIMIT}) AS found"
        )
        return rows, env.cr.fetchone()[0]


def _counts_by_hand(database, deadline):
    with odoo_process.environment(database) as env:
        everything = " UNION ALL ".join(_kinds("TRUE"))
        env.cr.execute(
            f"SELECT kind, count(*) FROM ({everything}) AS k WHERE {deadline}"
            " GROUP BY kind"
        )
        return env.cr.fetchall()
