from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestMoneyCalendar(CalendarCommon):
    def _rows(self, *domain, user=None):
        self._settle()
        Line = self.env["tour.money.day.line"].with_user(user or self.accountant)
        partners = (self.supplier | self.client_company).ids
        return Line.search([("partner_id", "in", partners), *domain])

    def _table(self, *domain):
        return [
            (row.date, row.direction, row.source, row.amount, row.net)
            for row in self._rows(*domain).sorted(lambda r: (r.date, r.source))
        ]

    def test_in_and_out_by_day(self):
        """A bill is expected, another is on its way, and the client owes."""
        self._create_invoice(self.booking, 12000, self._day(20))
        other = self._create_due(3000)
        self._bill(3000, other, wanted_date=self._day(4))
        self.assertEqual(
            self._table(),
            [
                (self._day(4), "out", "bill", 3000, -3000),
                (self._day(20), "out", "expected", 10000, -10000),
                (self._day(20), "in", "invoice", 12000, 12000),
            ],
        )

    def test_a_bill_on_its_way(self):
        self.booking.order_line.supplier_due = 0
        bill = self._bill(9000, wanted_date=self._day(4))
        self._table_is(self._day(4), "bill", 9000)
        bill.with_user(self.manager).action_hand_over_bill()
        self._act(bill, "to_director", self.accountant)
        self._act(bill, "approve", self.director, amount=9000, pay_date=self._day(0))
        self._table_is(self._day(0), "bill", 9000)
        bill.with_user(self.accountant).action_order_bill()
        self._table_is(self._day(0), "order", 9000)
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(self._table(), [])

    def _table_is(self, day, source, amount):
        self.assertEqual(self._table(), [(day, "out", source, amount, -amount)])

    def test_what_was_paid_is_gone(self):
        self.booking.order_line.supplier_due = 0
        invoice = self._create_invoice(self.booking, 12000, self._day(20))
        self._pay(invoice, 5000)
        self.assertEqual(self._table(), [(self._day(20), "in", "invoice", 7000, 7000)])
        self._pay(invoice, 7000)
        self.assertEqual(self._table(), [])

    def _pay(self, invoice, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": self.cash.id, "amount": amount})._create_payments()

    def test_refunds_go_out(self):
        self.booking.order_line.supplier_due = 0
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.client_company.id,
                "invoice_date": self.today,
                "invoice_date_due": self._day(2),
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    (0, 0, {"name": "Back", "price_unit": 800, "tax_ids": False})
                ],
            }
        )
        self.assertEqual(self._table(), [])
        note.action_post()
        self.assertEqual(self._table(), [(self._day(2), "out", "refund", 800, -800)])

    def test_rows_open_their_records(self):
        invoice = self._create_invoice(self.booking, 12000, self._day(20))
        other = self._create_due(3000)
        bill = self._bill(3000, other, wanted_date=self._day(4))
        opened = {
            row.source: row.action_open()["res_id"]
            for row in self._rows().with_user(self.accountant)
        }
        self.assertEqual(
            opened,
            {"invoice": invoice.id, "bill": bill.id, "expected": self.booking.id},
        )
        orders = {row.source: row.order_id for row in self._rows()}
        self.assertEqual(
            orders,
            {"invoice": self.booking, "bill": other, "expected": self.booking},
        )

    def test_by_day_and_direction(self):
        self._create_invoice(self.booking, 12000, self._day(6))
        self._settle()
        groups = (
            self.env["tour.money.day.line"]
            .with_user(self.director)
            ._read_group(
                [("partner_id", "in", (self.supplier | self.client_company).ids)],
                ["date:day", "direction"],
                ["amount:sum", "net:sum"],
            )
        )
        self.assertEqual(
            sorted(groups, key=lambda group: group[1]),
            [
                (self._day(6), "in", 12000, 12000),
                (self._day(6), "out", 10000, -10000),
            ],
        )

    def test_who_sees_it(self):
        self._settle()
        for user in (self.head, self.director, self.accountant):
            self.assertTrue(self._rows(user=user), user.login)
        for user in (self.manager, self.manager_all, self.olga):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._rows(user=user)
        for operation in ("write", "create", "unlink"):
            Line = self.env["tour.money.day.line"].with_user(self.accountant)
            self.assertFalse(Line.has_access(operation))

    def test_other_companies_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.accountant.company_ids |= other
        rows = self._rows()
        self.assertTrue(rows)
        elsewhere = rows.with_user(self.accountant).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(elsewhere.search([("id", "in", rows.ids)]))

    def test_indexes_serve_it(self):
        """Each source is read along an index once tables are large."""
        self._grow_payments()
        self._settle()
        query = (
            self.env["tour.money.day.line"]
            .sudo()
            ._search([("date", ">=", self._day(0)), ("date", "<=", self._day(28))])
        )
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        lines = "\n".join(row[0] for row in self.env.cr.fetchall())
        # Of bills on their way few are open at a time: any index of theirs will do.
        for index in (
            "account_move_line_tour_money_day_idx",
            "account_payment_tour_money_day_idx",
            "tour_expected_bill__pay_date_index",
        ):
            self.assertIn(index, lines)
        self.assertNotIn("Seq Scan", lines)

    def _grow_payments(self):
        """Payments as in years of use: few are of the days that are asked for."""
        self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": self.supplier.id,
                "amount": 1,
                "journal_id": self.cash.id,
            }
        )
        self._settle()
        # What a payment has to have, and by what it is found.
        self.env.cr.execute(
            """
            SELECT string_agg(quote_ident(column_name), ', ')
              FROM information_schema.columns
             WHERE table_schema = current_schema AND table_name = 'account_payment'
                   AND is_nullable = 'NO' AND column_name NOT IN ('id', 'date')
            """
        )
        columns = SQL(self.env.cr.fetchone()[0])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO account_payment (date, %(columns)s)
                SELECT date - number, %(columns)s
                  FROM account_payment, generate_series(100, 3000) AS number
                 WHERE id = (SELECT max(id) FROM account_payment);
                ANALYZE account_payment
                """,
                columns=columns,
            )
        )
