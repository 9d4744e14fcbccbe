"""Reading a statement as CSV, whose columns are told as data.

>>> headings = {"date": "Дата", "amount": "Сумма", "purpose": "За что", "tax_id": "ИНН"}
>>> table = Table(headings)
>>> text = '''Выписка
... Дата;Сумма;ИНН;За что
... 05.10.2026;-1 234,50;7707083893;"Оплата; счёт 7"
... ;;;Итого'''
>>> [statement] = read(text.encode("cp1251"), table, "40702810200000000001")
>>> [line] = statement.lines
>>> line.date, line.amount, line.tax_id, line.purpose, line.row
(datetime.date(2026, 10, 5), Decimal('-1234.50'), '7707083893', 'Оплата; счёт 7', 3)
>>> [note.code for note in statement.notes]
['no_sum']

What came and what went may have columns of their own, and columns be numbers:

>>> table = Table({"date": "1", "in": "2", "out": "3"}, delimiter=",", heading=False)
>>> account = "40702978500000000001"
>>> [statement] = read(b"2026-10-05,,7.5\\n2026-10-06,8,", table, account)
>>> [line.amount for line in statement.lines], statement.currency
([Decimal('-7.50'), Decimal('8.00')], 'EUR')
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .result import (
    MAX_LINES,
    MAX_TEXT,
    BankFileError,
    Line,
    Note,
    Statement,
    currency_of,
    give_keys,
)
from .text import amount, day, decode, make_day

FIELDS = (
    *("date", "amount", "in", "out", "name", "tax_id"),
    *("account", "bic", "purpose", "number", "reference"),
)
# Banks put their own name, the account and the period above the table.
MAX_PREAMBLE = 50


@dataclass(frozen=True)
class Table:
    """What is in which column, by its heading or by its number from 1."""

    columns: dict[str, str]
    delimiter: str = ";"
    encoding: str = ""
    # As `strptime` has it; empty for 05.10.2026 and 2026-10-05.
    date_format: str = ""
    heading: bool = True
    positions: dict[str, int] = field(default_factory=dict)

    def fault(self) -> str:
        """What is wrong with the description itself; a code, or nothing."""
        if self.columns.keys() - set(FIELDS):
            return "unknown_column"
        if "date" not in self.columns:
            return "no_date_column"
        if "amount" not in self.columns and not {"in", "out"} <= self.columns.keys():
            return "no_amount_column"
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n':
            return "delimiter"
        if not self.heading and not all(map(_is_number, self.columns.values())):
            return "column_number"
        return ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1000


def read(
    data: bytes, table: Table, account: str, currency: str = ""
) -> list[Statement]:
    """The statement; the file itself names no account.

    :raise BankFileError: with the number of the line
    """
    if fault := table.fault():
        raise BankFileError(fault)
    rows = _rows(_decode(data, table), table)
    places = _places(rows, table)
    statement = Statement(account, currency or currency_of(account), row=1)
    for row, cells in rows:
        line = _line(row, cells, table, places, statement)
        if line:
            statement.lines.append(line)
        if len(statement.lines) > MAX_LINES:
            raise BankFileError("too_many", row, str(MAX_LINES))
    days = [line.date for line in statement.lines]
    statement.date_from, statement.date_to = (
        min(days, default=None),
        max(days, default=None),
    )
    give_keys(statement.lines)
    return [statement]


def _decode(data: bytes, table: Table) -> str:
    if not table.encoding:
        return decode(data)
    try:
        sign = next(iter(table.columns.values()))
        return decode(data, sign, (table.encoding,))
    except LookupError as error:
        raise BankFileError("encoding", value=table.encoding) from error


def _rows(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line that each begins in."""
    lines = text.replace("\0", "").replace("\x1a", "").splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
    while True:
        row = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BankFileError("csv", row, str(error)) from error
        if any(map(str.strip, cells)):
            yield row, [cell.strip() for cell in cells]


def _places(rows: Iterator[tuple[int, list[str]]], table: Table) -> dict[str, int]:
    """Where each column is; reads on to behind the headings."""
    if not table.heading:
        return {name: int(text) - 1 for name, text in table.columns.items()}
    wanted = {name: text.casefold() for name, text in table.columns.items()}
    for nth, (_row, cells) in enumerate(rows):
        found = {
            cell.casefold(): place for place, cell in reversed([*enumerate(cells)])
        }
        if set(wanted.values()) <= found.keys():
            return {name: found[text] for name, text in wanted.items()}
        if nth >= MAX_PREAMBLE:
            break
    raise BankFileError("no_headings", 0, ", ".join(table.columns.values()))


def _line(
    row: int, cells: list[str], table: Table, places: dict[str, int], into: Statement
) -> Line | None:
    values = {
        name: cells[place][:MAX_TEXT] if place < len(cells) else ""
        for name, place in places.items()
    }
    value = _amount(values, row)
    if not value:
        into.notes.append(Note("no_sum", row, table.delimiter.join(cells)[:60]))
        return None
    on = _day(values["date"], table.date_format)
    if not on:
        raise BankFileError("date", row, values["date"])
    texts = FIELDS[FIELDS.index("name") :]
    return Line(on, value, row=row, **{name: values.get(name, "") for name in texts})


def _amount(values: dict[str, str], row: int) -> Decimal | None:
    """The sum with its sign; nothing for a row that has none."""
    total = Decimal()
    given = False
    for name, sign in (("amount", 1), ("in", 1), ("out", -1)):
        if text := values.get(name, ""):
            value = amount(text.removeprefix("+"))
            if value is None:
                raise BankFileError("amount", row, text)
            # Some banks write what went with a minus in its own column, too.
            total += value if name == "amount" else abs(value) * sign
            given = True
    return total if given else None


def _day(text: str, pattern: str) -> date | None:
    if not pattern:
        return day(text[:10])
    try:
        found = datetime.strptime(text, pattern)
    except (ValueError, TypeError, re.error):
        return None
    return make_day(found.year, found.month, found.day)
