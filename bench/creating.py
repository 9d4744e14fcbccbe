"""Creating bookings beside plain orders with as many lines."""

from datetime import date, timedelta
from itertools import count

from . import odoo_process
from .cleanup import Marks
from .measure import Result, details, interleave, middle, middle_ratio

SERVICES = 3
GUESTS = 2
BATCH = 100


class Creator:
    """Makes orders in one of the databases as a manager does.

    :param database: which
    :param has_suite: whether they are bookings
    """

    def __init__(self, database, has_suite):
        self.database = database
        self.has_suite = has_suite
        self.numbers = count()
        self.lines = SERVICES
        with odoo_process.environment(database, "bench0") as env:
            self.clients = (
                env["res.partner"].search([("ref", "=like", "C%")], limit=1000).ids
            )
            if has_suite:
                self.rates = [
                    (rate.hotel_id.id, rate.room_id.id, rate.id)
                    for rate in env["tour.rate"].search([], limit=500)
                ]
                self.type = env.ref("tour_booking.service_type_accommodation").id
            else:
                self.products = (
                    env["product.product"].search([("name", "=like", "Service %")]).ids
                )

    def one(self):
        self.create(1)

    def batch(self):
        self.create(BATCH)

    def create(self, size):
        vals_list = [self.vals(next(self.numbers)) for _number in range(size)]
        with odoo_process.environment(self.database, "bench0") as env:
            env["sale.order"].create(vals_list)

    def vals(self, number):
        client = self.clients[number % len(self.clients)]
        line = self.service if self.has_suite else self.product
        vals = {
            "partner_id": client,
            "order_line": [(0, 0, line(number, i)) for i in range(self.lines)],
        }
        return vals | ({"is_tour_booking": True} if self.has_suite else {})

    def product(self, number, index):
        product = self.products[index % len(self.products)]
        return {"product_id": product, "product_uom_qty": 1 + number % 3}

    def service(self, number, index):
        hotel, room, rate = self.rates[(number * SERVICES + index) % len(self.rates)]
        start = date.today() + timedelta(days=number % 100 + 1)
        return {
            "service_type_id": self.type,
            "hotel_id": hotel,
            "room_id": room,
            "rate_id": rate,
            "date_from": start,
            "date_to": start + timedelta(days=1 + index),
            "guest_ids": [
                (0, 0, {"last_name": f"Guest{number}", "first_name": f"Number{guest}"})
                for guest in range(GUESTS)
            ],
        }


def measure(pair, quick):
    """Yield the results for one at a time and for batches."""
    ours, plain = Creator(pair.tour, True), Creator(pair.plain, False)
    limit = _copy_limit(pair)
    with Marks(pair.tour), Marks(pair.plain):
        yield from _measure(ours, plain, limit, quick)


def _measure(ours, plain, limit, quick):
    for name, size, rounds, target in (
        ("one at a time", 1, 12 if quick else 40, 1.3),
        (f"in batches of {BATCH}", BATCH, 4 if quick else 12, 1.0),
    ):
        way = "one" if size == 1 else "batch"
        taken = interleave(
            rounds, warm_up=2, ours=getattr(ours, way), plain=getattr(plain, way)
        )
        yield Result(
            group="create",
            name=f"{SERVICES} services, {GUESTS} guests each, {name}",
            ours=middle(taken["ours"]) / size,
            plain=middle(taken["plain"]) / size,
            limit=limit,
            ratio=middle_ratio(taken["ours"], taken["plain"]),
            target=target,
            note=f"against a plain order with {SERVICES} lines",
            details=details(**taken),
        )


def _copy_limit(pair):
    """Seconds per booking that raw SQL takes: rows copied in one statement each."""
    tables = (("sale_order", 1), ("sale_order_line", SERVICES))
    tables += (("tour_guest", SERVICES * GUESTS),)

    def insert():
        with odoo_process.environment(pair.tour) as env:
            for table, times in tables:
                env.cr.execute(
                    "SELECT string_agg(quote_ident(column_name), ', ')"
                    " FROM information_schema.columns WHERE table_name = %s"
                    " AND table_schema = 'public' AND column_name <> 'id'",
                    [table],
                )
                names = env.cr.fetchone()[0]
                env.cr.execute(
                    f"INSERT INTO {table} ({names}) SELECT {names} FROM {table}"
                    f" ORDER BY id DESC LIMIT {BATCH * times}"
                )
            env.cr.rollback()

    return middle(interleave(3, insert=insert)["insert"]) / BATCH
