from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RegularisationCommon

KEEP = {"supplier_how": "keep", "supplier_value": 0}


@tagged("post_install", "-at_install")
class TestPlan(RegularisationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_orders(1)
        cls.line = cls.order.order_line

    def _apply(self, **values):
        """Preview and run; what was shown is what was done."""
        record = self._previewed(self.order, **values)
        line = record.line_ids
        shown = (line.sale_after, line.purchase_after, line.margin_after)
        self.assertEqual(line.state, "ready", line.message)
        record.action_run()
        self._run_cron()
        self.assertEqual((line.state, line.message), ("done", False))
        price = self.line
        done = (
            price.price_unit - price.client_discount_amount,
            price.supplier_price_total - price.commission_amount,
            price.service_margin,
        )
        self.assertEqual(done, shown)
        return record

    # === Prices === #

    def test_supplier_sum(self):
        """100 more in total: 10,100 less 10 % are 9,090; the client's price stays."""
        record = self._apply()
        self.assertRecordValues(
            self.line,
            [
                {
                    "supplier_price_total": 10100.0,
                    "commission_amount": 1010.0,
                    "price_unit": 10000.0,
                    "service_margin": 910.0,
                }
            ],
        )
        self.assertEqual(self.order.amount_untaxed, 10000)
        self.assertRecordValues(
            record.line_ids,
            [
                {
                    "sale_before": 10000.0,
                    "sale_after": 10000.0,
                    "purchase_before": 9000.0,
                    "purchase_after": 9090.0,
                    "purchase_difference": 90.0,
                    "margin_before": 1000.0,
                    "margin_after": 910.0,
                }
            ],
        )

    def test_supplier_of_a_night(self):
        """100 less a night: 2 x 4,900."""
        self._apply(supplier_value=-100, supplier_basis="night")
        self.assertEqual(self.line.supplier_price_night, 4900)
        self.assertEqual(self.line.supplier_price_total, 9800)
        self.assertEqual(self.line.price_unit, 10000)

    def test_supplier_of_a_night_over_a_typed_total(self):
        """The new price of the night counts, not the total typed before."""
        self.line.supplier_price_total = 12345
        self._apply(supplier_how="set", supplier_value=4000, supplier_basis="night")
        self.assertEqual(self.line.supplier_price_total, 8000)
        self.assertNotIn("supplier_price_total", self.line.overwritten_fields)

    def test_percents_of_both(self):
        self._apply(
            supplier_how="percent",
            supplier_value=5,
            client_how="percent",
            client_value=-2.5,
        )
        self.assertEqual(self.line.supplier_price_total, 10500)
        self.assertEqual(self.line.price_unit, 9750)
        self.assertEqual(self.order.amount_untaxed, 9750)

    def test_client_of_a_night(self):
        """Two rooms, two nights: four times 300 more."""
        self.line.rooms = 2
        self._apply(**KEEP, client_how="add", client_value=300, client_basis="night")
        self.assertEqual(self.line.price_unit, 21200)
        self.assertEqual(self.line.supplier_price_total, 20000)

    def test_client_follows_the_supplier(self):
        self._apply(client_how="follow")
        self.assertEqual(self.line.price_unit, 10100)

    def test_given_up_prices_are_worked_out(self):
        self.line.write({"supplier_price_total": 7000, "price_unit": 7500})
        self._apply(supplier_how="follow", supplier_value=0, client_how="follow")
        self.assertEqual(self.line.supplier_price_total, 10000)
        self.assertEqual(self.line.price_unit, 10000)
        self.assertFalse(self.line.overwritten_fields)

    def test_rates_that_changed_since_are_not_taken_over(self):
        """Only what is regularised changes: rate and commission are those of then."""
        self.rate.sudo().rack_price = 9000
        self.hotel.sudo().commission_percent = 20
        self._apply(**KEEP, client_how="add", client_value=1)
        self.assertRecordValues(
            self.line,
            [
                {
                    "price_unit": 10001.0,
                    "supplier_price_night": 5000.0,
                    "supplier_price_total": 10000.0,
                    "commission_amount": 1000.0,
                }
            ],
        )

    def test_other_kinds_of_service(self):
        self.order.order_line = [
            Command.create(
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – City",
                    "date_from": self._day(1),
                    "supplier_price_total": 500,
                    "price_unit": 700,
                }
            )
        ]
        transfer = self.order.order_line - self.line
        record = self._previewed(self.order, service_kind="transfer")
        self.assertEqual(record.line_ids.purchase_after, 600)
        record.action_run()
        self._run_cron()
        self.assertEqual(transfer.supplier_price_total, 600)
        self.assertEqual(self.line.supplier_price_total, 10000)
        night = self._previewed(
            self.order, service_kind="transfer", supplier_basis="night"
        )
        self.assertEqual(self._states(night), ["refused"])
        self.assertIn("without nights", night.line_ids.message)

    # === Dates === #

    def test_shift(self):
        record = self._apply(
            **KEEP, dates_how="shift", shift_days=5, client_how="follow"
        )
        self.assertEqual(self.line.date_from, self._day(6))
        self.assertEqual(self.line.date_to, self._day(8))
        self.assertEqual(self.line.price_unit, 10000)
        fields = [row[1] for row in record.line_ids.details]
        self.assertEqual(fields, ["date_from", "date_to"])
        self.assertEqual(len(record.line_ids.diff), 2)

    def test_longer_stay_worked_out_anew(self):
        """Three nights: 15,000 by the rate."""
        self._apply(
            supplier_how="follow",
            supplier_value=0,
            client_how="follow",
            dates_how="set",
            new_date_to=self._day(4),
        )
        self.assertEqual(self.line.nights, 3)
        self.assertEqual(self.line.supplier_price_total, 15000)
        self.assertEqual(self.line.price_unit, 15000)
        self.assertIn(self.line._describe_dates(self.env, self.line), self.line.name)

    def test_impossible_dates(self):
        record = self._previewed(
            self.order, **KEEP, dates_how="set", new_date_from=self._day(30)
        )
        self.assertEqual(self._states(record), ["refused"])
        self.assertIn("the departure", record.line_ids.message)

    # === What cannot be done === #

    def test_left_out_with_the_reason(self):
        cancelled, done, none, negative = self._create_orders(4)
        self._force_state(cancelled, "cancelled")
        self._force_state(done, "done")
        none.order_line.unlink()
        negative.order_line.supplier_price_total = 50
        orders = self.order + cancelled + done + none + negative
        record = self._previewed(orders, supplier_value=-100)
        self.assertEqual(
            self._states(record), ["ready", "refused", "ready", "refused", "refused"]
        )
        messages = record.line_ids.mapped("message")
        self.assertIn("has ended keeps its prices", messages[1])
        self.assertIn("no such service", messages[3])
        self.assertIn("less than nothing", messages[4])
        self.assertEqual((record.ready_count, record.refused_count), (2, 3))

    def test_sums_of_another_currency(self):
        currency = (
            self.env["res.currency"].sudo().create({"name": "TUG", "symbol": "₮"})
        )
        record = self._previewed(self.order, currency_id=currency.id)
        self.assertIn("the sums are in TUG", record.line_ids.message)
        record = self._previewed(
            self.order, currency_id=currency.id, supplier_how="percent"
        )
        self.assertEqual(self._states(record), ["ready"])

    def test_nothing_to_change(self):
        values = {"supplier_how": "set", "supplier_value": 8000}
        self._apply(**values)
        record = self._previewed(self.order, **values, reason="Another one")
        self.assertEqual(self._states(record), ["nothing"])
        with self.assertRaisesRegex(UserError, "no booking left"):
            record.action_run()

    def test_says_what_is_missing(self):
        for values, text in (
            (KEEP, "Say what is to change"),
            ({"supplier_value": 0}, "enter by how much"),
            ({**KEEP, "dates_how": "shift"}, "how many days"),
            ({**KEEP, "dates_how": "set"}, "Enter the new dates"),
        ):
            with self.assertRaisesRegex(UserError, text):
                self._previewed(self.order, **values)

    def test_preview_changes_nothing(self):
        before = self.order._accounting_view()
        self._previewed(self.order, client_how="add", client_value=5)
        self.assertEqual(self.order._accounting_view(), before)

    def test_preview_costs_a_fixed_number_of_queries(self):
        counts = []
        for number in (3, 9):
            orders = self._create_orders(number)
            record = self._regularise(orders)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            record._plan(orders)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_dates_far_away(self):
        record = self._previewed(
            self.order, **KEEP, dates_how="shift", shift_days=10**9
        )
        self.assertEqual(self._states(record), ["refused"])
        self.assertEqual(self.line.date_from, self.today + timedelta(days=1))
