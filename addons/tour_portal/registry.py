"""The registry of finished bookings as XLSX: one row for each service.

Nothing here touches the ORM. Memory does not grow with the rows, which come from an
iterator; what clients typed is text, whatever it begins with.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import xlsxwriter

HEAD_ROW = 3
WIDTHS = (14, 16, 12, 18, 30, 20, 24, 40, 12, 12, 9, 9, 24, 24, 16, 10, 20)
# What the rows hold beside texts.
DATES = {2, 8, 9}
NUMBERS = {10, 11}
MONEY = {14}
# Excel holds no more rows in a sheet, and no longer text in a cell.
MAX_ROWS = 1_048_576 - HEAD_ROW - 2
MAX_TEXT = 32_767


class Words(NamedTuple):
    """What the sheet says, in the user's language."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    total: str


def write_xlsx(file, words: Words, rows: Iterable[tuple]):
    """Write the registry row by row.

    Totals are by currency, which is the column behind the money.

    :param file: a path, or a file open for writing bytes
    :return: the number of rows
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(file, options)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        "date": book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "total": book.add_format({"num_format": "#,##0.00", "bold": True}),
    }
    sheet = book.add_worksheet()
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.write_string(0, 0, words.title, bold)
    sheet.write_string(1, 0, words.subtitle)
    for column, text in enumerate(words.columns):
        sheet.write_string(HEAD_ROW, column, text, wrapped)
    totals, place = {}, HEAD_ROW
    for row in rows:
        place += 1
        for column, value in enumerate(row):
            _write(sheet, place, column, value, formats)
        for column in MONEY:
            currency = row[column + 1]
            totals[currency] = totals.get(currency, 0) + row[column]
    count = place - HEAD_ROW
    for currency, amount in totals.items():
        place += 1
        column = min(MONEY)
        sheet.write_string(place, 0, words.total, bold)
        sheet.write_number(place, column, amount, formats["total"])
        sheet.write_string(place, column + 1, currency, bold)
    book.close()
    return count


def _write(sheet, place, column, value, formats):
    if value in (None, "", False):
        return
    if column in DATES and isinstance(value, date):
        sheet.write_datetime(place, column, value, formats["date"])
    elif column in MONEY:
        sheet.write_number(place, column, value, formats["money"])
    elif column in NUMBERS:
        sheet.write_number(place, column, value)
    else:
        sheet.write_string(place, column, str(value)[:MAX_TEXT])
