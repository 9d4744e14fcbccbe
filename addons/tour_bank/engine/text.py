"""Texts, sums and days out of bytes, strictly.

>>> amount("24400.00"), amount("1 234,5"), amount("7")
(Decimal('24400.00'), Decimal('1234.50'), Decimal('7.00'))
>>> [amount(text) for text in ("", "1.234", "1e5", "NaN", "--1", "١٢", "1,2,3")]
[None, None, None, None, None, None, None]

>>> day("05.10.2026"), day("2026-10-05"), day("31.02.2026"), day("5.1.26")
(datetime.date(2026, 10, 5), datetime.date(2026, 10, 5), None, None)
"""

import re
from datetime import date
from decimal import Decimal

from .result import MAX_AMOUNT, MAX_SIZE, BankFileError

BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
AMOUNT = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,2})?")
SPACES = re.compile(r"[ \t\u00a0\u202f']")
CENT = Decimal("0.01")
FIRST_YEAR, LAST_YEAR = 1990, 2100


def check_size(data: bytes) -> None:
    if not data.strip(b"\x00\x1a \t\r\n"):
        raise BankFileError("empty")
    if len(data) > MAX_SIZE:
        raise BankFileError("size", value=str(MAX_SIZE // 1024 // 1024))


def decode(data: bytes, sign: str = "", encodings: tuple[str, ...] = ()) -> str:
    """The text: by its mark of the byte order, else by where ``sign`` is read.

    >>> decode("Кодировка=DOS".encode("cp866"), "Кодировка=", ("cp1251", "cp866"))
    'Кодировка=DOS'
    >>> decode(b"\\xef\\xbb\\xbfabc")
    'abc'

    :param sign: a text that must be there in the right encoding, tried in turn
    :param encodings: those tried; bytes that the right one has no letter for are shown
        as such, and are for the caller to refuse or to pass over
    """
    check_size(data)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    for encoding in encodings:
        if sign.encode(encoding, "ignore") in data[:20_000]:
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(encodings[0] if encodings else "cp1251", "replace")


def amount(text: str) -> Decimal | None:
    """The sum with two digits after the point; nothing if it is none."""
    text = SPACES.sub("", text.strip())
    if not AMOUNT.fullmatch(text):
        return None
    value = Decimal(text.replace(",", ".")).quantize(CENT)
    return value if abs(value) < MAX_AMOUNT else None


def day(text: str) -> date | None:
    """The day, as ``05.10.2026`` or ``2026-10-05``; nothing if there is no such day."""
    text = text.strip()
    # By position: this is asked three times for each line of a statement.
    if len(text) == 10 and text[2] == text[5] == ".":
        parts = text[6:], text[3:5], text[:2]
    elif len(text) == 10 and text[4] == text[7] == "-":
        parts = text[:4], text[5:7], text[8:]
    else:
        return None
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return make_day(*map(int, parts))


def make_day(year: int, month: int, day_: int) -> date | None:
    """The day, unless there is none, or none that a statement is of."""
    try:
        found = date(year, month, day_)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= year < LAST_YEAR else None
