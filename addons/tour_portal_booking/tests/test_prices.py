from odoo.tests import tagged

from .common import NewBookingCommon


@tagged("post_install", "-at_install")
class TestPrices(NewBookingCommon):
    def _check_applied(self, draft, expected):
        """What is shown is what the booking gets; worked out by hand."""
        quote = draft._get_quote()
        self.assertEqual(quote["prices"][0], expected)
        order = self._send(draft)
        self.assertEqual(order.order_line[0].price_total, expected or 0.0)
        return order

    def test_room(self):
        self._check_applied(self._full(), 10000.0)

    def test_early_and_late(self):
        """Half a night each: 2 × 5000 + 2500 + 2500."""
        stay = {
            "rate_0": str(self.rate.id),
            "hour_from": "08:00",
            "hour_to": "15:00",
        }
        self._check_applied(self._full(stay=stay), 15000.0)

    def test_meals_on_top(self):
        """Breakfast at a rate without it: 10000 + 2 nights × 2 guests × 600."""
        draft = self._full(
            where={"meal": "bb"},
            guests=[("0_0", ("Orlov",)), ("0_1", ("Petrov",))],
        )
        self._check_applied(draft, 12400.0)

    def test_more_meals_than_wanted_are_kept(self):
        """A rate with breakfast in it costs no less for who wants none."""
        draft = self._full(where={"meal": "ro"}, stay={"rate_0": str(self.bb.id)})
        order = self._check_applied(draft, 11200.0)
        self.assertEqual(order.order_line.meal, "bb")

    def test_meal_without_a_price_is_on_request(self):
        """Full board has no price: it is not given for nothing."""
        order = self._check_applied(self._full(where={"meal": "fb"}), None)
        self.assertEqual(order.order_line.meal, "fb")
        self.assertIn("Standard rate", order.order_line.service_text)

    def test_cost_is_never_the_price(self):
        """A net rate without a rack price would be sold for what it costs us."""
        self.rate.write({"kind": "net", "rack_price": 0.0, "net_price": 4321.0})
        draft = self._full()
        (choices,) = draft._get_rate_choices()
        self.assertNotIn("4,321", str(choices))
        self.assertNotIn("8,642", str(choices))
        order = self._check_applied(draft, None)
        self.assertEqual(order.amount_total, 0.0)
        self.assertEqual(order.order_line.supplier_price_total, 8642.0)

    def test_net_rate_with_a_rack_price(self):
        self.rate.write({"kind": "net", "rack_price": 5500.0, "net_price": 4321.0})
        self._check_applied(self._full(), 11000.0)

    def test_no_room_chosen(self):
        self._check_applied(self._full(stay={"rate_0": "0"}), None)

    def test_price_list_of_the_client_gives_the_currency(self):
        currency = self.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 4.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "In TUG", "currency_id": currency.id}
        )
        self.client_company.specific_property_product_pricelist = pricelist
        order = self._check_applied(self._full(), 40000.0)
        self.assertEqual(order.currency_id, currency)

    def test_hotel_without_an_exchange_rate_is_on_request(self):
        self.hotel.currency_id = self.env["res.currency"].create(
            {"name": "TUG", "symbol": "₮"}
        )
        order = self._check_applied(self._full(), None)
        self.assertFalse(order.order_line.rate_id)
        self.assertEqual(order.order_line.room_id, self.room)
        self.assertIn("Standard rate", order.order_line.service_text)

    def test_taxes_are_in_the_price(self):
        """20 % on top of 10000."""
        self.accommodation.product_id.taxes_id = self.env["account.tax"].create(
            {
                "name": "VAT 20 %",
                "amount": 20.0,
                "type_tax_use": "sale",
                "price_include_override": "tax_excluded",
            }
        )
        self._check_applied(self._full(), 12000.0)

    def test_from_price_is_the_least(self):
        draft = self._draft()
        page = self.env(user=self.olga)["tour.portal.hotels"]._get_page(draft)
        (found,) = page["hotels"]
        self.assertIn("10,000.00", found["price"])

    def test_room_too_small_gives_no_price(self):
        draft = self._draft(where={"adults_0": "3"})
        page = self.env(user=self.olga)["tour.portal.hotels"]._get_page(draft)
        self.assertFalse(page["hotels"][0]["price"])

    def test_review_says_what_is_booked(self):
        draft = self._full(
            where={"ages_0": "0"},
            guests=[
                ("0_0", ("Orlov", "Oleg")),
                ("0_1", ("Orlov", "Ivan", "", "", "5")),
                ("0_2", ("Orlova", "Eva", "", "", "0")),
            ],
        )
        stays = draft._get_stays()
        review = draft._get_review(stays, draft._get_quote(stays))
        (stay,) = review["stays"]
        self.assertEqual(
            stay["guests"],
            ["Orlov Oleg", "Orlov Ivan (Child, 5)", "Orlova Eva (Infant)"],
        )
        self.assertEqual((stay["hotel"], stay["room"]), ("Alpina", "Standard"))
        self.assertEqual((review["client"], review["nights"]), ("Metran", 2))
        self.assertIn("10,000.00", review["total"])
        self.assertEqual(review["unnamed"], 0)

    # === Changes meanwhile === #

    def test_changed_price_is_told(self):
        draft = self._full()
        before = draft._get_quote()
        self.assertEqual(draft._compare_seen(before["seen"], before), [])
        self.rate.rack_price = 6000
        (said,) = draft._compare_seen(before["seen"], draft._get_quote())
        self.assertIn("10,000.00", said)
        self.assertIn("12,000.00", said)

    def test_price_that_came_or_went_is_told(self):
        draft = self._full()
        before = draft._get_quote()
        self.rate.rack_price = 0
        (said,) = draft._compare_seen(before["seen"], draft._get_quote())
        self.assertIn("on request", said)

    def test_crafted_texts_of_seen_prices(self):
        quote = self._full()._get_quote()
        for seen in (
            None,
            "",
            "x",
            "[]",
            "{}",
            "1",
            '["EUR", "NaN"]',
            "[NaN, NaN]",
            '["EUR", "1e999"]',
            "[null, {}]",
            "[" * 5000,
            "[" * 9000,
        ):
            with self.subTest(seen=str(seen)[:20]):
                self.assertTrue(self._full()._compare_seen(seen, quote))
