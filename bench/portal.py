"""The client's office: its pages for a client with few bookings and one with many,
beside plain Odoo's list of the orders of a client who has six.

The pages are asked for as a browser does, with a session, of Odoo's application in this
process: what is measured is the whole answer, without the network.
"""

import threading
from datetime import date, timedelta

from . import odoo_process
from .measure import Result, details, interleave, middle, middle_ratio

FEW = 20
MANY = 120_000
PLAIN_ORDERS = 6
INVOICES = 5
NEWS = 8
HOME = "/my/tour"
LIST = "/my/tour/bookings"
PLAIN = "/my/orders"
GROW = 1.2
BESIDE_PLAIN = 1.5


def measure(pair, quick):
    """Yield how long the pages take, and what that is to the others."""
    rounds = 15 if quick else 31
    name = f"{pair.tour}_portal"
    odoo_process.release(pair.tour)
    pair.databases.drop(name)
    # Of its own, so that a hundred thousand more bookings disturb no other part.
    pair.databases.clone(pair.tour, name)
    try:
        _make_clients(name)
        _make_plain(pair.plain)
        pair.databases.run("VACUUM (ANALYZE)", db=name)
        plain = Visitor(pair.plain, "bench_portal_plain")
        for role in ("curator", "user"):
            few = Visitor(name, f"bench_portal_few_{role}")
            many = Visitor(name, f"bench_portal_many_{role}")
            for path, what in ((HOME, "home"), (LIST, "list of bookings")):
                yield from _compare(
                    f"{what}, {'a curator' if role == 'curator' else 'who ordered'}",
                    rounds,
                    few=lambda path=path, few=few: few.get(path),
                    many=lambda path=path, many=many: many.get(path),
                    plain=lambda: plain.get(PLAIN),
                )
    finally:
        odoo_process.release(name)
        pair.databases.drop(name)


def _compare(name, rounds, **functions):
    taken = interleave(rounds, warm_up=3, **functions)
    queries = middle(taken["many"], "queries")
    common = {"group": "client's office", "details": details(**taken)}
    yield Result(
        name=f"{name}: {MANY:,} bookings against {FEW}",
        ours=middle(taken["many"]),
        limit=middle(taken["few"]),
        ratio=middle_ratio(taken["many"], taken["few"]),
        target=GROW,
        note=f"{queries:.0f} queries, {middle(taken['few'], 'queries'):.0f} with few",
        **common,
    )
    yield Result(
        name=f"{name}: {MANY:,} bookings",
        ours=middle(taken["many"]),
        plain=middle(taken["plain"]),
        ratio=middle_ratio(taken["many"], taken["plain"]),
        target=BESIDE_PLAIN,
        note=f"against plain Odoo's list of {PLAIN_ORDERS} orders",
        **common,
    )


class Visitor:
    """Somebody who is logged in, and asks for pages.

    :param database: of which database
    :param login: who
    """

    def __init__(self, database, login):
        from werkzeug.test import Client

        from odoo.http import get_default_session, root
        from odoo.service import security

        session = root.session_store.new()
        session.update(get_default_session(), db=database, _trace_disable=True)
        with odoo_process.environment(database) as env:
            user = env["res.users"].search([("login", "=", login)])
            session.uid, session.login = user.id, login
            own = env(user=user.id)
            session.session_token = security.compute_session_token(session, own)
            session.context = dict(own["res.users"].context_get())
        root.session_store.save(session)
        self.client = Client(root)
        self.client.set_cookie(domain="localhost", key="session_id", value=session.sid)

    def get(self, path):
        answer = self.client.get(path, headers={"Host": "localhost"})
        size = len(answer.get_data())
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status}")
        thread = threading.current_thread()
        # A line of the log takes them along.
        thread.query_count = getattr(thread, "query_count", 0)
        thread.query_time = getattr(thread, "query_time", 0)
        return size


# === Who asks === #


def _make_plain(database):
    """A client's user in plain Odoo, with some orders; made once."""
    with odoo_process.environment(database, "bench0") as env:
        sudo = env(su=True)
        if sudo["res.users"].search([("login", "=", "bench_portal_plain")]):
            return
        company = sudo["res.partner"].create({"name": "Plain", "is_company": True})
        user = _make_user(sudo, "bench_portal_plain", company)
        product = sudo["product.product"].search([("name", "=like", "Service %")])[:1]
        orders = sudo["sale.order"].create(
            [
                {
                    "partner_id": user.partner_id.id,
                    "order_line": [(0, 0, {"product_id": product.id})],
                }
                for _number in range(PLAIN_ORDERS)
            ]
        )
        orders.write({"state": "sale"})


