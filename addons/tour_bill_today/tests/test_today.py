import doctest

from odoo.tests import tagged

from odoo.addons.tour_bill.tests.common import BillCommon

from .. import today_sources

KINDS = [source.kind for source in today_sources.SOURCES]


@tagged("post_install", "-at_install")
class TestToday(BillCommon):
    def _get_rows(self, bill, user=None):
        self.env.flush_all()
        today = self.env["tour.today"].with_user(user or self.manager)
        today.invalidate_model()
        return today.search(
            [("res_model", "=", "account.move"), ("res_id", "=", bill.id)]
        )

    def assertRow(self, bill, kind, deadline, user=None):
        row = self._get_rows(bill, user)
        self.assertEqual(row.mapped("kind"), [kind])
        self.assertEqual((row.deadline, row.order_id.id), (deadline, self.booking.id))
        action = row.action_do()
        self.assertEqual(action["res_id"], bill.id)
        form = self.env.ref("tour_bill.account_move_view_form_bill")
        self.assertEqual(action["views"], [(form.id, "form")])

    def test_doctests(self):
        self.assertEqual(doctest.testmod(today_sources).failed, 0)

    def test_uploaded_and_not_prepared_for_a_day(self):
        bill = self._upload()
        self.assertRow(bill, "bill_uploaded", self._day(1))
        self._open_prepare(bill, wanted_date=self._day(5)).action_apply()
        self.assertNotIn("bill_uploaded", self._get_rows(bill).mapped("kind"))

    def test_wanted_and_not_handed_over(self):
        bill = self._create_prepared(wanted_date=self._day(5))
        self.assertRow(bill, "bill_wanted", self._day(5))
        self.assertFalse(
            self._get_rows(bill, self._create_staff("third", "manager_own"))
        )
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertFalse(self._get_rows(bill))

    def test_it_came_back_to_me(self):
        bill = self._create_handed()
        self._act(bill, "send_back", self.accountant, note="which account?")
        self.assertRow(bill, "bill_back", self.today)
        # Prepared anew it still waits for being handed over.
        self._open_prepare(bill, ref="78").action_apply()
        self.assertRow(bill, "bill_back", self.today)
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertFalse(self._get_rows(bill))

    def test_recalled_by_another(self):
        bill = self._create_handed()
        self._act(bill, "recall", self.manager2)
        self.assertRow(bill, "bill_back", self.today)

    def test_recalled_by_myself(self):
        bill = self._create_handed(wanted_date=self._day(2))
        self._act(bill, "recall", self.manager)
        self.assertRow(bill, "bill_wanted", self._day(2))

    def test_a_closed_bill_asks_for_nothing(self):
        bill = self._create_handed()
        self._act(bill, "send_back", self.accountant)
        self._act(bill, "close", self.manager)
        self.assertFalse(self._get_rows(bill))

    def test_the_director_s_bills(self):
        bill = self._create_handed(amount=200000.0, wanted_date=self._day(3))
        self.assertEqual(bill.tour_bill_state, "director")
        self.assertRow(bill, "bill_director", self._day(3), self.director)
        self.assertEqual(self._get_rows(bill, self.director).amount, 200000.0)
        for user in (self.manager, self.accountant):
            self.assertFalse(self._get_rows(bill, user))
        self._act(bill, "approve", self.director)
        self.assertFalse(self._get_rows(bill, self.director))

    def test_the_accountants_bills(self):
        """Once, and not as an ordinary bill to pay as well."""
        bill = self._create_handed(wanted_date=self._day(0))
        self.assertRow(bill, "bill_accounting", self.today, self.accountant)
        for user in (self.manager, self.director):
            self.assertFalse(self._get_rows(bill, user))
        bill.with_user(self.accountant).action_order_bill()
        self.assertFalse(self._get_rows(bill, self.accountant))

    def test_odoo_s_own_bills_stay_as_they_were(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "invoice_date": self.today,
                "tour_order_ids": [(6, 0, self.booking.ids)],
                "invoice_line_ids": [
                    (0, 0, {"name": "x", "price_unit": 5.0, "tax_ids": False})
                ],
            }
        )
        bill.action_post()
        self.assertEqual(self._get_rows(bill, self.accountant).kind, "bill")

    def test_queries_do_not_grow(self):
        """One bill, or ten: the list reads as often."""
        self._create_prepared(b"0", ref="0")
        # The first round only fills caches of what is the same for all.
        self._count_queries()
        one, length = self._count_queries()
        self.assertEqual(length, 1)
        for number in range(1, 10):
            self._create_prepared(f"{number}".encode(), ref=f"{number}")
        self.assertEqual(self._count_queries(), (one, 10))

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = (
            self.env["tour.today"]
            .with_user(self.manager)
            .web_search_read(
                [("kind", "in", KINDS)],
                {"kind": {}, "deadline": {}, "amount": {}, "summary": {}},
            )
        )
        return self.env.cr.sql_log_count - before, rows["length"]

    def test_each_source_has_its_index(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'account_move'"
        )
        names = {name for (name,) in self.env.cr.fetchall()}
        for kind in ("back", "uploaded", "wanted", "director", "accounting"):
            self.assertIn(f"account_move_today_bill_{kind}_idx", names)
