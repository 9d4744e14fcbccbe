"""What the engine decides, by a table that was worked out by hand."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_payment_order.engine.matching import Numbering

from ..engine.matching import Allowance, Bill, Row, Service, decide

OURS = 5
OTHERS = 6
NUMBERING = Numbering("T", 6)
ALLOWANCE = Allowance(Decimal("0.5"), Decimal(10))


def service(number, left, booking=1, **values):
    return Service(
        **{
            "id": number,
            "booking": booking,
            "number": f"T{booking:06}",
            "supplier": OURS,
            "left": Decimal(left),
            "date_from": date(2026, 12, 10),
            "date_to": date(2026, 12, 12),
            **values,
        }
    )


def row(amount, text="", number=0):
    return Row(number, text, Decimal(amount))


def bill(*rows, text=""):
    return Bill(OURS, text, rows)


def find(one_bill, *services, allowance=ALLOWANCE):
    return [
        (p.row, p.service, p.amount, p.is_accepted)
        for p in decide(one_bill, list(services), NUMBERING, allowance)
    ]


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    def test_sums_about_the_allowance(self):
        """0.5 % of 1,000 is 5, of 20,000 100: the ten beside it is the smaller."""
        for cost, amount, accepted in (
            (1000, "1000", True),
            (1000, "1005", True),
            (1000, "995", True),
            (1000, "1005.01", False),
            (20000, "20010", True),
            (20000, "20010.01", False),
            (20000, "19989.99", False),
        ):
            with self.subTest(cost=cost, amount=amount):
                found = find(bill(row(amount)), service(7, cost, on_bill=True))
                self.assertEqual([f[3] for f in found], [accepted])

    def test_all_of_the_row_is_for_what_agrees(self):
        found = find(bill(row("1004")), service(7, 1000, on_bill=True))
        self.assertEqual(found, [(0, 7, Decimal(1004), True)])

    def test_sum_alone_is_never_enough(self):
        found = find(bill(row(1000)), service(7, 1000))
        self.assertEqual(found, [(0, 7, Decimal(1000), False)])

    def test_another_sum_of_an_unknown_service_is_not_shown(self):
        self.assertEqual(find(bill(row(900)), service(7, 1000)), [])

    def test_guest_with_his_days_is_known(self):
        guest = {"guests": (("Щербакова", "Юлия"),)}
        text = "Проживание Shcherbakova Yulia 10.12-12.12.2026"
        self.assertEqual(
            find(bill(row(1000, text)), service(7, 1000, **guest)),
            [(0, 7, Decimal(1000), True)],
        )
        # The same guest at another time is somebody who comes again.
        text = "Проживание Shcherbakova Yulia 20.12-22.12.2026"
        self.assertEqual(
            find(bill(row(1000, text)), service(7, 1000, **guest)),
            [(0, 7, Decimal(1000), False)],
        )

    def test_supplier_of_somebody_else_is_not_accepted(self):
        found = find(
            bill(row(1000, "заявка T000001")), service(7, 1000, supplier=OTHERS)
        )
        self.assertEqual(found, [(0, 7, Decimal(1000), False)])

    def test_several_services_of_the_booking_together(self):
        services = (service(7, 1000, on_bill=True), service(8, 500, on_bill=True))
        self.assertEqual(
            find(bill(row(1500)), *services),
            [(0, 7, Decimal(1000), True), (0, 8, Decimal(500), True)],
        )
        self.assertEqual(find(bill(row(500)), *services), [(0, 8, Decimal(500), True)])

    def test_two_of_three_services_together(self):
        services = [
            service(n, left, on_bill=True) for n, left in ((7, 1000), (8, 500), (9, 70))
        ]
        self.assertEqual(
            find(bill(row(1070)), *services),
            [(0, 7, Decimal(1000), True), (0, 9, Decimal(70), True)],
        )

    def test_bookings_named_on_one_row(self):
        found = find(
            bill(row(1800, "Заявки T000001, T000002")),
            service(7, 1000, booking=1),
            service(8, 800, booking=2),
            service(9, 1800, booking=3),
        )
        self.assertEqual(
            found, [(0, 7, Decimal(1000), True), (0, 8, Decimal(800), True)]
        )

    def test_rows_each_for_their_booking(self):
        found = find(
            bill(
                row(1000, "T000002 Иванов", 11),
                row(1000, "T000001 Петров", 12),
                row(300, "трансфер", 13),
            ),
            service(7, 1000, booking=1),
            service(8, 1000, booking=2),
        )
        self.assertEqual(
            found, [(11, 8, Decimal(1000), True), (12, 7, Decimal(1000), True)]
        )

    def test_what_is_settled_is_out_of_the_way(self):
        """Two rooms cost the same: the guest says which, the rest is the other's."""
        services = (
            service(7, 1000, on_bill=True, guests=(("Иванов", "Пётр"),)),
            service(8, 1000, on_bill=True, guests=(("Сидоров", "Олег"),)),
        )
        found = find(bill(row(1000, "2", 11), row(1000, "Сидоров О.", 12)), *services)
        self.assertEqual(
            found, [(12, 8, Decimal(1000), True), (11, 7, Decimal(1000), True)]
        )

    def test_rivals_are_left_to_people(self):
        services = (service(7, 1000, on_bill=True), service(8, 1000, on_bill=True))
        found = find(bill(row(1000)), *services)
        self.assertEqual(found, [(0, 7, Decimal(1000), False)])

    def test_a_part_is_spread_by_what_is_left(self):
        services = (service(7, 1000, on_bill=True), service(8, 500, on_bill=True))
        self.assertEqual(
            find(bill(row(900)), *services),
            [(0, 7, Decimal(600), False), (0, 8, Decimal(300), False)],
        )

    def test_more_than_is_left_is_not_spread(self):
        found = find(bill(row(1900)), service(7, 1000, on_bill=True))
        self.assertEqual(found, [(0, 7, Decimal(1000), False)])

    def test_what_is_billed_is_not_billed_again(self):
        self.assertEqual(find(bill(row(1000)), service(7, 0, on_bill=True)), [])

    def test_reasons_say_what_agrees_and_what_does_not(self):
        text = "Проживание в Alpina, Иванов П., 10-12.12.2026, заявка T000001"
        found = decide(
            bill(row(990, text)),
            [service(7, 1000, guests=(("Ivanov", "Petr"),), place="Alpina")],
            NUMBERING,
            ALLOWANCE,
        )
        self.assertEqual(
            [reason.code for reason in found[0].reasons],
            ["booking_number", "guest", "days", "place", "supplier", "below"],
        )
        self.assertEqual(found[0].reasons[-1].values["by"], Decimal(10))

    def test_hundreds_of_services_are_weighed_at_once(self):
        services = [
            service(n, 1000 + n, booking=n, guests=((f"Guest{n}", "A"),))
            for n in range(1, 401)
        ]
        rows = [row(1000 + n, f"T{n:06}", n) for n in range(1, 101)]
        found = find(bill(*rows), *services, allowance=Allowance())
        self.assertEqual(
            found, [(n, n, Decimal(1000 + n), True) for n in range(1, 101)]
        )
