from odoo.fields import Command
from odoo.tests import tagged

from .. import today_sources as sources
from ..today import row_id
from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestToday(DeskCommon):
    def test_a_new_booking_is_due_at_once(self):
        order = self._create_booking(self._stay([GUEST]))
        self.assertEqual(self._due(order), {("new", self.today)})
        row = self._rows(order)
        self.assertRecordValues(
            row,
            [
                {
                    "id": row_id(sources.NEW, order.id),
                    "order_id": order.id,
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "summary": "Alpina",
                    "amount": 0,
                    "action_label": "Accept",
                }
            ],
        )

    def test_guests_are_missing_three_days_before(self):
        stay = self._stay(date_from=self._day(10), date_to=self._day(12))
        order = self._create_booking(stay)
        self._force_state(order, "accepted")
        self.assertIn(("no_guests", self._day(7)), self._due(order))
        order.order_line.guest_ids = [Command.create(GUEST)]
        self.assertNotIn(("no_guests", self._day(7)), self._due(order))
        order.order_line.guest_ids.unlink()
        self.assertIn(("no_guests", self._day(7)), self._due(order))

    def test_supplier_is_missing_seven_days_before(self):
        order = self._create_booking(self._transfer(supplier_id=False))
        self.assertEqual(
            self._due(order), {("new", self.today), ("no_supplier", self._day(13))}
        )
        order.order_line.supplier_id = self.supplier
        self.assertEqual(self._due(order), {("new", self.today)})

    def test_what_is_not_booked_and_options(self):
        order = self._create_booking(self._stay([GUEST]), option_until=self._day(2))
        self._force_state(order, "accepted")
        self.assertEqual(
            self._due(order), {("not_booked", self.today), ("option", self._day(2))}
        )
        self._force_state(order, "client_confirmed")
        self.assertEqual(
            self._due(order), {("agreed", self.today), ("option", self._day(2))}
        )
        self._force_state(order, "cancelled")
        self.assertEqual(self._due(order), set())

    def test_what_is_over_is_closed_billed_and_invoiced(self):
        order = self._create_booking(
            self._stay([GUEST], date_from=self._day(-5), date_to=self._day(-3))
        )
        self._force_state(order, "booked")
        self.assertEqual(
            self._due(order),
            {
                ("to_close", self._day(-2)),
                ("no_bill", self.today),
                ("to_invoice", self._day(-3)),
            },
        )
        self._force_state(order, "done")
        self._create_bill(order, 9000)
        invoice = self._invoice(order)
        self.assertEqual(
            self._due(order), {("balance", self._day(9)), ("bill", self._day(4))}
        )
        self.assertEqual(self._row(order, "balance").amount, 10000.0)
        self.assertEqual(self._row(order, "bill").amount, 9000.0)
        self._pay(invoice)
        self.assertEqual(self._due(order), {("bill", self._day(4))})
        self._pay(order.bill_ids)
        self.assertEqual(self._due(order), set())

    def test_client_waits_until_he_is_answered(self):
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "done")
        order.bill_ids = self._create_bill(order, 9000, invoice_date_due=self.today)
        self._invoice(order)
        order.client_unread_count = 2
        self.assertIn(("unread", self.today), self._due(order))
        order.client_waiting_since = self._day(-4)
        order.client_unread_count = 3
        self.assertIn(("unread", self._day(-4)), self._due(order))
        order.with_user(self.manager).action_mark_read()
        self.assertNotIn("unread", self._rows(order).mapped("kind"))

    def test_ordinary_orders_and_their_invoices_are_not_here(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [
                    Command.create({"product_id": self.transfer.product_id.id})
                ],
            }
        )
        order.action_confirm()
        self._invoice(order)
        self.assertFalse(self._rows(order))

    def test_sorted_and_paged_by_deadline(self):
        orders = self.env["sale.order"]
        for days in (30, 12, 21, 15):
            orders += self._create_booking(
                self._transfer(date_from=self._day(days), supplier_id=False)
            )
        today = self.env["tour.today"]
        domain = [("order_id", "in", orders.ids), ("kind", "=", "no_supplier")]
        found = today.search(domain, limit=3, order="deadline, id")
        expected = [self._day(days - 7) for days in (12, 15, 21)]
        self.assertEqual(found.mapped("deadline"), expected)
        self.assertEqual(
            today.search(domain, limit=2, offset=2).mapped("deadline"),
            [self._day(14), self._day(23)],
        )
        self.assertEqual(
            today.search(domain, limit=1, order="deadline desc, id").deadline,
            self._day(23),
        )
        self.assertEqual(today.search_count(domain), 4)
        # New ones are all due today, and come in the order of their making.
        new = today.search(
            [("order_id", "in", orders.ids), ("kind", "=", "new")], limit=4
        )
        self.assertEqual(new.order_id, orders)

    def test_search_panel_counts_by_kind(self):
        orders = self._create_booking(self._stay([GUEST]))
        orders += self._create_booking(self._stay())
        result = self.env["tour.today"].search_panel_select_multi_range(
            "kind",
            search_domain=[("order_id", "in", orders.ids)],
            enable_counters=True,
        )
        counts = {value["id"]: value["__count"] for value in result["values"]}
        self.assertEqual(counts, {"new": 2, "no_guests": 1})

    def _read(self, orders, user):
        self.env.flush_all()
        self.env.invalidate_all()
        today = self.env(user=user)["tour.today"]
        names = ["deadline", "kind", "order_id", "partner_id", "summary", "amount"]
        specification = {name: {} for name in (*names, "action_label", "is_snoozed")}
        specification["order_id"] = {"fields": {"display_name": {}}}
        before = self.cr.sql_log_count
        found = today.web_search_read(
            [("order_id", "in", orders.ids)],
            specification,
            limit=80,
            order="deadline, id",
        )
        return self.cr.sql_log_count - before, found["length"]

    def test_a_page_costs_the_same_however_long(self):
        few = self._create_booking(self._stay())
        many = few + self._create_booking(*[self._stay()] * 2)
        for _number in range(10):
            many += self._create_booking(self._stay())
        self._read(few, self.manager)
        few_queries, few_rows = self._read(few, self.manager)
        many_queries, many_rows = self._read(many, self.manager)
        self.assertEqual((few_rows, many_rows), (2, 24))
        self.assertEqual(few_queries, many_queries)

    def test_what_the_rules_ask_is_read_with_the_page(self):
        order = self._create_booking(self._stay())
        self.env.flush_all()
        today = self.env(user=self.manager)["tour.today"]
        domain = [("order_id", "=", order.id)]
        today.search_fetch(domain, ["kind"], limit=80).check_access("read")
        today.invalidate_model()
        rows = today.search_fetch(domain, ["kind"], limit=80)
        # None: the union of all sources would be planned once more.
        with self.assertQueryCount(0):
            rows.check_access("read")

    def test_pages_come_from_the_indexes_of_the_sources(self):
        """An index whose condition differs from the query's is never used."""
        query = self.env["tour.today"]._search([], limit=80, order="deadline, id")
        code = query.select()
        # So small a table would be read as a whole, and sorted.
        self.cr.execute("SET LOCAL enable_seqscan = off")
        self.cr.execute("SET LOCAL enable_sort = off")
        self.cr.execute("SET LOCAL enable_bitmapscan = off")
        self.cr.execute("EXPLAIN " + code.code, code.params)
        plan = "\n".join(row[0] for row in self.cr.fetchall())
        for name in (
            "new",
            "agreed",
            "not_booked",
            "option",
            "no_supplier",
            "no_guests",
            "no_bill",
            "unread",
            "to_close",
            "to_invoice",
        ):
            with self.subTest(source=name):
                self.assertIn(f"sale_order_today_{name}_idx", plan)
        self.assertIn("account_move_today_balance_idx", plan)
        self.assertIn("account_move_today_bill_idx", plan)
        for table in ("checklist_item", "confirmation", "change", "reposting", "offer"):
            with self.subTest(source=table):
                self.assertIn(f"tour_{table}_today_idx", plan)
        self.assertIn("sale_order_line_today_free_idx", plan)
        self.assertIn("tour_overpayment_today_refund_letter_idx", plan)
        self.assertIn("tour_overpayment_today_refund_idx", plan)

    def test_numbers_of_sources_are_their_own(self):
        numbers = [source.number for source in self.env["tour.today"]._get_sources()]
        self.assertEqual(len(numbers), len(set(numbers)))
        kinds = {source.kind for source in self.env["tour.today"]._get_sources()}
        self.assertLessEqual(kinds, set(self.env["tour.today"]._get_kinds()))
