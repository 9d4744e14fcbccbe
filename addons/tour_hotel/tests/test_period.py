from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestPeriod(TourHotelCommon):
    @mute_logger("odoo.sql_db")
    def test_season_ends_after_it_begins(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_season("Wrong", "2026-07-02", "2026-07-01")

    def test_seasons_of_a_hotel_do_not_overlap(self):
        self._create_season("June", "2026-06-01", "2026-06-30")
        self._create_season("July", "2026-07-01", "2026-07-31")
        with self.assertRaisesRegex(ValidationError, "June.*overlap"):
            self._create_season("White nights", "2026-06-30", "2026-06-30")

    def test_seasons_of_two_hotels_may(self):
        self._create_season("June", "2026-06-01", "2026-06-30")
        other = self._create_hotel(name="Other")
        season = self.env["tour.season"].create(
            {
                "hotel_id": other.id,
                "name": "June",
                "date_from": "2026-06-01",
                "date_to": "2026-06-30",
            }
        )
        self.assertTrue(season)

    def test_moving_a_season_onto_another_is_refused(self):
        self._create_season("June", "2026-06-01", "2026-06-30")
        july = self._create_season("July", "2026-07-01", "2026-07-31")
        with self.assertRaises(ValidationError):
            july.date_from = "2026-06-30"

    def test_meal_prices_of_one_plan_do_not_overlap(self):
        prices = self.env["tour.meal.price"]
        with self.assertRaisesRegex(ValidationError, "Breakfast.*overlap"):
            # The hotel's breakfast of 600 is for always.
            prices.create(
                {
                    "hotel_id": self.hotel.id,
                    "meal": "bb",
                    "price": 700.0,
                    "date_from": "2026-06-01",
                }
            )
        self.hotel.meal_price_ids.filtered(
            lambda price: price.meal == "bb"
        ).date_to = "2026-05-31"
        self.assertTrue(
            prices.create(
                {
                    "hotel_id": self.hotel.id,
                    "meal": "bb",
                    "price": 700.0,
                    "date_from": "2026-06-01",
                }
            )
        )
