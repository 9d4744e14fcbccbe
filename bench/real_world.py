"""A database with the real bookings, made by the suite itself, and reports of it.

The bookings come in by `tour_import`, as somebody would import them. What no import
brings (see `real_bookings`) is written afterwards.
"""

import base64
from datetime import date, timedelta

from setup.ui import step

from . import odoo_process
from . import real_bookings as real

HEAD = "head@staff.example"
ADDONS = ("tour_report", "tour_import")
FIRST_RATE = date(2013, 1, 1)
LAST_RATE = date(2017, 12, 1)


def make(databases, name, bookings):
    """Make the database anew."""
    databases.drop(name)
    with step("Real bookings: the suite"):
        databases.clone(databases.template(), name)
        databases.odoo(name, "-i", ",".join(ADDONS))
    with odoo_process.environment(name) as env:
        _prepare(env, bookings)
    with step(f"Real bookings: importing {len(bookings):,}"):
        record_id = _start_import(name, real.write(bookings))
        for action, phase in (("action_check", "check"), ("action_run", "run")):
            _import(name, record_id, action, phase)
    with step("Real bookings: discounts, penalties, what is in process"):
        with odoo_process.environment(name, HEAD) as env:
            _complete(env(su=True), bookings)


def write_file(name, path, report, **values):
    """Ask for a report as the head of department does; return how many rows it has.

    :param values: of the dialog; clients by their names
    """
    with odoo_process.environment(name, HEAD) as env:
        if clients := values.pop("clients", None):
            partners = env["res.partner"].search([("name", "in", clients)])
            values["partner_ids"] = [(6, 0, partners.ids)]
        run = env["tour.report.ask"].create({"report": report, **values})._start()
        if run.state == "waiting":
            run.sudo()._make()
        if run.state != "done":
            raise ValueError(f"{report}: {run.failure}")
        # In sudo: files of runs are read by their download.
        path.write_bytes(run.sudo().attachment_id.raw)
        return run.row_count


# === Before === #


def _prepare(env, bookings):
    company = env.company
    company.partner_id.tz = real.ZONE
    assert company.currency_id.name == real.COMPANY_CURRENCY
    _make_rates(env)
    _make_staff(env)
    city = env["tour.city"].create(
        {"name": real.CITY, "country_id": env.ref("base.pt").id}
    )
    supplier = env["res.partner"].create(
        {"name": real.SUPPLIER, "is_company": True, "tour_supplier": True}
    )
    hotels = sorted({booking.services[0].hotel for booking in bookings})
    env["tour.hotel"].create(
        [
            {
                "name": hotel,
                "city_id": city.id,
                "supplier_id": supplier.id,
                "commission_percent": 10.0,
                "settlement": "less" if real.is_paid_less(hotels, hotel) else "full",
            }
            for hotel in hotels
        ]
    )


def _make_rates(env):
    euro = env.ref("base.EUR")
    euro.active = True
    euro.rate_ids.unlink()
    day = FIRST_RATE
    while day <= LAST_RATE:
        env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "name": day,
                "rate": float(real.get_rate(day)),
                "company_id": env.company.id,
            }
        )
        day = (day + timedelta(days=31)).replace(day=1)


def _make_staff(env):
    people = [(name, real.get_login(name), "manager_all") for name in real.MANAGERS]
    env["res.users"].with_context(no_reset_password=True).create(
        [
            {
                "name": name,
                "login": login,
                "tz": real.ZONE,
                "group_ids": [
                    (4, env.ref("base.group_user").id),
                    (4, env.ref(f"tour_partner.tour_group_{role}").id),
                ],
            }
            for name, login, role in (*people, ("Head", HEAD, "head"))
        ]
    )


# === The import === #


def _start_import(name, content):
    with odoo_process.environment(name, HEAD) as env:
        record = env["tour.import"].create(
            {
                "kind": "booking",
                "file": base64.b64encode(content),
                "file_name": "real.csv",
                "profile_id": env.ref("tour_import.profile_hotel_bookings").id,
            }
        )
        record.update(record.profile_id._get_settings())
        record.default_city = real.CITY
        record.action_read()
        targets = env["tour.import.field"]._get_by_name("booking")
        for column in record.column_ids:
            if target := real.ADDED.get(column.header):
                column.field_id = targets[target]
        return record.id


