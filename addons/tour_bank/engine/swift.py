"""Reading MT940, the statement of SWIFT, with the library `mt-940`.

>>> text = '''
... :20:START
... :25:NL08DEUT0319809633EUR
... :28C:1/1
... :60F:C261005EUR10,00
... :61:2610051005D2,50NTRFINV7//B1
... :86:Hotel Romashka INV 7
... :62F:C261005EUR7,50
... -'''
>>> [statement] = read(text.encode())
>>> [line] = statement.lines
>>> statement.account, statement.currency, statement.start, statement.end
('NL08DEUT0319809633', 'EUR', Decimal('10.00'), Decimal('7.50'))
>>> line.amount, line.number, line.reference, line.purpose, line.row
(Decimal('-2.50'), 'INV7', 'B1', 'Hotel Romashka INV 7', 6)
"""

import io
import logging
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import mt940

from .result import (
    MAX_AMOUNT,
    MAX_LINES,
    MAX_TEXT,
    BankFileError,
    Line,
    Note,
    Statement,
    give_keys,
)
from .text import CENT, check_size, decode, make_day

# It logs what it cannot read, whole: names of people, and what they paid.
logging.getLogger("mt940").setLevel(logging.CRITICAL)

# Ten times what the largest bank sends: the library holds it many times over.
LIMIT = 16 * 1024 * 1024
SIGN = re.compile(rb"(?:^|\n|\})\s*:20:[^\n]*[\r\n]+(?:[^\n]*\n){0,6}?:25", re.A)
LINE_TAG = re.compile(r"^:61:(.*)", re.M)
# Of a sum that is too long the library takes the first digits for the whole.
SUM = re.compile(
    r"[0-9]{6}(?:[0-9]{4}|\s{4})?R?[CD][A-Z]?[\n ]?"
    r"([0-9]{1,14}(?:,[0-9]{0,2})?)(?![0-9,])",
    re.I,
)
BLOCK = re.compile(r"(?m)^(?=:20:)")
WITH_CURRENCY = re.compile(r"([A-Z]{2}\d{2}[A-Z0-9]{8,30}?)/?([A-Z]{3})")
NOT_GIVEN = {"", "NONREF", "NOTPROVIDED"}


def is_ours(data: bytes) -> bool:
    """Whether the file looks like one of these."""
    return bool(SIGN.search(data[:4000].replace(b"\0", b"")))


