from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestHotel(TourHotelCommon):
    def test_defaults_are_those_of_the_trade(self):
        hotel = self._create_hotel(name="New")
        self.assertRecordValues(
            hotel,
            [
                {
                    "check_in_hour": 14.0,
                    "check_out_hour": 12.0,
                    "settlement": "full",
                    "no_commission_on_meals": False,
                    "travelline_enabled": False,
                    "commission_percent": 0.0,
                }
            ],
        )

    def test_phones_take_one_format(self):
        hotel = self._create_hotel(name="New", phone="8 862 2661188; 8(862)266-11-99")
        self.assertEqual(hotel.phone, "+7 862 266-11-88, +7 862 266-11-99")
        hotel.phone = "reception: 12"
        self.assertEqual(hotel.phone, "reception: 12")

    def test_phones_of_hotels_in_two_countries_stay_as_typed(self):
        wien = self.env["tour.city"].create(
            {"name": "Wien", "country_id": self.env.ref("base.at").id}
        )
        hotels = self.hotel + self._create_hotel(name="Sacher", city_id=wien.id)
        hotels.write({"phone": "+43 1 514560"})
        self.assertEqual(set(hotels.mapped("phone")), {"+43 1 514560"})

    def test_mails_are_addresses(self):
        self.hotel.email = "info@hotel.example; sales@hotel.example"
        self.assertEqual(self.hotel.email, "info@hotel.example, sales@hotel.example")
        with self.assertRaisesRegex(ValidationError, "sales@hotel is no mail"):
            self.hotel.email = "info@hotel.example, sales@hotel"

    def test_site_gets_its_scheme(self):
        self.hotel.website = "hotel.example"
        self.assertEqual(self.hotel.website, "http://hotel.example")

    @mute_logger("odoo.sql_db")
    def test_impossible_numbers_are_refused(self):
        for values in (
            {"check_in_hour": 24.0},
            {"check_out_hour": -1.0},
            {"commission_percent": 100.5},
            {"early_arrival_percent": -1.0},
            {"latitude": 91.0},
        ):
            with (
                self.subTest(values=values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_hotel(name="New", **values)

    def test_early_arrival_and_late_departure_cost_a_part_of_a_night(self):
        """Half a night before 14:00 and after 12:00, a whole one before 6, after 18."""
        shares = [self.hotel._get_early_share(hour) for hour in (14, 13.99, 6, 5.5)]
        self.assertEqual([float(share) for share in shares], [0, 0.5, 0.5, 1])
        shares = [self.hotel._get_late_share(hour) for hour in (12, 12.5, 18, 23)]
        self.assertEqual([float(share) for share in shares], [0, 0.5, 0.5, 1])
        self.hotel.write(
            {"early_arrival_percent": 30.0, "early_arrival_full_before": 0.0}
        )
        self.assertEqual(float(self.hotel._get_early_share(0)), 0.3)

    def test_hotel_with_rooms_cannot_be_deleted(self):
        self.room.active = False
        with self.assertRaisesRegex(UserError, "Жемчужина has rooms"):
            self.hotel.unlink()
        self.room.unlink()
        self.hotel.unlink()
        self.assertFalse(self.hotel.exists())

    def test_changes_are_in_the_chatter(self):
        # The base class turns tracking off; a record's creation is not tracked.
        self.env.cr.flush()
        hotel = self.hotel.with_context(tracking_disable=False, mail_notrack=False)
        hotel.commission_percent = 12.0
        self.env.cr.flush()
        values = hotel.message_ids.sudo().tracking_value_ids
        self.assertEqual(values.field_id.name, "commission_percent")
        self.assertEqual((values.old_value_float, values.new_value_float), (10, 12))

    def test_files_follow_the_hotel(self):
        editor = self._create_user("hotel_editor")
        file = (
            self.env["ir.attachment"]
            .with_user(editor)
            .create({"name": "contract.pdf", "res_model": "tour.hotel", "res_id": 0})
        )
        self.hotel.with_user(editor).attachment_ids = [Command.link(file.id)]
        self.assertEqual(file.res_id, self.hotel.id)
        colleague = self._create_user("manager_own")
        self.assertEqual(file.with_user(colleague).name, "contract.pdf")

    def test_map_opens_at_the_point(self):
        with self.assertRaisesRegex(UserError, "no map point"):
            self.hotel.action_open_map()
        self.hotel.write({"latitude": 43.5, "longitude": 39.75})
        self.assertIn("mlat=43.5&mlon=39.75", self.hotel.action_open_map()["url"])

    def test_copy_is_named_so(self):
        self.assertEqual(self.hotel.copy().name, "Жемчужина (copy)")

    def test_rooms_and_rates_are_made_in_the_form(self):
        with Form(self.env["tour.hotel"]) as form:
            form.name = "Form"
            form.city_id = self.city
            with form.room_ids.new() as room:
                room.name = "Single"
                room.capacity = 1
        hotel = form.record
        with Form(hotel) as form:
            with form.rate_ids.new() as rate:
                rate.room_id = hotel.room_ids
                rate.name = "Rack"
                rate.rack_price = 100.0
            with form.meal_price_ids.new() as meal:
                meal.meal = "bb"
                meal.price = 10.0
        self.assertEqual(hotel.rate_ids.room_id, hotel.room_ids)
        self.assertEqual(hotel.room_ids.rate_ids.hotel_id, hotel)
        self.assertEqual(hotel.room_count, 1)
        self.assertEqual(hotel.room_ids.rate_count, 1)
        self.assertEqual(hotel.price_updated_on, hotel.rate_ids.price_updated_on)
