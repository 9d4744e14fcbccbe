"""Figures of the metrics, worked out by hand, and whose they are."""

import doctest
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

from .. import engine
from ..metrics import METRICS
from .common import ReportCommon

#: A month that no other booking is in.
MARCH = {
    "preset": "custom",
    "date_from": "2031-03-01",
    "date_to": "2031-03-31",
    "interval": "day",
}


class MetricCommon(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Three hours ahead of UTC, all the year round.
        cls.env.company.partner_id.tz = "Europe/Moscow"

    @classmethod
    def _book(cls, day=10, state=None, **values):
        """A booking of two nights that end on a day of the month: 10,000, of which
        the hotel gives 1,000."""
        order = cls._create_booking(
            cls._stay([GUEST], date_from=date(2031, 3, day - 2), date_to=_march(day)),
            **{"date_order": "2031-03-05 09:00:00", **values},
        )
        if state:
            cls._force_state(order, state)
        return order

    @classmethod
    def _metrics(cls, user=None):
        cls.env.flush_all()
        return cls.env(user=user or cls.head)["tour.report.metric"]

    @classmethod
    def _read(cls, metric, user=None, **params):
        """The figures as {label: values}, without the days that have none."""
        figures = cls._metrics(user).get_figures(metric, {**MARCH, **params})
        columns = [measure["values"] for measure in figures["measures"]]
        rows = dict(zip(figures["labels"], zip(*columns, strict=True), strict=True))
        return {label: values for label, values in rows.items() if any(values)}

    @classmethod
    def _open(cls, metric, label, user=None, **params):
        """What a click on a figure shows."""
        metrics = cls._metrics(user)
        figures = metrics.get_figures(metric, {**MARCH, **params})
        action = figures["action"]
        point = figures["domains"][figures["labels"].index(label)]
        model = metrics.env[action["res_model"]].with_context(**action["context"])
        return model.search(Domain(figures["domain"]) & Domain(point))


def _march(day):
    return date(2031, 3, day)


@tagged("post_install", "-at_install")
class TestMetrics(MetricCommon):
    def test_doctests(self):
        self.assertFalse(doctest.testmod(engine.buckets).failed)

    # === Bookings that were made === #

    def test_bookings_by_manager(self):
        mine = self._book() + self._book(state="cancelled")
        self._book(user_id=self.head.id)
        nobody = self._book(user_id=False)
        self._book(date_order="2031-04-01 09:00:00")
        self.assertEqual(
            self._read("made_by_manager"),
            {"Manager": (2,), "Head": (1,), "Without manager": (1,)},
        )
        self.assertEqual(self._open("made_by_manager", "Manager"), mine)
        self.assertEqual(self._open("made_by_manager", "Without manager"), nobody)

    def test_ordinary_orders_do_not_count(self):
        self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "date_order": "2031-03-05 09:00:00",
            }
        )
        self.assertEqual(self._read("made_by_manager"), {})

    def test_days_are_those_of_the_companys_clock(self):
        """21:30 in London is half past midnight in Moscow."""
        self._book(date_order="2031-03-04 20:59:59")
        late = self._book(date_order="2031-03-04 21:30:00")
        first = self._book(date_order="2031-02-28 21:00:00")
        self._book(date_order="2031-02-28 20:59:59")
        self._book(date_order="2031-03-31 21:00:00")
        self.head.tz = "America/New_York"
        self.assertEqual(
            self._read("made_by_day"), {"1 Mar": (1,), "4 Mar": (1,), "5 Mar": (1,)}
        )
        self.assertEqual(self._open("made_by_day", "5 Mar"), late)
        self.assertEqual(self._open("made_by_day", "1 Mar"), first)

    def test_weeks_begin_when_they_do_for_the_user(self):
        """1 March 2031 is a Saturday: Sunday is in the next week, or in the same."""
        self._book(date_order="2031-03-02 09:00:00")
        lang = self.env["res.lang"]._lang_get(self.head.lang)
        lang.week_start = "1"
        self.assertEqual(
            self._read("made_by_day", interval="week"), {"1 Mar – 2 Mar": (1,)}
        )
        lang.week_start = "7"
        self.assertEqual(
            self._read("made_by_day", interval="week"), {"2 Mar – 8 Mar": (1,)}
        )
        found = self._open("made_by_day", "2 Mar – 8 Mar", interval="week")
        self.assertEqual(len(found), 1)

    def test_days_without_bookings_are_there(self):
        figures = self._metrics().get_figures("made_by_day", MARCH)
        self.assertEqual(len(figures["labels"]), 31)
        self.assertEqual(figures["measures"][0]["values"], [0] * 31)

    def test_filters(self):
        self._book(user_id=self.head.id)
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.agent.id}
        )
        self._book(partner_id=buyer.id)
        self.assertEqual(
            self._read("made_by_manager", partner_ids=self.agent.ids),
            {"Manager": (1,)},
        )
        self.assertEqual(
            self._read("made_by_manager", user_ids=self.head.ids), {"Head": (1,)}
        )

    # === Finished bookings === #

    def test_finished(self):
        """Done, and archived after that; a booking that is only booked is not."""
        done = self._book(10, "done") + self._book(10, "archive")
        done.order_line[0].client_discount_amount = 400
        self._book(12, "reposting")
        self._book(11, "booked")
        self._book(11, "cancelled")
        penalised = self._book(11)
        self._penalise(penalised, "us", "before", 1500)
        self._force_state(penalised, "archive")
        self.assertEqual(
            self._read("finished"),
            # 10,000 - 400 + 10,000.
            {"10 Mar": (2, 19600), "12 Mar": (1, 10000)},
        )
        self.assertEqual(self._open("finished", "10 Mar"), done)
        self.assertEqual(
            self._read("finished", interval="month"), {"Mar 2031": (3, 29600)}
        )

    def test_finished_of_a_part_of_a_month(self):
        self._book(10, "done")
        self._book(20, "done")
        part = {"interval": "month", "date_from": "2031-03-15"}
        self.assertEqual(self._read("finished", **part), {"Mar 2031": (1, 10000)})
        self.assertEqual(len(self._open("finished", "Mar 2031", **part)), 1)

    # === Hotels === #

    def test_hotels_by_user(self):
        hotels = self._create_hotel() + self._create_hotel(active=False)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tour_hotel SET create_uid = %s, create_date = '2031-03-31 20:59'"
            " WHERE id IN %s",
            (self.editor.id, tuple(hotels.ids)),
        )
        self.assertEqual(self._read("hotels"), {"Editor": (2,)})
        self.assertEqual(self._open("hotels", "Editor"), hotels)

    # === Commission === #

    def test_commission_by_group(self):
        """1,000 of each booking; the groups are those of the clients' companies."""
        group = self.env["tour.company.group"].create({"name": "Olympia"})
        self.agent.company_group_id = group
        buyer = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.agent.id}
        )
        self._book(10, "done", partner_id=self.agent.id)
        self._book(31, "done", partner_id=buyer.id)
        other = self._book(12, "booked")
        self._book(13, "cancelled")
        self._book(14, "reposting")
        self._book(15).order_line.commission_amount = 500  # Not in the daily report.
        free = self._book(16, "done")
        free.order_line.commission_amount = 0
        self.assertEqual(
            self._read("commission"), {"Olympia": (2000,), "Others": (1000,)}
        )
        services = self._open("commission", "Others")
        self.assertEqual(services.order_id, other)

    # === A year === #

    def test_year(self):
        """Of the year that the period ends in, whatever the interval."""
        self._book(10, "done").order_line.client_discount_amount = 400
        self._book(10, "booked")
        self._book(10)
        expected = {"Mar 2031": (19600, 1600)}
        self.assertEqual(self._read("year"), expected)
        self.assertEqual(
            self._read(
                "year",
                date_from="2031-12-31",
                date_to="2031-12-31",
            ),
            expected,
        )
        figures = self._metrics().get_figures("year", MARCH)
        self.assertEqual(len(figures["labels"]), 12)
        self.assertEqual(figures["days"], ["2031-01-01", "2031-12-31"])

    # === Tables === #

    def test_doubtful_commission(self):
        wrong = self._book(10)
        wrong.order_line.commission_percent = 7
        self._force_state(wrong, "done")
        self._book(11, "done")
        later = self._book(12)
        later.order_line.commission_percent = 7  # Not sold yet.
        data = self._metrics().get_rows("doubtful", MARCH)
        self.assertEqual([row["booking_id"] for row in data["rows"]], wrong.ids)
        self.assertEqual(data["count"], 1)
        names = [column["name"] for column in data["columns"]]
        cells = dict(zip(names, data["rows"][0]["cells"], strict=True))
        self.assertEqual(cells["client_id"], "Metran")
        self.assertEqual(cells["commission_percent"], 7)

    def test_repostings_are_those_of_now(self):
        order = self._book(10, "reposting", user_id=self.head.id)
        params = {**MARCH, "date_from": "2031-03-31"}
        rows = self._metrics().get_rows("reposting", params)["rows"]
        self.assertIn(order.id, [row["booking_id"] for row in rows])
        rows = self._metrics(self.manager_two).get_rows("reposting", params)["rows"]
        self.assertNotIn(order.id, [row["booking_id"] for row in rows])

    def test_tables_show_the_first_rows(self):
        for _number in range(11):
            self._book(10, "reposting")
        data = self._metrics().get_rows(
            "reposting", {**MARCH, "partner_ids": self.client_company.ids}
        )
        self.assertEqual((len(data["rows"]), data["count"]), (10, 11))
        found = self.env["sale.order"].search_count(data["domain"])
        self.assertEqual(found, 11)

    # === Rights === #

    def test_managers_see_their_own(self):
        self._book(10, "done")
        self._book(10, "done", user_id=self.manager_two.id)
        self.assertEqual(
            self._read("made_by_manager", self.manager_two), {"Manager Two": (1,)}
        )
        self.assertEqual(
            self._read("finished", self.manager_two), {"10 Mar": (1, 10000)}
        )
        for user in (self.manager_all, self.head, self.accountant, self.director):
            with self.subTest(user=user.login):
                self.assertEqual(self._read("finished", user), {"10 Mar": (2, 20000)})

    def test_what_is_for_leaders_only(self):
        for user in (self.manager, self.manager_all):
            codes = {
                card["code"] for card in self._metrics(user).get_metrics()["charts"]
            }
            self.assertEqual(codes, METRICS.keys() - {"commission", "year"})
            for metric in ("commission", "year"):
                with self.assertRaisesRegex(AccessError, "not for your role"):
                    self._read(metric, user)
        for user in (self.head, self.accountant, self.director):
            charts = self._metrics(user).get_metrics()["charts"]
            self.assertEqual({card["code"] for card in charts}, METRICS.keys())
            self.assertEqual(self._read("commission", user), {})

    def test_nothing_for_the_others(self):
        nobody = self.env.ref("base.public_user")
        for user in (self.portal, self.editor, nobody):
            metrics = self._metrics(user)
            for call in (
                lambda m: m.get_metrics(),
                # Even with parameters that are refused, too.
                lambda m: m.get_metrics("nonsense"),
                lambda m: m.get_figures("hotels", "nonsense"),
                lambda m: m.get_rows("reposting", "nonsense"),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call(metrics)

    def test_other_companies_are_out_of_sight(self):
        self._book(10, "done")
        other = self.env["res.company"].create({"name": "Another"})
        self.head.company_ids |= other
        metrics = self._metrics().with_context(
            allowed_company_ids=[other.id, self.env.company.id]
        )
        for metric in METRICS:
            figures = metrics.get_figures(metric, MARCH)
            for measure in figures["measures"]:
                self.assertFalse(any(measure["values"]), metric)

    # === What is asked for === #

    def test_parameters_are_checked(self):
        metrics = self._metrics()
        for params, message in (
            ("nonsense", "Reload"),
            (None, "Reload"),
            ({"sql": "DROP"}, "Reload"),
            ({"preset": "someday"}, "someday"),
            ({"preset": ["today"]}, "today"),
            ({"interval": "second"}, "second"),
            ({"interval": None}, "None"),
            ({"preset": "custom"}, "Choose both"),
            ({**MARCH, "date_from": "2031-02-30"}, "Choose both"),
            ({**MARCH, "date_from": "0001-01-01"}, "Choose both"),
            ({**MARCH, "date_to": 20310331}, "Choose both"),
            ({**MARCH, "date_from": "2031-04-01"}, "before it begins"),
            ({**MARCH, "date_from": "2020-01-01", "interval": "month"}, "10 years"),
            ({**MARCH, "date_from": "2028-01-01"}, "no room for"),
            ({**MARCH, "user_ids": "1"}, "at most"),
            ({**MARCH, "user_ids": [True]}, "at most"),
            ({**MARCH, "user_ids": ["1"]}, "at most"),
            ({**MARCH, "user_ids": list(range(1, 103))}, "at most"),
            ({**MARCH, "partner_ids": [2**40]}, "not there"),
            ({**MARCH, "partner_ids": [-1]}, "not there"),
        ):
            with (
                self.subTest(params=params),
                self.assertRaisesRegex(UserError, message),
            ):
                metrics.get_figures("made_by_day", params)
        for metric in ("nothing", None, ["hotels"], {}, "doubtful"):
            with self.subTest(metric=metric), self.assertRaises(UserError):
                metrics.get_figures(metric, MARCH)
            if metric != "doubtful":
                with self.assertRaises(UserError):
                    metrics.get_rows(metric, MARCH)

    def test_what_was_chosen_is_remembered(self):
        metrics = self._metrics()
        usual = metrics.get_metrics()["params"]
        self.assertEqual((usual["preset"], usual["interval"]), ("this_month", "day"))
        chosen = {**MARCH, "interval": "week", "partner_ids": self.agent.ids}
        self.assertEqual(
            metrics.get_metrics(chosen)["params"], {**chosen, "user_ids": []}
        )
        self.assertEqual(metrics.get_metrics()["params"], {**chosen, "user_ids": []})
        # Each user his own.
        others = self._metrics(self.director).get_metrics()["params"]
        self.assertEqual(others, usual)
        # What is gone is left out, and what cannot be read is forgotten.
        self.agent.unlink()
        self.assertEqual(metrics.get_metrics()["params"]["partner_ids"], [])
        settings = self.head.res_users_settings_id
        for kept in ("x", [1], {"preset": {}}, {"user_ids": "1"}, {"user_ids": ["a"]}):
            settings.tour_report_metrics = kept
            self.assertEqual(metrics.get_metrics()["params"], usual)

    def test_what_is_refused_is_not_remembered(self):
        metrics = self._metrics()
        with self.assertRaises(UserError):
            metrics.get_metrics({"preset": "someday"})
        self.assertEqual(metrics.get_metrics()["params"]["preset"], "this_month")

    def test_no_one_but_who_sees_bookings_behind_figures(self):
        """Whoever has the action has the rights of the records all the same."""
        order = self._book(user_id=self.head.id)
        figures = self._metrics().get_figures("made_by_manager", MARCH)
        domain = figures["domain"]
        found = self.env["sale.order"].with_user(self.manager_two).search(domain)
        self.assertFalse(found)
        self.assertEqual(self.env["sale.order"].search(domain), order)

    def test_commission_is_that_of_the_daily_report(self):
        """The same services as in the file of the same days."""
        self._book(10, "done")
        self._book(11, "cancelled_penalty")
        ask = self._ask("daily", date_from=date(2031, 3, 1), date_to=date(2031, 3, 31))
        rows = self.env["tour.report.service"].search(
            ask._get_domain(ask._get_period())
        )
        total = sum(values[0] for values in self._read("commission").values())
        self.assertEqual(total, sum(rows.mapped("commission_amount")))
        self.assertTrue(total)