def read(data: bytes, strict: bool = True) -> list[Statement]:
    """The statements of the file; the pages of one are put together.

    :param strict: refuse balances that the lines do not lead to; else note them
    :raise BankFileError: with the number of the line
    """
    check_size(data)
    if len(data) > LIMIT:
        raise BankFileError("size", value=str(LIMIT // 1024 // 1024))
    text = decode(data).replace("\0", "").replace("\x1a", "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # The envelope, which the library knows nothing of.
    text = re.sub(r"(?m)^[^\n:]{0,200}\{4:\s*", "\n", text).replace("-}", "\n-")
    pages = [_statement(*block) for block in _blocks(text)]
    if not pages:
        raise BankFileError("no_statement", 1)
    found = list(_join(pages))
    for statement in found:
        _check(statement, strict)
        give_keys(statement.lines)
    return found


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    row = 1
    for block in BLOCK.split(text):
        if block.startswith(":20:"):
            yield block, row
        row += block.count("\n")


def _statement(block: str, row: int) -> Statement:
    rows = list(_rows(block, row))
    try:
        # As a file: a text that names one on this machine would be read from there.
        [parsed] = mt940.parse_statements(
            io.StringIO(block), options=mt940.Options.all()
        )
        pairs = list(parsed.transactions)
        data = parsed.data
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        # The library raises whatever Python does; which is of no use to anybody.
        raise BankFileError("mt940", row, str(error)) from error
    pairs = [found for found in pairs if "amount" in found.data]
    if len(pairs) != len(rows):
        raise BankFileError("count", row, str(len(rows)))
    account, currency = _account(str(data.get("account_identification") or ""))
    if not account:
        raise BankFileError("no_account", row)
    statement = Statement(account, parsed.currency or currency, row=row)
    if not statement.currency:
        raise BankFileError("no_currency", row)
    statement.start = _balance(data, "opening_balance", row)
    statement.end = _balance(data, "closing_balance", row)
    statement.lines = [
        _line(found.data, at) for found, at in zip(pairs, rows, strict=True)
    ]
    days = [line.date for line in statement.lines]
    statement.date_from, statement.date_to = (
        min(days, default=None),
        max(days, default=None),
    )
    return statement


def _rows(block: str, row: int) -> Iterator[int]:
    """The number of the line of each movement, whose sum is looked at first."""
    at = 0
    for nth, found in enumerate(LINE_TAG.finditer(block)):
        row += block.count("\n", at, found.start())
        at = found.start()
        if not SUM.match(block, found.start(1)):
            raise BankFileError("amount", row, found[1])
        if nth >= MAX_LINES:
            raise BankFileError("too_many", row, str(MAX_LINES))
        yield row


def _account(text: str) -> tuple[str, str]:
    """The account, and the currency that some banks write behind it.

    >>> _account("NL08DEUT0319809633EUR"), _account("40702810200000000001")
    (('NL08DEUT0319809633', 'EUR'), ('40702810200000000001', ''))
    """
    text = "".join(text.split())
    found = WITH_CURRENCY.fullmatch(text)
    return (found[1], found[2]) if found else (text[:50], "")


def _balance(data: dict[str, Any], name: str, row: int) -> Decimal | None:
    for kind in ("final_", "", "intermediate_"):
        if found := data.get(f"{kind}{name}"):
            return _decimal(found.amount.amount, row)
    return None


def _decimal(value: Any, row: int) -> Decimal:
    try:
        rounded = Decimal(value).quantize(CENT)
    except (ArithmeticError, ValueError, TypeError) as error:
        raise BankFileError("amount", row, str(value)) from error
    if rounded != value or abs(rounded) >= MAX_AMOUNT:
        raise BankFileError("amount", row, str(value))
    return rounded


def _line(data: dict[str, Any], row: int) -> Line:
    booked: date | None = data.get("entry_date") or data.get("date")
    on = booked and make_day(booked.year, booked.month, booked.day)
    if not on:
        raise BankFileError("date", row, str(booked))
    value = _decimal(data["amount"].amount, row)
    if not value:
        raise BankFileError("amount", row, "0")
    name = _text(data, "applicant_name")
    purpose = _text(data, "purpose", "additional_purpose") or _text(
        data, "transaction_details", "extra_details"
    )
    numbers = (_text(data, "end_to_end_reference"), _text(data, "customer_reference"))
    return Line(
        on,
        value,
        name=name,
        account=_text(data, "applicant_iban") or _text(data, "gvc_applicant_iban"),
        bic=_text(data, "applicant_bin") or _text(data, "gvc_applicant_bin"),
        purpose=purpose,
        number=next((text for text in numbers if text not in NOT_GIVEN), ""),
        kind=_text(data, "id"),
        reference=_text(data, "bank_reference"),
        row=row,
    )


def _text(data: dict[str, Any], *keys: str) -> str:
    found = (data.get(key) for key in keys)
    return " ".join(" ".join(str(text).split()) for text in found if text)[:MAX_TEXT]


def _join(pages: list[Statement]) -> Iterator[Statement]:
    """Pages of one statement: each begins where the one before ends."""
    last: Statement | None = None
    for page in pages:
        if last and page.account == last.account and page.start == last.end is not None:
            last.lines += page.lines
            last.end = page.end
            last.date_to = page.date_to or last.date_to
            last.date_from = last.date_from or page.date_from
            continue
        if last:
            yield last
        last = page
    if last:
        yield last


def _check(statement: Statement, strict: bool) -> None:
    if None in (statement.start, statement.end):
        return
    total = sum((line.amount for line in statement.lines), Decimal())
    if statement.start + total == statement.end:
        return
    if strict:
        raise BankFileError("balance", statement.row, f"{total:.2f}")
    statement.notes.append(Note("balance", statement.row, f"{total:.2f}"))
