import doctest
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from .. import engine
from ..engine import periods, xlsx

WORDS = xlsx.Words("Title", ("Company",), "Total", "Columns", ("Column", "Is", "Unit"))
COLUMNS = (
    xlsx.Column("Text", meaning="What is said"),
    xlsx.Column("Sum", "money", "Money", "EUR", total=True),
    xlsx.Column("Nights", "integer", total=True),
    xlsx.Column("Percent", "percent"),
    xlsx.Column("Day", "date"),
    xlsx.Column("Moment", "datetime"),
)
ROW = ("A", 10.5, 2, 7.5, date(2026, 5, 4), datetime(2026, 5, 4, 12, 30))
HEAD = 4


@tagged("post_install", "-at_install")
class TestXlsx(BaseCase):
    def _write(self, *sheets, columns=COLUMNS):
        file = BytesIO()
        result = xlsx.write(
            file, WORDS, columns, [xlsx.Sheet(name, rows) for name, rows in sheets]
        )
        content = file.getvalue()
        formulas = load_workbook(BytesIO(content))
        return result, formulas, load_workbook(BytesIO(content), data_only=True)

    def test_doctests(self):
        for module in (engine.periods, engine.xlsx):
            self.assertFalse(doctest.testmod(module).failed, module)

    def test_cells_are_of_their_type(self):
        _result, book, _values = self._write(("One", [ROW]))
        cells = next(book["One"].iter_rows(min_row=HEAD + 1, max_row=HEAD + 1))
        self.assertEqual(
            [cell.value for cell in cells],
            [
                "A",
                10.5,
                2,
                7.5,
                datetime(2026, 5, 4),
                datetime(2026, 5, 4, 12, 30),
            ],
        )
        self.assertEqual(
            [cell.number_format for cell in cells[1:]],
            ["#,##0.00", "#,##0", '0.00"%"', "dd.mm.yyyy", "dd.mm.yyyy hh:mm"],
        )

    def test_totals_are_formulas_with_their_value(self):
        (count, sums), book, values = self._write(
            ("One", [ROW, ("B", 0.1, 1, None, None, None)]),
            ("Two", [("C", 0.2, None, None, None, None)]),
        )
        self.assertEqual(count, 3)
        self.assertAlmostEqual(sums[1], 10.8, 9)
        self.assertEqual(sums[2], 3)
        self.assertEqual(book["One"]["B7"].value, "=SUBTOTAL(109,B5:B6)")
        self.assertAlmostEqual(values["One"]["B7"].value, 10.6, 9)
        self.assertEqual(values["One"]["C7"].value, 3)
        self.assertEqual(book["Two"]["B6"].value, "=SUBTOTAL(109,B5:B5)")
        self.assertAlmostEqual(values["Two"]["B6"].value, 0.2, 9)

    def test_no_rows(self):
        (count, sums), book, values = self._write(("One", []))
        self.assertEqual((count, sums), (0, {1: 0.0, 2: 0.0}))
        self.assertEqual(book["One"]["B5"].value, "=0")
        self.assertEqual(values["One"]["B5"].value, 0)
        self.assertFalse(book["One"].auto_filter.ref)

    def test_texts_never_become_formulas(self):
        texts = ("=1+1", "+7 900", "-5", "@SUM(A1)", "\t=1", "http://x.example", "007")
        rows = [(text, None, None, None, None, None) for text in texts]
        _result, book, _values = self._write(("One", rows))
        cells = [row[0] for row in book["One"].iter_rows(min_row=HEAD + 1)][:-1]
        self.assertEqual([cell.value for cell in cells], list(texts))
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse(any(cell.hyperlink for cell in cells))

    def test_frozen_filtered_and_set_up_for_print(self):
        _result, book, _values = self._write(("One", [ROW, ROW]))
        sheet = book["One"]
        self.assertEqual(sheet.freeze_panes, "B5")
        # The total is no row that one filters.
        self.assertEqual(sheet.auto_filter.ref, "A4:F6")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(sheet.print_title_rows, "$4:$4")
        self.assertEqual(sheet.page_setup.fitToHeight, 0)

    def test_the_last_sheet_says_what_the_columns_mean(self):
        _result, book, _values = self._write(("One", [ROW]))
        rows = list(book["Columns"].values)
        self.assertEqual(rows[0], ("Column", "Is", "Unit"))
        self.assertEqual(rows[1][:2], ("Text", "What is said"))
        self.assertEqual(rows[2], ("Sum", "Money", "EUR"))

    def test_names_of_sheets_that_excel_refuses(self):
        _result, book, _values = self._write(("A/B: [x]", []), ("a b x", []))
        self.assertEqual(book.sheetnames, ["A B x", "a b x 2", "Columns"])
        self.assertEqual(len(xlsx.clean_sheet_name("x" * 40)), 31)
        self.assertEqual(xlsx.clean_sheet_name("x" * 40, ["x" * 31]), "x" * 29 + " 2")

    def test_long_texts_and_too_many_rows(self):
        _result, book, _values = self._write(
            ("One", [("x" * 40_000, None, None, None, None, None)])
        )
        self.assertEqual(len(book["One"]["A5"].value), 32_767)
        columns = [xlsx.Column("N", "integer")]
        rows = ((None,) for _number in range(xlsx.MAX_ROWS))
        with self.assertRaises(xlsx.TooLongError):
            self._write(("One", rows), columns=columns)

    def test_next_working_day(self):
        """A Friday at noon: weekend and a holiday on Monday are passed over."""
        zone = periods.ZoneInfo("Europe/Moscow")
        holiday = date(2026, 5, 11)

        def is_working(day):
            return day.weekday() < 5 and day != holiday

        found = periods.next_working_day(
            datetime(2026, 5, 8, 9, 0), 8.0, zone, is_working
        )
        self.assertEqual(found, datetime(2026, 5, 12, 5, 0))
        self.assertIsNone(periods.next_working_day(found, 8.0, zone, lambda day: False))
