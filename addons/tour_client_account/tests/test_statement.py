import time
from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from odoo.addons.tour_client_account import statement_list
from odoo.addons.tour_client_account.wizards import tour_statement

from .common import AccountCommon


class StatementCommon(AccountCommon):
    def _open_statement(self, user=None, **values):
        self.env.flush_all()
        return (
            self.env["tour.statement"]
            .with_user(user or self.accountant)
            .create(
                {
                    "partner_id": self.client_company.id,
                    "date_from": "2026-06-01",
                    "date_to": "2026-06-30",
                    **values,
                }
            )
        )

    def _read(self, **values):
        """[(day, debit, credit, balance)] between opening and closing balance."""
        opening, rows = self._open_statement(**values)._read_rows()
        rows = list(rows)
        days = [
            (
                row.entry.date.day,
                float(row.entry.debit),
                float(row.entry.credit),
                float(row.balance),
            )
            for row in rows
        ]
        return [float(opening), *days, float(rows[-1].balance if rows else opening)]

    def _get_ledger(self, day, currency=None):
        self.env.flush_all()
        return sum(
            self.env["account.move.line"]
            .search(
                [
                    ("partner_id", "child_of", self.client_company.id),
                    ("account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("date", "<=", day),
                    (
                        "currency_id",
                        "=",
                        (currency or self.env.company.currency_id).id,
                    ),
                ]
            )
            .mapped("amount_currency")
        )

    def _scenario(self):
        """In May 1,000.10 in advance; in June 10,000 invoiced, paid from the account
        and in cash, 3,333.33 refunded; in July another invoice."""
        with freeze_time("2026-05-20 08:00:00"):
            self._top_up(1000.10, date="2026-05-20")
        with freeze_time("2026-06-05 08:00:00"):
            invoice = self._create_shown()
        with freeze_time("2026-06-07 08:00:00"):
            self._pay(invoice)
            self._mark_paid(invoice)
        with freeze_time("2026-06-20 08:00:00"):
            self._refund(invoice, kind="amount", amount=3333.33)
        with freeze_time("2026-07-02 08:00:00"):
            self._create_shown()
        return invoice


@tagged("post_install", "-at_install")
class TestStatement(StatementCommon):
    def test_hand_computed(self):
        self._scenario()
        self.assertEqual(
            self._read(),
            [
                -1000.10,
                (5, 10000.0, 0.0, 8999.90),
                (7, 0.0, 8999.90, 0.0),
                (20, 0.0, 3333.33, -3333.33),
                (20, 3333.33, 0.0, 0.0),
                0.0,
            ],
        )
        self.assertAlmostEqual(self._get_ledger("2026-06-30"), 0.0, 2)
        self.assertEqual(
            self._read(date_from="2026-07-01", date_to="2026-07-31"),
            [0.0, (2, 10000.0, 0.0, 10000.0), 10000.0],
        )
        self.assertAlmostEqual(self._get_ledger("2026-07-31"), 10000.0, 2)
        # Before anything.
        self.assertEqual(
            self._read(date_from="2026-01-01", date_to="2026-01-31"), [0.0, 0.0]
        )

    def test_bookings_are_named(self):
        invoice = self._scenario()
        booking = invoice.tour_booking_ids.name
        _opening, rows = self._open_statement()._read_rows()
        self.assertEqual([row.entry.booking for row in rows], [booking] * 4)

    def test_currencies_apart(self):
        currency = self.setup_other_currency("HRK")
        self._scenario()
        with freeze_time("2026-06-11 08:00:00"):
            self._top_up(777.77, currency_id=currency.id, date="2026-06-11")
        self.assertEqual(
            self._read(currency_id=currency.id),
            [0.0, (11, 0.0, 777.77, -777.77), -777.77],
        )
        self.assertEqual(self._read()[-1], 0.0)

    def test_departments_count_with_their_company(self):
        with freeze_time("2026-06-05 08:00:00"):
            department = self.env["res.partner"].create(
                {"name": "Sales", "parent_id": self.client_company.id}
            )
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": department.id,
                    "invoice_date": "2026-06-05",
                    "invoice_line_ids": [
                        (0, 0, {"name": "Desk", "price_unit": 70, "tax_ids": []})
                    ],
                }
            )
            invoice.action_post()
        self.assertEqual(self._read(), [0.0, (5, 70.0, 0.0, 70.0), 70.0])
        self.assertEqual(self._read(partner_id=department.id)[-1], 70.0)

    def test_sums_of_the_window(self):
        self._scenario()
        self.assertRecordValues(
            self._open_statement(),
            [
                {
                    "opening": -1000.10,
                    "debit": 13333.33,
                    "credit": 12333.23,
                    "closing": 0.0,
                    "count": 4,
                }
            ],
        )

    # === Files === #

    def test_xlsx(self):
        self._scenario()
        with self._open_statement()._open_xlsx() as file:
            sheet = load_workbook(BytesIO(file.read())).active
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        self.assertEqual(cells[0][5], -1000.10)
        self.assertEqual(cells[1][3:], [10000, None, 8999.9])
        self.assertEqual(cells[-2][3:5], [13333.33, 12333.23])
        self.assertEqual(cells[-1][5], 0)

    def test_pdf(self):
        self._scenario()
        self.assertTrue(self._open_statement()._draw_pdf().startswith(b"%PDF"))

    def test_list_of_documents(self):
        """Every row is there whole, however long its name and its sums."""
        file = BytesIO()
        rows = [
            ("01.06.2026", f"INV/{n}, {'x' * 99} конец", "T1", "", *sums)
            for n, sums in enumerate([["9 999 999 999 999.99"] * 4] * 99)
        ]
        words = statement_list.Words(
            "Акт",
            "Мы",
            "Вы",
            ("a", "b", "c", "d", "e", "f", "g", "h"),
            "{page}/{pages}",
        )
        statement_list.draw(file, words, rows)
        pages = PdfReader(file).pages
        text = "".join(page.extract_text() for page in pages)
        self.assertEqual(text.count("INV/"), 99)
        self.assertEqual(text.count("9 999 999 999 999.99"), 99 * 4)
        self.assertIn(f"{len(pages)}/{len(pages)}", pages[-1].extract_text())

    def _fill(self, count):
        """Documents made by SQL: what is measured is reading them."""
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.env.company.id)], limit=1
        )
        company = self.env.company
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH moves AS (
                INSERT INTO account_move (name, state, move_type, date, journal_id,
                            company_id, currency_id, commercial_partner_id, auto_post)
                     SELECT 'T/' || n, 'posted', 'entry', '2026-06-10', %(journal)s,
                            %(company)s, %(currency)s, %(partner)s, 'no'
                       FROM GENERATE_SERIES(1, %(count)s) n
                  RETURNING id, name
            )
            INSERT INTO account_move_line (move_id, move_name, parent_state, date,
                        journal_id, company_id, currency_id, company_currency_id,
                        partner_id, account_id, amount_currency, balance, debit,
                        credit, display_type)
                 SELECT id, name, 'posted', '2026-06-10', %(journal)s, %(company)s,
                        %(currency)s, %(currency)s, %(partner)s, %(account)s,
                        0.07, 0.07, 0.07, 0, 'payment_term'
                   FROM moves
            """,
            {
                "journal": journal.id,
                "company": company.id,
                "currency": company.currency_id.id,
                "partner": self.client_company.id,
                "account": self.receivable.id,
                "count": count,
            },
        )
        # As it is known of tables that did not grow within one transaction.
        for table in ("account_move", "account_move_line"):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def test_ten_thousand_documents(self):
        """In seconds and by one query."""
        self._fill(10000)
        wizard = self._open_statement()
        wizard.partner_id._check_may_read_account(wizard.company_id)
        self.env.flush_all()
        # What of it is read is one query.
        with self.assertQueryCount(1):
            opening, rows = wizard._read_rows()
            total = sum(row.entry.debit for row in rows)
        self.assertEqual((opening, total), (0, Decimal("700.00")))
        begun = time.monotonic()
        with wizard._open_xlsx() as file:
            size = len(file.read())
        self.assertGreater(size, 100000)
        self.assertLess(time.monotonic() - begun, 8)
        begun = time.monotonic()
        pages = PdfReader(BytesIO(wizard._draw_pdf())).pages
        self.assertLess(time.monotonic() - begun, 30)
        # The sums and signatures first; every document behind them, the last one, too.
        self.assertIn("700.00", pages[0].extract_text())
        self.assertIn("10000", pages[0].extract_text())
        self.assertNotIn("T/", pages[0].extract_text())
        self.assertIn("T/1\n", pages[1].extract_text())
        self.assertIn(f"page {len(pages) - 1} of", pages[-1].extract_text())
        self.assertIn("T/10000", pages[-1].extract_text())

    def test_more_than_fits_on_paper(self):
        self._fill(2)
        with (
            patch.object(tour_statement, "PDF_ROWS", 1),
            self._refused("too many"),
        ):
            self._open_statement()._draw_pdf()

    # === Who === #

    def test_who_reads_it(self):
        self._scenario()
        other = self._create_staff("other", "manager_own")
        for user in (self.accountant, self.head, self.director, self.manager):
            self.assertEqual(self._open_statement(user).count, 4)
        with self.assertRaises(AccessError):
            self._open_statement(other).action_export()
        with self.assertRaises(AccessError):
            self._open_statement(other)._read_rows()
        with self.assertRaises(AccessError):
            self._open_statement(self.olga)

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Another"})
        with self.assertRaises(AccessError):
            self._open_statement(company_id=company.id)._read_rows()


@tagged("post_install", "-at_install")
class TestDownload(StatementCommon, HttpCase):
    def test_download(self):
        self.accountant.password = "tour_accountant_secret"
        self.manager.password = "tour_manager_secret"
        wizard = self._open_statement()
        topup = self._top_up(paid=0)
        self.authenticate("tour_accountant", "tour_accountant_secret")
        for url, start in (
            (f"/tour/statement/{wizard.id}.xlsx", b"PK"),
            (f"/tour/statement/{wizard.id}.pdf", b"%PDF"),
            (f"/tour/topup/{topup.id}.pdf", b"%PDF"),
        ):
            response = self.url_open(url)
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.content.startswith(start))
        # What another one began is not there.
        self.authenticate("tour_manager", "tour_manager_secret")
        self.assertEqual(
            self.url_open(f"/tour/statement/{wizard.id}.xlsx").status_code, 404
        )
