from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.api import Environment
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestQueue(BillCommon):
    def _deal(self, user, queue="accounting"):
        return self.env["account.move"].with_user(user)._deal_bill(queue)

    def _set(self, bill, **values):
        bill._as_bill_mover().write(values)
        bill.flush_recordset()

    def test_oldest_first_and_only_what_is_due(self):
        # Not tomorrow: a run may begin just before midnight.
        later = self._create_handed(b"1", ref="1", amount=1.0, wanted_date=self._day(7))
        new = self._create_handed(b"2", ref="2", amount=2.0)
        old = self._create_handed(b"3", ref="3", amount=3.0)
        self._set(old, tour_bill_pay_date=self._day(-2))
        self.assertEqual(self._deal(self.accountant), old)
        self._act(old, "order", self.accountant)
        self.assertEqual(self._deal(self.accountant), new)
        self._act(new, "order", self.accountant)
        self.assertFalse(self._deal(self.accountant))
        self.assertEqual(later.tour_bill_state, "accounting")

    def test_no_bill_to_two(self):
        first = self._create_handed(b"1", ref="1", amount=1.0)
        second = self._create_handed(b"2", ref="2", amount=2.0)
        self.assertEqual(self._deal(self.accountant), first)
        self.assertEqual(self._deal(self.accountant2), second)
        self.assertEqual(self._deal(self.accountant), first, "He keeps his own.")
        third = self._create_staff("accountant3", "accountant")
        self.assertFalse(self._deal(third))

    def test_a_lease_ends_and_goes_to_another(self):
        bill = self._create_handed()
        self._deal(self.accountant)
        self.env.company.tour_bill_lease_minutes = 5
        ago = fields.Datetime.now() - timedelta(minutes=1)
        self._set(bill, tour_bill_held_until=ago)
        self.assertEqual(self._deal(self.accountant2), bill)
        left = bill.tour_bill_held_until - fields.Datetime.now()
        self.assertAlmostEqual(left.total_seconds(), 300, delta=30)
        with self.assertRaisesRegex(UserError, "dealt to Accountant2"):
            self._act(bill, "order", self.accountant)

    def test_what_was_done_before_and_came_too_late_is_not_swallowed(self):
        """Odoo has to hear of it, and tries the whole request again."""
        bill = self._create_handed()
        Move = self.env["account.move"].with_user(self.accountant)
        with (
            self.assertRaises(SerializationFailure),
            patch.object(Environment, "flush_all", side_effect=SerializationFailure),
        ):
            Move._deal_bill("accounting")
        with (
            self.assertRaises(SerializationFailure),
            patch.object(Environment, "flush_all", side_effect=SerializationFailure),
        ):
            bill.with_user(self.accountant)._hold_bill("accounting")

    def test_released_it_goes_to_the_next(self):
        bill = self._create_handed()
        self._deal(self.accountant)
        bill.with_user(self.accountant2)._release_bill()
        self.assertEqual(bill.tour_bill_holder_id, self.accountant)
        bill.with_user(self.accountant)._release_bill()
        self.assertEqual(self._deal(self.accountant2), bill)

    def test_a_manager_s_recall_wins_over_a_lease(self):
        bill = self._create_handed()
        self._deal(self.accountant)
        self._act(bill, "recall", self.manager, note="cancelled")
        self.assertFalse(bill.tour_bill_holder_id)
        with self.assertRaisesRegex(UserError, "(?s)Recalled.*cancelled"):
            self._act(bill, "order", self.accountant)

    def test_a_recall_wins_also_of_a_manager_who_may_approve(self):
        self.env["tour.bill.substitute"].create(
            {
                "user_id": self.director2.id,
                "substitute_id": self.manager.id,
                "date_to": self._day(1),
            }
        )
        bill = self._create_handed(amount=150000.0)
        self.assertEqual(self._deal(self.director, "director"), bill)
        with self.assertRaisesRegex(UserError, "dealt to Director"):
            self._act(bill, "approve", self.manager)
        self._act(bill, "recall", self.manager)
        self.assertEqual(bill.tour_bill_state, "prepared")

    def test_the_director_s_order(self):
        """Urgent and near, near, partly paid, the rest."""
        self.env["tour.bill.rule"].create(
            {
                "name": "All",
                "sequence": 1,
                "domain": "[]",
                "sentence": "because all do",
                "tried_on": fields.Datetime.now(),
                "state": "live",
            }
        )
        rest = self._create_handed(b"1", ref="1", amount=1.0, wanted_date=self._day(9))
        partly = self._create_handed(
            b"2", ref="2", amount=2.0, wanted_date=self._day(9)
        )
        self._set(partly, tour_bill_paid_share=50.0)
        near = self._create_handed(b"3", ref="3", amount=3.0, wanted_date=self._day(3))
        urgent = self._create_handed(
            b"4", amount=4.0, ref="4", wanted_date=self._day(3), is_urgent=True
        )
        for bill in (urgent, near, partly, rest):
            self.assertEqual(self._deal(self.director, "director"), bill)
            self._act(bill, "send_back", self.director)
        self.assertFalse(self._deal(self.director, "director"))

    def test_who_has_no_queue_is_dealt_nothing(self):
        for user in (self.manager, self.head, self.director):
            with self.assertRaises(AccessError):
                self._deal(user)
        for user in (self.manager, self.accountant):
            with self.assertRaises(AccessError):
                self._deal(user, "director")
        with self.assertRaises(AccessError):
            self._deal(self.accountant, "paid")

    def test_dealing_costs_the_same_however_long_the_queue(self):
        """The user's own lease, the queue, company and user, and the taking."""

        Move = self.env["account.move"].with_user(self.accountant)

        def count():
            Move._deal_bill("accounting")._release_bill()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(Move.env.tz)  # Known in a request before it begins.
            before = self.env.cr.sql_log_count
            Move._deal_bill("accounting")
            return self.env.cr.sql_log_count - before

        for number in range(2):
            self._create_handed(b"%d" % number, ref=str(number), amount=number + 1.0)
        count()  # Fills the caches that all requests share.
        short = count()
        for number in range(2, 14):
            self._create_handed(b"%d" % number, ref=str(number), amount=number + 1.0)
        count()
        self.assertEqual(count(), short)
        self.assertLessEqual(short, 12)
