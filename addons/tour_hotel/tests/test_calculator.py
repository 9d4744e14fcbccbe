from odoo.tests import Form, tagged

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestCalculator(TourHotelCommon):
    def _open(self):
        form = Form(
            self.env["tour.price.calculator"].with_context(
                default_hotel_id=self.hotel.id
            )
        )
        form.date_from = "2026-03-01"
        form.date_to = "2026-03-04"
        return form

    def test_room_rate_hours_and_meal_come_from_the_hotel(self):
        form = self._open()
        self.assertEqual(form.room_id, self.room)
        self.assertEqual(form.rate_id, self.rate)
        self.assertEqual((form.hour_from, form.hour_to), (14.0, 12.0))
        self.assertEqual(form.meal, "bb")
        self.assertEqual(form.nights, 3)

    def test_price_follows_each_input(self):
        """3 x 5000 = 15000, commission 1500; half a night earlier 2500 more."""
        form = self._open()
        self.assertEqual((form.client_price, form.commission), (15000, 1500))
        form.hour_from = 8.0
        self.assertEqual(form.client_price, 17500)
        form.rooms = 2
        self.assertEqual(form.client_price, 35000)
        form.hour_from = 14.0
        form.rooms = 1
        # Two persons want half board: 3 x 2 x (1500 - 600) = 5400 on top.
        form.persons = 2
        form.meal = "hb"
        self.assertEqual(form.client_price, 20400)
        self.hotel.no_commission_on_meals = True
        form.discount_percent = 5.0
        # 20400 - 3 x 2 x 1500 = 11400 with commission; the client gets 570 of 1140.
        self.assertEqual((form.commission, form.margin), (1140, 570))
        codes = [step["code"] for step in form.price_steps]
        self.assertIn("meals_out", codes)

    def test_seasons_count(self):
        self._create_season(
            "March", "2026-03-02", "2026-03-02", rack_price=6000.0, net_price=0.0
        )
        self.assertEqual(self._open().client_price, 16000)

    def test_other_hotel_brings_its_own_room_and_rate(self):
        form = self._open()
        form.hotel_id = self._create_hotel(name="Empty")
        self.assertFalse(form.room_id)
        self.assertFalse(form.rate_id)
        self.assertEqual(form.problem, "Choose a room and a rate.")
        self.assertFalse(form.price_steps)

    def test_impossible_dates_and_numbers_are_said(self):
        form = self._open()
        form.date_to = "2026-02-28"
        self.assertIn("later than the arrival", form.problem)
        self.assertEqual(form.client_price, 0)
        form.date_to = "2026-03-04"
        form.rooms = 0
        self.assertIn("Number of rooms", form.problem)
        form.rooms = 1
        self.assertFalse(form.problem)
