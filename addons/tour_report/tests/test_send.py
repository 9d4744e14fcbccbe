"""Mails with reports: to whom, again, and what became of them."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import IrMail_Server
from odoo.addons.mail.tests.common import MockEmail

from ..models import tour_report_run_send as send
from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestSend(ReportCommon, MockEmail):
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

    def _find_mails(self, run):
        return self.env["mail.mail"].search(
            [("model", "=", run._name), ("res_id", "=", run.id)]
        )

    def _found(self, state):
        """The runs that the filter gives."""
        self.env.flush_all()
        return self.env["tour.report.run"].search([("mail_state", "=", state)])

    def _told(self, run):
        return self.env["mail.message"].search(
            [
                ("model", "=", run._name),
                ("res_id", "=", run.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def _look(self, run):
        with freeze_time(run.mail_look_on), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_mails").method_direct_trigger()
        run.invalidate_recordset()

    def test_to_accounting_with_the_file(self):
        run = self._send()
        mail = self._find_mails(run)
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
        self.assertFalse(self._find_mails(run))
        # Nobody waits for it: it has to be seen.
        self.assertEqual(run.mail_state, "failed")
        self.assertIn("Albina", run.mail_failure)
        self.assertIn(run, self._found("failed"))
        self.assertIn("could not be mailed", self._told(run)[0].subject)
        with self.assertRaisesRegex(UserError, "Albina"):
            run.action_send()

    def test_too_large_to_mail(self):
        with patch.object(send, "MAX_MAIL_BYTES", 10):
            run = self._send()
        mail = self._find_mails(run)
        self.assertFalse(mail.attachment_ids)
        self.assertIn("Reports made", mail.body_html)

    def test_a_mail_that_fails_is_sent_again_and_seen(self):
        with freeze_time("2026-05-12 06:00:00"):
            run = self._send(date_from="2026-05-01", date_to="2026-05-02")
        notification = run._find_notifications()
        reason = "albina@tour.example: No route"
        mail = self._find_mails(run)

        def fail():
            mail.state = "exception"
            notification.write(
                {"notification_status": "exception", "failure_reason": "No route"}
            )
            run.invalidate_recordset()

        looked = [fields.Datetime.to_string(run.mail_look_on)]
        for tries in range(1, send.MAX_TRIES + 1):
            fail()
            self.assertEqual((run.mail_state, run.mail_failure), ("failed", reason))
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
        self.assertIn(run, self._found("failed"))
        self.assertNotIn(run, self._found("sent"))
        self.assertIn("could not be mailed", self._told(run)[0].subject)

    def test_a_mail_that_went_is_not_looked_after_any_more(self):
        run = self._send()
        run._find_notifications().notification_status = "sent"
        run.invalidate_recordset()
        with freeze_time(run.mail_look_on), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_mails").method_direct_trigger()
        self.assertEqual(run.mail_state, "sent")
        self.assertFalse(run.mail_look_on)

    def test_what_became_of_it_by_odoo_itself(self):
        """The server is not reached, then it is: failed, tried again, sent."""
        run = self._send()
        with (
            patch.object(IrMail_Server, "_connect__", side_effect=OSError("No route")),
            patch.object(IrMail_Server, "_disable_send", return_value=False),
        ):
            self._find_mails(run).send()
        run.invalidate_recordset()
        self.assertEqual(run.mail_state, "failed")
        self.assertIn("albina@tour.example", run.mail_failure)
        self.assertIn("No route", run.mail_failure)
        self._look(run)
        self.assertEqual((run.mail_state, run.mail_tries), ("queued", 1))
        with self.mock_mail_gateway():
            self._find_mails(run).send()
        run.invalidate_recordset()
        self.assertEqual(run.mail_state, "sent")
        self.assertIn(run, self._found("sent"))
        self.assertNotIn(run, self._found("queued"))
        self._look(run)
        self.assertFalse(run.mail_look_on)

    def test_a_mail_that_is_not_there_any_more_is_not_tried_again(self):
        """Odoo keeps no mail to a wrong address."""
        run = self._send()
        run._find_notifications().write(
            {"notification_status": "bounce", "failure_reason": "Unknown here"}
        )
        self._find_mails(run).unlink()
        self._look(run)
        self.assertEqual((run.mail_state, run.mail_tries), ("failed", 0))
        self.assertFalse(run.mail_look_on)
        self.assertIn("could not be mailed", self._told(run)[0].subject)

    def test_sent_again_it_is_not_failed_any_more(self):
        run = self._send()
        mail = self._find_mails(run)
        mail.state = "exception"
        run._find_notifications().notification_status = "exception"
        run.invalidate_recordset()
        self.assertEqual(run.mail_state, "failed")
        run.with_user(self.accountant).action_send()
        run.invalidate_recordset()
        self.assertEqual(run.mail_state, "queued")
        # One goes, not both.
        self.assertEqual(mail.state, "cancel")
        self.assertEqual(len(self._find_mails(run)), 2)

    def test_what_was_not_mailed_at_all(self):
        run, _book = self._make("daily")
        self.assertFalse(run.mail_state)
        self.assertIn(run, self._found(False))
        self.assertNotIn(self._send(), self._found(False))

    def test_a_list_of_them_takes_as_many_queries_as_one(self):
        runs = self._send() | self._send() | self._send()
        queries = []
        for some in (runs[0], runs):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("sent_on")
            before = self.env.cr.sql_log_count
            self.assertEqual(set(some.mapped("mail_state")), {"queued"})
            queries.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*queries)

    def test_a_mail_that_cannot_be_written_takes_no_report_with_it(self):
        self.env.ref("tour_report.mail_template_report").unlink()
        with self.assertLogs("odoo.addons.tour_report", "ERROR"):
            run = self._send()
        self.assertEqual((run.state, run.mail_state), ("done", "failed"))
        self.assertTrue(run.attachment_id)

    def test_to_accounting_of_the_company_that_is_chosen(self):
        other = self.env["res.company"].create({"name": "Other"})
        eva = self.albina.copy({"name": "Eva"})
        other.tour_report_partner_ids = eva
        self.head.company_ids |= other
        asks = self.env(user=self.head)["tour.report.ask"].with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        self.assertEqual(asks.create({"report": "daily"}).recipient_ids, self.albina)
        ask = asks.create({"report": "daily", "company_id": other.id})
        self.assertEqual(ask.recipient_ids, eva)

    def test_whoever_may_not_see_it_may_not_send_it(self):
        run = self._send()
        for user in (self.manager, self.portal):
            with self.assertRaises(AccessError):
                run.with_user(user).action_send()
