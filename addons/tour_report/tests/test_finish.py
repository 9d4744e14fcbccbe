"""'Set statuses': what is over becomes Done, and what cannot is named (RPT-1)."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestFinish(ReportCommon):
    def _past(self, **values):
        stay = self._stay([GUEST], date_from=self._day(-5), date_to=self._day(-3))
        return self._force_state(self._create_booking(stay, **values), "booked")

    def _finish(self, user=None):
        period = {"date_from": self._day(-10), "date_to": self._day(10)}
        run = self._ask("daily", user, finish=True, **period)._start()
        return run.sudo()

    def test_what_is_over_becomes_done(self):
        over = self._past()
        ahead = self._force_state(self._create_booking(), "booked")
        unpaid = self._past()
        unpaid.order_line.service_type_id = self.accommodation.copy(
            {"name": "Paid", "done_needs_paid_invoice": True}
        )
        run = self._finish()
        self.assertEqual(over.booking_state, "done")
        self.assertEqual(ahead.booking_state, "booked")
        self.assertEqual(unpaid.booking_state, "booked")
        self.assertEqual(run.finished_count, 1)
        self.assertIn(unpaid.name, run.finish_note)
        # The file is of before.
        self.assertEqual((run.state, run.row_count), ("done", 3))

    def test_statuses_are_set_with_the_rights_of_the_user(self):
        other = self._past(user_id=self.manager_two.id)
        own = self._past()
        self._finish(self.manager)
        self.assertEqual(own.booking_state, "done")
        self.assertEqual(other.booking_state, "booked")

    def test_each_that_cannot_is_named_with_its_reason(self):
        """A type that needs a file; the other one is moved with the rest."""
        filed = self.accommodation.copy({"name": "Filed", "done_needs_file": True})
        over, missing, second = self._past(), self._past(), self._past()
        (missing | second).order_line.service_type_id = filed
        run = self._finish()
        self.assertEqual(over.booking_state, "done")
        lines = run.finish_note.splitlines()
        self.assertEqual(len(lines), 2)
        for line, order in zip(lines, missing | second, strict=True):
            self.assertTrue(line.startswith(f"{order.name}: "), line)
            self.assertIn("no file is attached", line)

    def test_they_are_moved_together(self):
        orders = self._past() | self._past() | self._past()
        moved = []
        move_to = type(orders)._move_to

        def spy(records, *args, **kwargs):
            moved.append(records)
            return move_to(records, *args, **kwargs)

        with patch.object(type(orders), "_move_to", spy):
            self._finish()
        self.assertEqual(moved, [orders])

    def test_one_in_the_way_does_not_keep_the_others(self):
        """Whatever is the matter, each is tried by itself, and the report is made."""
        broken, over = self._past(), self._past()
        move_to = type(over)._move_to

        def fail(records, *args, **kwargs):
            if broken in records:
                raise ValueError("broken")
            return move_to(records, *args, **kwargs)

        with (
            patch.object(type(over), "_move_to", fail),
            self.assertLogs("odoo.addons.tour_report", "ERROR"),
        ):
            run = self._finish()
        self.assertEqual((run.state, run.finished_count), ("done", 1))
        self.assertEqual(over.booking_state, "done")
        self.assertIn(f"{broken.name}: An error of the program", run.finish_note)

    def test_what_ends_today_is_not_over(self):
        stay = self._stay([GUEST], date_from=self._day(-2), date_to=self._day(0))
        today = self._force_state(self._create_booking(stay), "booked")
        self._finish()
        self.assertEqual(today.booking_state, "booked")

    def test_all_of_its_services_are_over(self):
        """A stay that is over, and a transfer that is ahead."""
        stay = self._stay([GUEST], date_from=self._day(-5), date_to=self._day(-3))
        order = self._create_booking(stay, self._transfer(price_unit=10))
        self._force_state(order, "booked")
        run = self._finish()
        self.assertEqual(order.booking_state, "booked")
        self.assertEqual((run.finished_count, run.finish_note), (0, ""))

    def test_reports_that_set_none_set_none(self):
        """The mark stays behind when a schedule is given another report."""
        order = self._past()
        period = {"date_from": self._day(-10), "date_to": self._day(10)}
        self._ask("bookings", finish=True, **period)._start()
        self.assertEqual(order.booking_state, "booked")

    def test_who_may_not_move_moves_none(self):
        order = self._past()
        run = self._finish(self.director)
        self.assertEqual(run.state, "done")
        self.assertEqual(order.booking_state, "booked")
        self.assertIn(order.name, run.finish_note)
