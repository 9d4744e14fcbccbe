import doctest
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.tour_help.tests.common import HelpCommon

from .. import today_sources

KINDS = [source.kind for source in today_sources.SOURCES]


@tagged("post_install", "-at_install")
class TestToday(HelpCommon):
    def _get_rows(self, request, user=None):
        self.env.flush_all()
        today = self.env["tour.today"].with_user(user or self.manager)
        today.invalidate_model()
        return today.search(
            [("res_model", "=", "tour.help.request"), ("res_id", "=", request.id)]
        )

    def test_doctests(self):
        self.assertEqual(doctest.testmod(today_sources).failed, 0)

    def test_waits_until_answered(self):
        request = self._ask(order_id=self.booking.id)
        row = self._get_rows(request)
        self.assertEqual((row.kind, row.summary), ("help", "The bus"))
        self.assertEqual(row.order_id, self.booking)
        self.assertEqual(row.deadline, request.answer_day)
        action = row.action_do()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (request._name, request.id)
        )
        self._answer(request)
        self.assertFalse(self._get_rows(request))
        self._as_client(request)._write_by_client("And now?", [])
        self.assertTrue(self._get_rows(request))

    def test_each_role_its_own(self):
        mine = self._ask(order_id=self.booking.id)
        free = self._ask()
        third = self._create_staff("third", "manager_own")
        director = self._create_staff("director", "director")
        for request, seen in ((mine, (self.manager,)), (free, (self.manager, third))):
            for user in (self.manager, third, director):
                found = bool(self._get_rows(request, user))
                self.assertEqual(found, user in seen, user.name)
            self.assertEqual(self._get_rows(request, self.head).kind, "help")

    def test_overdue_ones_are_the_director_s_too(self):
        director = self._create_staff("director", "director")
        request = self._ask(order_id=self.booking.id)
        with freeze_time(request.answer_due.replace(year=request.answer_due.year + 1)):
            request._report_overdue()
        row = self._get_rows(request, director)
        self.assertEqual(row.kind, "help_overdue")
        self.assertEqual(row.action_do()["res_id"], request.id)
        self._answer(request)
        self.assertFalse(self._get_rows(request, director))

    def test_day_where_the_company_works(self):
        self.env.company.resource_calendar_id.tz = "Asia/Vladivostok"
        self.question.answer_hours = 0
        with freeze_time("2026-06-04 20:00:00"):
            request = self._ask()
        self.assertEqual(request.answer_day, date(2026, 6, 5))

    def test_queries_do_not_grow(self):
        """One request, or ten: the list reads as often."""
        self._ask()
        # The first round only fills caches of what is the same for all.
        self._count_queries()
        one, length = self._count_queries()
        for _number in range(9):
            self._ask()
        self.assertEqual(self._count_queries(), (one, length + 9))

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = (
            self.env["tour.today"]
            .with_user(self.manager)
            .web_search_read(
                [("kind", "in", KINDS)], {"kind": {}, "deadline": {}, "summary": {}}
            )
        )
        return self.env.cr.sql_log_count - before, rows["length"]

    def test_each_source_has_its_index(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'tour_help_request'"
        )
        names = {name for (name,) in self.env.cr.fetchall()}
        for kind in KINDS:
            self.assertIn(f"tour_help_request_today_{kind}_idx", names)
