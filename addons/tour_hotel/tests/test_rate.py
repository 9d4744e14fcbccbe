from datetime import date
from decimal import Decimal

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..price import Segment
from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestRate(TourHotelCommon):
    def _get_segments(self, date_from, date_to, **kwargs):
        segments = self.rate._get_night_segments(
            date.fromisoformat(date_from), date.fromisoformat(date_to), **kwargs
        )
        return segments[self.rate.id]

    def test_price_change_is_dated(self):
        with freeze_time("2026-03-01"):
            self.rate.name = "Renamed"
        self.assertNotEqual(self.rate.price_updated_on, date(2026, 3, 1))
        with freeze_time("2026-03-02"):
            self.rate.rack_price = 5100.0
        self.assertEqual(self.rate.price_updated_on, date(2026, 3, 2))
        with freeze_time("2026-03-03"):
            self._create_season("June", "2026-06-01", "2026-06-30", rack_price=1.0)
        self.assertEqual(self.rate.price_updated_on, date(2026, 3, 3))
        with freeze_time("2026-03-04"):
            self.rate.season_price_ids.net_price = 1.0
        self.assertEqual(self.rate.price_updated_on, date(2026, 3, 4))

    def test_hotel_of_a_rate_is_that_of_its_room(self):
        other = self._create_hotel(name="Other")
        rate = self._create_rate(name="Lost", hotel_id=other.id)
        self.assertEqual(rate.hotel_id, self.hotel)
        rate.hotel_id = other
        self.assertEqual((rate | self.rate).hotel_id, self.hotel)
        self.assertEqual(self.room.hotel_id, self.hotel)
        self.room.hotel_id = other
        self.assertEqual(rate.hotel_id, other)

    def test_rates_of_the_hotel_are_real_at_once(self):
        self.assertEqual(self.hotel.rate_ids, self.rate)
        rate = self._create_rate(name="Net")
        self.assertEqual(self.hotel.rate_ids, self.rate | rate)

    @mute_logger("odoo.sql_db")
    def test_prices_are_not_negative(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_rate(rack_price=-1.0)

    def test_season_price_is_of_the_same_hotel(self):
        season = self._create_season("June", "2026-06-01", "2026-06-30")
        other = self._create_hotel(name="Other")
        room = self.env["tour.room"].create({"hotel_id": other.id, "name": "Suite"})
        with self.assertRaisesRegex(ValidationError, "another hotel"):
            self._create_rate(
                name="Rack",
                room_id=room.id,
                season_price_ids=[Command.create({"season_id": season.id})],
            )

    def test_stay_outside_seasons_is_one_segment(self):
        breakfast = Decimal(600)
        self.assertEqual(
            self._get_segments("2026-03-01", "2026-03-04"),
            [Segment(3, Decimal(5000), Decimal(4000), breakfast, breakfast)],
        )

    def test_stay_is_split_where_a_season_begins_and_ends(self):
        """June 29 and 30 at 7000, July 1 to 3 at 5000 again, August at 8000."""
        self._create_season(
            "June", "2026-06-01", "2026-06-30", rack_price=7000.0, net_price=6000.0
        )
        self._create_season(
            "August", "2026-08-01", "2026-08-31", rack_price=8000.0, net_price=7000.0
        )
        segments = self._get_segments("2026-06-29", "2026-07-04")
        self.assertEqual(
            [(segment.nights, segment.rack_price) for segment in segments],
            [(2, 7000), (3, 5000)],
        )
        segments = self._get_segments("2026-05-31", "2026-08-03")
        self.assertEqual(
            [(segment.nights, segment.net_price) for segment in segments],
            [(1, 4000), (30, 6000), (31, 4000), (2, 7000)],
        )

    def test_last_night_of_a_season_is_in_it(self):
        self._create_season(
            "June", "2026-06-01", "2026-06-30", rack_price=7000.0, net_price=0.0
        )
        for nights, price in (
            (("2026-05-31", "2026-06-01"), 5000),
            (("2026-06-01", "2026-06-02"), 7000),
            (("2026-06-30", "2026-07-01"), 7000),
            (("2026-07-01", "2026-07-02"), 5000),
        ):
            with self.subTest(nights=nights):
                (segment,) = self._get_segments(*nights)
                self.assertEqual(segment.rack_price, price)

    def test_season_without_other_price_does_not_split(self):
        self._create_season("June", "2026-06-01", "2026-06-30")
        self.assertEqual(len(self._get_segments("2026-05-30", "2026-07-02")), 1)

    def test_meal_price_may_change_during_the_stay(self):
        breakfast = self.hotel.meal_price_ids.filtered(lambda meal: meal.meal == "bb")
        breakfast.date_to = "2026-06-01"
        self.env["tour.meal.price"].create(
            {
                "hotel_id": self.hotel.id,
                "meal": "bb",
                "price": 700.0,
                "date_from": "2026-06-02",
            }
        )
        segments = self._get_segments("2026-05-31", "2026-06-05")
        self.assertEqual(
            [(segment.nights, segment.meal_price) for segment in segments],
            [(2, 600), (3, 700)],
        )
        prices = [
            self.hotel._get_meal_price("bb", date(2026, 6, day))[self.hotel.id]
            for day in (1, 2)
        ]
        self.assertEqual(prices, [600, 700])

    def test_other_meals_than_those_in_the_rate(self):
        (segment,) = self._get_segments("2026-03-01", "2026-03-02", meal="hb")
        self.assertEqual((segment.meal_price, segment.meal_in_rate), (1500, 600))
        self.rate.meal_included = False
        (segment,) = self._get_segments("2026-03-01", "2026-03-02")
        self.assertEqual((segment.meal_price, segment.meal_in_rate), (600, 0))
        (segment,) = self._get_segments("2026-03-01", "2026-03-02", meal="ro")
        self.assertEqual((segment.meal_price, segment.meal_in_rate), (0, 0))

    def test_no_nights_no_segments_and_never_backwards(self):
        self.assertEqual(self._get_segments("2026-03-01", "2026-03-01"), [])
        with self.assertRaisesRegex(ValidationError, "before the arrival"):
            self._get_segments("2026-03-02", "2026-03-01")

    def test_queries_do_not_grow_with_the_rates(self):
        self._create_season("June", "2026-06-01", "2026-06-30", rack_price=1.0)
        rates = self.rate
        for number in range(20):
            rates |= self._create_rate(name=f"Rate {number}")
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records._get_night_segments(date(2026, 5, 1), date(2026, 7, 1))
            return self.env.cr.sql_log_count - before

        # Rates, their season prices (ids, values), the hotels' meal prices.
        self.assertLessEqual(count(rates), 5)
        self.assertEqual(count(rates), count(self.rate))
