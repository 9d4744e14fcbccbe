from odoo.tests import tagged

from .common import BillDeskCommon


@tagged("post_install", "-at_install")
class TestWeek(BillDeskCommon):
    def _get_week(self):
        return self.moves.with_user(self.director).bill_desk_week()

    def _get_amounts(self):
        """{day of the chart, 0 for late: amounts that are something}."""
        return {
            number: {code: sum_ for code, sum_ in day["amounts"].items() if sum_}
            for number, day in enumerate(self._get_week()["days"])
            if day["count"]
        }

    def test_planned_by_day_and_state(self):
        self._create_bills(2)  # 1,001 and 1,002 today
        self._create_handed(b"3", ref="3", amount=300.0, wanted_date=self._day(6))
        self._create_handed(b"8", ref="8", amount=800.0, wanted_date=self._day(7))
        self._create_ordered(b"o", ref="o", amount=50.0)
        self._create_large(wanted_date=self._day(1))
        self._create_prepared(b"p", ref="p", amount=70.0)
        self.assertEqual(
            self._get_amounts(),
            {
                1: {"accounting": 2003.0, "ordered": 50.0},
                2: {"director": 250000.0},
                7: {"accounting": 300.0},
            },
        )
        week = self._get_week()
        self.assertEqual(len(week["days"]), 8)
        self.assertEqual(week["days"][0]["date"], False)
        self.assertEqual(week["days"][1]["date"], str(self.today))
        self.assertEqual(
            [state["code"] for state in week["states"]],
            ["director", "accounting", "ordered"],
        )

    def test_late_ones_come_first(self):
        late = self._create_bills(2)
        for days, bill in zip((1, 20), late, strict=True):
            bill._as_bill_mover().tour_bill_pay_date = self._day(-days)
        self.assertEqual(self._get_amounts(), {0: {"accounting": 2003.0}})
        domain = self._get_week()["days"][0]["domain"]
        self.assertEqual(self.moves.search(domain, order="id"), late)

    def test_a_part_is_planned_as_approved(self):
        self._create_large()
        shown = self._next(self.director, "director")
        self._do(
            self.director,
            shown,
            "approve",
            "director",
            amount=100.0,
            pay_date=str(self._day(2)),
        )
        self.assertEqual(self._get_amounts(), {3: {"accounting": 100.0}})

    def test_other_currencies_count_in_the_company_s_own(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 2.0})],
            }
        )
        self._create_handed(amount=300.0, currency_id=currency.id)
        self.assertEqual(self._get_amounts(), {1: {"accounting": 150.0}})

    def test_each_bar_opens_its_bills(self):
        bills = self._create_bills(3)
        bills[2]._as_bill_mover().tour_bill_pay_date = self._day(4)
        days = self._get_week()["days"]
        self.assertEqual(self.moves.search(days[1]["domain"]), bills[:2].sorted())
        self.assertEqual(self.moves.search(days[5]["domain"]), bills[2])

    def _count_queries(self):
        for _time in range(2):  # The second time Odoo has in memory what it keeps.
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get_week()
        return self.cr.sql_log_count - before

    def test_costs_the_same_however_many_bills(self):
        self._create_bills(2)
        few = self._count_queries()
        for number in range(3, 41):
            self._create_handed(
                b"%d" % number, ref=f"A-{number:03}", amount=1000.0 + number
            )
        self.assertEqual(self._count_queries(), few)
