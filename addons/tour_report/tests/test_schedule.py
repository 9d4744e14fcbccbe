"""Reports by themselves: when they are due, of which days, once."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.periods import Period
from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestSchedule(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tour.report.schedule"].search([]).active = False
        cls.company = cls.env.company
        cls.company.partner_id.tz = "Europe/Moscow"
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Five days", "tz": "Europe/Moscow"}
        )
        # Monday the 11th, in Moscow: from 21:00 UTC of the 10th on.
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Victory Day, moved",
                "company_id": cls.company.id,
                "date_from": "2026-05-10 21:00:00",
                "date_to": "2026-05-11 20:59:59",
            }
        )

    def _schedule(self, report="daily", **values):
        values = {"when": "daily", "hour": 8, "user_id": self.head.id, **values}
        return self.env["tour.report.schedule"].create({"report": report, **values})

    def _run_cron(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_schedules").method_direct_trigger()

    def _days(self, schedule):
        runs = schedule.run_ids.sorted("id")
        return [(str(run.date_from), str(run.date_to)) for run in runs]

    def test_usual_parameters(self):
        schedule = self._schedule()
        self.assertEqual(schedule.basis, "departure")
        self.assertEqual(
            set(schedule.state_ids.mapped("state")),
            {"booked", "done", "cancelled_penalty"},
        )

    def test_weekends_and_holidays_are_passed_over_and_not_lost(self):
        """Friday the 8th; then Tuesday the 12th with the days since Friday."""
        with freeze_time("2026-05-07 12:00:00"):
            schedule = self._schedule()
        # 8:00 in Moscow is 5:00 UTC.
        self.assertEqual(schedule.next_on, datetime(2026, 5, 8, 5))
        self._run_cron("2026-05-08 05:00:10")
        self.assertEqual(schedule.next_on, datetime(2026, 5, 12, 5))
        self._run_cron("2026-05-11 12:00:00")
        self._run_cron("2026-05-12 05:00:00")
        self.assertEqual(
            self._days(schedule),
            [("2026-05-07", "2026-05-07"), ("2026-05-08", "2026-05-11")],
        )

    def test_the_first_one_is_since_the_working_day_before(self):
        with freeze_time("2026-05-11 12:00:00"):
            schedule = self._schedule()
        self._run_cron("2026-05-12 05:00:00")
        self.assertEqual(self._days(schedule), [("2026-05-08", "2026-05-11")])

    def test_what_was_missed_is_made_up_once(self):
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        for moment in ("2026-05-20 09:00:00", "2026-05-20 09:10:00"):
            self._run_cron(moment)
        self.assertEqual(len(schedule.run_ids), 1)
        self.assertEqual(schedule.run_ids.slot, datetime(2026, 5, 13, 5))
        self.assertEqual(str(schedule.run_ids.date_to), "2026-05-19")
        self.assertEqual(schedule.next_on, datetime(2026, 5, 21, 5))

    def test_a_slot_is_made_once(self):
        schedule = self._schedule()
        period = Period(date(2026, 5, 1), date(2026, 5, 1))
        slot = datetime(2026, 5, 2, 5)
        schedule._make_run(period, slot=slot)
        with self.assertRaises(Exception) as caught, mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                schedule._make_run(period, slot=slot)
        self.assertIn("one_a_slot", str(caught.exception))

    def test_agents_on_the_first_at_12_07(self):
        hour = 12 + 7 / 60
        with freeze_time("2026-01-15 12:00:00"):
            schedule = self._schedule("agents", when="monthly", hour=hour)
        self.assertEqual(schedule.next_on, datetime(2026, 2, 1, 9, 7))
        self._run_cron("2026-02-01 09:06:59")
        self.assertFalse(schedule.run_ids)
        self._run_cron("2026-02-01 09:07:00")
        self.assertEqual(self._days(schedule), [("2026-01-01", "2026-01-31")])
        self.assertEqual(schedule.next_on, datetime(2026, 3, 1, 9, 7))

    def test_the_clocks_change(self):
        """12:07 in Paris is 11:07 UTC in winter and 10:07 in summer."""
        self.company.partner_id.tz = "Europe/Paris"
        hour = 12 + 7 / 60
        with freeze_time("2026-03-15 12:00:00"):
            schedule = self._schedule("agents", when="monthly", hour=hour)
            self.assertEqual(schedule.next_on, datetime(2026, 4, 1, 10, 7))
        with freeze_time("2026-10-15 12:00:00"):
            schedule.hour = 12.5
            self.assertEqual(schedule.next_on, datetime(2026, 11, 1, 11, 30))
        with freeze_time("2026-03-27 12:00:00"):
            # Friday before the change; Monday is in summer already.
            daily = self._schedule(hour=8)
            self.assertEqual(daily.next_on, datetime(2026, 3, 30, 6))

    def test_it_is_made_with_the_rights_of_its_user(self):
        own = self._force_state(self._create_booking(), "done")
        self._force_state(self._create_booking(user_id=self.manager_two.id), "done")
        period = Period(self._day(1), self._day(10))
        for user, rows in ((self.manager, 1), (self.head, 2)):
            run = self._schedule(user_id=user.id)._make_run(period)
            self.assertEqual((run.state, run.row_count), ("done", rows))
        self.assertEqual(own.user_id, self.manager)

    def test_rights_lost_are_told(self):
        schedule = self._schedule("profit", when="monthly")
        self.head.active = False
        other = self._create_staff("other_head", "head")
        run = schedule._make_run(Period(self._day(1), self._day(2)))
        self.assertEqual(run.state, "failed")
        self.assertIn("Head", run.failure)
        told = self.env["mail.message"].search(
            [("model", "=", run._name), ("res_id", "=", run.id)]
        )
        self.assertIn(other.partner_id, told.partner_ids)

    def test_days_of_a_failed_one_come_with_the_next(self):
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        self.head.active = False
        self._run_cron("2026-05-13 05:00:00")
        self.assertEqual(schedule.run_ids.state, "failed")
        self.head.active = True
        self._run_cron("2026-05-14 05:00:00")
        self.assertEqual(self._days(schedule)[-1], ("2026-05-13", "2026-05-13"))

    def test_who_keeps_schedules(self):
        for user in (self.head, self.accountant):
            schedule = self.env(user=user)["tour.report.schedule"].create(
                {"report": "daily"}
            )
            self.assertEqual(schedule.user_id, user)
            schedule.hour = 9
        with self.assertRaises(AccessError):
            schedule.with_user(self.director).hour = 10
        with self.assertRaises(AccessError):
            self.env(user=self.manager)["tour.report.schedule"].search([])
        with self.assertRaisesRegex(AccessError, "somebody else"):
            schedule.with_user(self.accountant).user_id = self.director

    def test_run_now(self):
        schedule = self._schedule()
        action = schedule.with_user(self.accountant).action_run()
        run = self.env["tour.report.run"].browse(action["res_id"])
        self.assertEqual((run.schedule_id, run.slot), (schedule, False))
        self.assertEqual(run.user_id, self.accountant)
