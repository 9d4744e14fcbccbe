"""Records made by Odoo itself, one of each kind.

Populating copies their rows, so that columns that nobody thought of here hold what
Odoo writes in them.
"""

from datetime import date, timedelta

MANAGERS = 20
PRODUCTS = 3


def make(env, has_suite):
    """Make the samples; return their ids by name."""
    users = _make_users(env, has_suite)
    partner = env["res.partner"].create(
        {"name": "Sample client", "is_company": True, "email": "client@example.com"}
        | ({"tour_client_corporate": True} if has_suite else {})
    )
    products = env["product.product"].create(
        [
            {"name": f"Service {i}", "type": "service", "list_price": 1000.0 + i}
            for i in range(PRODUCTS)
        ]
    )
    tags = env["crm.tag"].create([{"name": f"Tag {i}"} for i in range(5)])
    ids = {
        "managers": users.ids,
        "partner": partner.id,
        "products": products.ids,
        "tags": tags.ids,
        "company": env.company.id,
    }
    ids |= _make_booking(env, partner) if has_suite else _make_order(env, ids)
    return ids


def _make_users(env, has_suite):
    groups = ["sales_team.group_sale_salesman_all_leads"]
    if has_suite:
        groups = ["tour_partner.tour_group_manager_all"]
    group_ids = [env.ref(name).id for name in groups]
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Manager {i:02d}",
                    "login": f"bench{i}",
                    "group_ids": [(6, 0, [env.ref("base.group_user").id, *group_ids])],
                }
                for i in range(MANAGERS)
            ]
        )
    )


def _make_order(env, ids):
    order = env["sale.order"].create(
        {
            "partner_id": ids["partner"],
            "user_id": ids["managers"][0],
            "order_line": [(0, 0, {"product_id": ids["products"][0]})],
        }
    )
    return {"order": order.id, "line": order.order_line.id}


def _make_booking(env, partner):
    supplier = env["res.partner"].create(
        {"name": "Sample supplier", "is_company": True, "tour_supplier": True}
    )
    city = env["tour.city"].create(
        {"name": "Москва", "country_id": env.ref("base.ru").id, "tz": "Europe/Moscow"}
    )
    hotel = env["tour.hotel"].create(
        {
            "name": "Sample hotel",
            "city_id": city.id,
            "supplier_id": supplier.id,
            "commission_percent": 10.0,
        }
    )
    room = env["tour.room"].create({"name": "Standard", "hotel_id": hotel.id})
    rate = env["tour.rate"].create(
        {
            "name": "Rack",
            "room_id": room.id,
            "kind": "rack",
            "rack_price": 5000.0,
            "net_price": 4000.0,
            "meal": "bb",
        }
    )
    group = env["tour.company.group"].create({"name": "Sample group"})
    types = {
        kind: env.ref(f"tour_booking.service_type_{kind}")
        for kind in ("accommodation", "transfer", "other")
    }
    start = date.today()
    booking = env["sale.order"].create(
        {
            "is_tour_booking": True,
            "partner_id": partner.id,
            "order_line": [
                (0, 0, vals | {"date_from": start, "date_to": start + timedelta(1)})
                for vals in (
                    {
                        "service_type_id": types["accommodation"].id,
                        "hotel_id": hotel.id,
                        "room_id": room.id,
                        "rate_id": rate.id,
                        "guest_ids": [(0, 0, {"last_name": "A", "first_name": "B"})],
                    },
                    {"service_type_id": types["transfer"].id, "route": "A - B"},
                )
            ],
        }
    )
    journal = env["account.journal"].create(
        {"name": "Bench bills", "code": "BBILL", "type": "purchase"}
    )
    bill = env["account.move"].create(
        {
            "move_type": "in_invoice",
            "partner_id": supplier.id,
            "journal_id": journal.id,
            "ref": "1",
        }
    )
    event = env["tour.booking.event"].create(
        {"order_id": booking.id, "to_state": "accepted", "user_id": env.uid}
    )
    lines = booking.order_line
    return {
        "supplier": supplier.id,
        "city": city.id,
        "hotel": hotel.id,
        "room": room.id,
        "rate": rate.id,
        "group": group.id,
        "order": booking.id,
        "line": lines[0].id,
        "transfer": lines[1].id,
        "guest": lines.guest_ids.id,
        "bill": bill.id,
        "event": event.id,
        "types": {kind: record.id for kind, record in types.items()},
        "type_products": {k: r.product_id.id for k, r in types.items()},
    }
