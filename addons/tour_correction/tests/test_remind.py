from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestRemind(CorrectionCommon):
    def setUp(self):
        super().setUp()
        self.env.company.tour_overpayment_reminder_days = 7
        self.order = self._create_paid()
        self._shorten(self.order, 2)
        self.overpayment = self.order.overpayment_ids

    def _run(self, days):
        """What the cron does, so many days later."""
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(self.today + timedelta(days=days)):
            due = self.env["tour.overpayment"].search(
                self.overpayment._get_remind_domain(self.env.company)
            )
            (due & self.overpayment)._remind()
        return bool(due & self.overpayment)

    def test_every_so_many_days(self):
        self.assertFalse(self._run(6))
        self.assertTrue(self._run(7))
        self.assertFalse(self._run(13))
        self.assertTrue(self._run(14))
        self.assertEqual(self.overpayment.reminder_count, 2)
        self.assertEqual(self.overpayment.last_reminder_on, self._day(14))

    def test_responsible_is_told_and_has_something_to_do(self):
        self._run(7)
        self._run(14)
        self.assertRecordValues(
            self.overpayment.activity_ids, [{"user_id": self.manager.id}]
        )
        told = self._get_told(self.manager, self.overpayment)
        self.assertIn("for 7 days", told)
        self.assertIn("for 14 days", told)

    def test_not_of_what_is_closed(self):
        self.overpayment.with_user(self.accountant)._move_to("closed_setoff")
        self.assertFalse(self._run(7))

    def test_closing_leaves_nothing_to_do(self):
        self._run(7)
        self.overpayment.with_user(self.accountant)._move_to("closed_setoff")
        self.assertFalse(self.overpayment.activity_ids)

    def test_supplier_only_if_wanted_and_asked_before(self):
        def count():
            return self.env["mail.mail"].search_count(
                [
                    ("model", "=", "tour.document"),
                    ("res_id", "=", self.overpayment.letter_id.id),
                ]
            )

        self.env.company.tour_overpayment_remind_supplier = True
        self._run(7)
        self.assertEqual(count(), 0)
        letter = self.overpayment.letter_id
        letter._draw()
        letter._write_own({"sent_on": "2026-01-01 00:00:00"})
        self.overpayment.with_user(self.manager)._move_to("letter_sent")
        self._run(14)
        self.assertEqual(count(), 1)
        mail = self.env["mail.mail"].search([("model", "=", "tour.document")], limit=1)
        self.assertTrue(mail.attachment_ids)
        self.assertIn("Reminder", mail.subject)

    def test_cron_reminds(self):
        self.overpayment._as_mover().write({"date": self._day(-8)})
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "tour_correction.ir_cron_remind_overpayments"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.overpayment.reminder_count, 1)

    def test_never(self):
        self.env.company.tour_overpayment_reminder_days = 0
        self.overpayment._as_mover().write({"date": self._day(-80)})
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "tour_correction.ir_cron_remind_overpayments"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.overpayment.reminder_count, 0)

    @mute_logger("odoo.sql_db")
    def test_days_are_not_negative(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env.company.tour_overpayment_reminder_days = -1
            self.env.flush_all()
