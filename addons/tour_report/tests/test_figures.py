"""What each kind of booking brings, in tables that were worked out by hand."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_desk.tests.common import GUEST

from .common import ReportCommon


@tagged("post_install", "-at_install")
class TestFigures(ReportCommon):
    def _check(self, orders, *expected):
        names = (
            "service_kind",
            "nights",
            "client_amount",
            "turnover",
            "supplier_amount",
            "commission_amount",
            "margin_amount",
        )
        self.assertRecordValues(
            self._facts(orders),
            [dict(zip(names, row, strict=True)) for row in expected],
        )

    def test_a_stay_that_is_done(self):
        """Two nights of 5,000, 10 % of which stay with us."""
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "done")
        self._check(order, ("accommodation", 2, 10000, 10000, 10000, 1000, 1000))

    def test_less_the_discount_for_marked_companies(self):
        order = self._create_booking(self._stay([GUEST]))
        order.order_line.client_discount_amount = 300
        self._force_state(order, "done")
        # In full; the margin is 10,000 - 300 - 10,000 + 1,000 either way.
        self._check(order, ("accommodation", 2, 10000, 10000, 10000, 1000, 700))
        self.client_company.tour_less_discount = True
        self._check(order, ("accommodation", 2, 9700, 9700, 10000, 1000, 700))

    def test_the_mark_of_a_company_counts_for_its_contacts(self):
        self.client_company.tour_less_discount = True
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.client_company.id}
        )
        order = self._create_booking(self._stay([GUEST]), partner_id=contact.id)
        order.order_line.client_discount_amount = 300
        self._force_state(order, "done")
        self.assertRecordValues(
            self._facts(order),
            [{"client_id": self.client_company.id, "client_amount": 9700}],
        )

    def test_rooms_count_as_nights(self):
        order = self._create_booking(self._stay([GUEST], rooms=3))
        self._force_state(order, "done")
        self.assertEqual(self._facts(order).nights, 6)

    def test_not_sold_yet(self):
        """A new booking has its sum, and is not in turnover."""
        order = self._create_booking(self._stay([GUEST]))
        self._check(order, ("accommodation", 0, 10000, 0, 10000, 1000, 1000))

    def test_cancelled_brings_nothing(self):
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "cancelled")
        self._check(order, ("accommodation", 0, 0, 0, 0, 0, 0))

    def test_penalty_of_the_hotel_before_arrival(self):
        """In turnover, not in nights; passed on to the hotel."""
        order = self._create_booking(self._stay([GUEST]))
        self._penalise(order, "hotel", "before", 5000)
        self._check(order, ("accommodation", 0, 5000, 5000, 5000, 0, 0))
        self.assertTrue(self._facts(order).counts_in_hotel_statistics)

    def test_penalty_of_the_hotel_during_the_stay(self):
        """One night of two was stayed: half of the commission of 1,000."""
        order = self._create_booking(self._stay([GUEST]))
        self._penalise(order, "hotel", "during", 6000, nights=1)
        self._check(order, ("accommodation", 1, 6000, 6000, 6000, 500, 500))

    def test_penalty_of_ours(self):
        """In turnover, not in statistics of hotels; all of it is ours."""
        order = self._create_booking(self._stay([GUEST]))
        self._penalise(order, "us", "before", 1500)
        self._check(order, ("accommodation", 0, 1500, 1500, 0, 0, 1500))
        self.assertFalse(self._facts(order).counts_in_hotel_statistics)

    def test_a_penalty_is_of_the_whole_booking(self):
        """It stands on the first stay, even if another service comes first."""
        order = self._create_booking(
            self._transfer(price_unit=3000, supplier_price_total=2000),
            self._stay([GUEST]),
            self._stay([GUEST]),
        )
        self._penalise(order, "hotel", "before", 5000)
        self._check(
            order,
            ("transfer", 0, 0, 0, 0, 0, 0),
            ("accommodation", 0, 5000, 5000, 5000, 0, 0),
            ("accommodation", 0, 0, 0, 0, 0, 0),
        )

    def test_archived_counts_as_before(self):
        order = self._create_booking(self._stay([GUEST]))
        self._penalise(order, "us", "before", 1500)
        self._force_state(order, "archive")
        self._check(order, ("accommodation", 0, 1500, 1500, 0, 0, 1500))

    def test_a_foreign_currency_at_the_rate_of_the_order(self):
        """4 of the currency for one of ours on the day of the order, 5 since."""
        currency = self.env["res.currency"].create(
            {"name": "TRC", "symbol": "T", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            [
                {
                    "name": day,
                    "currency_id": currency.id,
                    "company_id": self.env.company.id,
                    "rate": rate,
                }
                for day, rate in ((self._day(-10), 4), (self._day(-1), 5))
            ]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_booking(
            self._transfer(price_unit=1000, supplier_price_total=600),
            pricelist_id=pricelist.id,
            date_order=self._day(-5),
        )
        self._force_state(order, "done")
        self.assertEqual(order.currency_id, currency)
        self._check(order, ("transfer", 0, 250, 250, 150, 0, 100))
        self.assertEqual(self._facts(order).client_price_currency, 1000)

    def test_the_price_of_a_night_of_a_group_is_of_its_nights(self):
        """10,000 for two nights and 4,000 for one: 14,000 / 3, no mean of means."""
        short = self._stay([GUEST], date_to=self._day(2), price_unit=4000)
        order = self._create_booking(self._stay([GUEST]), short)
        self._force_state(order, "done")
        facts = self._facts(order)
        self.assertEqual(facts.mapped("night_price"), [5000, 4000])
        [(price,)] = facts._read_group(
            [("order_id", "=", order.id)], [], ["night_price:avg"]
        )
        self.assertAlmostEqual(float(price), 4666.67, 2)

    def test_doubtful_commission(self):
        usual = self._create_booking(self._stay([GUEST]))
        other = self._create_booking(self._stay([GUEST], commission_percent=7))
        none = self._create_booking(
            self._stay([GUEST], commission_amount=0, commission_percent=0)
        )
        hotel = self._create_hotel(name="Without", commission_percent=0)
        without = self._create_booking(
            self._stay([GUEST], hotel_id=hotel.id, room_id=False, rate_id=False)
        )
        self.assertEqual(
            self._facts(usual | other | none | without).mapped("doubtful_commission"),
            [False, True, True, False],
        )

    def test_kinds_of_clients(self):
        both = self.env["res.partner"].create(
            {
                "name": "Both",
                "is_company": True,
                "tour_client_agent": True,
                "tour_client_corporate": True,
            }
        )
        neither = self.env["res.partner"].create({"name": "Neither"})
        clients = (self.client_company, self.agent, both, neither)
        orders = self.env["sale.order"].union(
            *(self._create_booking(partner_id=client.id) for client in clients)
        )
        self.assertEqual(
            self._facts(orders).mapped("client_kind"),
            ["corporate", "agent", "agent", "other"],
        )

    def test_ordinary_orders_are_not_in_it(self):
        product = self.env["product.product"].create({"name": "Guide book"})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        self.assertFalse(self._facts(order))
