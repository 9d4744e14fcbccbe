from odoo.tests import tagged

from ..models.tour_portal_draft import clean, read_date, read_number
from .common import NewBookingCommon


@tagged("post_install", "-at_install")
class TestBounds(NewBookingCommon):
    def _read(self, **values):
        env = self.env(user=self.olga)
        return env["tour.portal.draft"]._read_where(
            self._where_form(**values), env.company
        )

    def _faults(self, **values):
        return set(self._read(**values)[1])

    # === Where and when === #

    def test_dates(self):
        today, day = str(self.today), self._day
        self.assertEqual(self._faults(date_from=today), set())
        self.assertEqual(self._faults(date_from=str(day(-1))), {"date_from"})
        self.assertEqual(self._faults(date_to=str(day(10))), {"date_to"})
        self.assertEqual(self._faults(date_to=str(day(9))), {"date_to"})
        self.assertEqual(
            self._faults(date_from=str(day(731))) - {"date_to"}, {"date_from"}
        )
        for wrong in ("", "tomorrow", "2026-02-30", "0000-00-00", "9" * 40, "1\0"):
            self.assertEqual(self._faults(date_from=wrong), {"date_from"})

    def test_longest_stay(self):
        self.env.company.tour_new_booking_nights = 5
        self.assertEqual(self._faults(date_to=str(self._day(15))), set())
        self.assertEqual(self._faults(date_to=str(self._day(16))), {"date_to"})

    def test_rooms_and_guests(self):
        company = self.env.company
        company.write({"tour_new_booking_rooms": 3, "tour_new_booking_guests": 7})
        self.assertEqual(self._faults(rooms_0="3"), set())
        self.assertEqual(self._faults(rooms_0="4"), {"rooms_0"})
        self.assertEqual(
            self._faults(rooms_0="2", rooms_1="2", adults_1="1"), {"rooms_1"}
        )
        self.assertEqual(self._faults(rooms_0="2", adults_0="4"), {"adults_0"})
        for wrong in ("0", "-1", "x", "", "1.5", "٣", "9" * 30):
            self.assertEqual(self._faults(rooms_0=wrong), {"rooms_0"})
            self.assertEqual(self._faults(adults_0=wrong), {"adults_0"})

    def test_ages(self):
        where, faults, _cities = self._read(adults_0="1", ages_0="0, 5;17")
        self.assertFalse(faults)
        self.assertEqual(
            where["groups"], [{"rooms": 1, "adults": 1, "ages": [0, 5, 17]}]
        )
        for wrong in ("18", "-1", "five", "1.5", ",".join("1" * 11)):
            self.assertEqual(self._faults(ages_0=wrong), {"ages_0"})

    def test_city(self):
        self.assertEqual(self._faults(city=""), {"city"})
        self.assertEqual(self._faults(city="Atlantis"), {"city"})
        self.assertEqual(self._faults(city="lyon"), set())
        # What means something to the database is a letter here.
        self.assertEqual(self._faults(city="%"), {"city"})
        self.assertEqual(self._faults(city="Lyo_"), {"city"})

    def test_city_that_is_there_twice(self):
        twins = self.env["tour.city"].create(
            [
                {
                    "name": "Springfield",
                    "region": region,
                    "country_id": self.env.ref("base.us").id,
                }
                for region in ("Ohio", "Texas")
            ]
        )
        _where, faults, cities = self._read(city="Springfield")
        self.assertEqual(set(faults), {"city_id"})
        self.assertEqual({city_id for city_id, _name in cities}, set(twins.ids))
        where, faults, _cities = self._read(
            city="Springfield", city_id=str(twins[1].id)
        )
        self.assertFalse(faults)
        self.assertEqual(where["city_id"], twins[1].id)
        where, faults, _cities = self._read(city="Springfield, Texas")
        self.assertFalse(faults)
        self.assertEqual(where["city_id"], twins[1].id)
        # An id of a city that is not called so changes nothing.
        _where, faults, _cities = self._read(
            city="Springfield", city_id=str(self.city.id)
        )
        self.assertEqual(set(faults), {"city_id"})

    def test_suggestions(self):
        drafts = self.env(user=self.olga)["tour.portal.draft"]
        self.env["tour.city"].create(
            {"name": "Old Lyonville", "country_id": self.env.ref("base.us").id}
        )
        self.assertEqual(drafts._suggest_cities("lyo")[:2], ["Lyon", "Old Lyonville"])
        self.assertEqual(drafts._suggest_cities("l"), [])
        self.assertEqual(drafts._suggest_cities("%%"), [])
        self.assertEqual(drafts._suggest_cities(None), [])

    # === Hotels and rates === #

    def test_hotels_that_cannot_be_booked(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        nice = self.env["tour.city"].create(
            {"name": "Nice", "country_id": self.env.ref("base.fr").id}
        )
        refused = {
            "closed": self._create_hotel(client_bookable=False),
            "archived": self._create_hotel(active=False),
            "other company": self._create_hotel(company_id=company.id),
            "other city": self._create_hotel(city_id=nice.id),
        }
        draft = self._draft()
        for reason, hotel in refused.items():
            with self.subTest(reason=reason):
                data, faults = draft._read_hotel({"hotel_id": str(hotel.id)})
                self.assertIsNone(data)
                self.assertTrue(faults)
        for wrong in ("", "0", "-1", "x", str(2**63), "9" * 50, "\0"):
            self.assertIsNone(draft._read_hotel({"hotel_id": wrong})[0])
        page = self.env(user=self.olga)["tour.portal.hotels"]._get_page(draft)
        self.assertEqual([found["id"] for found in page["hotels"]], self.hotel.ids)

    def test_hotel_closed_meanwhile(self):
        draft = self._full()
        self.hotel.client_bookable = False
        self.assertEqual(set(draft._get_faults()), {"hotel"})

    def test_rates_that_cannot_be_chosen(self):
        other = self._create_hotel(name="Other")
        room = self.env["tour.room"].create({"name": "Big", "hotel_id": other.id})
        foreign = self.env["tour.rate"].create({"name": "Foreign", "room_id": room.id})
        hidden = self.rate.copy({"client_visible": False})
        small = self.env["tour.room"].create(
            {"name": "Single", "hotel_id": self.hotel.id, "capacity": 1}
        )
        tight = self.rate.copy({"room_id": small.id})
        closed = self.env["tour.room"].create(
            {"name": "Closed", "hotel_id": self.hotel.id, "active": False}
        )
        gone = self.rate.copy({"room_id": closed.id})
        draft = self._full()
        for rate in (foreign, hidden, tight, gone):
            with self.subTest(rate=rate.name):
                data, faults = draft._read_stay({"rate_0": str(rate.id)})
                self.assertIsNone(data["rates"])
                self.assertEqual(set(faults), {"rate_0"})
        for wrong in ("", "x", str(2**63)):
            self.assertEqual(set(draft._read_stay({"rate_0": wrong})[1]), {"rate_0"})

    def test_rate_hidden_meanwhile(self):
        draft = self._full()
        self.rate.client_visible = False
        self.assertEqual(set(draft._get_faults()), {"stay"})

    def test_infant_needs_no_bed(self):
        draft = self._full(where={"ages_0": "0"})
        self.assertEqual(draft._get_faults(), {})
        self.assertFalse(self._draft(where={"ages_0": "1"})._fits(self.rate, 0))

    def test_more_guests_than_beds(self):
        """Who said infant and names a child needs another room."""
        people = [("0_0", ("A",)), ("0_1", ("B",)), ("0_2", ("C", "", "", "", "0"))]
        draft = self._full(where={"ages_0": "0"}, guests=people)
        self.assertEqual(draft._get_faults(), {})
        people[2] = ("0_2", ("C", "", "", "", "1"))
        draft = self._full(where={"ages_0": "0"}, guests=people)
        self.assertEqual(set(draft._get_faults()), {"guests"})

    def test_days_pass(self):
        draft = self._full(where={"date_from": str(self.today)})
        data = dict(draft.data)
        data["where"] = {**data["where"], "date_from": str(self._day(-1))}
        draft.sudo().data = data
        self.assertEqual(set(draft._get_faults()), {"where"})

    def test_hours(self):
        draft = self._full()
        stay, faults = draft._read_stay({"rate_0": "0", "hour_from": "25:00"})
        self.assertEqual(set(faults), {"hour_from"})
        stay, faults = draft._read_stay({"rate_0": "0", "hour_from": "0:30"})
        self.assertEqual((faults, stay["hour_from"]), ({}, 0.5))

    # === Guests === #

    def test_wrong_guests(self):
        draft = self._full(
            where={"rooms_1": "1", "adults_1": "1"},
            stay={"rate_0": "0", "rate_1": "0"},
            guests=[("0_0", ("A",)), ("1_0", ("B",))],
        )
        read = draft._read_guests
        self.assertEqual(set(read({})[1]), {"last_0_0", "last_1_0"})
        some = self._guest_form(("0_0", ("", "Oleg")), ("1_0", ("Orlov",)))
        self.assertEqual(set(read(some)[1]), {"last_0_0"})
        self.assertEqual(set(read({**some, "last_0_0": "123"})[1]), {"last_0_0"})
        some["last_0_0"] = "Orlov"
        self.assertEqual(read(some)[1], {})
        for wrong in ("130", "-1", "x", "1.5"):
            self.assertEqual(set(read({**some, "age_0_0": wrong})[1]), {"age_0_0"})
        for wrong in ("x", "2026-02-30", "1850-01-01", str(self._day(400))):
            self.assertEqual(set(read({**some, "birth_0_0": wrong})[1]), {"birth_0_0"})

    def test_pasted_rows(self):
        draft = self._draft(where={"ages_0": "4"})
        guests, said = draft._read_rows(
            "Ivanov\tIvan\t\t1980-05-01\nIvanova Eva 0\n42\nOrlov\nPetrov", []
        )
        self.assertEqual(
            [(g["last"], g["birth"], g["age"]) for g in guests[0]],
            [("Ivanov", "1980-05-01", None), ("Ivanova", "", 0), ("Orlov", "", None)],
        )
        self.assertEqual(len(said), 2)
        self.assertIn("Row 3, “42”", said[0])
        self.assertIn("Petrov", said[1])

    def test_nothing_pasted(self):
        draft = self._draft()
        guests, said = draft._read_rows("", [])
        self.assertIsNone(guests)
        self.assertTrue(said)

    # === Other services === #

    def test_wrong_services(self):
        draft = self._full()

        def read(**values):
            form = {
                "type_0": str(self.transfer.id),
                "date_0": str(self._day(10)),
                "route_0": "A – B",
                **values,
            }
            return set(draft._read_services(form)[1])

        self.assertEqual(read(), set())
        self.assertEqual(read(route_0=""), {"route_0"})
        self.assertEqual(read(date_0=""), {"date_0"})
        self.assertEqual(read(date_0=str(self._day(-1))), {"date_0"})
        self.assertEqual(read(date_0=str(self._day(60))), {"date_0"})
        self.assertEqual(read(hour_0="noon"), {"hour_0"})
        self.assertEqual(read(type_0=str(self.other.id)), {"text_0"})

    def test_services_that_cannot_be_added(self):
        draft = self._full()
        fee = self.env.ref("tour_change.service_type_fee")
        self.assertNotIn(fee, draft._get_service_types())
        self.transfer.client_bookable = False
        for type_id in (self.transfer.id, self.accommodation.id, 0, 2**63, "x"):
            services, faults = draft._read_services({"type_0": str(type_id)})
            self.assertEqual((services, faults), ([], {}))

    # === Texts === #

    def test_texts_are_cleaned(self):
        self.assertEqual(clean(" a\0b\ud800 "), "ab")
        self.assertEqual(clean("a\r\nb"), "a\nb")
        self.assertEqual(clean(None), "")
        self.assertEqual(clean(["x"]), "")
        self.assertEqual(clean("x" * 200), "x" * 100)
        self.assertIsNone(read_number("9" * 11, 0, 10**12))
        self.assertIsNone(read_date("2026-1-1"))
