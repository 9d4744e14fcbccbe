"""The statement of mutual settlements: rows with a running balance, and its XLSX.

Nothing here touches the ORM; amounts are decimals, what the client owes is positive.

>>> entries = [
...     Entry(date(2026, 6, 1), "INV/1", "T1", Decimal("100.10"), Decimal(0)),
...     Entry(date(2026, 6, 2), "PAY/1", "T1", Decimal(0), Decimal("150.00")),
... ]
>>> rows = list(running(Decimal("-20.00"), entries))
>>> [str(row.balance) for row in rows]
['80.10', '-69.90']
>>> total = totals(Decimal("-20.00"), rows)
>>> str(total.debit), str(total.credit), str(total.closing)
('100.10', '150.00', '-69.90')
>>> str(totals(Decimal("5.00"), []).closing)
'5.00'

Our debit is the client's credit:

>>> mirror(Decimal("7"), Decimal(0)) == (Decimal(0), Decimal("7"))
True
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter


class Entry(NamedTuple):
    """One document of the ledger."""

    date: date
    document: str
    booking: str
    debit: Decimal
    credit: Decimal


class Row(NamedTuple):
    entry: Entry
    # What the client owes after it; below zero is what we owe him.
    balance: Decimal


class Totals(NamedTuple):
    debit: Decimal
    credit: Decimal
    closing: Decimal


def running(opening: Decimal, entries: Iterable[Entry]) -> Iterator[Row]:
    """Give each document the balance after it."""
    balance = opening
    for entry in entries:
        balance += entry.debit - entry.credit
        yield Row(entry, balance)


def totals(opening: Decimal, rows: Iterable[Row]) -> Totals:
    """The turnover, and the closing balance."""
    debit = credit = Decimal(0)
    for row in rows:
        debit += row.entry.debit
        credit += row.entry.credit
    return Totals(debit, credit, opening + debit - credit)


def mirror(debit: Decimal, credit: Decimal) -> tuple[Decimal, Decimal]:
    """The same row in the client's books."""
    return credit, debit


class Words(NamedTuple):
    """What the sheet says, in the user's language."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    opening: str
    turnover: str
    closing: str


def write_xlsx(file, words: Words, opening: Decimal, rows: Iterable[Row], digits=2):
    """Write the statement row by row, so that memory does not grow with it.

    :param file: a path, or a file open for writing bytes
    :return: the turnover and the closing balance
    """
    options = {
        "constant_memory": True,
        # What a client calls his booking is text, whatever it begins with.
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(file, options)
    number = "#,##0." + "0" * digits if digits else "#,##0"
    bold = book.add_format({"bold": True})
    money = book.add_format({"num_format": number})
    total = book.add_format({"num_format": number, "bold": True})
    day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    sheet = book.add_worksheet()
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 2, 28)
    sheet.set_column(3, 5, 16)
    sheet.write_string(0, 0, words.title, bold)
    sheet.write_string(1, 0, words.subtitle)
    for column, text in enumerate(words.columns):
        sheet.write_string(3, column, text, bold)
    sheet.write_string(4, 1, words.opening, bold)
    sheet.write_number(4, 5, opening, total)
    debit = credit = Decimal(0)
    place = 5
    for entry, balance in rows:
        debit += entry.debit
        credit += entry.credit
        sheet.write_datetime(place, 0, entry.date, day)
        sheet.write_string(place, 1, entry.document)
        sheet.write_string(place, 2, entry.booking)
        for column, amount in ((3, entry.debit), (4, entry.credit)):
            if amount:
                sheet.write_number(place, column, amount, money)
        sheet.write_number(place, 5, balance, money)
        place += 1
    closing = opening + debit - credit
    sheet.write_string(place, 1, words.turnover, bold)
    sheet.write_number(place, 3, debit, total)
    sheet.write_number(place, 4, credit, total)
    sheet.write_string(place + 1, 1, words.closing, bold)
    sheet.write_number(place + 1, 5, closing, total)
    sheet.freeze_panes(4, 0)
    book.close()
    return Totals(debit, credit, closing)
