"""The monthly mail to managers whose bookings have a doubtful commission (NTF-4)."""

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

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
