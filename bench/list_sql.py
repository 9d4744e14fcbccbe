"""The list of bookings as one would write it by hand, for each filter and order.

The keys are what the search view calls its fields and filters. A filter of the view
that is not here is measured without a limit, and named in the report.
"""

#: For fields of the search view: what is looked for, and the condition on `o`.
SEARCHES = {
    "search_text": (
        "петров",
        "o.search_text LIKE '%%петров%%'",
    ),
    "name": ("T000123", "unaccent(o.name) ILIKE unaccent('%%T000123%%')"),
    "guest_ids": (
        "Kovács Anna",
        "o.id IN (SELECT order_id FROM tour_guest"
        " WHERE unaccent(full_name) ILIKE unaccent('%%Kovács Anna%%'))",
    ),
    "hotel": (
        "астория парк 12",
        "o.id IN (SELECT l.order_id FROM sale_order_line l"
        " JOIN tour_hotel h ON h.id = l.hotel_id"
        " WHERE h.search_text LIKE '%%астория%%' AND h.search_text LIKE '%%парк%%'"
        " AND h.search_text LIKE '%%12%%')",
    ),
    "city": (
        "суздаль",
        "o.id IN (SELECT l.order_id FROM sale_order_line l"
        " JOIN tour_city c ON c.id = l.city_id"
        " WHERE unaccent(c.name) ILIKE unaccent('%%суздаль%%'))",
    ),
    "address": (
        "Петровская, 17",
        "o.id IN (SELECT l.order_id FROM sale_order_line l"
        " JOIN tour_hotel h ON h.id = l.hotel_id"
        " WHERE unaccent(h.street) ILIKE unaccent('%%Петровская, 17%%'))",
    ),
    "route": (
        "Сочи – Казань",
        "o.id IN (SELECT order_id FROM sale_order_line"
        " WHERE unaccent(route) ILIKE unaccent('%%Сочи – Казань%%'))",
    ),
    "partner_id": (
        "Альпийский ветер",
        "o.partner_id IN (SELECT id FROM res_partner"
        " WHERE unaccent(complete_name) ILIKE unaccent('%%Альпийский ветер%%'))",
    ),
    "supplier": (
        "Аврора1",
        "o.id IN (SELECT l.order_id FROM sale_order_line l"
        " JOIN res_partner p ON p.id = l.supplier_id"
        " WHERE unaccent(p.complete_name) ILIKE unaccent('%%Аврора1%%'))",
    ),
    "bill_ids": (
        "A-1234",
        "o.id IN (SELECT r.order_id FROM tour_order_bill_rel r"
        " JOIN account_move m ON m.id = r.move_id"
        " WHERE unaccent(m.ref) ILIKE unaccent('%%A-1234%%')"
        " OR unaccent(m.name) ILIKE unaccent('%%A-1234%%'))",
    ),
    "kind": (
        "Transfer",
        "EXISTS (SELECT FROM sale_order_line l JOIN tour_service_type t"
        " ON t.id = l.service_type_id WHERE l.order_id = o.id"
        " AND t.name->>'en_US' ILIKE '%%transfer%%')",
    ),
    "client_order_ref": (
        "REF-1234",
        "unaccent(o.client_order_ref) ILIKE unaccent('%%REF-1234%%')",
    ),
    "user_id": (
        "Manager 07",
        "o.user_id IN (SELECT u.id FROM res_users u JOIN res_partner p"
        " ON p.id = u.partner_id WHERE p.name ILIKE '%%Manager 07%%')",
    ),
    "company_group_id": (
        "Group 2",
        "o.company_group_id IN (SELECT id FROM tour_company_group"
        " WHERE name ILIKE '%%Group 2%%')",
    ),
    "tag_ids": (
        "Tag 0",
        "o.id IN (SELECT r.order_id FROM sale_order_tag_rel r JOIN crm_tag t"
        " ON t.id = r.tag_id WHERE t.name->>'en_US' ILIKE '%%Tag 0%%')",
    ),
}

