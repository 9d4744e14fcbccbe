from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .. import fill
from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestExpectedBills(CalendarCommon):
    # === When and how much === #

    def test_a_sold_booking_expects_a_bill(self):
        """Departure is in three days, and the bill three days after."""
        self.assertRecordValues(
            self._expected(),
            [
                {
                    "partner_id": self.supplier.id,
                    "amount": 10000,
                    "company_amount": 10000,
                    "expected_date": self._day(6),
                    "user_id": self.manager.id,
                }
            ],
        )

    def test_what_is_not_sold_expects_none(self):
        order = self._create_booking()
        self.assertFalse(self._expected(order))
        self._force_state(order, "booked")
        self.assertTrue(self._expected(order))
        self._force_state(order, "cancelled")
        self.assertFalse(self._expected(order))

    def test_terms_of_the_supplier(self):
        month_end = (self._day(3).replace(day=1) + timedelta(days=32)).replace(
            day=1
        ) - timedelta(days=1)
        for term, days, day in (
            ("booking", 2, self._day(2)),
            ("arrival", -1, self._day(0)),
            ("departure", 10, self._day(13)),
            ("month_end", 5, month_end + timedelta(days=5)),
        ):
            with self.subTest(term=term):
                self.supplier.write(
                    {"tour_bill_term": term, "tour_bill_term_days": days}
                )
                self.assertEqual(self._expected().expected_date, day)
        self.supplier.tour_bill_term = False
        self.assertEqual(self._expected().expected_date, self._day(6))

    def test_it_moves_with_the_dates(self):
        self.service.write({"date_from": self._day(11), "date_to": self._day(12)})
        self.service.supplier_due = 10000
        self.assertEqual(self._expected().expected_date, self._day(15))

    def test_one_of_each_supplier(self):
        other = self.env["res.partner"].create(
            {"name": "Cars", "tour_supplier": True, "is_company": True}
        )
        booking = self._create_due(6000, 3000, 1000)
        booking.order_line[2].supplier_id = other
        found = {b.partner_id: b.amount for b in self._expected(booking)}
        self.assertEqual(found, {self.supplier: 9000, other: 1000})

    def test_it_goes_when_the_bill_is_prepared(self):
        self.assertTrue(self._expected())
        bill = self._bill(10000)
        self.assertFalse(self._expected())
        self._act(bill, "close", self.manager)
        self.assertEqual(self._expected().amount, 10000)

    def test_a_part_that_was_billed_is_not_expected(self):
        bill = self._bill(4000)
        # It came, though nobody said yet that it is for this.
        self.assertEqual(self._expected().amount, 6000)
        self._matches(bill).with_user(self.manager).action_accept()
        self.assertEqual(self._expected().amount, 6000)
        self.service.supplier_due = 11000
        self.assertEqual(self._expected().amount, 7000)

    def test_a_disputed_bill_came_all_the_same(self):
        bill = self._bill(10000)
        bill.with_user(self.manager)._dispute_bill("no", self._matches(bill))
        self.assertFalse(self._expected())

    def test_another_currency_is_told_in_ours_too(self):
        name = "USD" if self.company.currency_id.name != "USD" else "CHF"
        currency = self._enable_currency(name)
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 4.0, "name": "2020-01-01"}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Theirs", "currency_id": currency.id}
        )
        booking = self._create_due(8000, pricelist_id=pricelist.id)
        self.assertRecordValues(
            self._expected(booking), [{"amount": 8000, "company_amount": 2000}]
        )

    # === When to pay === #

    def test_after_the_clients_money(self):
        self._create_invoice(self.booking, 12000, self._day(20))
        self.assertRecordValues(
            self._expected(),
            [
                {
                    "pay_date": self._day(20),
                    "pay_why": "client",
                    "money_date": self._day(20),
                    "is_at_risk": False,
                }
            ],
        )

    def test_the_clients_money_is_here(self):
        invoice = self._create_invoice(self.booking, 12000, self._day(20))
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": self.cash.id})._create_payments()
        self.assertRecordValues(
            self._expected(),
            [{"pay_date": self._day(6), "pay_why": "bill", "money_date": False}],
        )

    def test_before_cancelling_costs(self):
        """It costs from 18:00 of day 9 on: the client pays on day 20, we on day 8."""
        self._create_invoice(self.booking, 12000, self._day(20))
        rule = self.env["tour.cancellation.rule"].create(
            {
                "name": "Early",
                "step_ids": [(0, 0, {"days": 2, "hour": 18.0, "kind": "nights"})],
            }
        )
        self.supplier.write({"tour_bill_term": "booking", "tour_bill_term_days": 1})
        self.service.write(
            {
                "date_from": self._day(11),
                "date_to": self._day(13),
                "cancellation_rule_id": rule.id,
            }
        )
        self.service.supplier_due = 10000
        self.assertRecordValues(
            self._expected(),
            [
                {
                    "expected_date": self._day(1),
                    "pay_date": self._day(8),
                    "pay_why": "penalty",
                    "is_at_risk": True,
                    "last_free_date": self._day(8),
                }
            ],
        )

    def test_a_client_who_was_not_asked(self):
        self.assertRecordValues(
            self._expected(),
            [{"pay_date": self._day(6), "pay_why": "bill", "is_at_risk": True}],
        )

    def test_the_day_is_proposed_when_the_bill_comes(self):
        self._create_invoice(self.booking, 12000, self._day(20))
        self._expected()
        bill = self._upload(b"bill of it")
        wizard = self.env["tour.bill.prepare"].with_user(self.manager)
        self.assertEqual(wizard.create({"move_id": bill.id}).wanted_date, self._day(20))

    # === By night === #

    def test_the_night_finds_what_was_missed(self):
        self._expected()
        self.env["tour.expected.bill"].search([]).unlink()
        self._run_cron()
        self.assertEqual(self._expected().amount, 10000)
        self.assertEqual(self.company.tour_bill_swept_id, 0)

    def test_reminded_once_of_what_is_late(self):
        expected = self._expected()
        self.company.tour_bill_late_days = 2
        for days, count in ((-2, 0), (-3, 1), (-3, 1)):
            # As if the day had come: what is worked out does not change by itself.
            self.env.cr.execute(
                "UPDATE tour_expected_bill SET expected_date = %s WHERE id = %s",
                (self._day(days), expected.id),
            )
            self.env.invalidate_all()
            self.env["tour.expected.bill"]._remind_late(self.company)
            told = self.env["mail.message"].search(
                [("body", "ilike", f"{self.booking.name}, {self.supplier.name}")]
            )
            self.assertEqual(len(told), count, days)
        self.assertIn(self.manager.partner_id, told.notified_partner_ids)

    def _run_cron(self):
        cron = self.env.ref("tour_bill_calendar.ir_cron_expected")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_many_bookings_take_as_many_queries_as_few(self):
        few = self.env["sale.order"].concat(*(self._create_due(10) for _n in range(2)))
        many = self.env["sale.order"].concat(
            *(self._create_due(10) for _n in range(12))
        )
        self._settle()
        Expected = self.env["tour.expected.bill"].sudo()
        counts = []
        Expected._update_for(few.sudo())
        for orders in (few, many):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Expected._update_for(orders.sudo())
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # They are there already, and nothing changed: all of it is reading.
        self.assertEqual(counts[0], counts[1])

    # === Rights === #

    def test_who_sees_them(self):
        theirs = self._create_due(500, user_id=self.manager_all.id)
        bills = self._expected() | self._expected(theirs)
        Expected = self.env["tour.expected.bill"]
        mine = [("id", "in", bills.ids)]
        for user, count in (
            (self.manager, 1),
            (self.manager_all, 2),
            (self.head, 2),
            (self.director, 2),
            (self.accountant, 2),
        ):
            with self.subTest(user=user.login):
                theirs = Expected.with_user(user)
                self.assertEqual(theirs.search_count(mine), count)
                self.assertTrue(theirs.search(mine).mapped("display_name"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(theirs.has_access(operation))
        with self.assertRaises(AccessError):
            Expected.with_user(self.olga).search(mine)

    def test_sql_fills_what_the_field_says(self):
        orders = self.booking | self._create_due(100, 250) | self._create_due(0)
        self.env.flush_all()
        said = orders.read(["supplier_unbilled_amount"])
        self.assertEqual(
            [row["supplier_unbilled_amount"] for row in said], [10000, 350, 0]
        )
        self.env.cr.execute(
            "UPDATE sale_order SET supplier_unbilled_amount = NULL WHERE id IN %s",
            [tuple(orders.ids)],
        )
        self.env.cr.execute(fill.FILL)
        self.env.invalidate_all()
        self.assertEqual(orders.read(["supplier_unbilled_amount"]), said)
