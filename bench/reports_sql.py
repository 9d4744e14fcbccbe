"""Reports as one would write them by hand, each for its one purpose.

The rules are those of `tour.report.service`; the statements read just what their
report shows.
"""

from datetime import date

# Of a booking that was cancelled with penalty, the service that stands for all of it.
_MAIN = """
    line.id = (SELECT main.id FROM sale_order_line main
                WHERE main.order_id = o.id AND main.service_type_id IS NOT NULL
             ORDER BY main.service_kind <> 'accommodation', main.sequence, main.id
                LIMIT 1)
"""
_NIGHTS = f"""
    CASE WHEN o.counts_in_turnover IS NOT TRUE THEN 0
         WHEN o.has_penalty THEN CASE WHEN o.penalty_when = 'during' AND {_MAIN}
                                      THEN o.nights_stayed ELSE 0 END
         WHEN line.service_kind = 'accommodation' THEN line.nights * line.rooms
         ELSE 0 END
"""
_PRICE = f"""
    CASE WHEN o.state = 'cancel' THEN 0
         WHEN o.has_penalty THEN CASE WHEN {_MAIN} THEN o.penalty_amount ELSE 0 END
         ELSE line.price_unit * line.product_uom_qty END
"""
_DISCOUNT = """
    CASE WHEN o.state = 'cancel' OR o.has_penalty THEN 0
         ELSE line.client_discount_amount END
"""
_SUPPLIER = f"""
    CASE WHEN o.state = 'cancel' THEN 0
         WHEN o.has_penalty THEN CASE WHEN o.penalty_from = 'hotel' AND {_MAIN}
                                      THEN o.penalty_amount ELSE 0 END
         ELSE line.supplier_price_total END
"""
_COMMISSION = f"""
    CASE WHEN o.state = 'cancel' THEN 0
         WHEN o.has_penalty
         THEN CASE WHEN o.penalty_from = 'hotel' AND o.penalty_when = 'during'
                        AND line.nights > 0 AND {_MAIN}
                   THEN line.commission_amount * LEAST(1,
                        o.nights_stayed::numeric / NULLIF(line.nights * line.rooms, 0))
                   ELSE 0 END
         ELSE line.commission_amount END
"""


def _round(amount):
    return (
        f"ROUND(COALESCE(({amount})::numeric, 0)"
        " / COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric, 2)"
    )


_CLIENT_AMOUNT = (
    f"{_round(_PRICE)} - CASE WHEN client.tour_less_discount THEN {_round(_DISCOUNT)}"
    " ELSE 0 END"
)
_DAY = "COALESCE(line.date_to, line.date_from)"
_SERVICES = """
    FROM sale_order_line line
    JOIN sale_order o ON o.id = line.order_id
    JOIN res_partner payer ON payer.id = o.partner_id
    JOIN res_partner client ON client.id = payer.commercial_partner_id
"""
_WHERE = f"""
   WHERE line.service_type_id IS NOT NULL AND o.is_tour_booking
     AND o.company_id = %(company)s AND {_DAY} BETWEEN %(start)s AND %(end)s
"""
_NOT_REPOSTING = """
     AND o.is_reposting IS NOT TRUE AND o.booking_state <> 'reposting'
"""

FIRST_DAY = """
    SELECT MIN(COALESCE(date_to, date_from)) FROM sale_order_line
     WHERE service_type_id IS NOT NULL
"""
#: The day until which there are so many services, and how many there are.
PERIOD = f"""
    SELECT day, total
      FROM (SELECT {_DAY} AS day, SUM(COUNT(*)) OVER (ORDER BY {_DAY}) AS total
              FROM sale_order_line line JOIN sale_order o ON o.id = line.order_id
             WHERE line.service_type_id IS NOT NULL {_NOT_REPOSTING}
          GROUP BY 1) days
  ORDER BY total >= %(rows)s DESC, CASE WHEN total >= %(rows)s THEN total END,
           total DESC
     LIMIT 1
"""

