from odoo.tests import tagged

from .common import NewBookingCommon


@tagged("post_install", "-at_install")
class TestSearch(NewBookingCommon):
    def _page(self, draft, after=None):
        return self.env(user=self.olga)["tour.portal.hotels"]._get_page(draft, after)

    def _create_hotels(self, count, rates=2):
        hotels = self.env["tour.hotel"].create(
            [
                {
                    "name": f"Hotel {number:03}",
                    "city_id": self.city.id,
                    "currency_id": self.env.company.currency_id.id,
                    "latitude": 45.7 + number / 1000,
                    "longitude": 4.8 + number / 500,
                }
                for number in range(count)
            ]
        )
        rooms = self.env["tour.room"].create(
            [{"name": "Room", "hotel_id": hotel.id} for hotel in hotels]
        )
        self.env["tour.rate"].create(
            [
                {"name": f"R{number}", "room_id": room.id, "rack_price": 100 + number}
                for room in rooms
                for number in range(rates)
            ]
        )
        return hotels

    def test_paged_by_key(self):
        """By name; a hotel that comes in between does not move the pages."""
        hotels = self._create_hotels(45)
        draft, seen, after = self._draft(), [], None
        while True:
            page = self._page(draft, after)
            seen += [found["id"] for found in page["hotels"]]
            after = page["after"]
            if not after:
                break
        self.assertEqual(seen, [*self.hotel.ids, *hotels.ids])

    def test_same_name(self):
        self.hotel.client_bookable = False
        hotels = self._create_hotels(25)
        hotels.name = "Same"
        draft = self._draft()
        first = self._page(draft)
        second = self._page(draft, first["after"])
        found = [one["id"] for one in first["hotels"] + second["hotels"]]
        self.assertEqual(found, sorted(hotels.ids))

    def test_by_name(self):
        hotels = self._create_hotels(3)
        page = self._page(self._draft(where={"hotel": "hotel 001"}))
        self.assertEqual([found["id"] for found in page["hotels"]], hotels[1].ids)

    def test_page_behind_a_hotel_that_is_gone(self):
        self.assertTrue(self._page(self._draft(), 2**31 - 1)["hotels"])

    def test_fixed_number_of_queries(self):
        """As many for 200 hotels with 6 rates as for 20 with 2."""
        draft, counts = self._draft(), []
        # What is looked up once is in the caches.
        self._create_hotels(1)
        self._page(draft)
        for count, rates in ((20, 2), (180, 6)):
            self._create_hotels(count, rates)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = self._page(draft)
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(page["hotels"]), 20)
            self.assertTrue(all(found["price"] for found in page["hotels"]))
        self.assertEqual(counts[0], counts[1])

    def test_points_lie_on_the_sketch(self):
        self._create_hotels(5)
        points = self._page(self._draft())["points"]
        # Alpina, the first, has no place.
        self.assertEqual([point["number"] for point in points], [2, 3, 4, 5, 6])
        for point in points:
            self.assertTrue(0 < point["x"] < 640 and 0 < point["y"] < 360)
        # North is above, east to the right.
        self.assertGreater(points[0]["y"], points[-1]["y"])
        self.assertLess(points[0]["x"], points[-1]["x"])

    def test_no_sketch_without_places(self):
        self.assertEqual(self._page(self._draft())["points"], [])

    def test_nothing_inner_is_told(self):
        """Neither what it costs us, nor whom we book it of."""
        self.hotel.write({"note": "SECRET", "commission_percent": 12.34})
        self.rate.net_price = 4321.0
        draft = self._draft()
        page = str(self._page(draft))
        for secret in ("SECRET", "12.34", "4321", "4,321", self.supplier.name):
            self.assertNotIn(secret, page)
