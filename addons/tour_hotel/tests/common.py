from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class TourHotelCommon(BaseCommon):
    """A hotel in Sochi: 5000 a night with breakfast, 600 of it for the breakfast."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.russia = cls.env.ref("base.ru")
        cls.rub = cls._enable_currency("RUB")
        cls.rub.symbol = "₽"
        cls.city = cls.env["tour.city"].create(
            {"name": "Сочи", "country_id": cls.russia.id, "tz": "Europe/Moscow"}
        )
        cls.hotel = cls._create_hotel(
            name="Жемчужина",
            synonyms="Testpearl, Grand Hotel Zhemchuzhina",
            stars="4",
            commission_percent=10.0,
        )
        cls.room = cls.env["tour.room"].create(
            {"hotel_id": cls.hotel.id, "name": "Standard", "capacity": 2}
        )
        cls.rate = cls._create_rate(name="Best available")
        cls.env["tour.meal.price"].create(
            [
                {"hotel_id": cls.hotel.id, "meal": "bb", "price": 600.0},
                {"hotel_id": cls.hotel.id, "meal": "hb", "price": 1500.0},
            ]
        )

    @classmethod
    def _create_hotel(cls, **values):
        return cls.env["tour.hotel"].create(
            {"city_id": cls.city.id, "currency_id": cls.rub.id} | values
        )

    @classmethod
    def _create_rate(cls, **values):
        return cls.env["tour.rate"].create(
            {
                "room_id": cls.room.id,
                "kind": "rack",
                "rack_price": 5000.0,
                "net_price": 4000.0,
                "meal": "bb",
                "meal_included": True,
            }
            | values
        )

    @classmethod
    def _create_season(cls, name, date_from, date_to, **prices):
        """Create a season, and the rate's price in it if prices are given."""
        season = cls.env["tour.season"].create(
            {
                "hotel_id": cls.hotel.id,
                "name": name,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        if prices:
            cls.rate.season_price_ids = [
                Command.create({"season_id": season.id} | prices)
            ]
        return season

    @classmethod
    def _create_user(cls, role, **values):
        return new_test_user(
            cls.env,
            login=f"tour_hotel_{role}",
            groups=f"tour_partner.tour_group_{role}",
            **values,
        )
