from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TourHotelCommon

READERS = ("staff", "manager_own", "manager_all", "director", "accountant")
WRITERS = ("hotel_editor", "head", "admin")


@tagged("post_install", "-at_install")
class TestAccess(TourHotelCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        season = cls._create_season(
            "June", "2026-06-01", "2026-06-30", rack_price=7000.0
        )
        cls.records = [
            cls.city,
            cls.hotel,
            cls.room,
            cls.rate,
            season,
            cls.rate.season_price_ids,
            cls.hotel.meal_price_ids,
        ]

    def test_staff_reads_only(self):
        for role in READERS:
            user = self._create_user(role)
            for record in self.records:
                with self.subTest(role=role, model=record._name):
                    record = record.with_user(user)
                    self.assertTrue(record.read(["display_name"]))
                    for mode in ("write", "create", "unlink"):
                        self.assertFalse(record.has_access(mode))
            with self.assertRaises(AccessError):
                self.hotel.with_user(user).name = "Mine"

    def test_editor_head_and_administrator_write(self):
        for role in WRITERS:
            user = self._create_user(role)
            for record in self.records:
                with self.subTest(role=role, model=record._name):
                    for mode in ("read", "write", "create", "unlink"):
                        self.assertTrue(record.with_user(user).has_access(mode))
            self.hotel.with_user(user).name = f"Named by {role}"
            self.assertEqual(self.hotel.name, f"Named by {role}")

    def test_editor_keeps_a_hotel_from_city_to_price(self):
        """Rights suffice for the whole work, computes and chatter included."""
        env = self.env(user=self._create_user("hotel_editor"))
        city = env["tour.city"].create({"name": "Анапа", "country_id": self.russia.id})
        hotel = env["tour.hotel"].create({"name": "Anapa", "city_id": city.id})
        room = env["tour.room"].create({"name": "Twin", "hotel_id": hotel.id})
        rate = env["tour.rate"].create(
            {"name": "Rack", "room_id": room.id, "rack_price": 10.0}
        )
        rate.rack_price = 20.0
        self.assertEqual(rate.hotel_id, hotel)
        rate.unlink()
        room.unlink()
        hotel.unlink()
        city.unlink()

    def test_others_see_nothing(self):
        users = (
            new_test_user(self.env, login="no_tour", groups="base.group_user"),
            new_test_user(self.env, login="client", groups="base.group_portal"),
        )
        for user in (*users, self.env.ref("base.public_user")):
            for record in self.records:
                with (
                    self.subTest(user=user.login, model=record._name),
                    self.assertRaises(AccessError),
                ):
                    record.with_user(user).read(["display_name"])

    def test_hotels_are_shared_unless_bound_to_a_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = self._create_user("hotel_editor")
        self.assertTrue(self.hotel.with_user(user).name)
        self.hotel.company_id = other
        for record in self.records[1:]:
            with (
                self.subTest(model=record._name),
                self.assertRaises(AccessError),
            ):
                record.with_user(user).read(["display_name"])
        self.assertFalse(
            self.env["tour.hotel"].with_user(user).search([("id", "=", self.hotel.id)])
        )

    def test_calculation_is_seen_by_its_author_only(self):
        mine = (
            self.env["tour.price.calculator"]
            .with_user(self._create_user("manager_own"))
            .create({"hotel_id": self.hotel.id})
        )
        self.assertTrue(mine.price_steps)
        with self.assertRaises(AccessError):
            mine.with_user(self._create_user("head")).read(["hotel_id"])
