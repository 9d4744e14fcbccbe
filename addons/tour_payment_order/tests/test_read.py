import unittest
from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.orders import iter_entries
from . import pdf_factory as factory
from .common import PaymentOrderCommon

MATCHER = "odoo.addons.tour_payment_order.models.tour_payment_order_match"
READER = "odoo.addons.tour_payment_order.models.tour_payment_order_file_read"


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestRead(PaymentOrderCommon):
    def test_a_file_of_three_orders(self):
        """One finds its booking, one waits for want of a number, one is a picture."""
        file = self._read_file(
            self._make_pdf(
                {"number": "16", "purpose": "Оплата за проживание"},
                {},
                {"picture": True},
            )
        )
        self.assertRecordValues(
            file,
            [
                {
                    "state": "done",
                    "page_count": 3,
                    "order_count": 3,
                    "attached_count": 1,
                    "waiting_count": 2,
                    "duplicate_count": 0,
                }
            ],
        )
        second, first, scan = file.payment_order_ids.sorted("page_first")
        self.assertRecordValues(
            first,
            [
                {
                    "number": "15",
                    "amount": 12800.0,
                    "payee_tax_id": factory.HOTEL,
                    "payee_id": self.supplier.id,
                    "state": "attached",
                    "order_id": self.order.id,
                    "line_ids": self.stay.ids,
                    "is_attached_by_hand": False,
                    "reason_text": False,
                }
            ],
        )
        self.assertEqual(second.state, "waiting")
        self.assertEqual(self._get_codes(second), ["no_number"])
        self.assertIn("names no booking", second.reason_text)
        self.assertEqual(second.suggestion_ids.order_id, self.order)
        self.assertEqual(self._get_codes(scan), ["scan"])
        self.assertFalse(scan.number or scan.suggestion_ids)
        self.assertTrue(scan.attachment_id.raw.startswith(b"%PDF-"))

    def test_both_producers(self):
        order = self._read_order(make=factory.weave)
        self.assertEqual(order.order_id, self.order)

    def test_by_bill(self):
        bill = self._create_bill()
        order = self._read_order(purpose="Оплата по счету B-1207")
        self.assertEqual((order.order_id, order.bill_id), (self.order, bill))

    def test_by_number_of_travelline(self):
        self.stay.confirmation_number = "20261005-77-8"
        order = self._read_order(purpose="Оплата брони 20261005-77-8")
        self.assertEqual(order.line_ids, self.stay)

    def test_statuses_that_take_orders(self):
        numbers = iter(range(100, 200))
        for state in ("accepted", "booked", "changed"):
            with self.subTest(state):
                self._move_to(self.order, state)
                order = self._read_order(number=next(numbers))
                self.assertEqual(order.state, "attached")
        for state in ("new", "confirmed", "done", "cancelled", "archive"):
            with self.subTest(state):
                self._move_to(self.order, state)
                order = self._read_order(number=next(numbers))
                self.assertEqual(order.state, "waiting")
                self.assertEqual(self._get_codes(order), ["wrong_state"])

    def test_statuses_are_data(self):
        status = self.env.ref("tour_booking.booking_status_confirmed")
        status.takes_payment_orders = True
        self._move_to(self.order, "confirmed")
        self.assertEqual(self._read_order().state, "attached")

    def test_the_same_order_twice(self):
        content = self._make_pdf({}, {"picture": True})
        self._read_file(content)
        again = self._read_file(content, self._make_pdf({"mark": "ИСПОЛНЕНО"}))
        self.assertEqual(again.mapped("duplicate_count"), [2, 1])
        self.assertFalse(again.payment_order_ids)
        self.assertEqual(len(self._get_copies()), 1)

    def test_another_date_is_another_order(self):
        self._read_order()
        self.assertTrue(self._read_order(date="06.10.2026"))

    def test_looked_for_again(self):
        """The booking was not there when the order came."""
        order = self._read_order(purpose="заявка T999999")
        self.assertEqual(self._get_codes(order), ["unknown_number"])
        self.assertIn("T999999", order.reason_text)
        self.order.name = "T999999"
        order.with_user(self.accountant).action_match()
        self.assertEqual(order.order_id, self.order)

    # Too early

    def _count_triggers(self):
        cron = self.env.ref("tour_payment_order.ir_cron_match")
        triggers = self.env["ir.cron.trigger"]
        return triggers.search_count([("cron_id", "=", cron.id)])

    def test_looked_for_again_when_the_booking_gets_there(self):
        """In the background: the move itself attaches nothing."""
        self._move_to(self.order, "new")
        order = self._read_order()
        self.assertEqual(self._get_codes(order), ["wrong_state"])
        self.env["tour.payment.order"]._cron_match()
        self.assertEqual(order.state, "waiting")
        before = self._count_triggers()
        self.order._move_by_system("changed")
        self.assertEqual(self._count_triggers(), before + 1)
        self.assertEqual(order.state, "waiting")
        self.env["tour.payment.order"]._cron_match()
        self.assertEqual(order.order_id, self.order)

    def test_moves_elsewhere_start_nothing(self):
        before = self._count_triggers()
        self.order._move_by_system("cancelled")
        self.assertEqual(self._count_triggers(), before)

    def test_looked_for_again_when_the_booking_is_made(self):
        order = self._read_order(purpose="заявка T999999")
        other = self._read_order(number="16", purpose="Оплата за проживание")
        orders = self.env["tour.payment.order"]
        self.assertFalse(orders._find_too_early() & (order | other))
        self.order.name = "T999999"
        self.assertEqual(orders._find_too_early() & (order | other), order)
        orders._cron_match()
        self.assertEqual((order.state, other.state), ("attached", "waiting"))

    def test_one_that_fails_holds_up_no_other(self):
        """Of those that are looked at again."""
        self._move_to(self.order, "new")
        first, second = self._read_order(), self._read_order(number="16")
        self._move_to(self.order, "booked")
        model = type(first)
        match = model._match_safely

        def fail(order):
            if order == first:
                raise ValueError("a fault of ours")
            match(order)

        with patch.object(model, "_match_safely", fail), mute_logger(MATCHER):
            first._cron_match()
        self.assertEqual((first.state, second.state), ("waiting", "attached"))

    # Bad files

    def test_bad_files_stay_with_the_reason(self):
        good = self._make_pdf()
        self.company.tour_payment_max_mb = 1
        files = self._read_file(
            b"",
            b"<html><script>alert(1)</script>",
            good[:300],
            factory.encrypt(good),
            b"%PDF-1.7" + b" " * 1024 * 1024,
            good,
        )
        self.assertEqual(
            files.mapped("fault"),
            ["empty", "type", "broken", "encrypted", "size", False],
        )
        self.assertEqual(set(files[:5].mapped("state")), {"failed"})
        self.assertEqual(files[5].state, "done")
        self.assertIn("1 MB", files[4].fault_text)
        self.assertEqual(files[1].attachment_id.mimetype, "text/plain")

    def test_nothing_of_a_bad_file_is_lost(self):
        content = b"%PDF- what a pity"
        file = self._read_file(content)
        self.assertEqual((file.state, file.attachment_id.raw), ("failed", content))

    def test_read_again(self):
        """With a larger limit; what is known already stays as it is."""
        content = self._make_pdf({"picture": True}, {})
        file = self._read_file(content)
        order = file.payment_order_ids.sorted("page_first")[1]
        file.with_user(self.accountant).action_read_again()
        self.assertEqual(file.state, "received")
        self.files._cron_read()
        self.assertEqual((file.state, file.duplicate_count), ("done", 2))
        self.assertEqual(len(file.payment_order_ids), 2)
        self.assertEqual(order.state, "attached")

    def test_text_that_cannot_be_trusted_is_not_matched(self):
        """Though the page shows the number, tax id and sum of a booking."""
        good = self._make_pdf()
        contents = [
            factory.break_font(good, mode) for mode in ("none", "private", "shift")
        ]
        wrong = {"payer_tax_id": "8823456782", "payee_tax_id": "8818194904"}
        orders = self._read_file(*contents, self._make_pdf(wrong)).payment_order_ids
        self.assertEqual(len(orders), 4)
        orders.with_user(self.accountant).action_match()
        orders._cron_match()
        for order in orders:
            with self.subTest(order.reasons):
                self.assertEqual((order.state, order.order_id.id), ("waiting", False))
                self.assertIn("can't be trusted", order.reason_text)
                self.assertFalse(order.suggestion_ids)

    # Cut off

    def test_cut_off_and_taken_up(self):
        """Killed after each order in turn: each is there once, whatever happens."""
        content = self._make_pdf(*({"number": n} for n in ("1", "2", "3", "4")))
        file = self._receive(content)
        for pages in range(1, 4):
            with patch.object(type(self.files), "_commit_page", return_value=False):
                self.files._cron_read()
            self.assertEqual((file.state, file.pages_read), ("reading", pages))
        self.files._cron_read()
        self.assertEqual(file.state, "done")
        self.assertEqual(
            file.payment_order_ids.sorted("page_first").mapped("number"),
            ["1", "2", "3", "4"],
        )

    def test_the_same_page_by_two_workers(self):
        """Who comes second finds the page taken, and leaves it."""
        file = self._receive(self._make_pdf({}, {"number": "16"}))
        sudo = file.sudo()
        sudo._set_state("reading", page_count=2, pages_read=1)
        entry = next(iter_entries(file.attachment_id.raw))
        with self.assertRaises(psycopg2.OperationalError):
            sudo._take(entry)
        self.assertFalse(file.payment_order_ids)

    def test_what_kills_the_reader_is_given_up(self):
        """Twice, and each time it was noted for good before; others are read."""
        deadly, good = self._receive(b"%PDF-1.7 deadly", self._make_pdf())
        model, noted, read = type(self.files), [], type(self.files)._read

        def die(file):
            if file == deadly:
                raise KeyboardInterrupt
            return read(file)

        def commit(_cron, *_args, **_kwargs):
            noted.append(deadly.tries)
            return 600.0

        self.patch(type(self.env["ir.cron"]), "_commit_progress", commit)
        with patch.object(model, "_read", die):
            for tries in (1, 2):
                # Not by `assertRaises`, which would take back what was noted.
                with suppress(KeyboardInterrupt):
                    self.files._cron_read()
                    self.fail("It was not even begun.")
                self.assertEqual(noted[-1], tries)
            self.files._cron_read()
        self.assertEqual((deadly.state, deadly.fault), ("failed", "stuck"))
        self.assertIn("twice", deadly.fault_text)
        self.assertEqual(good.state, "done")
        deadly.with_user(self.accountant).action_read_again()
        self.assertEqual((deadly.state, deadly.tries), ("received", 0))

    @mute_logger(READER)
    def test_who_was_in_the_way_is_no_fault_of_the_file(self):
        file = self._receive(self._make_pdf())
        error = psycopg2.OperationalError("Somebody was in the way.")
        # Nothing is kept in tests: what was noted is taken back by hand.
        with (
            patch.object(type(self.files), "_read", side_effect=error),
            patch.object(self.cr, "rollback"),
        ):
            for _turn in range(4):
                self.files._cron_read()
        self.assertEqual((file.state, file.tries), ("received", 0))
        self.files._cron_read()
        self.assertEqual((file.state, file.tries), ("done", 1))

    @mute_logger(READER)
    def test_one_that_is_refused_holds_up_no_other(self):
        model = type(self.env["tour.payment.order"])
        make = model._prepare_read_vals

        def fail(self, file, entry):
            vals = make(self, file, entry)
            if vals.get("number") == "15":
                raise ValueError("a fault of ours")
            return vals

        with patch.object(model, "_prepare_read_vals", fail):
            file = self._read_file(self._make_pdf({}, {"number": "16"}))
        first, second = file.payment_order_ids.sorted("page_first")
        self.assertEqual(self._get_codes(first), ["error"])
        self.assertEqual(second.order_id, self.order)

    def test_refused_attaching_waits_with_the_reason(self):
        model = type(self.env["tour.payment.order"])
        with patch.object(model, "_copy_to_booking", side_effect=UserError("No way.")):
            order = self._read_order()
        self.assertEqual(order.state, "waiting")
        self.assertIn("No way.", order.reason_text)
        self.assertFalse(order.order_id or self._get_copies())
        self.assertEqual(self.stay.payment_order_state, "none")
