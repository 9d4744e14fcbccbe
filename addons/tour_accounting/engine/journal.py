"""The general journal: a row for each entry of the ledger, as XLSX or CSV.

What changed takes back the rows that went before, debit for credit, and gives the new
ones; what was cancelled only takes back. So the rows of all files together are the
ledger.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, NamedTuple

from . import documents
from .documents import Entry

# Code and whether it is an amount, in the order of the file.
COLUMNS = (
    "act",
    "date",
    "journal",
    "move",
    "label",
    "account",
    "account_name",
    "partner",
    "inn",
    "kpp",
    "contract",
    "debit",
    "credit",
    "currency",
    "amount_currency",
    "tax",
    "tax_base",
    "booking",
    "analytic",
    "revision",
    "guid",
)
AMOUNTS = {"debit", "credit", "amount_currency", "tax_base"}
SERVICE_COLUMNS = (
    "act",
    "booking",
    "client",
    "type",
    "hotel",
    "text",
    "date_from",
    "date_to",
    "guests",
    "currency",
    "price_untaxed",
    "price_tax",
    "price",
    "supplier",
    "supplier_price",
    "commission_amount",
    "supplier_due",
    "revision",
    "guid",
)
SERVICE_AMOUNTS = {
    "price_untaxed",
    "price_tax",
    "price",
    "supplier_price",
    "commission_amount",
    "supplier_due",
}
# Rows of a sheet, less the one with the titles.
MAX_ROWS = 1_048_575

# What a spreadsheet takes for the beginning of a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class TooLongError(ValueError):
    """More rows than a sheet has."""


class Sheets(NamedTuple):
    """Titles of sheets and columns in the reader's language, and words of acts."""

    journal: str
    services: str
    titles: dict[str, str]
    acts: dict[str, str]


def neutralise(text: str) -> str:
    """Text that no spreadsheet calculates.

    >>> neutralise("=1+1"), neutralise("-5"), neutralise("Hotel = 5*")
    ("'=1+1", "'-5", 'Hotel = 5*')
    >>> neutralise("  @SUM(A1)"), neutralise("")
    ("'  @SUM(A1)", '')
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_DANGEROUS) else text


def iterate_rows(entry: Entry, acts: dict[str, str]) -> Iterator[dict]:
    """Rows of the journal for one document; amounts as numbers, the rest as text."""
    if entry.before:
        act = acts["reversal"]
        for row in entry.before.get("entries") or ():
            yield _get_row(entry, act, _reverse(row))
    if entry.act != documents.CANCELLATION:
        for row in entry.document.get("entries") or ():
            yield _get_row(entry, acts[entry.act], row)


def iterate_services(entry: Entry, acts: dict[str, str]) -> Iterator[dict]:
    """Rows of a booking, a service each, as accounting sees it."""
    view = entry.document.get("view") or {}
    common = {
        "act": acts[entry.act],
        "booking": entry.document["number"],
        "client": view.get("legal_entity") or view.get("client") or "",
        "currency": view.get("currency", ""),
        "revision": str(entry.revision),
        "guid": entry.document["guid"],
    }
    for service in view.get("services") or ():
        guests = ", ".join(guest["last_name"] for guest in service["guests"])
        row = {name: service.get(name) or "" for name in SERVICE_COLUMNS}
        amounts = {name: Decimal(str(service[name] or 0)) for name in SERVICE_AMOUNTS}
        yield {**row, **amounts, "guests": guests, **common}


def write_csv(file: IO[bytes], sheets: Sheets, entries: Iterable[Entry]) -> None:
    """As a Russian Excel opens it: semicolons, decimal commas, a byte order mark."""
    text = TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([sheets.titles[name] for name in COLUMNS])
    for entry in entries:
        for row in iterate_rows(entry, sheets.acts):
            writer.writerow([_get_cell(row[name]) for name in COLUMNS])
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], sheets: Sheets, entries: Iterable[Entry]) -> None:
    """Two sheets, of entries and of services; texts are texts, whatever is in them."""
    # Not with the server's start: few need it.
    import xlsxwriter

    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False}
    )
    formats = {
        "bold": book.add_format({"bold": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
    }
    journal = _Sheet(book, sheets.journal, sheets.titles, COLUMNS, formats)
    services = _Sheet(book, sheets.services, sheets.titles, SERVICE_COLUMNS, formats)
    for entry in entries:
        for row in iterate_rows(entry, sheets.acts):
            journal.add(row)
        for row in iterate_services(entry, sheets.acts):
            services.add(row)
    book.close()


def _get_row(entry, act, row):
    """The row with who it is about: that is not what the document says of itself."""
    party = entry.parties.get(str(row["partner"]), {})
    return {
        **dict.fromkeys(COLUMNS, ""),
        **row,
        "partner": party.get("name") or "",
        "inn": party.get("inn") or "",
        "kpp": party.get("kpp") or "",
        "contract": (party.get("contract") or {}).get("number") or "",
        **{name: Decimal(row[name]) for name in AMOUNTS},
        "act": act,
        "revision": str(entry.revision),
        "guid": entry.document["guid"],
    }


def _reverse(row):
    return {
        **row,
        "debit": row["credit"],
        "credit": row["debit"],
        "amount_currency": str(-Decimal(row["amount_currency"])),
        "tax_base": str(-Decimal(row["tax_base"])),
    }


def _get_cell(value) -> str:
    """
    >>> _get_cell(Decimal("-1234.50")), _get_cell("=A1")
    ('-1234,50', "'=A1")
    """
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return neutralise(value)


class _Sheet:
    """A sheet that grows row by row."""

    def __init__(self, book, name, titles, columns, formats):
        self.sheet = book.add_worksheet(name[:31])
        self.columns = columns
        self.formats = formats
        self.place = 0
        self.sheet.freeze_panes(1, 0)
        for column, code in enumerate(columns):
            self.sheet.write_string(0, column, titles[code], formats["bold"])

    def add(self, row):
        self.place += 1
        if self.place > MAX_ROWS:
            raise TooLongError
        for column, code in enumerate(self.columns):
            value = row[code]
            if isinstance(value, Decimal):
                self.sheet.write_number(
                    self.place, column, float(value), self.formats["money"]
                )
            elif value and code.startswith("date"):
                day = date.fromisoformat(value)
                self.sheet.write_datetime(self.place, column, day, self.formats["date"])
            elif value:
                # Excel opens no longer text.
                self.sheet.write_string(self.place, column, value[:32767])
