from odoo.tests import tagged

from .common import ImportCommon

CITY_HEADERS = [
    *("country", "region_type", "region", "area_type", "area", "city"),
    *("settlement", "fias_id", "timezone", "geo_lat", "geo_lon"),
]
MOSCOW = ["Россия", "г", "Москва", "", "", "", "", "f-1", "UTC+3", "55.75", "37.62"]
OMSK = ["Россия", "обл", "Омская", "", "", "Омск", "", "f-2", "UTC+6", "54.98", "73.37"]


@tagged("post_install", "-at_install")
class TestSimpleKinds(ImportCommon):
    # === Cities === #

    def test_cities_map_themselves(self):
        record = self._import(
            "city", [CITY_HEADERS, MOSCOW, OMSK], user=self.hotel_editor
        )
        profile = self.env.ref("tour_import.profile_cities")
        self.assertEqual(record.profile_id, profile)
        self.assertCounts(record, made=2)
        cities = self.env["tour.city"].search([("fias_id", "in", ["f-1", "f-2"])])
        self.assertRecordValues(
            cities.sorted("fias_id"),
            [
                {"name": "Москва", "tz": "Europe/Moscow", "country_code": "RU"},
                {"name": "Омск", "tz": "Asia/Omsk", "country_code": "RU"},
            ],
        )
        self.assertEqual(record.made_city_count, 2)
        self.assertEqual(
            self.env["tour.city"]
            .with_user(self.hotel_editor)
            .search([("tour_import_ids", "=", record.id)]),
            cities,
        )

    def test_cities_twice(self):
        self._import("city", [CITY_HEADERS, MOSCOW])
        moscow = self.env["tour.city"].search([("fias_id", "=", "f-1")])
        moscow.write({"name": "Город Москва", "latitude": False})
        again = self._import("city", [CITY_HEADERS, MOSCOW, OMSK])
        self.assertCounts(again, made=1, merged=1)
        # Empty fields are filled, typed ones stay.
        self.assertEqual(moscow.name, "Город Москва")
        self.assertEqual(moscow.latitude, 55.75)
        self.assertEqual(again.made_city_count, 1)

    def test_known_without_key(self):
        """A city that somebody made by hand is found by its code, or by its name."""
        russia = self.env.ref("base.ru").id
        city = self.env["tour.city"].create(
            {"name": "Омск", "country_id": russia, "region": "Омская"}
        )
        record = self._import("city", [CITY_HEADERS, OMSK])
        self.assertCounts(record, merged=1)
        self.assertEqual(city.fias_id, "f-2")
        self.assertEqual(city.tz, "Asia/Omsk")

    def test_overwrite_and_keep(self):
        self._import("city", [CITY_HEADERS, MOSCOW])
        moscow = self.env["tour.city"].search([("fias_id", "=", "f-1")])
        for policy, latitude in (("keep", 1.0), ("fill", 1.0), ("overwrite", 55.75)):
            moscow.latitude = 1.0
            record = self._create_import("city", [CITY_HEADERS, MOSCOW])
            record.action_read()
            record.on_known = policy
            record.action_check()
            record.action_run()
            record._treat("run")
            self.assertEqual(moscow.latitude, latitude, policy)

    def test_city_faults(self):
        wrong_name = [*MOSCOW[:5], "Moscow", "", "f-3", "UTC+3", "x", "37,5"]
        wrong_zone = [*OMSK[:7], "f-4", "UTC+20", "54.98", "73.37"]
        nowhere = ["Atlantis", *OMSK[1:]]
        record = self._import("city", [CITY_HEADERS, wrong_name, wrong_zone, nowhere])
        self.assertFaults(
            record,
            (2, "geo_lat", "x", "number"),
            (3, "timezone", "UTC+20", "tz"),
            (4, "country", "Atlantis", "country"),
        )
        self.assertEqual(record.to_refuse_count, 3)
        self.assertEqual(record.state, "checked")

    # === Clients === #

    def test_clients(self):
        rows = [
            ["Название", "Тип", "ИНН", "КПП", "Телефон", "Страна"],
            ["Северсталь", "корпоративный", "3528000597", "352801001", "", "Россия"],
            ["Альпика", "агент", "", "", "+33 1 40 20 50 50", "France"],
        ]
        record = self._import("client", rows)
        self.assertCounts(record, made=2)
        steel = self.env["res.partner"].search([("vat", "=", "3528000597")])
        self.assertTrue(steel.tour_client_corporate)
        self.assertTrue(steel.is_company)
        self.assertEqual(steel.kpp, "352801001")
        agent = self.env["res.partner"].search([("name", "=", "Альпика")])
        self.assertTrue(agent.tour_client_agent)
        self.assertEqual(agent.country_id.code, "FR")
        self.assertCounts(self._import("client", rows), merged=2)

    def test_malformed_tax_id(self):
        rows = [
            ["name", "inn", "kpp", "country"],
            ["Severstal", "3528000598", "35280100", "RU"],
            ["Bad mail", "", "", "RU"],
        ]
        record = self._import("client", rows)
        self.assertFaults(
            record,
            (2, "inn", "3528000598", "tax_id"),
            (2, "kpp", "35280100", "kpp"),
        )
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Severstal")]))
        fault = record.fault_ids[0]
        self.assertIn("malformed", fault.message)
        self.assertIn("leave the cell empty", fault.way_out)

    def test_two_clients_of_one_name(self):
        self.env["res.partner"].create(
            [{"name": "Twin", "is_company": True}, {"name": "Twin", "is_company": True}]
        )
        record = self._import("client", [["name", "city"], ["Twin", "Rome"]])
        self.assertFaults(record, (2, "name", "Twin", "many_clients"))

    # === Hotels and rooms === #

    def test_hotels(self):
        rows = [
            ["Hotel", "City", "Stars", "Check-in", "Commission", "Supplier", "Lat"],
            ["Sea", "Lyon", "4*", "15:00", "10%", "Alpina LLC", "45,76"],
            ["Sky", "Nowhere", "9", "", "", "", ""],
        ]
        record = self._import("hotel", rows, user=self.hotel_editor)
        self.assertEqual(set(record.fault_ids.mapped("rule")), {"stars"})
        self.assertCounts(record, made=1, refused=1)
        sea = self.env["tour.hotel"].search([("name", "=", "Sea")])
        self.assertRecordValues(
            sea,
            [
                {
                    "city_id": self.city.id,
                    "stars": "4",
                    "check_in_hour": 15.0,
                    "commission_percent": 10.0,
                    "supplier_id": self.supplier.id,
                    "latitude": 45.76,
                }
            ],
        )
        self.assertCounts(self._import("hotel", rows), merged=1, refused=1)

    def test_hotel_makes_its_city(self):
        rows = [["Hotel", "City", "Country"], ["Sky", "Porto", "Portugal"]]
        refused = self._import("hotel", rows)
        self.assertFaults(refused, (2, "City", "Porto", "unknown_city"))
        record = self._import("hotel", rows, create_missing=True)
        self.assertCounts(record, made=1)
        city = self.env["tour.hotel"].search([("name", "=", "Sky")]).city_id
        self.assertEqual((city.name, city.country_id.code), ("Porto", "PT"))
        self.assertEqual(record.made_city_count, 1)

    def test_rooms_with_rates(self):
        rows = [
            ["Hotel", "Room", "Persons", "Rate", "Rack price", "Net price", "Meal"],
            ["Alpina", "Standard", "3", "Flexible", "7 000,50", "6000", "BB"],
            ["Alpina", "Suite", "4", "Flexible", "9000", "8000", "HB"],
            ["Alpina", "Suite", "4", "Early", "8000", "7000", "HB"],
            ["Alpina", "Suite", "4", "Early", "8000", "7000", "HB"],
            ["Alpina", "Attic", "1", "", "", "", ""],
            ["Nowhere", "Attic", "1", "", "", "", ""],
        ]
        record = self._import("room", rows, user=self.hotel_editor)
        self.assertCounts(record, made=4, merged=1, refused=1)
        rooms = self.hotel.room_ids.sorted("id")
        self.assertEqual(rooms.mapped("name"), ["Standard", "Suite", "Attic"])
        self.assertEqual(rooms[0].capacity, 2, "what was typed stays")
        self.assertEqual(set(rooms[1].rate_ids.mapped("name")), {"Early", "Flexible"})
        flexible = rooms[0].rate_ids.filtered(lambda rate: rate.name == "Flexible")
        self.assertEqual((flexible.rack_price, flexible.meal), (7000.5, "bb"))
        self.assertCounts(self._import("room", rows), merged=5, refused=1)

    def test_price_below_zero(self):
        rows = [["Hotel", "Room", "Rack price"], ["Alpina", "Standard", "-1"]]
        record = self._import("room", rows)
        self.assertFaults(record, (2, "Rack price", "-1", "negative_price"))
