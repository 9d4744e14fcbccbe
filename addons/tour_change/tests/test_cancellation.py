import doctest
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .. import cancellation, change_states
from ..cancellation import UTC, Stay, Step, evaluate, free_until, starts_at
from .change_common import ChangeCommon

MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestCancellationEngine(BaseCase):
    def test_doctests(self):
        for module in (cancellation, change_states):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)

    def _check_sides(self, step, day, zone, expected):
        """Free the minute before ``expected``, one night of three from it on."""
        stay = Stay(day, 3, Decimal(300), ZoneInfo(zone))
        self.assertEqual(free_until([step], stay), expected)
        before = evaluate([step], stay, expected - MINUTE)
        self.assertEqual((before.fee, before.step), (0, None))
        second = evaluate([step], stay, expected - timedelta(seconds=1))
        self.assertEqual(second.fee, 0)
        after = evaluate([step], stay, expected)
        self.assertEqual((after.fee, after.step), (100, 0))

    def test_both_sides_of_the_minute(self):
        step = Step("nights", Decimal(1), days=2, at=time(18, 0))
        moment = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)
        self._check_sides(step, date(2026, 6, 11), "Europe/Moscow", moment)
        # The same by another clock is another moment.
        moment = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)
        self._check_sides(step, date(2026, 6, 11), "Asia/Vladivostok", moment)

    def test_midnight_and_the_last_minute_of_the_day(self):
        step = Step("nights", Decimal(1), days=1, at=time(0, 0))
        moment = datetime(2025, 12, 30, 21, 0, tzinfo=UTC)
        self._check_sides(step, date(2026, 1, 1), "Europe/Moscow", moment)
        step = step._replace(at=time(23, 59))
        moment = datetime(2025, 12, 31, 20, 59, tzinfo=UTC)
        self._check_sides(step, date(2026, 1, 1), "Europe/Moscow", moment)

    def test_before_and_after_the_clock_is_put_forward(self):
        # Berlin, 29 March 2026: from 2:00 straight to 3:00, at 1:00 UTC.
        day = date(2026, 3, 30)
        for at, moment in (
            (time(1, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
            (time(2, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
            (time(2, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
            (time(3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
            (time(3, 1), datetime(2026, 3, 29, 1, 1, tzinfo=UTC)),
        ):
            with self.subTest(at=at):
                step = Step("nights", Decimal(1), days=1, at=at)
                self._check_sides(step, day, "Europe/Berlin", moment)

    def test_before_and_after_the_clock_is_put_back(self):
        # Berlin, 25 October 2026: from 3:00 back to 2:00, at 1:00 UTC. An hour that
        # comes twice counts the second time.
        day = date(2026, 10, 26)
        for at, moment in (
            (time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
            (time(2, 0), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)),
            (time(2, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
            (time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        ):
            with self.subTest(at=at):
                step = Step("nights", Decimal(1), days=1, at=at)
                self._check_sides(step, day, "Europe/Berlin", moment)

    def test_a_day_is_a_day_of_the_calendar(self):
        # Two days before an arrival after the change of clocks are 47 hours.
        step = Step("nights", Decimal(1), days=2, at=time(12, 0))
        zone = ZoneInfo("Europe/Berlin")
        self.assertEqual(
            starts_at(step, date(2026, 3, 30), zone),
            datetime(2026, 3, 28, 11, 0, tzinfo=UTC),
        )

    def test_steps_in_any_order(self):
        late = Step("percent", Decimal(100), days=0, at=time(14))
        early = Step("sum", Decimal(50), days=3, at=time(12))
        stay = Stay(date(2026, 6, 11), 2, Decimal(1000), ZoneInfo("UTC"))
        for steps in ([late, early], [early, late]):
            for moment, fee in (
                (datetime(2026, 6, 8, 11, 59, tzinfo=UTC), 0),
                (datetime(2026, 6, 8, 12, 0, tzinfo=UTC), 50),
                (datetime(2026, 6, 11, 13, 59, tzinfo=UTC), 50),
                (datetime(2026, 6, 11, 14, 0, tzinfo=UTC), 1000),
                (datetime(2026, 6, 20, 0, 0, tzinfo=UTC), 1000),
            ):
                self.assertEqual(evaluate(steps, stay, moment).fee, fee)

    def test_never_free(self):
        steps = [Step("percent", Decimal(10), always=True)]
        stay = Stay(date(2026, 6, 11), 2, Decimal(1000), ZoneInfo("UTC"))
        moment = datetime(2020, 1, 1, tzinfo=UTC)
        self.assertEqual(evaluate(steps, stay, moment).fee, 100)
        self.assertIsNone(free_until(steps, stay))

    def test_a_step_that_costs_nothing_stays_free(self):
        steps = [
            Step("nights", Decimal(0), days=9, at=time(12)),
            Step("nights", Decimal(1), days=1, at=time(12)),
        ]
        stay = Stay(date(2026, 6, 11), 2, Decimal(1000), ZoneInfo("UTC"))
        self.assertEqual(free_until(steps, stay), datetime(2026, 6, 10, 12, tzinfo=UTC))


@tagged("post_install", "-at_install")
class TestCancellationRules(ChangeCommon):
    def test_deadline_is_stored_in_utc(self):
        order = self._create_booked()
        # 10 June 18:00 in Moscow.
        expected = datetime(2026, 6, 10, 15, 0)
        self.assertEqual(order.order_line.free_until, expected)
        self.assertEqual(order.free_until, expected)
        self.assertEqual(
            self.env["sale.order"].search(
                [("free_until", "=", expected), ("id", "=", order.id)]
            ),
            order,
        )

    def test_deadline_follows_the_day_and_the_zone(self):
        order = self._create_booked()
        order.order_line.write({"date_from": self._day(2), "date_to": self._day(4)})
        self.assertEqual(order.free_until, datetime(2026, 6, 11, 15, 0))
        self.city.tz = "Asia/Vladivostok"
        self.assertEqual(order.free_until, datetime(2026, 6, 11, 8, 0))

    def test_without_a_zone_of_the_city_ours_counts(self):
        self.city.tz = False
        self.env.company.partner_id.tz = "Europe/Paris"
        order = self._create_booked()
        self.assertEqual(order.free_until, datetime(2026, 6, 10, 16, 0))

    def test_the_earliest_of_the_services(self):
        order = self._create_booked(
            self._stay(), self._stay(date_from=self._day(0), date_to=self._day(1))
        )
        self.assertEqual(order.free_until, datetime(2026, 6, 9, 15, 0))

    def test_rate_before_hotel_before_type(self):
        own = self._create_rule(("sum", 100, 3, 12.0), name="Of the rate")
        usual = self._create_rule(("sum", 10, 5, 12.0), name="Of the type")
        self.accommodation.cancellation_rule_id = usual
        self.hotel.cancellation_rule_id = False
        line = self._create_booked().order_line
        self.assertEqual(line.cancellation_rule_id, usual)
        self.hotel.cancellation_rule_id = self.rule
        line = self._create_booked().order_line
        self.assertEqual(line.cancellation_rule_id, self.rule)
        self.rate.cancellation_rule_id = own
        line = self._create_booked().order_line
        self.assertEqual(line.cancellation_rule_id, own)
        # And another for this service.
        line.cancellation_rule_id = usual
        self.assertEqual(line.free_until, datetime(2026, 6, 6, 9, 0))

    def test_a_rule_that_changes_leaves_bookings_alone(self):
        order = self._create_booked()
        self.env.flush_all()
        self.rule.step_ids[0].days = 5
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(order.free_until, datetime(2026, 6, 10, 15, 0))
        self.assertEqual(self._create_booked().free_until, datetime(2026, 6, 6, 15, 0))

    def test_sentence(self):
        line = self._create_booked().order_line
        self.assertEqual(
            line.cancellation_text.replace("\u202f", " "),
            "Free until 10 Jun 2026 18:00 (Москва), then 1 night; "
            "from 11 Jun 2026 14:00 the full price",
        )

    def test_ordinary_lines_have_none(self):
        product = self.other.product_id
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        self.assertFalse(order.order_line.cancellation_rule_id)
        self.assertFalse(order.order_line.free_until)
        self.assertFalse(order.order_line.cancellation_text)

    def test_sums_are_converted(self):
        euro = self.env.ref("base.EUR")
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.env.company.id,
                "name": "2026-01-01",
                "rate": 0.5,
            }
        )
        rule = self._create_rule(("sum", 100, 30, 12.0), currency_id=euro.id)
        self.hotel.cancellation_rule_id = rule
        line = self._create_booked().order_line
        self.assertEqual(line._get_cancellation_outcome(datetime(2026, 6, 1)).fee, 200)

    def test_many_bookings_in_few_queries(self):
        self._create_booked()
        vals = {
            "is_tour_booking": True,
            "partner_id": self.client_company.id,
            "user_id": self.manager.id,
        }

        def count(number):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            # The manager's own: nobody is told of them.
            self.env["sale.order"].with_user(self.manager).create(
                [{**vals, "order_line": [self._stay()]} for _index in range(number)]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLessEqual(count(20), count(5) + 3)

    def test_impossible_steps_are_refused(self):
        with self.assertRaises(ValidationError):
            self._create_rule(("percent", 101, 0, 12.0))
        for step in (
            ("nights", 1, -1, 12.0),
            ("nights", 1, 0, 24.0),
            ("nights", -1, 0, 12.0),
        ):
            with (
                self.subTest(step=step),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_rule(step)

    def test_rights(self):
        editor = self._create_staff("editor", "hotel_editor")
        self.rule.with_user(editor).name = "By the editor"
        self.assertTrue(self.rule.with_user(self.manager).description)
        with self.assertRaises(AccessError):
            self.rule.with_user(self.manager).name = "By a manager"
        with self.assertRaises(AccessError):
            self.rule.with_user(self.client_user).read(["name"])
        line = self._create_booked().order_line.with_user(self.client_user)
        self.assertTrue(line.cancellation_text)
        with self.assertRaises(AccessError):
            line.read(["cancellation_terms"])
