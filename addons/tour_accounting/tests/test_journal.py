"""The general journal: every entry of the ledger, and sums that agree with it."""

import csv
from collections import Counter
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl

from odoo.tests import BaseCase, tagged

from ..engine import journal
from ..engine.documents import CANCELLATION, CORRECTION, NEW, Entry
from .common import AccountingCommon

ROW = {
    "date": "2026-10-05",
    "journal": "BILL",
    "move": "BILL/1",
    "label": "Stay",
    "account": "60.01",
    "account_name": "Suppliers",
    "partner": 8,
    "debit": "0.00",
    "credit": "610.00",
    "currency": "RUB",
    "amount_currency": "-610.00",
    "tax": "",
    "tax_base": "0.00",
    "booking": "T1",
    "analytic": "",
}
COST = {**ROW, "account": "20", "debit": "610.00", "credit": "0.00"}
COST["amount_currency"] = "610.00"
ACTS = {
    "new": "New",
    "correction": "Correction",
    "cancellation": "Cancellation",
    "repeated": "Repeated",
    "reversal": "Reversal",
}
PARTIES = {"8": {"name": "=cmd|' /C calc'!A0", "inn": "7707083893", "kpp": ""}}
SHEETS = journal.Sheets(
    "Journal",
    "Services",
    {name: name for name in (*journal.COLUMNS, *journal.SERVICE_COLUMNS)},
    ACTS,
)


def make(act=NEW, before=None, entries=(COST, ROW)):
    document = {"guid": "g", "number": "BILL/1", "entries": list(entries)}
    return Entry(act, 2 if before else 1, document, before, PARTIES)


