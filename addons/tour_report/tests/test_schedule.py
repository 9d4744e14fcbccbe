"""Reports by themselves: when they are due, of which days, once."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
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
        cls.albina = cls.env["res.partner"].create(
            {"name": "Albina", "email": "albina@tour.example"}
        )
        cls.company.tour_report_partner_ids = cls.albina
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

    # === Switched on and off === #

    def test_what_nobody_gets_is_off(self):
        self.company.tour_report_partner_ids = False
        with self.assertRaisesRegex(ValidationError, "nobody would get it"):
            self._schedule()
        schedule = self._schedule(active=False)
        self.assertFalse(schedule.next_on)
        with self.assertRaisesRegex(ValidationError, "switch it on"):
            schedule.active = True
        self.company.tour_report_partner_ids = self.albina
        schedule.active = True
        self.assertTrue(schedule.next_on)
        with self.assertRaisesRegex(ValidationError, "nobody would get it"):
            self.company.tour_report_partner_ids = False
            schedule.recipient_ids = False

    def test_two_are_prepared_and_off(self):
        for name, report, hour in (
            ("schedule_daily", "daily", 8),
            ("schedule_agents", "agents", 12 + 7 / 60),
        ):
            schedule = self.env.ref(f"tour_report.{name}")
            self.assertFalse(schedule.active)
            self.assertEqual(schedule.report, report)
            self.assertAlmostEqual(schedule.hour, hour)
            schedule.active = True
            self.assertTrue(schedule.next_on)

    def test_the_time_that_it_was_off_is_not_made_up(self):
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        self._run_cron("2026-05-13 05:00:00")
        with freeze_time("2026-05-13 12:00:00"):
            schedule.active = False
        self.assertFalse(schedule.next_on)
        with freeze_time("2026-08-19 12:00:00"):
            schedule.active = True
            self.assertEqual(schedule.next_on, datetime(2026, 8, 20, 5))
        self._run_cron("2026-08-20 05:00:00")
        self.assertEqual(self._days(schedule)[-1], ("2026-08-19", "2026-08-19"))

    def test_switching_on_what_is_on_loses_no_day(self):
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        self._run_cron("2026-05-13 05:00:00")
        with freeze_time("2026-05-20 12:00:00"):
            schedule.active = True
        self._run_cron("2026-05-20 12:00:00")
        self.assertEqual(self._days(schedule)[-1], ("2026-05-13", "2026-05-19"))

    # === What changes meanwhile === #

    def test_a_holiday_that_is_entered_late(self):
        """Planned for Thursday, which then became a holiday: made on Friday."""
        with freeze_time("2026-05-13 12:00:00"):
            schedule = self._schedule()
        self.assertEqual(schedule.next_on, datetime(2026, 5, 14, 5))
        self.env(user=self.head)["resource.calendar.leaves"].create(
            {
                "name": "Late",
                "date_from": "2026-05-13 21:00:00",
                "date_to": "2026-05-14 20:59:59",
            }
        )
        self._run_cron("2026-05-14 05:00:00")
        self.assertFalse(schedule.run_ids)
        self.assertEqual(schedule.next_on, datetime(2026, 5, 15, 5))
        self._run_cron("2026-05-15 05:00:00")
        self.assertEqual(self._days(schedule), [("2026-05-13", "2026-05-14")])

    def test_a_late_holiday_that_was_missed(self):
        """Down since before the holiday, until after the next working day's hour."""
        with freeze_time("2026-05-13 12:00:00"):
            schedule = self._schedule()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Late",
                "date_from": "2026-05-13 21:00:00",
                "date_to": "2026-05-14 20:59:59",
            }
        )
        self._run_cron("2026-05-15 07:00:00")
        self.assertEqual(schedule.run_ids.slot, datetime(2026, 5, 15, 5))
        self.assertEqual(self._days(schedule), [("2026-05-13", "2026-05-14")])
        self.assertEqual(schedule.next_on, datetime(2026, 5, 18, 5))

    def test_settings_that_name_nobody_any_more(self):
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        self.company.tour_report_partner_ids = False
        self._run_cron("2026-05-13 05:00:00")
        run = schedule.run_ids
        self.assertEqual((run.state, run.mail_state), ("done", "failed"))
        self.assertIn("Settings", run.mail_failure)

    def test_holidays_are_kept_by_heads_only(self):
        values = {
            "name": "Feast",
            "date_from": "2026-06-11 21:00:00",
            "date_to": "2026-06-12 20:59:59",
        }
        for user in (self.manager, self.manager_all, self.accountant, self.director):
            leaves = self.env(user=user)["resource.calendar.leaves"]
            with self.assertRaises(AccessError):
                leaves.create(values)
        feast = self.env(user=self.head)["resource.calendar.leaves"].create(values)
        feast.name = "Russia Day"
        with self.assertRaises(AccessError):
            feast.with_user(self.manager).unlink()
        own = {"name": "Somebody's", "resource_id": self._create_resource().id}
        with self.assertRaises(AccessError):
            feast.create({**values, **own})

    def _create_resource(self):
        return self.env["resource.resource"].create(
            {"name": "Somebody", "user_id": self.manager.id}
        )

    def test_training_and_time_off_of_one_person_are_no_holidays(self):
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": name,
                    "date_from": "2026-05-13 21:00:00",
                    "date_to": "2026-05-14 20:59:59",
                    **values,
                }
                for name, values in (
                    ("Training", {"time_type": "other"}),
                    ("Ill", {"resource_id": self._create_resource().id}),
                )
            ]
        )
        with freeze_time("2026-05-13 12:00:00"):
            self.assertEqual(self._schedule().next_on, datetime(2026, 5, 14, 5))

    def test_the_zone_changes(self):
        """8:00 in Moscow is 5:00 UTC, in Paris in summer 6:00."""
        with freeze_time("2026-05-13 12:00:00"):
            schedule = self._schedule()
            self.company.partner_id.tz = "Europe/Paris"
            self.assertEqual(schedule.next_on, datetime(2026, 5, 14, 6))

    def test_what_has_come_is_not_lost_by_a_change(self):
        with freeze_time("2026-05-13 12:00:00"):
            schedule = self._schedule()
        with freeze_time("2026-05-14 05:01:00"):
            schedule.hour = 9
            self.assertEqual(schedule.next_on, datetime(2026, 5, 14, 5))
        self._run_cron("2026-05-14 05:05:00")
        self.assertEqual(self._days(schedule), [("2026-05-13", "2026-05-13")])
        self.assertEqual(schedule.next_on, datetime(2026, 5, 14, 6))
        # Those of today are in one already.
        self._run_cron("2026-05-14 06:00:00")
        self.assertEqual(len(schedule.run_ids), 1)

    def test_a_schedule_without_hours_has_no_weekend(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        with freeze_time("2026-05-15 12:00:00"):
            self.assertEqual(self._schedule().next_on, datetime(2026, 5, 16, 5))

    def test_hours_of_a_day(self):
        for hour in (-0.5, 24, 23.9999):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self._schedule(hour=hour)
        with freeze_time("2026-05-13 12:00:00"):
            last = self._schedule(hour=23 + 59 / 60)
            self.assertEqual(last.next_on, datetime(2026, 5, 13, 20, 59))

    def test_the_nights_in_which_the_clocks_change(self):
        """2:30 is skipped in Paris in spring, and comes twice in autumn: once each."""
        self.company.partner_id.tz = "Europe/Paris"
        self.company.resource_calendar_id = False
        for before, first, second in (
            (
                "2026-03-28 12:00:00",
                datetime(2026, 3, 29, 1, 30),
                datetime(2026, 3, 30, 0, 30),
            ),
            (
                "2026-10-24 12:00:00",
                datetime(2026, 10, 25, 0, 30),
                datetime(2026, 10, 26, 1, 30),
            ),
        ):
            with freeze_time(before):
                schedule = self._schedule(hour=2.5)
            self.assertEqual(schedule.next_on, first)
            self._run_cron(first)
            self.assertEqual(schedule.next_on, second)
            self._run_cron(first + timedelta(hours=1))
            self.assertEqual(len(schedule.run_ids), 1)

    def test_working_days_take_a_fixed_number_of_queries(self):
        today = date(2026, 5, 12)
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.mapped("dayofweek")
        self.company._get_working_days(today, today)(today)
        # The holidays; all else is read already.
        with self.assertQueryCount(1):
            is_working = self.company._get_working_days(today, date(2027, 5, 12))
            days = [today + timedelta(days=number) for number in range(365)]
            # 365 days from a Tuesday have 261 of Monday to Friday.
            self.assertEqual(sum(map(is_working, days)), 261)

    # === Once === #

    def test_two_crons_at_once(self):
        """The second one finds the moment that the first one began with."""
        with freeze_time("2026-05-12 12:00:00"):
            schedule = self._schedule()
        slot = schedule.next_on
        self._run_cron("2026-05-13 05:00:00")
        schedule.next_on = slot
        self._run_cron("2026-05-14 05:00:00")
        self.assertEqual(len(schedule.run_ids), 1)
        self.assertEqual(schedule.next_on, datetime(2026, 5, 15, 5))

    def test_one_that_is_broken_does_not_keep_the_others(self):
        with freeze_time("2026-05-12 12:00:00"):
            broken, other = self._schedule(), self._schedule()
        method = type(broken)._get_due_period

        def get_due_period(schedule):
            if schedule == broken:
                raise ValueError("broken")
            return method(schedule)

        with (
            patch.object(type(broken), "_get_due_period", get_due_period),
            self.assertLogs(
                "odoo.addons.tour_report.models.tour_report_schedule", "ERROR"
            ),
        ):
            self._run_cron("2026-05-13 05:00:00")
        self.assertEqual(len(other.run_ids), 1)

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
            schedule = self._schedule("agents", when="monthly", hour=hour)
            self.assertEqual(schedule.next_on, datetime(2026, 11, 1, 11, 7))
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

    def test_a_role_or_a_company_that_was_lost(self):
        """Each time the run says so, and no row goes out."""
        schedule = self._schedule("profit", when="monthly")
        period = Period(self._day(1), self._day(2))
        self.head.group_ids = self.manager.group_ids
        run = schedule._make_run(period)
        self.assertEqual(run.state, "failed")
        self.assertIn("not for your role", run.failure)
        self.head.group_ids |= self.env.ref("tour_partner.tour_group_head")
        other = self.env["res.company"].create({"name": "Other"})
        self.head.write({"company_id": other.id, "company_ids": [(6, 0, other.ids)]})
        run = schedule._make_run(period)
        self.assertEqual(run.state, "failed")
        self.assertFalse(run.attachment_id)

    def test_accountants_keep_their_own_only(self):
        schedule = self._schedule().with_user(self.accountant)
        with self.assertRaises(AccessError):
            schedule.finish = True
        with self.assertRaises(AccessError):
            schedule.unlink()

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

    def test_on_the_screen(self):
        """By hand: the usual parameters come with the report."""
        for user in (self.head, self.accountant):
            with Form(self.env(user=user)["tour.report.schedule"]) as form:
                form.report = "agents"
                form.when = "monthly"
                form.hour = 12 + 7 / 60
            schedule = form.record
            self.assertEqual(schedule.state_ids.mapped("state"), ["done"])
            self.assertEqual(schedule.user_id, user)
            self.assertTrue(schedule.next_on)

    def test_run_now(self):
        schedule = self._schedule()
        action = schedule.with_user(self.accountant).action_run()
        run = self.env["tour.report.run"].browse(action["res_id"])
        self.assertEqual((run.schedule_id, run.slot), (schedule, False))
        self.assertEqual(run.user_id, self.accountant)
