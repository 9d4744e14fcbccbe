from decimal import Decimal
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FILES, OWN, ROUBLES, BankCommon, make_document, make_statement


@tagged("post_install", "-at_install")
class TestImport(BankCommon):
    """Statements come in by OCA's window, wholly or not at all."""

    def _count(self):
        return self.env["account.bank.statement.line"].search_count([])

    def test_sample(self):
        journal = self._create_rouble_journal()
        lines = self._import((FILES / "kl_to_1c.txt").read_bytes())
        self.assertRecordValues(
            lines,
            [
                {
                    "amount": 24400.0,
                    "partner_name": 'ООО "РОМАШКА"',
                    "tour_tax_id": "7701234560",
                    "tour_bic": "044525593",
                    "tour_number": "214",
                    "account_number": "40702810800000000001",
                    "journal_id": journal.id,
                    "is_reconciled": False,
                },
                {
                    "amount": -10350.0,
                    "partner_name": "ИП Иванов Иван Иванович",
                    "tour_tax_id": "500100732259",
                    "tour_bic": "044525593",
                    "tour_number": "57",
                    "account_number": "40802810000000000002",
                    "journal_id": journal.id,
                    "is_reconciled": False,
                },
            ],
        )
        self.assertRecordValues(
            lines.statement_id,
            [{"balance_start": 100000.0, "balance_end_real": 114050.0}],
        )
        self.assertEqual(lines.statement_id.attachment_ids.name, "kl_to_1c.txt")
        # Who has the tax id is entered with the line.
        self.assertEqual(lines[0].partner_id, self.supplier)

    def test_the_same_file_twice(self):
        content = make_statement(make_document(10, "a"), make_document(20, "b"))
        self._import(content)
        before = self._count()
        with self.assertRaisesRegex(UserError, "already imported"):
            self._import(content)
        self.assertEqual(self._count(), before)

    def test_a_file_that_overlaps(self):
        """Of a day that was taken in by noon the rest comes in the evening."""
        self._import(make_statement(make_document(10, "a"), start=100))
        lines = self._import(
            make_statement(make_document(10, "a"), make_document(20, "b"), start=100)
        )
        self.assertEqual(lines.mapped("amount"), [20.0])
        self.assertIn("1 lines were there already", self.message)
        self.assertEqual(lines.statement_id.balance_start, 110.0)
        self.assertEqual(lines.statement_id.balance_end_real, 130.0)

    def test_nothing_moved(self):
        with self.assertRaisesRegex(UserError, "Nothing moved"):
            self._import(make_statement())

    def test_broken(self):
        """An error with the number of the line, and nothing of it in the books."""
        before = self._count()
        good = make_statement(make_document(10), make_document(20))
        for old, new, text in (
            (b"20.00", b"2O.00", "Line .*'2O.00' is no sum"),
            ("КонецДокумента".encode("cp1251"), b"", "begins before the last"),
        ):
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                self._import(good.replace(old, new))
        self.assertEqual(self._count(), before)

    def test_nothing_half_imported(self):
        """Whatever fails on the way: nothing is there after it."""
        before = self._count()
        content = make_statement(make_document(10))
        Line = self.registry["account.bank.statement.line"]
        with (
            self.assertRaisesRegex(UserError, "broken off"),
            self.env.cr.savepoint(),
            patch.object(Line, "_match_lines", side_effect=UserError("broken off")),
        ):
            self._import(content)
        self.env.invalidate_all()
        self.assertEqual(self._count(), before)

    def test_doubtful_totals(self):
        """Refused, unless the journal bears it: then told."""
        content = make_statement(make_document(10), НачальныйОстаток=Decimal(0))
        with self.assertRaisesRegex(UserError, "balances and what moved do not agree"):
            self._import(content)
        self.main_bank.tour_bank_tolerant = True
        self._import(content)
        self.assertIn("balances and what moved do not agree", self.message)

    def test_another_account(self):
        other = make_statement(make_document(10)).replace(
            OWN.encode(), OWN.replace("5", "6").encode()
        )
        with self.assertRaisesRegex(UserError, "No bank journal has account"):
            self._import(other)

    def test_another_journal(self):
        """Begun from the button of another account."""
        with self.assertRaisesRegex(UserError, "which is that of 'Our bank"):
            self._import(make_statement(make_document(10)), journal=self.bank)

    def test_a_journal_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.accountant.company_ids |= company
        wizard = self._open_import(make_statement(make_document(10)))
        wizard = wizard.with_context(allowed_company_ids=company.ids)
        with self.assertRaisesRegex(UserError, "No bank journal"):
            wizard.import_file_button()
        stranger = self.env["res.company"].create({"name": "Stranger"})
        wizard = wizard.with_context(allowed_company_ids=stranger.ids)
        with self.assertRaises(AccessError):
            wizard.import_file_button()

    def test_orders_are_no_statement(self):
        with self.assertRaisesRegex(UserError, "These are payment orders"):
            self._import((FILES / "1c_to_kl.txt").read_bytes())

    def test_another_currency(self):
        self.env.ref("base.RUB").active = True
        self.main_bank.bank_account_id.acc_number = ROUBLES
        with self.assertRaisesRegex(UserError, "in RUB; 'Our bank.*kept in USD"):
            self._import((FILES / "kl_to_1c.txt").read_bytes())

    def test_unknown_format(self):
        with self.assertRaisesRegex(UserError, "not supported"):
            self._import(b"just a text")

    def test_table(self):
        """Columns are data on the journal."""
        self.main_bank.tour_bank_table_id = self.env["tour.bank.table"].create(
            {
                "name": "North",
                "encoding": "cp1251",
                "date_column": "Дата",
                "amount_column": "Сумма",
                "purpose_column": "За что",
                "tax_id_column": "ИНН",
            }
        )
        text = "Дата;Сумма;ИНН;За что\n05.10.2026;-1 234,50;7701234560;Счёт 7\n"
        lines = self._import(text.encode("cp1251"), journal=self.main_bank)
        self.assertEqual(lines.amount, -1234.5)
        self.assertEqual(lines.payment_ref, "Счёт 7")
        self.assertEqual(lines.partner_id, self.supplier)

    def test_fixed_number_of_queries(self):
        """Known lines, clients and journals are looked up once for all lines."""
        counts = []
        wizard = self._open_import(make_statement(make_document(1)))
        wizard = wizard.sudo().with_context(journal_id=False)
        for count in (10, 40):
            rows = [make_document(n + 1, f"{count}") for n in range(count)]
            data = make_statement(*rows)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            [parsed] = wizard._parse_file(data)
            currency, account, values = parsed
            journal = wizard._find_journal(account)
            wizard._complete_stmts_vals(values, journal, account)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