def _import(name, record_id, action, phase):
    with odoo_process.environment(name, HEAD) as env:
        record = env["tour.import"].browse(record_id)
        getattr(record, action)()
        record._treat(phase)
        if record.refused_count or record.to_refuse_count:
            fault = record.fault_ids[:1]
            raise ValueError(f"Row {fault.row}, {fault.column}: {fault.message}")


# === What no import brings === #


def _complete(env, bookings):
    env = env(context={**env.context, **_get_keys(), "tracking_disable": True})
    _mark_clients(env, {booking.client.name: booking.client for booking in bookings})
    orders = {
        order.name: order
        for order in env["sale.order"].search([("is_tour_booking", "=", True)])
    }
    orders = {booking.row: orders[booking.number] for booking in bookings}
    _add_services(env, bookings, orders)
    _set_states(env, bookings, orders)
    env.flush_all()
    _set_by_sql(env.cr, bookings, orders)


def _get_keys():
    """What lets the program itself write what nobody writes."""
    from odoo.addons.tour_booking.booking_states import MOVER
    from odoo.addons.tour_correction.correction_states import MOVER as TAGGER

    return {
        "tour_booking_mover": MOVER,
        "tour_correction_mover": TAGGER,
    }


def _mark_clients(env, clients):
    group = env["tour.company.group"].create({"name": real.GROUP})
    partners = env["res.partner"].search([("name", "in", list(clients))])
    for partner in partners:
        client = clients[partner.name]
        partner.write(
            {
                "tour_client_agent": client.is_agent,
                "tour_client_corporate": client.is_corporate,
                "tour_less_discount": client.less_discount,
                "company_group_id": client.group and group.id,
            }
        )


def _add_services(env, bookings, orders):
    service_type = env.ref("tour_booking.service_type_transfer")
    supplier = env["res.partner"].search([("name", "=", real.SUPPLIER)], limit=1)
    env["sale.order.line"].create(
        [
            {
                "order_id": orders[booking.row].id,
                "service_type_id": service_type.id,
                "product_id": service_type.product_id.id,
                "route": service.title,
                "supplier_id": supplier.id,
                "date_from": service.date_from,
                "price_unit": float(service.price),
                "supplier_price_total": float(service.supplier_price),
            }
            for booking in bookings
            for service in booking.services[1:]
        ]
    )


def _set_states(env, bookings, orders):
    """Penalties and statuses, by the ORM, which reckons what follows from them."""
    alike = {}
    for booking in bookings:
        values = {}
        if booking.penalty_from:
            values["penalty_from"] = booking.penalty_from
            values["nights_stayed"] = booking.nights_stayed
        if booking.is_archived:
            values["booking_state"] = "archive"
        elif booking.state in ("booked", "reposting"):
            values["booking_state"] = booking.state
        if booking.in_reposting or len(booking.services) > 1:
            # To be given a service after it was done began a reposting.
            values["is_reposting"] = booking.in_reposting
        if values:
            alike.setdefault(tuple(values.items()), []).append(orders[booking.row].id)
    for values, ids in alike.items():
        env["sale.order"].browse(ids).write(dict(values))


def _set_by_sql(cr, bookings, orders):
    """What would make prices anew: discounts, and the hour of the order."""
    for booking in bookings:
        order_id = orders[booking.row].id
        stay = booking.services[0]
        if stay.discount:
            cr.execute(
                "UPDATE sale_order_line SET client_discount_amount = %s"
                " WHERE id = (SELECT min(id) FROM sale_order_line WHERE order_id = %s)",
                [stay.discount, order_id],
            )
        if booking.ordered.hour != 12:
            cr.execute(
                "UPDATE sale_order SET date_order = %s WHERE id = %s",
                [booking.ordered, order_id],
            )
