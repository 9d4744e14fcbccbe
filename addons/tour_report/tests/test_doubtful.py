"""The monthly mail to managers whose bookings have a doubtful commission (NTF-4)."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

from ..models import res_users
from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestDoubtful(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.partner_id.tz = "Europe/Moscow"
        cls.company.tour_doubtful_month = "2026-04-01"
        (cls.env["res.company"].search([]) - cls.company).tour_doubtful_month = False
        cls.wrong = cls._april("2026-04-30", commission_percent=7)

    @classmethod
    def _april(cls, day, user=None, **values):
        stay = cls._stay([GUEST], date_from="2026-04-01", date_to=day, **values)
        order = cls._create_booking(stay, user_id=(user or cls.manager).id)
        return cls._force_state(order, "done")

    def _run_cron(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_doubtful").method_direct_trigger()

    def _mails(self, user):
        return self.env["mail.mail"].search(
            [("model", "=", "res.users"), ("res_id", "=", user.id)]
        )

    def test_once_from_the_first_morning_on(self):
        """9:00 in Moscow is 6:00 UTC."""
        self._run_cron("2026-05-01 05:59:00")
        self.assertFalse(self._mails(self.manager))
        for moment in (
            "2026-05-01 06:00:00",
            "2026-05-01 07:00:00",
            "2026-05-09 07:00",
        ):
            self._run_cron(moment)
        self.assertEqual(len(self._mails(self.manager)), 1)

    def test_a_missed_month_is_made_up_once(self):
        self._run_cron("2026-05-20 07:00:00")
        self._run_cron("2026-05-21 07:00:00")
        self.assertEqual(len(self._mails(self.manager)), 1)

    def test_what_it_says(self):
        self._april("2026-04-28")
        self._run_cron("2026-05-01 06:00:00")
        mail = self._mails(self.manager)
        self.assertEqual(mail.recipient_ids, self.manager.partner_id)
        body = mail.body_html
        for text in (self.wrong.name, "Metran", "Alpina", "10 %", "7 %"):
            self.assertIn(text, body)
        self.assertEqual(body.count("/mail/view?model=sale.order"), 1)

    def test_each_manager_his_own(self):
        other = self._april("2026-04-20", self.manager_two, commission_amount=0)
        self._run_cron("2026-05-01 06:00:00")
        self.assertNotIn(other.name, self._mails(self.manager).body_html)
        self.assertIn(other.name, self._mails(self.manager_two).body_html)

    def test_nothing_to_say(self):
        self.wrong.order_line.commission_percent = 10
        self._april("2026-05-02", commission_percent=7)
        self._force_state(self._april("2026-04-20", commission_percent=7), "cancelled")
        self._run_cron("2026-05-01 06:00:00")
        self.assertFalse(self._mails(self.manager))

    def test_what_is_being_worked_on_is_in_it(self):
        self._force_state(self.wrong, "accepted")
        self._run_cron("2026-05-01 06:00:00")
        self.assertIn(self.wrong.name, self._mails(self.manager).body_html)

    def test_what_is_charged_only_is_not(self):
        self.client_company.allow_cancel_penalty = True
        self._penalise(self.wrong, "hotel", "before", 5000)
        self._run_cron("2026-05-01 06:00:00")
        self.assertFalse(self._mails(self.manager))

    def test_the_mark_for_the_agents_report(self):
        """A hotel without commission that is paid in full: asked of agents only."""
        hotel = self._create_hotel(name="Without", commission_percent=0)
        stay = {"hotel_id": hotel.id, "room_id": False, "rate_id": False}
        corporate = self._april("2026-04-10", **stay)
        agent = self._april("2026-04-10", **stay)
        agent.partner_id = self.agent
        less = self._april("2026-04-10", **stay)
        less.partner_id = self.agent
        less.order_line.settlement = "less"
        self._run_cron("2026-05-01 06:00:00")
        body = self._mails(self.manager).body_html
        self.assertIn(agent.name, body)
        for order in (corporate, less):
            self.assertNotIn(order.name, body)

    def test_more_than_a_mail_names(self):
        self._april("2026-04-20", commission_percent=8)
        with patch.object(res_users, "SHOWN", 1):
            self._run_cron("2026-05-01 06:00:00")
        body = self._mails(self.manager).body_html
        self.assertEqual(body.count("/mail/view?model=sale.order"), 1)
        self.assertIn("There may be more", body)

    def test_one_company_does_not_keep_the_others(self):
        other = self.env["res.company"].create({"name": "A first one"})
        other.partner_id.tz = "Europe/Moscow"
        other.tour_doubtful_month = "2026-04-01"
        method = type(other)._mail_doubtful

        def mail_doubtful(company, period):
            if company != self.company:
                raise ValueError("broken")
            return method(company, period)

        with (
            patch.object(type(other), "_mail_doubtful", mail_doubtful),
            self.assertLogs("odoo.addons.tour_report", "ERROR"),
        ):
            self._run_cron("2026-05-01 06:00:00")
        self.assertEqual(len(self._mails(self.manager)), 1)
        # It is tried again.
        self.assertEqual(str(other.tour_doubtful_month), "2026-04-01")

    def test_who_has_left_gets_none(self):
        self.manager.active = False
        self._run_cron("2026-05-01 06:00:00")
        self.assertFalse(self._mails(self.manager))

    def test_who_wants_none_gets_none(self):
        category = self.env["tour.notification.category"]._get_by_code(
            "doubtful_commission"
        )
        self.env["tour.notification.choice"].create(
            {
                "category_id": category.id,
                "partner_id": self.manager.partner_id.id,
                "choice": "dont_send",
            }
        )
        self._run_cron("2026-05-01 06:00:00")
        self.assertFalse(self._mails(self.manager))

    def test_a_new_company_has_no_month_behind_it(self):
        self.company.tour_doubtful_month = False
        self._run_cron("2026-05-01 06:00:00")
        self.assertFalse(self._mails(self.manager))
        self.assertEqual(str(self.company.tour_doubtful_month), "2026-05-01")
