from odoo.fields import Command
from odoo.tests import tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestSearch(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookings = cls.env["sale.order"].with_context(default_is_tour_booking=True)
        cls.alpina = cls._create_booking(
            cls._stay(guests=[{"last_name": "Orlov", "first_name": "Oleg"}])
        )
        cls.balkan_hotel = cls._create_hotel(
            name="Balkan",
            street="Rue Blanche 7",
            city_id=cls.env["tour.city"]
            .create({"name": "Grenoble", "country_id": cls.env.ref("base.fr").id})
            .id,
            supplier_id=cls.env["res.partner"]
            .create({"name": "Balkan SA", "is_company": True, "tour_supplier": True})
            .id,
        )
        cls.balkan = cls._create_booking(
            cls._stay(hotel_id=cls.balkan_hotel.id, room_id=False, rate_id=False)
        )
        cls.taxi = cls._create_booking(
            Command.create(
                {
                    "service_type_id": cls.transfer.id,
                    "route": "Airport – City",
                    "date_from": cls._day(20),
                }
            )
        )
        cls.all = cls.alpina + cls.balkan + cls.taxi

    def _find(self, *domain, order="id"):
        return self.bookings.search([("id", "in", self.all.ids), *domain], order=order)

    def test_what_lists_are_searched_by(self):
        for domain, found in (
            (("search_text", "ilike", "orlov ol"), self.alpina),
            (("search_text", "ilike", "ALPINA Örlov"), self.alpina),
            (("search_text", "ilike", "orlov balkan"), self.bookings.browse()),
            (("search_text", "not ilike", "orlov"), self.balkan + self.taxi),
            (("search_text", "ilike", "100%"), self.bookings.browse()),
            (("search_text", "ilike", self.balkan.name), self.balkan),
            (("guest_ids.full_name", "ilike", "oleg"), self.alpina),
            (("hotel_ids", "ilike", "alpina"), self.alpina),
            (("hotel_ids", "=", self.balkan_hotel.id), self.balkan),
            (("hotel_ids", "in", self.hotel.ids), self.alpina),
            (("hotel_ids", "ilike", "nowhere"), self.bookings.browse()),
            (("hotel_ids", "not ilike", "alpina"), self.balkan + self.taxi),
            (("hotel_ids", "=", False), self.taxi),
            (("hotel_ids", "!=", False), self.alpina + self.balkan),
            (("hotel_ids", "any", [("street", "ilike", "blanche")]), self.balkan),
            (("city_ids", "ilike", "grenoble"), self.balkan),
            (("supplier_ids", "ilike", "alpina llc"), self.alpina),
            (("service_type_ids", "ilike", "transfer"), self.taxi),
            (("order_line.route", "ilike", "airport"), self.taxi),
            (("lacks_supplier", "=", True), self.taxi),
            (("has_transfer", "=", True), self.taxi),
            (("service_date_from", "=", self._day(20)), self.taxi),
            (("service_date_to", "<=", self._day(5)), self.alpina + self.balkan),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(self._find(domain), found)

    def test_bills_are_found_by_their_number(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "ref": "B-2026/77",
            }
        )
        self.alpina.bill_ids = bill
        self.assertEqual(self._find(("bill_ids.ref", "ilike", "2026/77")), self.alpina)

    def test_names_of_the_services(self):
        self.assertEqual(self.alpina.hotel_ids, self.hotel)
        self.assertEqual(self.balkan.city_ids.name, "Grenoble")
        self.assertEqual(self.alpina.supplier_ids, self.supplier)

    def test_sorted_by_client_and_manager(self):
        other = self.env["res.partner"].create({"name": "Aalto", "is_company": True})
        self.taxi.partner_id = other
        self.alpina.user_id = self.head
        self.balkan.user_id = self.manager
        self.taxi.user_id = self.manager_all
        self.assertEqual(self._find(order="partner_id, id")[0], self.taxi)
        self.assertEqual(self._find(order="partner_id desc, id")[-1], self.taxi)
        self.assertEqual(
            self._find(order="user_id").mapped("user_id.name"),
            ["Head", "Manager", "Manager All"],
        )

    def test_days_are_found_first_and_sorted_then(self):
        domain = [
            ("service_date_from", ">=", self._day(0)),
            ("service_date_from", "<=", self._day(40)),
            ("id", "in", self.all.ids),
        ]
        self.assertTrue(self.bookings._is_narrow(domain))
        self.assertFalse(self.bookings._is_narrow(domain[:1]))
        self.assertFalse(
            self.bookings._is_narrow(
                [
                    ("create_date", ">=", "2020-01-01"),
                    ("create_date", "<", "2026-01-01"),
                ]
            )
        )
        found = self.bookings.search(domain, order="service_date_from desc", limit=2)
        self.assertEqual(found[0], self.taxi)
        query = self.bookings._search(domain, limit=2, order="name")
        self.assertIn("* 0", str(query.select().code))

    def test_only_indexed_columns_are_offered_to_sort_by(self):
        names = ["service_summary", "name", "amount_total", "service_costs"]
        info = self.bookings.fields_get(names, ["sortable"])
        self.assertEqual(
            [info[name]["sortable"] for name in names], [False, True, True, False]
        )
        info = self.env["sale.order"].fields_get(["client_order_ref"], ["sortable"])
        self.assertTrue(info["client_order_ref"]["sortable"])

    def test_indexes_are_there_as_the_queries_are_written(self):
        """A partial index whose condition differs from the query is never used."""
        query = self.bookings._search(
            [("is_tour_booking", "=", True), ("booking_state", "!=", "archive")]
        )
        code = query.select().code
        self.assertIn('"is_tour_booking" IS TRUE', code)
        self.assertRegex(code, 'NOT IN %s OR "sale_order"."booking_state" IS NULL')
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'sale_order'"
            " AND indexname LIKE 'sale_order_booking%'"
        )
        definitions = [row[0] for row in self.env.cr.fetchall()]
        self.assertGreater(len(definitions), 20)
        for definition in definitions:
            self.assertIn(" WHERE ", definition)
