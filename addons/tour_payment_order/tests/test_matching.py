import time
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_payment_order.engine.matching import (
    Bill,
    Booking,
    Numbering,
    Payment,
    Service,
    decide,
    find_numbers,
)

HOTEL, OTHER, OURS = "7707083893", "7701234560", "7712345671"
NUMBERING = Numbering("T", 6)
STAY = Service(1, HOTEL, Decimal(24400), ("20260101-5-77",))
TRANSFER = Service(2, OTHER, Decimal(1000))
BILL = Bill(9, HOTEL, Decimal(24400), ("B-1207", "BILL/2026/10/0003"))


def book(name="T000123", services=(STAY, TRANSFER), bills=(), takes=True, number=1):
    return Booking(number, name, takes, services, bills)


def pay(purpose, amount=24400, payee=HOTEL, payer=OURS):
    return Payment(purpose, payee, Decimal(amount), payer, frozenset([OURS]))


@tagged("post_install", "-at_install")
class TestMatching(BaseCase):
    def _decide(self, payment, *bookings):
        result = decide(payment, list(bookings) or [book()], NUMBERING)
        return result.best, [reason.code for reason in result.reasons]

    def _assert_waits(self, reason, payment, *bookings):
        best, codes = self._decide(payment, *bookings)
        self.assertIsNone(best)
        self.assertIn(reason, codes)

    def test_number_tax_id_and_sum(self):
        best, codes = self._decide(pay("Оплата, заявка T000123"))
        self.assertEqual((best.booking.id, best.points), (1, 100))
        self.assertEqual((best.services, codes), ((1,), []))

    def test_ways_to_write_a_number(self):
        for text in (
            "T000123",
            "т000123",  # Russian, small.
            "T 000123",
            "заявка 123",
            "по заявкам № 000123",
            "бронь №123",
        ):
            with self.subTest(text):
                best, codes = self._decide(pay(f"Оплата {text} за проживание"))
                self.assertEqual((best and best.booking.name, codes), ("T000123", []))

    def test_what_is_no_number(self):
        for text in (
            "НДС 20% 123",
            "счет 000123456",
            "40702810T0001234",
            "T0001234567",
        ):
            with self.subTest(text):
                found = find_numbers(text, NUMBERING).bookings
                self.assertLess(found.get("T000123", 0), 50)

    def test_travelline_number_names_the_service(self):
        best, _codes = self._decide(pay("Бронирование 20260101-5-77"))
        self.assertEqual((best.points, best.services), (100, (1,)))

    def test_bill_number(self):
        booking = book(bills=(BILL,))
        best, _codes = self._decide(pay("Оплата по сч. В 1207"), booking)
        self.assertEqual((best.bill, best.points), (9, 90))
        best, _codes = self._decide(pay("BILL/2026/10/0003"), booking)
        self.assertEqual(best.bill, 9)

    def test_bill_of_another_supplier_does_not_count(self):
        booking = book(bills=(BILL,))
        payment = pay("Оплата по сч. B-1207", payee=OTHER, amount=24400)
        self._assert_waits("no_number", payment, booking)

    def test_a_short_bill_number_needs_the_sum(self):
        bill = Bill(9, HOTEL, Decimal(24400), ("20",))
        booking = book(bills=(bill,))
        self._assert_waits("not_enough", pay("НДС 20%", amount=100), booking)
        best, _codes = self._decide(pay("счет 20"), booking)
        self.assertEqual(best.points, 70)

    def test_never_by_sum_alone(self):
        self._assert_waits("no_match", pay("Оплата", payee="500100732259", amount=1))
        same_sum = book(services=(Service(1, "", Decimal(24400)),))
        self._assert_waits("no_number", pay("Оплата"), same_sum)

    def test_nor_by_sum_and_tax_id(self):
        self._assert_waits("no_number", pay("Оплата за проживание"))

    def test_nor_by_number_alone(self):
        unknown = book(services=(Service(1, "", Decimal(90000)),))
        self._assert_waits("not_enough", pay("T000123"), unknown)

    def test_another_tax_id_waits_though_number_and_sum_agree(self):
        payment = pay("T000123", payee="500100732259")
        self._assert_waits("other_tax_id", payment)

    def test_more_than_is_due_waits(self):
        self._assert_waits("amount_above", pay("T000123", amount=24401))

    def test_a_part_is_enough(self):
        best, _codes = self._decide(pay("T000123 предоплата", amount=12200))
        self.assertEqual((best.points, best.services), (80, (1,)))

    def test_all_services_of_a_supplier_together(self):
        two = (STAY, Service(3, HOTEL, Decimal(600)), TRANSFER)
        best, _codes = self._decide(pay("T000123", amount=25000), book(services=two))
        self.assertEqual((best.points, best.services), (100, (1, 3)))

    def test_several_bookings_named_wait(self):
        second = book("T000124", number=2)
        payment = pay("Оплата по заявкам T000123, T000124")
        self._assert_waits("ambiguous", payment, book(), second)

    def test_the_one_whose_sum_agrees_leads(self):
        """It is named as well as the other, and the sum is its own."""
        second = book("T000124", (Service(4, HOTEL, Decimal(99)),), number=2)
        best, codes = self._decide(pay("T000123 T000124"), book(), second)
        self.assertEqual((best.booking.name, codes), ("T000123", []))

    def test_another_currency_waits(self):
        foreign = book(services=(Service(1, HOTEL, None),))
        self._assert_waits("currency", pay("T000123"), foreign)

    def test_status_and_payer(self):
        self._assert_waits("wrong_state", pay("T000123"), book(takes=False))
        self._assert_waits("other_payer", pay("T000123", payer=OTHER))

    def test_unknown_numbers_are_named(self):
        result = decide(pay("заявка 777"), [], NUMBERING)
        self.assertEqual(result.reasons[0].code, "unknown_number")
        self.assertEqual(result.reasons[0].values, {"numbers": "T000777"})

    def test_a_purpose_made_to_hurt(self):
        """Long, with tags, quotes and signs of patterns: read as text, and fast."""
        start = time.monotonic()
        for text in (
            "1" * 500,
            "T" * 500,
            "заявка " * 70,
            "1-" * 250,
            "(((T[*+?\\1)",
            f"заявка {'1' * 480}",
            f"заявка {'1' * 40}.",
            f"заявка {'1, ' * 150}x1.1",
            f"заявка {'123 и ' * 80}123.",
        ):
            with self.subTest(text[:10]):
                self._decide(pay(text))
        self.assertLess(time.monotonic() - start, 2)

    def test_several_plain_numbers(self):
        found = find_numbers("по заявкам 123, 124;125 и 12.10", NUMBERING).bookings
        self.assertEqual(set(found), {"T000123", "T000124", "T000125"})
