"""Regularising many bookings at once, beside editing them one by one."""

from itertools import count

from . import odoo_process
from .cleanup import Marks
from .creating import GUESTS, SERVICES, Creator
from .measure import Result, details, interleave, middle, middle_ratio

LOGIN = "bench0"


class Regulariser:
    """Makes bookings, and changes their prices in both ways.

    :param database: the one with the suite
    :param bookings: how many are regularised at once
    :param edits: how many of them are edited one by one
    """

    def __init__(self, database, bookings, edits):
        self.database = database
        self.edits = edits
        self.values = count(1)
        creator = Creator(database, True)
        with odoo_process.environment(database, LOGIN) as env:
            vals_list = [creator.vals(number) for number in range(bookings)]
            self.orders = env["sale.order"].create(vals_list).ids
        with odoo_process.environment(database) as env:
            right = env.ref("tour_partner.tour_group_right_mass_regularisation")
            env["res.users"].search([("login", "=", LOGIN)]).group_ids += right

    def mass(self):
        """All of it: the preview, the chunks, their commits."""
        with odoo_process.environment(self.database, LOGIN) as env:
            record = env["tour.regularisation"].create(
                {
                    "reason": "Measured",
                    "source": "chosen",
                    "order_ids": self.orders,
                    "supplier_how": "add",
                    "supplier_value": next(self.values),
                    "client_how": "add",
                    "client_value": 1,
                }
            )
            record.action_preview()
            record.action_run()
            record._treat()
            if record.done_count != len(self.orders):
                raise AssertionError(f"{record.done_count} were regularised")

    def one_by_one(self):
        """As the form saves them: each in a request of its own."""
        for order_id in self.orders[: self.edits]:
            with odoo_process.environment(self.database, LOGIN) as env:
                order = env["sale.order"].browse(order_id)
                order.write(
                    {
                        "order_line": [
                            (1, line.id, self.new_prices(line))
                            for line in order.order_line
                        ]
                    }
                )

    def new_prices(self, line):
        return {
            "supplier_price_total": line.supplier_price_total + 1,
            "price_unit": line.price_unit + 1,
        }

    def forget(self):
        """Take away what the goes left beside the bookings."""
        with odoo_process.environment(self.database) as env:
            right = env.ref("tour_partner.tour_group_right_mass_regularisation")
            env["res.users"].search([("login", "=", LOGIN)]).group_ids -= right
            env.cr.execute("DELETE FROM tour_regularisation WHERE reason = 'Measured'")


def measure(pair, quick):
    """Yield how long a booking takes in both ways."""
    bookings, edits, rounds = (200, 30, 2) if quick else (1000, 100, 3)
    with Marks(pair.tour):
        regulariser = Regulariser(pair.tour, bookings, edits)
        try:
            taken = interleave(
                rounds,
                warm_up=1,
                mass=regulariser.mass,
                single=regulariser.one_by_one,
            )
        finally:
            regulariser.forget()
    ratio = middle_ratio(taken["mass"], taken["single"]) * edits / bookings
    yield Result(
        group="regularise",
        name=f"{bookings:,} bookings of {SERVICES} services, {GUESTS} guests each",
        ours=middle(taken["mass"]) / bookings,
        plain=middle(taken["single"]) / edits,
        ratio=ratio,
        target=1 / 3,
        note=f"with preview and report, against {edits} single edits; per booking",
        details=details(**taken),
    )
