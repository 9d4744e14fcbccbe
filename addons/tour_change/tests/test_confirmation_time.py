from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .confirmation_common import ConfirmationCommon


@tagged("post_install", "-at_install")
class TestSilence(ConfirmationCommon):
    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "tour_confirm_remind_days": 2,
                "tour_confirm_deadline_days": 5,
                "tour_confirm_silence": "nothing",
            }
        )
        self.start = fields.Datetime.now()

    def _run(self, **passed):
        """Let the cron run when so much time has passed; the mails to Olga."""
        cron = self.env["tour.confirmation"]
        with freeze_time(self.start + timedelta(**passed)), self.mock_mail_gateway():
            for confirmation in cron.search(cron._get_due_domain()):
                confirmation._follow_up_safely()
            self.env.flush_all()
        return self._new_mails.filtered(
            lambda mail: self.olga.partner_id in mail.recipient_ids
        )

    def _ask(self, **settings):
        self.company.write(settings)
        with freeze_time(self.start):
            self._change()
        return self._pending()

    def test_reminders(self):
        confirmation = self._ask()
        self.assertFalse(self._run(days=1, hours=23))
        mail = self._run(days=2)
        self.assertIn("Reminder", mail.subject)
        self.assertIn("15,000", mail.body_html)
        self.assertEqual(confirmation.reminder_count, 1)
        self.assertFalse(self._run(days=2, hours=1))
        self.assertTrue(self._run(days=4))
        self.assertEqual(confirmation.reminder_count, 2)

    def test_no_reminders(self):
        self._ask(tour_confirm_remind_days=0)
        self.assertFalse(self._run(days=30))

    def test_silence_means_nothing(self):
        confirmation = self._ask()
        self._run(days=6)
        self.assertEqual(self.order.booking_state, "changed")
        with freeze_time(self.start + timedelta(days=6)):
            confirmation.invalidate_recordset(["is_overdue"])
            self.assertTrue(confirmation.is_overdue)
            found = confirmation.search([("is_overdue", "=", True)])
            self.assertIn(confirmation, found)

    def test_silence_means_yes(self):
        confirmation = self._ask(tour_confirm_silence="accept")
        self._run(days=4, hours=23, minutes=59)
        self.assertEqual(self.order.booking_state, "changed")
        self._run(days=5)
        self.assertEqual(self.order.booking_state, "accepted")
        self.assertEqual(confirmation.answered_way, "silence")
        self.assertTrue(self.order.accepted_by_client)

    def test_silence_means_no(self):
        self._ask(tour_confirm_silence="decline")
        self._run(days=5)
        self.assertEqual(self.order.booking_state, "cancelled")
        self.assertIn("by silence", self.order.status_event_ids[0].comment)

    def test_stated_is_stated(self):
        """What the mail said holds, whatever the settings become."""
        self._ask(tour_confirm_silence="accept")
        self.company.tour_confirm_silence = "decline"
        self._run(days=5)
        self.assertEqual(self.order.booking_state, "accepted")

    def test_another_change_gives_more_time(self):
        confirmation = self._ask(tour_confirm_silence="decline")
        with freeze_time(self.start + timedelta(days=4)):
            self._change(meal="bb")
        self._run(days=5)
        self.assertEqual(self.order.booking_state, "changed")
        self.assertEqual(confirmation.deadline, self.start + timedelta(days=9))

    def test_no_deadline(self):
        confirmation = self._ask(
            tour_confirm_deadline_days=0, tour_confirm_silence="decline"
        )
        self.assertFalse(confirmation.deadline)
        self._run(days=100)
        self.assertEqual(self.order.booking_state, "changed")

    def test_one_that_fails_does_not_hold_up_the_others(self):
        self._ask(tour_confirm_silence="accept")
        other = self._create_own_booking()
        with freeze_time(self.start):
            self._change(other)
        template = self.env.ref("tour_change.mail_template_confirmation_answered")
        template.body_html = f'<t t-out="1 / (object.id - {self.order.id})"/>'
        with self.assertLogs("odoo.addons.tour_change", "ERROR"):
            self._run(days=5)
        self.assertEqual(self.order.booking_state, "changed")
        self.assertEqual(other.booking_state, "accepted")

    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        settings.tour_confirm_silence = "decline"
        settings.tour_confirm_may_withdraw = True
        settings.execute()
        self.assertEqual(self.company.tour_confirm_silence, "decline")
        self.assertTrue(self.company.tour_confirm_may_withdraw)


