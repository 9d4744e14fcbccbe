from odoo.tests import HttpCase, tagged

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestUi(TourHotelCommon, HttpCase):
    def test_manager_finds_a_hotel_and_sees_how_its_price_comes_about(self):
        self._create_user("manager_own", password="tour_hotel_manager_own")
        self.hotel.no_commission_on_meals = True
        self.start_tour(
            "/odoo/tour-hotels",
            "tour_hotel_price_calculator",
            login="tour_hotel_manager_own",
        )
