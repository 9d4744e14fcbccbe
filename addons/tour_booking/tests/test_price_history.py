from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestPriceHistory(BookingCommon):
    """Stays of two nights at 5,000: the client pays 10,000, 10 % of it are ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.commission_percent = 10
        cls.order = cls._create_booking(cls._stay(), user=cls.manager)
        cls.env.flush_all()

    def _sums(self, order=None):
        order = order or self.order
        order.invalidate_recordset(["price_history_ids"])
        history = order.price_history_ids
        return tuple(
            sum(history.mapped(name))
            for name in ("sale_price", "purchase_price", "margin")
        )

    def _entries(self, order=None):
        return self.env["tour.price.entry"].search(
            [("order_id", "=", (order or self.order).id)], order="id"
        )

    def test_first_price_is_shown_and_costs_nothing(self):
        self.assertFalse(self._entries())
        self.assertRecordValues(
            self.order.price_history_ids,
            [
                {
                    "kind": "first",
                    "line_id": self.order.order_line.id,
                    "name": self.order.order_line.name,
                    "sale_price": 10000.0,
                    "purchase_price": 9000.0,
                    "margin": 1000.0,
                    "user_id": self.manager.id,
                }
            ],
        )

    def test_a_row_opens_its_booking(self):
        self.order.with_user(self.head).order_line.price_unit = 12000
        entry = self._entries()[:1].with_user(self.manager)
        action = entry.action_open_booking()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sale.order", self.order.id)
        )

    def test_typed_price_is_an_adjustment(self):
        line = self.order.with_user(self.head).order_line
        line.price_unit = 12000
        self.assertRecordValues(
            self._entries(),
            [
                {
                    "kind": "first",
                    "sale_price": 10000.0,
                    "purchase_price": 9000.0,
                    "margin": 1000.0,
                    "user_id": self.manager.id,
                },
                {
                    "kind": "adjustment",
                    "sale_price": 2000.0,
                    "purchase_price": 0.0,
                    "margin": 2000.0,
                    "user_id": self.head.id,
                },
            ],
        )
        self.assertEqual(self._entries()[0].date, line.create_date)
        self.assertEqual(self._sums(), (12000, 9000, 3000))

    def test_another_night_is_a_change(self):
        """One write with two values is one entry: 5,000 more, less 10 %."""
        line = self.order.order_line
        self.order.write(
            {
                "order_line": [
                    Command.update(line.id, {"date_to": self._day(4)}),
                ]
            }
        )
        first, change = self._entries()
        self.assertEqual(first.kind, "first")
        self.assertRecordValues(
            change,
            [{"kind": "change", "sale_price": 5000.0, "purchase_price": 4500.0}],
        )
        self.assertIn(line.name, change.name)
        self.assertEqual(self._sums(), (15000, 13500, 1500))

    def test_added_service_is_a_change(self):
        self.order.order_line = [self._stay()]
        self.assertRecordValues(
            self._entries(), [{"kind": "change", "sale_price": 10000.0}]
        )
        self.assertEqual(self._sums(), (20000, 18000, 2000))

    def test_removed_service_stays_by_its_text(self):
        line = self.order.order_line
        name = line.name
        line.price_unit = 11000
        line.unlink()
        self.assertRecordValues(
            self._entries(),
            [
                {"kind": "first", "line_id": False, "sale_price": 10000.0},
                {"kind": "adjustment", "line_id": False, "sale_price": 1000.0},
                {"kind": "change", "line_id": False, "sale_price": -11000.0},
            ],
        )
        self.assertEqual(set(self._entries().mapped("name")), {name})
        self.assertEqual(self._sums(), (0, 0, 0))

    def test_removed_before_it_ever_changed(self):
        self.order.order_line.unlink()
        self.assertEqual(self._entries().mapped("sale_price"), [10000, -10000])
        self.assertEqual(self._entries()[0].user_id, self.manager)
        self.assertEqual(self._sums(), (0, 0, 0))

    def test_what_changes_no_price_leaves_no_entry(self):
        self.order.order_line.confirmed_by = "Ms Nagy"
        self.order.internal_note = "Late"
        self.order.order_line.write({"price_unit": 10000})
        self.assertFalse(self._entries())

    def test_sums_follow_any_number_of_changes(self):
        line = self.order.order_line
        for values in (
            {"price_unit": 9000},
            {"rooms": 2},
            {"supplier_price_night": 4000},
            {"date_to": self._day(6)},
            {"client_discount_amount": 500},
        ):
            line.write(values)
        expected = (
            line.price_unit - line.client_discount_amount,
            line.supplier_price_total - line.commission_amount,
            line.service_margin,
        )
        self.assertEqual(self._sums(), expected)
        self.assertEqual(expected[0] - expected[1], expected[2])

    def test_cause_is_kept_and_cannot_be_sent(self):
        order = self.order._with_price_cause("regularisation", "Letter of 12 March")
        order.order_line.price_unit = 9000
        entry = self._entries()[-1]
        self.assertEqual(entry.kind, "regularisation")
        self.assertEqual(entry.reason, "Letter of 12 March")
        sent = self.order.with_context(tour_price_cause={"kind": "first"})
        sent.order_line.price_unit = 8000
        self.assertEqual(self._entries()[-1].kind, "adjustment")
        with self.assertRaisesRegex(UserError, "no kind"):
            self.order._with_price_cause("gift")

    def test_another_currency_takes_the_old_price_back(self):
        currency = self.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 4.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "In TUG", "currency_id": currency.id}
        )
        self.order.pricelist_id = pricelist
        self.env.flush_all()
        own = self.env.company.currency_id
        first, back, new = self._entries()
        self.assertEqual((first + back).currency_id, own)
        self.assertEqual(first.sale_price + back.sale_price, 0)
        self.assertEqual(new.currency_id, currency)
        self.assertEqual(new.sale_price, self.order.order_line.price_unit)

    def test_another_client_may_bring_another_currency(self):
        """Four of theirs for one of ours: what was typed is converted, the rest is
        worked out anew from the hotel's prices."""
        currency = self.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 4.0}
        )
        other = self.env["res.partner"].create(
            {"name": "Other", "is_company": True, "tour_client_corporate": True}
        )
        other.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create({"name": "In TUG", "currency_id": currency.id})
        line = self.order.order_line
        line.price_unit = 12000
        self.order.partner_id = other
        self.env.flush_all()
        self.assertRecordValues(
            line,
            [
                {
                    "currency_id": currency.id,
                    "price_unit": 48000.0,
                    "supplier_price_total": 40000.0,
                    "commission_amount": 4000.0,
                    "service_margin": 12000.0,
                }
            ],
        )
        self.assertEqual(self.order.amount_untaxed, 48000)
        self.order.invalidate_recordset(["price_history_ids"])
        sums = {self.env.company.currency_id: 0, currency: 0}
        for entry in self.order.price_history_ids:
            sums[entry.currency_id] += entry.sale_price
        self.assertEqual(list(sums.values()), [0, line.price_unit])

    def test_many_at_once_cost_a_fixed_number_of_queries(self):
        """Five bookings cost as many as two: a snapshot, a look, an INSERT."""
        counts = []
        for number in (2, 5):
            orders = self.env["sale.order"].concat(
                *(self._create_booking() for _number in range(number))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            seen = orders._get_price_views()
            for line in orders.order_line:
                line._write_prices({"price_unit": 1, "service_margin": -8999})
            orders._enter_prices(seen)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    # === Rights === #

    def test_nobody_writes_the_history(self):
        self.order.order_line.price_unit = 9000
        entry = self._entries()[-1]
        admin = self._create_staff("price_admin", "admin")
        for user in (self.manager, self.head, admin):
            with self.assertRaises(AccessError):
                entry.with_user(user).sale_price = 0
            with self.assertRaises(AccessError):
                entry.with_user(user).unlink()
            with self.assertRaises(AccessError):
                entry.with_user(user).copy({"name": "Mine"})
        with self.assertRaises(AccessError):
            self.order.price_history_ids[0].with_user(admin).write({"reason": "x"})

    def test_who_reads_it(self):
        self.order.order_line.price_unit = 9000
        history = self.order.price_history_ids
        entries = self._entries()
        for role in ("manager_all", "accountant", "director"):
            user = self._create_staff(f"reader_{role}", role)
            self.assertEqual(len(history.with_user(user).mapped("margin")), 2)
            self.assertEqual(len(entries.with_user(user).mapped("margin")), 2)
        other = self._create_staff("other_manager", "manager_own")
        client = self._create_client_user("price_reader")
        editor = self._create_staff("price_editor", "hotel_editor")
        for user in (other, client, editor):
            with self.assertRaises(AccessError):
                history.with_user(user).mapped("margin")
            with self.assertRaises(AccessError):
                entries.with_user(user).mapped("margin")
        with self.assertRaises(AccessError):
            self.order.with_user(client).read(["price_history_ids"])

    def test_other_companies_do_not_read_it(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = self._create_staff("elsewhere", "director")
        user.write({"company_ids": [Command.set(company.ids)], "company_id": company})
        self.order.order_line.price_unit = 9000
        found = self.env["tour.price.entry"].with_user(user).search([])
        self.assertFalse(found & self._entries())
        found = self.env["tour.price.history"].with_user(user).search([])
        self.assertFalse(found.order_id & self.order)
