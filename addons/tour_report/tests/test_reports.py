"""What is in each report."""

from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.tour_booking.booking_states import MOVER
from odoo.addons.tour_desk.tests.common import GUEST

from ..engine.periods import Period
from ..reports import FIELDS, REPORTS
from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestReports(ReportCommon):
    def _found(self, report, user=None, **values):
        """The rows that a report has among those of these tests."""
        ask = self._ask(report, user, **values)
        self.env.flush_all()
        model = self.env(user=ask.env.user)[REPORTS[report].model]
        return model.search(ask._get_domain(ask._get_period()))

    def _orders(self, report, user=None, **values):
        return self._found(report, user, **values).order_id & self.mine

    @property
    def mine(self):
        clients = self.client_company | self.agent
        return self.env["sale.order"].search([("partner_id", "in", clients.ids)])

    def _done(self, **values):
        return self._force_state(
            self._create_booking(self._stay([GUEST]), **values), "done"
        )

    def _states(self, *states):
        return [
            (
                6,
                0,
                self.env["tour.booking.status"].search([("state", "in", states)]).ids,
            )
        ]

    # === Declarations === #

    def test_each_declaration_holds(self):
        """Columns are there, and say what they mean."""
        labels = self.env["tour.report.ask"]._fields["report"].get_values(self.env)
        self.assertEqual(set(labels), set(REPORTS))
        for code, report in REPORTS.items():
            model = self.env[report.model]
            names = {*report.columns, *report.group_by, *filter(None, [report.single])}
            self.assertLessEqual(names, set(model._fields), code)
            bases = {FIELDS[report.model][basis] for basis in report.bases}
            self.assertLessEqual(bases, set(model._fields), code)
            for name in report.columns:
                field = model._fields[name]
                if report.model == "tour.report.service":
                    self.assertTrue(field.help, f"{code}: {name}")
                if report.group_by and name not in (*report.group_by, report.single):
                    self.assertTrue(field.aggregator, f"{code}: {name}")

    def test_a_basis_that_a_report_does_not_have(self):
        with self.assertRaisesRegex(ValidationError, "Agents' report"):
            self._ask("agents", basis="created")

    # === Daily === #

    @freeze_time("2026-05-12 06:00:00")
    def test_daily_is_of_yesterday_by_departure(self):
        ask = self.env["tour.report.ask"].create({"report": "daily"})
        self.assertEqual(ask._get_period(), Period(*[datetime(2026, 5, 11).date()] * 2))
        self.assertEqual(ask.basis, "departure")
        self.assertEqual(
            set(ask.state_ids.mapped("state")), {"booked", "done", "cancelled_penalty"}
        )

    @freeze_time("2026-05-11 21:30:00")
    def test_yesterday_is_that_of_the_company(self):
        """In Moscow it is the 12th already."""
        self.env.company.partner_id.tz = "Europe/Moscow"
        ask = self.env["tour.report.ask"].create({"report": "daily"})
        self.assertEqual(str(ask.date_to), "2026-05-11")
        self.env.company.partner_id.tz = "UTC"
        ask = self.env["tour.report.ask"].create({"report": "daily"})
        self.assertEqual(str(ask.date_to), "2026-05-10")

    def test_daily_leaves_out_what_is_in_reposting(self):
        done, reposting, by_state = self._done(), self._done(), self._done()
        reposting._set_reposting(True)
        self._force_state(by_state, "reposting")
        states = self._states("done", "reposting")
        self.assertEqual(self._orders("daily", state_ids=states), done)

    def test_days_of_the_order_end_at_midnight_of_the_company(self):
        """22:30 UTC of the 30th is the 1st in Paris in summer."""
        self.env.company.partner_id.tz = "Europe/Paris"
        late = self._create_booking(date_order="2026-06-30 22:30:00")
        early = self._create_booking(date_order="2026-06-30 21:59:59")
        common = {"basis": "created", "state_ids": [(5,)]}
        june = {"date_from": "2026-06-30", "date_to": "2026-06-30"}
        july = {"date_from": "2026-07-01", "date_to": "2026-07-01"}
        self.assertEqual(self._orders("daily", **common, **june), early)
        self.assertEqual(self._orders("daily", **common, **july), late)

    def test_arrival_and_departure_are_different_days(self):
        order = self._done()
        day = {"date_from": self._day(1), "date_to": self._day(1)}
        self.assertEqual(self._orders("daily", basis="arrival", **day), order)
        self.assertFalse(self._orders("daily", basis="departure", **day))
        day = {"date_from": self._day(3), "date_to": self._day(3)}
        self.assertEqual(self._orders("daily", basis="departure", **day), order)

    def test_a_transfer_is_of_its_day(self):
        order = self._create_booking(self._transfer(price_unit=10))
        day = {"date_from": self._day(20), "date_to": self._day(20)}
        self.assertEqual(self._orders("daily", state_ids=[(5,)], **day), order)

    def test_any_statuses(self):
        done, new = self._done(), self._create_booking()
        self.assertEqual(self._orders("daily"), done)
        self.assertEqual(self._orders("daily", state_ids=self._states("new")), new)
        self.assertEqual(self._orders("daily", state_ids=[(5,)]), done | new)

    def test_archived_bookings_count_as_what_they_were(self):
        done, lost, penalty = (self._create_booking() for _number in range(3))
        self._force_state(done, "done")
        self._force_state(lost, "cancelled")
        self._penalise(penalty, "us", "before", 10)
        orders = done | lost | penalty
        for order in orders:
            order.with_context(tour_booking_mover=MOVER, tracking_disable=True).write(
                {"booking_state": "archive"}
            )
        for state, expected in (
            ("done", done),
            ("cancelled", lost),
            ("cancelled_penalty", penalty),
            ("archive", orders),
            ("new", orders.browse()),
        ):
            with self.subTest(state):
                found = self._orders("daily", state_ids=self._states(state))
                self.assertEqual(found, expected)

    # === The others === #

    def test_scope_of_the_bookings_report(self):
        done, new = self._done(), self._create_booking()
        lost = self._force_state(self._create_booking(), "refused")
        penalty = self._penalise(self._create_booking(), "us", "before", 10)
        for scope, expected in (
            ("all", done | new | lost | penalty),
            ("done", done),
            ("cancelled", lost | penalty),
        ):
            with self.subTest(scope):
                self.assertEqual(self._orders("bookings", scope=scope), expected)

    def test_agents_only_paid_in_full_and_with_commission(self):
        full, less, without, booked = (self._done() for _number in range(4))
        less.order_line.settlement = "less"
        without.order_line.write({"commission_amount": 0})
        self._force_state(booked, "booked")
        self.assertEqual(full.order_line.settlement, "full")
        self.assertEqual(self._orders("agents"), full)

    @freeze_time("2026-03-01 09:07:00")
    def test_agents_is_of_the_month_before(self):
        ask = self.env["tour.report.ask"].create({"report": "agents"})
        self.assertEqual(
            (str(ask.date_from), str(ask.date_to)), ("2026-02-01", "2026-02-28")
        )

    def test_salary_by_manager_and_kind(self):
        """Ours, a penalty of ours included; a new booking has not earned anything."""
        order = self._force_state(
            self._create_booking(
                self._stay([GUEST]),
                self._transfer(price_unit=3000, supplier_price_total=2000),
            ),
            "done",
        )
        penalty = self._penalise(self._create_booking(), "us", "before", 1500)
        self._create_booking()
        orders = order | penalty
        orders.date_order = self._day(2)
        orders.user_id = self.manager_two
        _run, book = self._make("salary", user_ids=[(6, 0, self.manager_two.ids)])
        rows = list(book["Salary report"].values)
        self.assertEqual(
            [row[:9] for row in rows[-3:-1]],
            [
                ("Manager Two", "Accommodation", 2, 2, 2, 11500, 10000, 1000, 2500),
                ("Manager Two", "Transfer", 1, 1, 0, 3000, 2000, 0, 1000),
            ],
        )

    def test_turnover_by_client_and_of_one_by_hotel(self):
        self._done()
        self._done(partner_id=self.agent.id)
        both = [(6, 0, (self.client_company | self.agent).ids)]
        _run, book = self._make("turnover", partner_ids=both)
        rows = list(book["Client turnover"].values)[-3:-1]
        self.assertEqual({row[0] for row in rows}, {"Metran", "Agent & Co"})
        _run, book = self._make("turnover", partner_ids=[(6, 0, self.agent.ids)])
        rows = list(book["Client turnover"].values)
        self.assertEqual(rows[-2][:5], ("Alpina, Lyon", 1, 1, 2, 10000))

    def test_city_leaves_out_penalties_of_ours(self):
        done = self._done()
        self._penalise(self._create_booking(), "us", "before", 1500)
        found = self._orders("city", city_ids=[(6, 0, self.city.ids)])
        self.assertEqual(found, done)

    def test_registry_has_stays_and_their_guests(self):
        order = self._create_booking(
            self._stay([GUEST, {"last_name": "Ivanova", "first_name": "Anna"}]),
            self._transfer(price_unit=10),
        )
        self._force_state(order, "done")
        found = self._found("registry", partner_ids=[(6, 0, self.client_company.ids)])
        self.assertRecordValues(found, [{"guest_names": "Orlov Oleg, Ivanova Anna"}])

    def test_profit_of_bookings(self):
        order = self._done()
        order.user_id = self.manager_two
        _run, book = self._make("profit", user_ids=[(6, 0, self.manager_two.ids)])
        rows = list(book["Profit"].values)
        self.assertEqual(rows[-2][:5], ("Manager Two", "Metran", 10000, 9000, 1000))

    def test_clients_with_their_subsidiaries_and_groups(self):
        group = self.env["tour.company.group"].create({"name": "Steel"})
        self.client_company.company_group_id = group
        order, other = self._done(), self._done(partner_id=self.agent.id)
        self.assertEqual(self._orders("turnover", company_group_id=group.id), order)
        self.agent.parent_id = self.client_company
        both = self._orders("turnover", partner_ids=[(6, 0, self.client_company.ids)])
        self.assertEqual(both, order | other)

    # === Rights === #

    def test_a_manager_sees_his_own(self):
        own, other = self._done(), self._done(user_id=self.manager_two.id)
        self.assertEqual(self._orders("daily", self.manager), own)
        self.assertEqual(self._orders("daily", self.manager_all), own | other)
        self.assertEqual(self._orders("daily", self.accountant), own | other)

    def test_profit_is_for_leaders(self):
        for user in (self.head, self.director, self.accountant):
            self._make("profit", user)
        with self.assertRaisesRegex(AccessError, "Profit"):
            self._ask("profit", self.manager_all)._start()
        with self.assertRaisesRegex(AccessError, "Profit"):
            self._ask("profit", self.manager_all).action_show()

    def test_who_has_no_role_gets_none(self):
        for user in (self.editor, self.portal):
            with self.assertRaises(AccessError):
                self._ask("daily", user)
            with self.assertRaises(AccessError):
                self.env(user=user)["tour.report.service"].search([])
            with self.assertRaises(AccessError):
                self.env(user=user)["tour.report.run"].search([])

    def test_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        ask = self._ask("daily")
        with self.assertRaises(AccessError):
            ask.company_id = other
            ask._start()

    # === Runs === #

    def test_two_sheets_for_agents_and_corporates(self):
        self._done()
        self._done(partner_id=self.agent.id)
        run, book = self._make(
            "daily", partner_ids=[(6, 0, (self.client_company | self.agent).ids)]
        )
        self.assertEqual(book.sheetnames, ["Agents", "Corporate clients", "Columns"])
        self.assertEqual(run.row_count, 2)
        rows = list(book["Agents"].values)
        self.assertIn("Agent & Co", rows[-2])
        _run, book = self._make("daily", split=False)
        self.assertEqual(book.sheetnames, ["Daily report", "Columns"])

    def test_who_is_neither_has_a_sheet_of_his_own(self):
        neither = self.env["res.partner"].create({"name": "Neither"})
        self._done(partner_id=neither.id)
        _run, book = self._make("daily")
        self.assertIn("Other clients", book.sheetnames)

    def test_a_run_is_seen_by_whom_it_was_made_for_and_leaders(self):
        run, _book = self._make("daily", self.manager)
        self.assertEqual(run.user_id, self.manager)
        self.assertFalse(run.with_user(self.manager_two).search([("id", "=", run.id)]))
        with self.assertRaises(AccessError):
            run.with_user(self.manager_two).action_download()
        url = run.with_user(self.head).action_download()["url"]
        self.assertEqual(
            url, f"/web/content/{run.sudo().attachment_id.id}?download=true"
        )

    def test_nobody_writes_or_deletes_runs(self):
        run, _book = self._make("daily")
        for user in (self.head, self.accountant, self.director):
            with self.assertRaises(AccessError):
                run.with_user(user).write({"row_count": 7})
            with self.assertRaises(AccessError):
                run.with_user(user).unlink()
            with self.assertRaises(AccessError):
                run.with_user(user).create({"report": "daily"})
        with self.assertRaisesRegex(UserError, "kept"):
            run.sudo().unlink()

    def test_a_long_one_is_made_in_the_background(self):
        self._done()
        self.patch(type(self.env["tour.report.run"]), "_is_short", lambda run: False)
        run = self._ask("daily", self.manager)._start()
        self.assertEqual(run.state, "waiting")
        with self.assertRaisesRegex(UserError, "no file"):
            run.action_download()
        self._run_cron()
        self.assertEqual((run.state, run.row_count), ("done", 1))

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("tour_report.ir_cron_make").method_direct_trigger()

    def test_rights_lost_meanwhile(self):
        self.patch(type(self.env["tour.report.run"]), "_is_short", lambda run: False)
        run = self._ask("profit", self.head)._start()
        self.head.group_ids -= self.env.ref("tour_partner.tour_group_head")
        self._run_cron()
        self.assertEqual(run.sudo().state, "failed")
        self.assertIn("Profit", run.sudo().failure)

    def test_portions_give_the_same_rows(self):
        for _number in range(3):
            self._done()
        path = "odoo.addons.tour_report.models.tour_report_run_make.CHUNK"
        self.startPatcher(patch(path, 2))
        run, book = self._make(
            "daily", self.manager, partner_ids=[(6, 0, self.client_company.ids)]
        )
        self.assertEqual(run.row_count, 3)

    def test_queries_do_not_grow_with_rows(self):
        self._done()
        ask = self._ask("daily", self.head)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            list(ask._iterate_rows(ask._get_domain(ask._get_period())))
            return self.cr.sql_log_count - before

        count()
        few = count()
        for _number in range(5):
            self._done()
        self.assertEqual(count(), few)