#: Names that the view's fields have had, or have by their label.
ALIASES = {
    "hotel_ids": "hotel",
    "Hotel": "hotel",
    "city_ids": "city",
    "City": "city",
    "Address of the hotel": "address",
    "Route": "route",
    "supplier_ids": "supplier",
    "Supplier": "supplier",
    "service_type_ids": "kind",
    "Kind of service": "kind",
}

_OVER = "('done', 'cancelled', 'cancelled_penalty', 'refused', 'archive')"

#: For filters of the search view: the condition on `o`; %(uid)s is the user.
FILTERS = {
    "to_treat": "(o.booking_state IN ('new', 'client_confirmed')"
    " OR o.client_unread_count > 0 OR (o.booking_state IN"
    " ('accepted', 'awaiting_client', 'confirmed', 'changed')"
    " AND o.service_date_from <= CURRENT_DATE + 1))",
    "mine": "o.user_id = %(uid)s",
    "unassigned": "o.user_id IS NULL",
    "unread": "o.client_unread_count > 0",
    "created_by_client": "o.created_by_client IS TRUE",
    "open": f"o.booking_state NOT IN {_OVER}",
    "not_archived": "o.booking_state <> 'archive'",
    "arriving_today": "o.service_date_from = CURRENT_DATE",
    "arriving_tomorrow": "o.service_date_from = CURRENT_DATE + 1",
    "in_house": "o.service_date_from <= CURRENT_DATE"
    " AND o.service_date_to >= CURRENT_DATE",
    "accommodation": "o.has_accommodation IS TRUE",
    "transfer": "o.has_transfer IS TRUE",
    "other_service": "o.has_other_service IS TRUE",
    "without_supplier": "EXISTS (SELECT FROM sale_order_line l WHERE l.order_id = o.id"
    " AND l.service_type_id IS NOT NULL AND l.supplier_id IS NULL)",
    "without_bill": "o.has_supplier_bill IS NOT TRUE",
    "paid": "o.invoices_paid IS TRUE",
    "unpaid": "o.invoices_paid IS NOT TRUE",
    "refund": "o.refund_state IS NOT NULL",
    "penalty": "o.has_penalty IS TRUE",
}

#: Orders by what stands for a related record.
ORDERS = {"partner_id": "o.client_name", "user_id": "o.manager_name"}

_PAGE = """
    SELECT {columns}, p.complete_name, up.name, g.name
      FROM sale_order o
      JOIN res_partner p ON p.id = o.partner_id
      LEFT JOIN res_users u ON u.id = o.user_id
      LEFT JOIN res_partner up ON up.id = u.partner_id
      LEFT JOIN tour_company_group g ON g.id = o.company_group_id
     WHERE o.is_tour_booking IS TRUE AND o.company_id = 1 AND {condition}
     ORDER BY {order} LIMIT 80
"""
_TAGS = """
    SELECT r.order_id, t.id, t.name, t.color
      FROM sale_order_tag_rel r JOIN crm_tag t ON t.id = r.tag_id
     WHERE r.order_id = ANY(%(ids)s)
"""
_COUNT = """
    SELECT count(*) FROM (
        SELECT FROM sale_order o
         WHERE o.is_tour_booking IS TRUE AND o.company_id = 1 AND {condition}
         LIMIT {limit}
    ) AS found
"""


NEWEST = "o.date_order DESC, o.id DESC"


def run(cr, columns, limit, condition="TRUE", order=NEWEST, uid=0):
    """Read a page of the list and count what is found; return both.

    :param columns: names of stored columns
    :param limit: up to where it counts
    """
    names = ", ".join(f'o."{name}"' for name in ["id", *columns])
    cr.execute(
        _PAGE.format(columns=names, condition=condition, order=order), {"uid": uid}
    )
    rows = cr.fetchall()
    cr.execute(_TAGS, {"ids": [row[0] for row in rows]})
    cr.fetchall()
    cr.execute(_COUNT.format(condition=condition, limit=limit), {"uid": uid})
    return rows, cr.fetchone()[0]
