"""Reports as XLSX: rows from iterators, in constant memory.

Nothing here touches the ORM. Numbers and days are cells of their type with a format;
totals are formulas over what the filter leaves, written with their value, so that a
viewer which calculates nothing shows them, too. Texts never become formulas or links,
whatever they begin with. A last sheet says what each column means.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

# Excel holds no more rows in a sheet, and no longer text in a cell.
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_SHEET_NAME = 31
FORMATS = {
    "text": {},
    "integer": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "#,##0.00"},
    # Percents are numbers from 0 to 100, as on the screen.
    "percent": {"num_format": '0.00"%"'},
    "date": {"num_format": "dd.mm.yyyy", "align": "left"},
    "datetime": {"num_format": "dd.mm.yyyy hh:mm", "align": "left"},
}
WIDTHS = {"integer": 10, "money": 15, "number": 12, "percent": 11, "date": 12}
NUMBERS = frozenset({"integer", "money", "number", "percent"})
#: The function of SUBTOTAL that adds up what the filter leaves.
SUM = 109


class TooLongError(ValueError):
    """More rows than a sheet holds."""


class Column(NamedTuple):
    """What a column says.

    :param kind: one of `FORMATS`
    :param meaning: in words, for the last sheet
    :param unit: of what the numbers are: a currency, nights …
    :param total: whether the sum stands below
    """

    label: str
    kind: str = "text"
    meaning: str = ""
    unit: str = ""
    total: bool = False
    width: int | None = None


class Sheet(NamedTuple):
    """One sheet; its rows are as long as the columns."""

    name: str
    rows: Iterable[tuple]


class Words(NamedTuple):
    """What the file says beside the columns, in the user's language."""

    title: str
    subtitles: tuple[str, ...]
    total: str
    about: str
    about_head: tuple[str, str, str]


def write(file, words: Words, columns: list[Column], sheets: Iterable[Sheet]):
    """Write the report.

    :param file: a path, or a file open for writing bytes
    :return: the number of rows, and the sums of the columns with totals by their place
    :rtype: tuple[int, dict[int, float]]
    :raise TooLongError: if a sheet holds no more rows
    """
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        writer = _Writer(book, words, columns)
        for sheet in sheets:
            writer.write_sheet(sheet)
        writer.write_about()
    finally:
        book.close()
    return writer.count, writer.sums


def clean_sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name that Excel takes and that no other sheet has.

    >>> clean_sheet_name("Agents/corporates: [all]")
    'Agents corporates all'
    >>> clean_sheet_name("History", ["history"])
    'History 2'
    """
    text = "".join(" " if sign in "[]:*?/\\" else sign for sign in name)
    base = " ".join(text.split()).strip("'")[:MAX_SHEET_NAME].strip() or "1"
    used = {each.lower() for each in taken}
    result, number = base, 1
    while result.lower() in used:
        number += 1
        result = f"{base[: MAX_SHEET_NAME - len(str(number)) - 1]} {number}"
    return result


class _Writer:
    def __init__(self, book, words, columns):
        self.book, self.words, self.columns = book, words, columns
        self.formats = {kind: book.add_format(look) for kind, look in FORMATS.items()}
        self.totals = {
            kind: book.add_format({**FORMATS[kind], "bold": True, "top": 1})
            for kind in NUMBERS
        }
        self.bold = book.add_format({"bold": True})
        self.bottom = book.add_format({"bold": True, "top": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.names: list[str] = []
        self.count = 0
        self.sums = {place: 0.0 for place, column in enumerate(columns) if column.total}

    def write_sheet(self, sheet: Sheet):
        worksheet = self._add_sheet(sheet.name)
        head = self._write_head(worksheet)
        last, sums = self._write_rows(worksheet, head, iter(sheet.rows))
        if self.sums:
            self._write_totals(worksheet, head, last, sums)
        if last > head and self.columns:
            worksheet.autofilter(head, 0, last, len(self.columns) - 1)
        self.count += last - head
        for place, amount in sums.items():
            self.sums[place] += amount

    def _add_sheet(self, name):
        name = clean_sheet_name(name, self.names)
        self.names.append(name)
        worksheet = self.book.add_worksheet(name)
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4.
        worksheet.fit_to_pages(1, 0)
        worksheet.set_footer("&L&A&R&P / &N")
        for place, column in enumerate(self.columns):
            width = column.width or WIDTHS.get(column.kind, 22)
            worksheet.set_column(place, place, width)
        return worksheet

    def _write_head(self, worksheet):
        """Title, parameters and the heads of the columns; return the heads' row."""
        worksheet.write_string(0, 0, self.words.title, self.title)
        row = 1
        for text in self.words.subtitles:
            worksheet.write_string(row, 0, text)
            row += 1
        row += 1
        for place, column in enumerate(self.columns):
            worksheet.write_string(row, place, column.label, self.head)
        worksheet.freeze_panes(row + 1, 1)
        worksheet.repeat_rows(row)
        return row

    def _write_rows(self, worksheet, head, rows: Iterator[tuple]):
        """Write the rows; return the place of the last, and the sums."""
        writers = [
            (place, column.kind, self.formats[column.kind])
            for place, column in enumerate(self.columns)
        ]
        parts: dict[int, list[float]] = {place: [] for place in self.sums}
        number = head
        for number, row in enumerate(rows, head + 1):
            if number >= MAX_ROWS - 1:
                raise TooLongError(number)
            for (place, kind, look), value in zip(writers, row, strict=True):
                if value is None or value is False or value == "":
                    continue
                _write_cell(worksheet, number, place, kind, value, look)
            for place, amounts in parts.items():
                if row[place]:
                    amounts.append(float(row[place]))
            if number % 10_000 == 0:
                parts = {place: [math.fsum(part)] for place, part in parts.items()}
        return number, {place: math.fsum(part) for place, part in parts.items()}

    def _write_totals(self, worksheet, head, last, sums):
        row = last + 1
        worksheet.write_string(row, 0, self.words.total, self.bottom)
        for place, column in enumerate(self.columns):
            if place in sums:
                name = xl_col_to_name(place)
                formula = f"=SUBTOTAL({SUM},{name}{head + 2}:{name}{last + 1})"
                if last == head:
                    formula = "=0"
                worksheet.write_formula(
                    row, place, formula, self.totals[column.kind], sums[place]
                )
            elif place:
                worksheet.write_blank(row, place, None, self.bottom)

    def write_about(self):
        """What each column means, and of what its numbers are."""
        worksheet = self.book.add_worksheet(
            clean_sheet_name(self.words.about, self.names)
        )
        worksheet.set_column(0, 0, 28)
        worksheet.set_column(1, 1, 90)
        worksheet.set_column(2, 2, 18)
        for place, text in enumerate(self.words.about_head):
            worksheet.write_string(0, place, text, self.head)
        for row, column in enumerate(self.columns, 1):
            worksheet.write_string(row, 0, column.label, self.wrapped)
            worksheet.write_string(row, 1, column.meaning, self.wrapped)
            worksheet.write_string(row, 2, column.unit, self.wrapped)
        worksheet.freeze_panes(1, 0)


def _write_cell(worksheet, row, place, kind, value, look):
    if kind in NUMBERS and isinstance(value, (int, float)):
        worksheet.write_number(row, place, value, look)
    elif kind in ("date", "datetime") and isinstance(value, (date, datetime)):
        worksheet.write_datetime(row, place, value, look)
    else:
        worksheet.write_string(row, place, str(value)[:MAX_TEXT], look)
