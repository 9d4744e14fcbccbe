"""Mails with reports: to whom, again, and what became of them."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

from ..models import tour_report_run_send as send
from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestSend(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.albina = cls.env["res.partner"].create(
            {"name": "Albina", "email": "albina@tour.example"}
        )
        cls.env.company.tour_report_partner_ids = cls.albina

    def _send(self, **values):
        action = self._ask("daily", **values).action_send()
        return self.env["tour.report.run"].browse(action["res_id"])

    def _mails(self, run):
        return self.env["mail.mail"].search(
            [("model", "=", run._name), ("res_id", "=", run.id)]
        )

    def test_to_accounting_with_the_file(self):
        run = self._send()
        mail = self._mails(run)
        self.assertEqual(mail.recipient_ids, self.albina)
        self.assertEqual(mail.attachment_ids, run.attachment_id)
        self.assertIn("Daily report", mail.subject)
        self.assertEqual(run.mail_state, "queued")

    def test_heads_and_accountants_are_told(self):
        run = self._send()
        told = self.env["mail.message"].search(
            [
                ("model", "=", run._name),
                ("res_id", "=", run.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertLessEqual((self.head | self.accountant).partner_id, told.partner_ids)
        self.assertNotIn(self.manager.partner_id, told.partner_ids)

    def test_nobody_is_named(self):
        self.env.company.tour_report_partner_ids = False
        with self.assertRaisesRegex(UserError, "Settings"):
            self._send()
        run, _book = self._make("daily")
        with self.assertRaisesRegex(UserError, "Settings"):
            run.action_send()

    def test_who_wants_none_gets_none(self):
        category = self.env["tour.notification.category"]._get_by_code(send.CODE)
        self.env["tour.notification.choice"].create(
            {
                "category_id": category.id,
                "partner_id": self.albina.id,
                "choice": "dont_send",
            }
        )
        run = self._send()
        self.assertFalse(self._mails(run))
        self.assertFalse(run.mail_state)
        with self.assertRaisesRegex(UserError, "Albina"):
            run.action_send()

    def test_too_large_to_mail(self):
        with patch.object(send, "MAX_MAIL_BYTES", 10):
            run = self._send()
        mail = self._mails(run)
        self.assertFalse(mail.attachment_ids)
        self.assertIn("Reports made", mail.body_html)

    def test_a_mail_that_fails_is_sent_again_and_seen(self):
        with freeze_time("2026-05-12 06:00:00"):
            run = self._send(date_from="2026-05-01", date_to="2026-05-02")
        notification = run._find_notifications()
        mail = self._mails(run)

        def fail():
            mail.state = "exception"
            notification.write(
                {"notification_status": "exception", "failure_reason": "No route"}
            )
            run.invalidate_recordset()

        looked = [fields.Datetime.to_string(run.mail_look_on)]
        for tries in range(1, send.MAX_TRIES + 1):
            fail()
            self.assertEqual((run.mail_state, run.mail_failure), ("failed", "No route"))
            with freeze_time(run.mail_look_on), self.enter_registry_test_mode():
                self.env.ref("tour_report.ir_cron_mails").method_direct_trigger()
            self.assertEqual(mail.state, "outgoing")
            self.assertEqual(run.mail_tries, tries)
            looked.append(fields.Datetime.to_string(run.mail_look_on))
        # After 10 minutes, then 20, 40 …
        self.assertEqual(
            looked[:4],
            [
                "2026-05-12 06:10:00",
                "2026-05-12 06:30:00",
                "2026-05-12 07:10:00",
                "2026-05-12 08:30:00",
            ],
        )
        fail()
        with freeze_time(run.mail_look_on), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_mails").method_direct_trigger()
        self.assertFalse(run.mail_look_on)
        self.assertEqual(run.mail_state, "failed")
        runs = self.env["tour.report.run"]
        self.assertIn(run, runs.search([("mail_state", "=", "failed")]))
        self.assertNotIn(run, runs.search([("mail_state", "=", "sent")]))

    def test_a_mail_that_went_is_not_looked_after_any_more(self):
        run = self._send()
        run._find_notifications().notification_status = "sent"
        run.invalidate_recordset()
        with freeze_time(run.mail_look_on), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_mails").method_direct_trigger()
        self.assertEqual(run.mail_state, "sent")
        self.assertFalse(run.mail_look_on)

    # === Set statuses === #

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
