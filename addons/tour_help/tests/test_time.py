from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import HelpCommon

# A Thursday; the schedule is 8 to 12 and 13 to 17, Monday to Friday, in UTC.
THURSDAY = datetime(2026, 6, 4, 15, 0)


@tagged("post_install", "-at_install")
class TestTime(HelpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests may not commit.
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 600.0
        )
        hours = ((8, 12, "morning"), (13, 17, "afternoon"))
        cls.env.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "UTC",
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "x",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": period,
                        },
                    )
                    for day in range(5)
                    for start, end, period in hours
                ],
            }
        )
        cls.question.answer_hours = 8
        cls.complaint.answer_hours = 4

    def _ask_at(self, moment, **values):
        with freeze_time(moment):
            request = self._ask(order_id=self.booking.id, **values)
            request.flush_recordset()
        # The database's clock is not frozen.
        self.env.cr.execute(
            "UPDATE tour_help_request SET create_date = %s WHERE id = %s",
            (moment, request.id),
        )
        request.invalidate_recordset()
        return request

    def test_working_hours(self):
        """Two on Thursday, six on Friday."""
        request = self._ask_at(THURSDAY)
        self.assertEqual(request.answer_due, datetime(2026, 6, 5, 15, 0))
        request = self._ask_at(THURSDAY, kind_id=self.complaint.id)
        self.assertEqual(request.answer_due, datetime(2026, 6, 5, 10, 0))

    def test_over_a_weekend_and_a_holiday(self):
        """One on Friday; Monday is a holiday; seven on Tuesday."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.env.company.resource_calendar_id.id,
                "date_from": datetime(2026, 6, 8, 0, 0),
                "date_to": datetime(2026, 6, 8, 23, 59),
            }
        )
        request = self._ask_at(datetime(2026, 6, 5, 16, 0))
        self.assertEqual(request.answer_due, datetime(2026, 6, 9, 16, 0))

    def test_without_a_schedule(self):
        self.env.company.resource_calendar_id.attendance_ids.unlink()
        request = self._ask_at(THURSDAY)
        self.assertEqual(request.answer_due, datetime(2026, 6, 4, 23, 0))
        self.question.answer_hours = 0
        self.assertFalse(self._ask_at(THURSDAY).answer_due)

    def test_measured(self):
        request = self._ask_at(THURSDAY)
        with freeze_time("2026-06-05 09:30:00"):
            self._answer(request)
        self.assertEqual(request.first_answer_hours, 3.5)
        self.assertFalse(request.first_answer_late)
        with freeze_time("2026-06-05 11:00:00"):
            self._as_client(request)._write_by_client("And the luggage?", [])
        self.assertEqual(request.answer_due, datetime(2026, 6, 8, 11, 0))
        with freeze_time("2026-06-08 12:00:00"):
            self._answer(request)
            request.action_close()
        # The first answer stays as it was measured.
        self.assertEqual(request.first_answer_hours, 3.5)
        self.assertEqual(request.close_hours, 2 + 8 + 4)

    def test_late(self):
        request = self._ask_at(THURSDAY)
        with freeze_time("2026-06-05 15:01:00"):
            self.assertTrue(request.is_overdue)
            found = self.requests.search([("is_overdue", "=", True)])
            self.assertIn(request, found)
            self.assertNotIn(
                request, self.requests.search([("is_overdue", "=", False)])
            )
            self._answer(request)
        self.assertTrue(request.first_answer_late)

    # === What is overdue === #

    def _run(self, moment):
        with freeze_time(moment):
            self.env["tour.help.request"]._cron_report_overdue()

    def test_reported_to_the_head_once(self):
        request = self._ask_at(THURSDAY)
        self._run("2026-06-05 14:59:00")
        self.assertFalse(self._get_told(request, self.head))
        title = f"{request.name} is not answered in time"
        self._run("2026-06-05 15:01:00")
        self.assertEqual(self._get_told(request, self.head), [title])
        self._run("2026-06-06 15:01:00")
        self.assertEqual(self._get_told(request, self.head), [title])
        self.assertNotIn(title, self._get_told(request, self.manager))

    def test_answered_is_not_reported(self):
        request = self._ask_at(THURSDAY)
        self._answer(request)
        self._run("2026-06-05 15:01:00")
        self.assertFalse(self._get_told(request, self.head))

    def test_two_runs_report_once(self):
        """What another run has reported meanwhile is seen once it is locked."""
        request = self._ask_at(THURSDAY)
        with freeze_time("2026-06-05 15:01:00"):
            request._report_overdue()
            request._report_overdue()
        self.assertEqual(len(self._get_told(request, self.head)), 1)

    def test_no_heads_so_administrators(self):
        heads = self.env.ref("tour_partner.tour_group_head").all_user_ids
        admin = self._create_staff("boss", "admin")
        (heads - admin).filtered(lambda user: user.id != 1).active = False
        request = self._ask_at(THURSDAY)
        self.assertIn(admin, request._get_heads())

    def test_queries_do_not_grow(self):
        """A page of the list costs the same for one request and for ten."""
        self._ask_at(THURSDAY)
        views = {"subject": {}, "is_overdue": {}, "user_id": {"fields": {"id": {}}}}
        requests = self.requests.with_user(self.manager)
        counts = []
        for _round in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.web_search_read([], views)
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(5):
                self._ask_at(THURSDAY)
        # The first round only fills caches.
        self.assertEqual(counts[1], counts[2])
