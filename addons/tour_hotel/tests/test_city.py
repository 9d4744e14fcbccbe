from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestCity(TourHotelCommon):
    def _create_city(self, name, country="ru", **values):
        return self.env["tour.city"].create(
            {"name": name, "country_id": self.env.ref(f"base.{country}").id} | values
        )

    def test_russian_names_are_cyrillic_with_dash_comma_brackets(self):
        for name in (
            "Ростов-на-Дону",
            "Советск (Калининградская область)",
            "Набережные Челны",
            "Киров, Калужская область",
        ):
            self.assertEqual(self._create_city(name).name, name)

    def test_other_characters_are_refused_in_russia_and_kazakhstan(self):
        for name, country in (
            ("Moscow", "ru"),
            ("Мосkва", "ru"),
            ("Москва!", "ru"),
            ("Москва*", "ru"),
            ("Арзамас 16", "ru"),
            ("Almaty", "kz"),
            ("Өскемен", "kz"),
        ):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "Russian letters"),
            ):
                self._create_city(name, country)

    def test_other_countries_write_as_they_like(self):
        self.assertEqual(self._create_city("Győr", "hu").name, "Győr")
        self.assertEqual(self._create_city("’s-Hertogenbosch 2", "nl").tz, False)

    def test_rule_holds_when_the_country_changes(self):
        city = self._create_city("Wien", "at")
        with self.assertRaises(ValidationError):
            city.country_id = self.russia

    def test_spaces_are_tidied(self):
        self.assertEqual(
            self._create_city("  Нижний   Новгород ").name, "Нижний Новгород"
        )

    def test_time_zone_is_for_russian_cities_only(self):
        city = self._create_city("Омск", tz="Asia/Omsk")
        self.assertEqual(city.tz, "Asia/Omsk")
        with self.assertRaisesRegex(ValidationError, "Only Russian cities"):
            self._create_city("Алматы", "kz", tz="Asia/Omsk")
        with self.assertRaisesRegex(ValidationError, "Only Russian cities"):
            city.country_id = self.env.ref("base.kz")

    def test_registers_write_zones_as_offsets(self):
        self.assertEqual(self._create_city("Казань", tz="UTC+3").tz, "Europe/Moscow")
        with self.assertRaises(ValueError):
            self._create_city("Казань", tz="UTC-3")

    def test_form_drops_the_zone_with_russia(self):
        with Form(self.env["tour.city"]) as form:
            form.name = "Минск"
            form.country_id = self.russia
            form.tz = "Europe/Moscow"
            form.country_id = self.env.ref("base.by")
        self.assertFalse(form.record.tz)

    @mute_logger("odoo.sql_db")
    def test_coordinates_are_on_earth(self):
        for values in ({"latitude": 90.5}, {"longitude": -180.5}):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create_city("Сочи", **values)

    @mute_logger("odoo.sql_db")
    def test_fias_code_is_unique_when_set(self):
        self._create_city("Ялта", fias_id="")
        self._create_city("Ялта", fias_id="")
        self._create_city("Ялта", fias_id="1")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_city("Алупка", fias_id="1")

    def test_twins_are_told_apart_by_region(self):
        kirov = self._create_city("Киров", region="Кировская область")
        self.assertEqual(kirov.display_name, "Киров, Кировская область")
        moscow = self._create_city("Москва", region="Москва")
        self.assertEqual(moscow.display_name, "Москва")
        self.assertIn(
            kirov.id, [city[0] for city in self.env["tour.city"].name_search("киров")]
        )

    def test_city_with_hotels_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "Жемчужина"):
            self.city.unlink()
        self.assertEqual(self.city.hotel_count, 1)

    def test_state_is_of_the_country(self):
        with self.assertRaisesRegex(ValidationError, "another country"):
            self._create_city("Сочи", state_id=self.env.ref("base.state_us_5").id)
