"""Reads numbers of bookings that were pasted from a mail, a sheet or a list (BKG-13).

Plain Python: what the numbers mean is looked up by who calls.

>>> parse("T000123, T000124;T000125\\nT000126\\tT000127").numbers
['T000123', 'T000124', 'T000125', 'T000126', 'T000127']

Numbers come without their prefix, with blanks in them, in small letters, in brackets,
with a number sign, or from a sheet that takes them for sums; the prefix may have been
typed on a Russian keyboard:

>>> parse("123 t124 T 125 (T000126) №127 #128 129.0 Т000130").numbers
['123', 'T124', 'T125', 'T000126', '127', '128', '129', 'T000130']

Words between them are left out, what looks like a number and is none is kept, so that
it can be named. Twice is once:

>>> pasted = parse("Bookings 123 and 123, заявка 124; SO/2026/0007; 000123; abc")
>>> pasted.numbers
['123', '124', 'SO/2026/0007', '000123', 'ABC']
>>> pasted.twice
['123']
>>> parse(" ,;\\n ").numbers
[]

A number means these names; padding is that of the sequence which numbers bookings:

>>> get_names("123", "T", 6)
['123', 'T000123']
>>> get_names("t123", "T", 6)
['T123', 'T000123']
>>> get_names("SO/2026/0007", "T", 6)
['SO/2026/0007']
>>> get_names("123", "BK-", 0)
['123', 'BK-123']
>>> get_names("BK-123", "bk-", 0)
['BK-123', 'bk-123']
"""

import re
from typing import NamedTuple

# More are a file pasted by mistake.
MAX_NUMBERS = 10_000
MAX_LENGTH = 64

_SEPARATORS = re.compile(r"[\s,;|]+")
# With marks that are not seen, as pages and mails have them.
_AROUND = "()[]{}<>\"'«»„“”.:№#\u200b\u200e\u200f\ufeff"
_FLOAT = re.compile(r"(\d+)\.0+")
_PREFIXED = re.compile(r"(\D*?)0*(\d+)")
# A prefix that was parted from its number by a blank.
_PREFIX = re.compile(r"[A-Z]{1,4}-?")
# Russian letters that look as Latin ones, on the keys of a prefix.
_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_WORDS = {
    *("BOOKING", "BOOKINGS", "NUMBER", "NUMBERS", "NO", "NR", "N", "AND"),
    *("ЗАЯВКА", "ЗАЯВКИ", "ЗАЯВКУ", "НОМЕР", "НОМЕРА", "И"),
    *("DOSSIER", "DOSSIERS", "RÉSERVATION", "RÉSERVATIONS", "NUMÉRO", "ET"),
    *("FOGLALÁS", "FOGLALÁSOK", "SZÁM", "ÉS"),
}


class Pasted(NamedTuple):
    """Numbers in their order, each once; those that came more often; what was left
    out because there were too many."""

    numbers: list[str]
    twice: list[str]
    left_out: int


def parse(text: str) -> Pasted:
    """Return the numbers in a text."""
    numbers: dict[str, None] = {}
    twice: dict[str, None] = {}
    for number in _join_prefixes(_split(text)):
        (twice if number in numbers else numbers)[number] = None
    found = list(numbers)
    return Pasted(found[:MAX_NUMBERS], list(twice), max(len(found) - MAX_NUMBERS, 0))


def get_names(number: str, prefix: str, padding: int) -> list[str]:
    """Return the names of bookings that a number may mean."""
    number = number.upper()
    names = [number]
    match = _PREFIXED.fullmatch(number)
    if match:
        letters, digits = match.groups()
        own = not letters or letters == prefix.upper()
        names.append(f"{prefix if own else letters}{digits.zfill(padding)}")
    return list(dict.fromkeys(names))


def _split(text):
    for part in _SEPARATORS.split(text or ""):
        part = part.strip(_AROUND).upper()
        if match := _FLOAT.fullmatch(part):
            part = match[1]
        if part and part not in _WORDS:
            if any(char.isdigit() for char in part) or len(part) <= 1:
                part = part.translate(_LATIN)
            yield part[:MAX_LENGTH]


def _join_prefixes(parts):
    prefix = ""
    for part in parts:
        if prefix and part.isdigit():
            yield prefix + part
            prefix = ""
            continue
        if prefix:
            yield prefix
        prefix = part if _PREFIX.fullmatch(part) else ""
        if not prefix:
            yield part
    if prefix:
        yield prefix
