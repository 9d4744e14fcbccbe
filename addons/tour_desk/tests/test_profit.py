from odoo.fields import Command
from odoo.tests import tagged

from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestProfit(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Two nights of 5,000 less 10 %: 1,000 of 10,000 stay with us.
        cls.hotel.commission_percent = 10
        cls.env.company.tour_min_margin = 8
        cls.order = cls._create_booking(cls._stay([GUEST]))
        cls.line = cls.order.order_line

    def _check(self, order, **expected):
        self.assertRecordValues(order, [expected])

    def _problems(self, order):
        names = ("lacks_cost", "is_over_billed", "is_under_invoiced", "is_loss")
        return {name for name in (*names, "is_low_margin") if order[name]}

    def test_planned_from_the_services(self):
        self._check(
            self.order,
            planned_income=10000,
            planned_cost=9000,
            planned_profit=1000,
            planned_margin=10,
            actual_income=0,
            actual_cost=0,
            actual_profit=0,
        )
        self.assertEqual(self._problems(self.order), set())
        self.order.acquiring_cost = 150
        self.line.client_discount_amount = 100
        # 10,000 - 100 come in, 9,000 + 150 go out: 750 of 9,900.
        self._check(
            self.order, planned_income=9900, planned_cost=9150, planned_profit=750
        )
        self.assertAlmostEqual(self.order.planned_margin, 7.5758, 3)
        self.assertEqual(self._problems(self.order), {"is_low_margin"})

    def test_in_fact_from_invoices_and_bills(self):
        self._force_state(self.order, "done")
        invoice = self._invoice(self.order)
        # Paid in full: the hotel bills 10,000 and owes us 1,000.
        self.assertEqual(self.line.settlement, "full")
        self._create_bill(self.order, 10000)
        self._check(
            self.order,
            actual_income=10000,
            actual_cost=9000,
            actual_profit=1000,
            actual_margin=10,
        )
        self.assertEqual(self._problems(self.order), set())
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        refund = self.env["account.move"].browse(reversal.refund_moves()["res_id"])
        refund.invoice_line_ids.price_unit = 400
        refund.action_post()
        self._check(self.order, actual_income=9600, actual_profit=600)

    def test_less_commission_the_bill_is_the_cost(self):
        self.line.settlement = "less"
        self._force_state(self.order, "done")
        self._create_bill(self.order, 9000)
        self._check(self.order, actual_cost=9000, actual_profit=-9000)
        self.assertEqual(self._problems(self.order), set())

    def test_cost_is_missing(self):
        order = self._create_booking(self._transfer(price_unit=3000))
        self.assertEqual(self._problems(order), {"lacks_cost"})
        order.order_line.supplier_price_total = 2000
        self.assertEqual(self._problems(order), set())
        self._check(order, planned_profit=1000)

    def test_sold_under_cost(self):
        self.line.price_unit = 8000
        self._check(self.order, planned_profit=-1000, planned_margin=-12.5)
        self.assertEqual(self._problems(self.order), {"is_loss", "is_low_margin"})

    def test_over_billed(self):
        self._force_state(self.order, "done")
        bill = self._create_bill(self.order, 10000.01)
        self.assertEqual(self._problems(self.order), {"is_over_billed"})
        bill.button_draft()
        self.assertEqual(self._problems(self.order), set())
        self.assertEqual(self.order.actual_cost, 0)

    def test_invoiced_below_the_price(self):
        self._force_state(self.order, "done")
        invoice = self.order._create_invoices()
        invoice.invoice_line_ids.price_unit = 9500
        self.assertEqual(self._problems(self.order), set())
        invoice.action_post()
        self.assertEqual(self._problems(self.order), {"is_under_invoiced"})

    def test_prices_with_tax_are_compared_with_tax(self):
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 20% included",
                "amount": 20.0,
                "price_include_override": "tax_included",
            }
        )
        self.line.tax_ids = tax
        self._force_state(self.order, "done")
        self._invoice(self.order)
        self._check(self.order, planned_income=10000, actual_income=10000)
        self.assertEqual(self._problems(self.order), set())

    def test_a_bill_for_several_is_shared_by_what_was_planned(self):
        long_stay = self._stay([GUEST], date_to=self._day(7))
        other = self._create_booking(long_stay)
        self.assertEqual(other.planned_due, 30000)
        both = self.order + other
        self._force_state(both, "done")
        # 10,000 and 30,000 were planned: a quarter and three quarters.
        self._create_bill(both, 44000)
        self.assertEqual(self.order.actual_cost, 11000 - 1000)
        self.assertEqual(other.actual_cost, 33000 - 3000)
        # One is made dearer, and the other's share falls: 10,000 of 50,000.
        other.order_line.supplier_price_total = 40000
        self.assertEqual(other.planned_due, 40000)
        self.assertEqual(self.order.actual_cost, 8800 - 1000)

    def test_bookings_that_do_not_take_place_plan_nothing(self):
        self.order._move_to("accepted")
        self.order._move_to("cancelled", "No visa")
        self._check(self.order, planned_income=0, planned_cost=0, planned_profit=0)
        self.assertEqual(self._problems(self.order), set())

    def test_in_the_currency_of_the_company(self):
        company = self.env.company
        currency = self.env["res.currency"].create({"name": "TTT", "symbol": "T"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": company.id,
                "name": self._day(-30),
                "rate": 4.0,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "TTT", "currency_id": currency.id}
        )
        order = self._create_booking(
            self._transfer(price_unit=4000, supplier_price_total=3000),
            pricelist_id=pricelist.id,
        )
        self.assertEqual(order.currency_id, currency)
        self._check(order, planned_income=1000, planned_cost=750, planned_profit=250)

    def test_problems_are_searched_for(self):
        self.line.price_unit = 8000
        good = self._create_booking(self._stay([GUEST]))
        both = self.order + good
        orders = self.env["sale.order"]
        for domain, found in (
            ([("is_loss", "=", True)], self.order),
            ([("is_low_margin", "=", True)], self.order),
            ([("is_low_margin", "=", False)], good),
            ([("is_low_margin", "!=", True)], good),
            ([("lacks_cost", "=", True)], orders),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(
                    orders.search([("id", "in", both.ids), *domain]), found
                )

    def test_ordinary_orders_have_none(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.transfer.product_id.id, "price_unit": 50}
                    )
                ],
            }
        )
        self._check(order, planned_income=0, planned_profit=0, lacks_cost=False)

    def test_sums_by_manager(self):
        other = self._create_booking(self._stay([GUEST]), user_id=self.head.id)
        groups = self.env["sale.order"]._read_group(
            [("id", "in", (self.order + other).ids)],
            ["user_id"],
            ["planned_profit:sum"],
            order="user_id",
        )
        self.assertEqual({amount for _user, amount in groups}, {1000.0})