#: The daily report's columns, in its order, and what their cells are.
_COLUMNS = (
    ("o.name", "text"),
    ("o.date_order", "datetime"),
    ("o.booking_state", "text"),
    ("client.complete_name", "text"),
    ("grp.name", "text"),
    ("manager.name", "text"),
    ("type.name ->> 'en_US'", "text"),
    (
        "CASE line.service_kind WHEN 'accommodation' THEN hotel.name"
        " WHEN 'transfer' THEN line.route"
        " ELSE COALESCE(line.service_text, line.name) END",
        "text",
    ),
    ("city.name", "text"),
    ("supplier.complete_name", "text"),
    (
        "(SELECT STRING_AGG(CONCAT_WS(' ', g.last_name, g.first_name, g.middle_name),"
        " ', ' ORDER BY g.id) FROM tour_guest g WHERE g.line_id = line.id)",
        "text",
    ),
    ("line.date_from", "date"),
    ("line.date_to", "date"),
    (_NIGHTS, "number"),
    ("CASE WHEN line.service_kind = 'accommodation' THEN line.rooms END", "number"),
    ("money.name", "text"),
    (_PRICE, "number"),
    (_round(_PRICE), "number"),
    (_round(_DISCOUNT), "number"),
    (_CLIENT_AMOUNT, "number"),
    (_round(_SUPPLIER), "number"),
    ("line.commission_percent", "number"),
    (_round(_COMMISSION), "number"),
    (
        f"{_round(_PRICE)} - {_round(_DISCOUNT)} - {_round(_SUPPLIER)}"
        f" + {_round(_COMMISSION)}",
        "number",
    ),
    ("line.settlement", "text"),
    ("CASE WHEN o.has_penalty THEN o.penalty_from END", "text"),
)
KINDS = tuple(kind for _source, kind in _COLUMNS)
WIDTH = len(KINDS)
DAILY = f"""
    SELECT {", ".join(source for source, _kind in _COLUMNS)}
    {_SERVICES}
    JOIN res_currency money ON money.id = o.currency_id
    JOIN tour_service_type type ON type.id = line.service_type_id
    LEFT JOIN tour_company_group grp ON grp.id = client.company_group_id
    LEFT JOIN res_users u ON u.id = o.user_id
    LEFT JOIN res_partner manager ON manager.id = u.partner_id
    LEFT JOIN tour_hotel hotel ON hotel.id = line.hotel_id
    LEFT JOIN tour_city city ON city.id = line.city_id
    LEFT JOIN res_partner supplier ON supplier.id = line.supplier_id
    {_WHERE} {_NOT_REPOSTING}
    ORDER BY {_DAY}, line.id
"""

# Lists and pivots.
_LIST = {
    "company_currency_id": "(SELECT currency_id FROM res_company"
    " WHERE id = o.company_id)",
    "currency_id": "o.currency_id",
    "name": "o.name",
    "booking_state": "o.booking_state",
    "client_id": "client.complete_name",
    "user_id": "manager.name",
    "title": "CASE line.service_kind WHEN 'accommodation' THEN hotel.name"
    " WHEN 'transfer' THEN line.route ELSE COALESCE(line.service_text, line.name) END",
    "date_from": "line.date_from",
    "date_to": "line.date_to",
    "nights": _NIGHTS,
    "client_amount": _CLIENT_AMOUNT,
    "supplier_amount": _round(_SUPPLIER),
    "commission_amount": _round(_COMMISSION),
}
LIST = tuple(_LIST)
PAGE = (
    f"""
    SELECT COUNT(*)
      FROM (SELECT FROM sale_order_line line JOIN sale_order o ON o.id = line.order_id
            {_WHERE} LIMIT %(count_limit)s) found
    """,
    f"""
    SELECT line.id, {", ".join(_LIST.values())}
    {_SERVICES}
    LEFT JOIN res_users u ON u.id = o.user_id
    LEFT JOIN res_partner manager ON manager.id = u.partner_id
    LEFT JOIN tour_hotel hotel ON hotel.id = line.hotel_id
    {_WHERE}
    ORDER BY {_DAY} DESC, o.date_order, o.id, line.id LIMIT %(limit)s
    """,
)
_SUMS = f"""
    COUNT(*), COUNT(DISTINCT o.id), SUM({_NIGHTS}), SUM({_CLIENT_AMOUNT}),
    SUM({_round(_COMMISSION)})
"""


def _group(by):
    return (
        f"""
        SELECT {by}, {_SUMS}
        {_SERVICES}
        {_WHERE} {_NOT_REPOSTING} AND o.counts_in_turnover
        GROUP BY 1
        """,
    )


BY_MONTH = _group(f"date_trunc('month', {_DAY})")
BY_MANAGER = _group("o.user_id")

#: A chart of the metrics, of what the daily report of the time would have.
COMMISSION = f"""
    SELECT client.company_group_id, SUM({_round(_COMMISSION)})
    {_SERVICES}
    {_WHERE} {_NOT_REPOSTING}
     AND (o.booking_state IN ('booked', 'done', 'cancelled_penalty')
          OR o.booking_state = 'archive' AND o.counts_in_turnover)
     AND {_round(_COMMISSION)} <> 0
    GROUP BY 1
"""


def get_year():
    """The last whole year, of which there are data."""
    year = date.today().year - 1
    return {"start": date(year, 1, 1), "end": date(year, 12, 31)}