@tagged("post_install", "-at_install")
class TestJournalFiles(BaseCase):
    def _read_csv(self, *entries):
        file = BytesIO()
        journal.write_csv(file, SHEETS, entries)
        text = file.getvalue().decode("utf-8")
        self.assertTrue(text.startswith("\ufeff"))
        self.assertIn("\r\n", text)
        return list(csv.DictReader(StringIO(text[1:]), delimiter=";"))

    def test_rows_by_hand(self):
        cost, debt = self._read_csv(make())
        self.assertEqual(
            [cost[name] for name in ("act", "account", "debit", "credit", "inn")],
            ["New", "20", "610,00", "0,00", "7707083893"],
        )
        self.assertEqual(
            [debt[name] for name in ("debit", "credit", "amount_currency")],
            ["0,00", "610,00", "-610,00"],
        )

    def test_correction_takes_back_what_went(self):
        """610 went, 700 is right: together 700."""
        before = {"entries": [COST, ROW]}
        now = ({**COST, "debit": "700.00"}, {**ROW, "credit": "700.00"})
        rows = self._read_csv(make(CORRECTION, before, now))
        self.assertEqual(
            [row["act"] for row in rows], ["Reversal"] * 2 + ["Correction"] * 2
        )
        balance = Counter()
        for row in [*self._read_csv(make()), *rows]:
            for name, sign in (("debit", 1), ("credit", -1)):
                amount = Decimal(row[name].replace(",", "."))
                balance[row["account"]] += sign * amount
        self.assertEqual(balance, {"20": 700, "60.01": -700})

    def test_cancellation_only_takes_back(self):
        before = {"entries": [COST, ROW]}
        rows = self._read_csv(make(CANCELLATION, before))
        self.assertEqual(
            [(row["act"], row["debit"], row["credit"]) for row in rows],
            [("Reversal", "0,00", "610,00"), ("Reversal", "610,00", "0,00")],
        )

    def test_formulas_are_text(self):
        for text in ("=1+1", "+7 495", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"):
            entry = make(entries=[{**ROW, "label": text}])
            (row,) = self._read_csv(entry)
            self.assertEqual(row["label"], f"'{text}")
            self.assertTrue(row["partner"].startswith("'="))
            cells = self._read_xlsx(entry)[1]
            self.assertEqual([cells[4].data_type, cells[7].data_type], ["s", "s"], text)
            self.assertEqual(cells[4].value.strip(), text.strip())

    def _read_xlsx(self, *entries):
        file = BytesIO()
        journal.write_xlsx(file, SHEETS, entries)
        book = openpyxl.load_workbook(BytesIO(file.getvalue()))
        self.assertEqual(book.sheetnames, ["Journal", "Services"])
        return list(book["Journal"].iter_rows())

    def test_xlsx_has_numbers_and_days(self):
        _titles, cost, _debt = self._read_xlsx(make())
        values = {c.column_letter: c.value for c in cost}
        self.assertEqual(values["L"], 610)
        self.assertEqual(str(values["B"])[:10], "2026-10-05")

    def test_too_many_rows(self):
        limit, journal.MAX_ROWS = journal.MAX_ROWS, 3
        try:
            with self.assertRaises(journal.TooLongError):
                journal.write_xlsx(BytesIO(), SHEETS, [make(), make()])
        finally:
            journal.MAX_ROWS = limit


@tagged("post_install", "-at_install")
class TestJournal(AccountingCommon):
    def _read(self, *exports):
        """Rows of the files, as a general ledger reads them."""
        for export in exports:
            text = export.attachment_id.raw.decode("utf-8-sig")
            yield from list(csv.reader(StringIO(text), delimiter=";"))[1:]

    def _get_balance(self, rows):
        """{account: debit - credit}, of columns by their place."""
        account, debit, credit = map(
            journal.COLUMNS.index, ("account", "debit", "credit")
        )
        balance = Counter()
        for row in rows:
            amounts = [Decimal(row[each].replace(",", ".")) for each in (debit, credit)]
            balance[row[account]] += amounts[0] - amounts[1]
        return {code: amount for code, amount in balance.items() if amount}

    def _get_ledger(self):
        groups = self.env["account.move.line"]._read_group(
            [("parent_state", "=", "posted"), ("company_id", "=", self.company.id)],
            ["account_id"],
            ["balance:sum"],
        )
        return {
            account.code: Decimal(str(round(balance, 2)))
            for account, balance in groups
            if round(balance, 2)
        }

    def test_totals_by_hand(self):
        """A sale of 122 with 22 of VAT, and a bill of 500."""
        owed = self.company.income_currency_exchange_account_id.copy({"name": "VAT"})
        self.vat.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        ).account_id = owed
        sale = self._create_move("out_invoice", price=122, taxes=self.vat)
        bill = self._create_move(price=500)
        income = sale.invoice_line_ids.account_id.code
        cost = bill.invoice_line_ids.account_id.code
        payable = bill.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id.code
        export = self._export("journal_csv", date_from=self.today, date_to=self.today)
        moves = {sale.name, bill.name}
        place = journal.COLUMNS.index("move")
        rows = [row for row in self._read(export) if row[place] in moves]
        balance = self._get_balance(rows)
        self.assertEqual(balance[cost], 500)
        self.assertEqual(balance[payable], -500)
        self.assertEqual(balance[income], -100)
        self.assertEqual(balance[owed.code], -22)
        self.assertEqual(sum(balance.values()), 0)

    def test_files_together_are_the_ledger(self):
        """Whatever was changed and cancelled between them."""
        self._create_done()
        bill, gone, payment = (
            self._create_move(),
            self._create_move(price=70),
            self._create_payment(),
        )
        exports = [self._export("journal_csv")]
        self.assertEqual(self._get_balance(self._read(*exports)), self._get_ledger())
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 321.55
        bill.action_post()
        gone.button_draft()
        payment.action_draft()
        payment.action_cancel()
        exports.append(self._export("journal_csv"))
        self.assertEqual(self._get_balance(self._read(*exports)), self._get_ledger())
        gone.action_post()
        exports.append(self._export("journal_csv"))
        self.assertEqual(self._get_balance(self._read(*exports)), self._get_ledger())
        self.assertFalse(self._export("journal_csv").item_ids)

    def test_xlsx_has_services_too(self):
        order, _invoice = self._create_done(
            self._stay(guests=[{"last_name": "=Orlova"}])
        )
        export = self._export("journal_xlsx")
        book = openpyxl.load_workbook(BytesIO(export.attachment_id.raw))
        titles, *rows = book.worksheets[1].iter_rows()
        (row,) = [row for row in rows if row[1].value == order.name]
        values = dict(zip(journal.SERVICE_COLUMNS, (c.value for c in row), strict=True))
        self.assertEqual(values["price"], 10000)
        self.assertEqual(values["hotel"], self.hotel.name)
        self.assertIn("=Orlova", values["guests"])
        self.assertNotIn("f", {cell.data_type for cell in row})
        self.assertEqual(len(titles), len(journal.SERVICE_COLUMNS))

    def test_codes_of_the_general_ledger(self):
        bill = self._create_move()
        account = bill.invoice_line_ids.account_id
        self.env["tour.accounting.account"].with_user(self.accountant).create(
            {"account_id": account.id, "code": "20.01"}
        )
        export = self._export("journal_csv")
        self.assertIn("20.01", self._get_balance(self._read(export)))