@tagged("post_install", "-at_install")
class TestWithdraw(ConfirmationCommon):
    def setUp(self):
        super().setUp()
        self._change()
        self.question = self._pending().with_user(self.manager).sudo(False)

    def test_off_by_default(self):
        self._change(date_to=self._day(3))
        self.assertFalse(self.question.may_withdraw)
        with self.assertRaisesRegex(UserError, "not withdrawn"):
            self.question.action_withdraw()

    def test_only_without_differences(self):
        self.company.tour_confirm_may_withdraw = True
        with self.assertRaisesRegex(UserError, "still differs"):
            self.question.action_withdraw()
        self._change(date_to=self._day(3))
        self.question.invalidate_recordset(["changes", "may_withdraw"])
        self.assertTrue(self.question.may_withdraw)
        self.question.action_withdraw()
        self.assertEqual(self.order.booking_state, "accepted")
        self.assertEqual(self.question.state, "withdrawn")
        self.assertFalse(self.order.needs_client_confirmation)
        self.assertFalse(self.order.accepted_by_client)

    def test_earlier_acceptance_stays(self):
        self.company.tour_confirm_may_withdraw = True
        self._as_client().action_client_accept()
        self._change(meal="bb")
        self._change(meal="ro")
        self._pending().with_user(self.manager).sudo(False).action_withdraw()
        self.assertTrue(self.order.accepted_by_client)

    def test_not_by_the_client_nor_who_only_reads(self):
        self.company.tour_confirm_may_withdraw = True
        self._change(date_to=self._day(3))
        for user in (self.olga, self._create_staff("director", "director")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.question.with_user(user).action_withdraw()


@tagged("post_install", "-at_install")
class TestAnswerScreen(ConfirmationCommon):
    def test_staff_answer(self):
        self._change()
        question = self._pending().with_user(self.manager).sudo(False)
        action = question.action_accept_for_client()
        wizard = self.env["tour.confirmation.answer"].with_user(self.manager)
        with Form(wizard.with_context(**action["context"])) as form:
            form.note = "By mail"
        form.record.action_apply()
        self.assertEqual(self.order.booking_state, "accepted")
        self.assertEqual(question.note, "By mail")

    def test_what_was_shown_is_what_is_accepted(self):
        self._change()
        question = self._pending().with_user(self.manager).sudo(False)
        action = question.action_decline_for_client()
        wizard = self.env["tour.confirmation.answer"].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({"note": "By mail"})
        self._change(meal="bb")
        with self.assertRaisesRegex(UserError, "changed again"):
            wizard.action_apply()


@tagged("post_install", "-at_install")
class TestAsClient(ConfirmationCommon):
    def test_page_is_made_of_the_clients_view(self):
        self.order.internal_note = "Never pays"
        self.order.order_line.write(
            {"supplier_price_total": 4321.5, "price_unit": 10000}
        )
        page = self.order.with_user(self.manager).client_page
        for text in ("Orlov Oleg", "Alpina", "Standard", "10,000.00", "Metran"):
            self.assertIn(text, page)
        for secret in ("Never pays", "4,321", "4321", "Alpina LLC"):
            self.assertNotIn(secret, page)

    def test_in_the_clients_language_and_escaped(self):
        self.order.order_line.guest_ids.last_name = "<script>alert(1)</script>"
        page = self.order.client_page
        self.assertNotIn("<script>", page)
        self.assertIn("&lt;script&gt;", page)

    def test_action(self):
        action = self.order.with_user(self.manager).action_view_as_client()
        self.assertEqual(action["res_id"], self.order.id)
        with self.assertRaises(AccessError):
            self.order.with_user(self.olga).read(["client_page"])
