from odoo.tests import tagged

from .common import TourHotelCommon


@tagged("post_install", "-at_install")
class TestSearch(TourHotelCommon):
    def _find(self, text, **kwargs):
        found = self.env["tour.hotel"].name_search(text, **kwargs)
        return [hotel_id for hotel_id, _name in found]

    def test_found_by_name_synonym_city_and_any_words_of_them(self):
        twin = self._create_hotel(name="Жемчужина Анапы")
        for text in (
            "Жемчужина",
            "жемчуж",
            "TESTPEARL",
            "zhemchuzhina grand",
            "сочи жемчужина",
            "Жемчужина, Сочи",
        ):
            with self.subTest(text=text):
                self.assertIn(self.hotel.id, self._find(text))
        self.assertEqual(self._find("grand жемчужина"), self.hotel.ids)
        self.assertNotIn(twin.id, self._find("testpearl"))
        self.assertFalse(self._find("жемчужина париж"))

    def test_yo_is_found_as_ye(self):
        hotel = self._create_hotel(name="Звёздный")
        self.assertEqual(self._find("звездный"), hotel.ids)
        self.assertEqual(self._find("звёздный"), hotel.ids)

    def test_renamed_city_and_synonym_are_found(self):
        self.city.name = "Адлер"
        self.hotel.synonyms = "Corallo"
        self.assertIn(self.hotel.id, self._find("адлер corallo"))
        self.assertFalse(self._find("testpearl"))
        self.assertEqual(self.hotel.display_name, "Жемчужина, Адлер")

    def test_exact_and_negative_operators(self):
        self.assertIn(self.hotel.id, self._find("Жемчужина", operator="="))
        hotels = self.env["tour.hotel"]
        domain = [("display_name", "not ilike", "testpearl")]
        self.assertNotIn(self.hotel, hotels.search(domain))
        others = self._create_hotel(name="Other")
        self.assertIn(others, hotels.search(domain))

    def test_records_are_filtered_as_the_database_does(self):
        hotels = self.hotel + self._create_hotel(name="Other")
        for text in ("сочи ЖЕМЧУЖИНА", "жемчуг", "other", ""):
            for operator in ("ilike", "not ilike"):
                domain = [("search_text", operator, text)]
                with self.subTest(text=text, operator=operator):
                    found = hotels.search([("id", "in", hotels.ids), *domain])
                    self.assertEqual(hotels.filtered_domain(domain), found)

    def test_archived_hotels_are_not_offered(self):
        self.hotel.active = False
        self.assertNotIn(self.hotel.id, self._find("Жемчужина"))

    def test_search_is_one_query_served_by_the_index(self):
        self.env.flush_all()
        # Access rules and the user's companies are read once per process.
        self._find("жемчужина")
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self._find("жемчужина сочи")
        query = self.env["tour.hotel"]._search([("display_name", "ilike", "жемчужина")])
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("ANALYZE tour_hotel")
        sql = query.select()
        self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("tour_hotel_words_idx", plan)