def _make_user(env, login, company, **values):
    user = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": login,
                "login": login,
                "group_ids": [(6, 0, [env.ref("base.group_portal").id])],
                **values,
            }
        )
    )
    user.partner_id.parent_id = company
    return user


def _make_clients(database):
    """Two clients alike but for the number of their bookings."""
    with odoo_process.environment(database, "bench0") as env:
        sudo = env(su=True)
        for name, count in (("few", FEW), ("many", MANY)):
            company = sudo["res.partner"].create(
                {"name": name, "is_company": True, "tour_client_corporate": True}
            )
            login = f"bench_portal_{name}"
            user = _make_user(sudo, f"{login}_user", company)
            curator = _make_user(sudo, f"{login}_curator", company, is_curator=True)
            order = _make_booking(sudo, company, user)
            _multiply(env, order, count - 1)
            _tell_news(env, user, curator)


def _make_booking(env, company, user):
    """A booking with all that the pages show, which is copied; invoices to pay."""
    from odoo.addons.tour_booking.booking_states import MOVER

    rate = env["tour.rate"].search([], limit=1)
    start = date.today() + timedelta(days=10)
    stay = {
        "service_type_id": env.ref("tour_booking.service_type_accommodation").id,
        "hotel_id": rate.hotel_id.id,
        "room_id": rate.room_id.id,
        "rate_id": rate.id,
        "date_from": start,
        "date_to": start + timedelta(days=3),
        "guest_ids": [
            (0, 0, {"last_name": "Ivanov", "first_name": name})
            for name in ("Ivan", "Pyotr")
        ],
    }
    orders = env["sale.order"].create(
        [
            {
                "is_tour_booking": True,
                "partner_id": company.id,
                "client_user_id": user.id,
                "order_line": [(0, 0, stay)],
            }
            for _number in range(INVOICES)
        ]
    )
    moved = orders.with_context(tour_booking_mover=MOVER, tracking_disable=True)
    moved.write({"booking_state": "confirmed", "state": "sale"})
    for order in orders:
        order._create_invoices().action_show_to_client()
    env.flush_all()
    return orders[0]


def _multiply(env, order, count):
    """So many bookings like this one, an hour apart, with services and guests.

    One in three is in work; with few bookings all are, so that pages are full.
    """
    env.cr.execute("SELECT max(id) FROM sale_order")
    first = env.cr.fetchone()[0]
    state = "'booked'"
    if count > 1000:
        state = "(ARRAY['booked', 'done', 'archive'])[number % 3 + 1]"
    _copy(
        env,
        "sale_order",
        f"SELECT sample.*, number FROM sale_order AS sample,"
        f" generate_series(1, {count}) AS number WHERE sample.id = {order.id}",
        id=f"{first} + number",
        name="name || '-' || number",
        date_order="date_order - number * interval '1 hour'",
        create_date="create_date - number * interval '1 hour'",
        booking_state=state,
        search_text="search_text || ' ' || number",
    )
    line, guests = order.order_line, order.guest_ids
    env.cr.execute("SELECT max(id) FROM sale_order_line")
    lines = env.cr.fetchone()[0]
    _copy(
        env,
        "sale_order_line",
        f"SELECT sample.*, number FROM sale_order_line AS sample,"
        f" generate_series(1, {count}) AS number WHERE sample.id = {line.id}",
        id=f"{lines} + number",
        order_id=f"{first} + number",
    )
    for guest in guests:
        env.cr.execute("SELECT max(id) FROM tour_guest")
        _copy(
            env,
            "tour_guest",
            f"SELECT sample.*, number FROM tour_guest AS sample,"
            f" generate_series(1, {count}) AS number WHERE sample.id = {guest.id}",
            id=f"{env.cr.fetchone()[0]} + number",
            order_id=f"{first} + number",
            line_id=f"{lines} + number",
        )


def _copy(env, table, source, **columns):
    """Insert rows with some columns said anew; what a table has not is left out."""
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND table_schema = 'public'",
        [table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    quoted = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(columns.get(name, f'"{name}"') for name in names)
    env.cr.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM ({source}) s")
    env.cr.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")


def _tell_news(env, *users):
    """Some of the bookings in work have messages that were not read."""
    env.cr.execute(
        """
        INSERT INTO tour_portal_mark (user_id, order_id, unread_since, message_count)
        SELECT reader.id, booking.id, now() AT TIME ZONE 'UTC', 1
          FROM unnest(%s) AS reader (id), LATERAL (
            SELECT id FROM sale_order
             WHERE client_user_id = %s AND booking_state = 'booked'
             ORDER BY id DESC LIMIT %s) AS booking
        """,
        [[user.id for user in users], users[0].id, NEWS],
    )
