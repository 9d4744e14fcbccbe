"""Reads guests with their ages or birth dates out of pasted rows and sheets.

Names are read as staff paste them (`guest_paste` of `tour_booking`); here comes what a
booking of a client needs besides: birth dates, infants, adults with their age, and
columns that a sheet has before or between the names.

>>> guests, faults = parse("Ivanov\\tIvan\\tIvanovich\\t01.02.1980\\nOrlova Anna 0")
>>> [(g.last_name, g.first_name, g.birth_date, g.age) for g in guests]
[('Ivanov', 'Ivan', '1980-02-01', None), ('Orlova', 'Anna', '', 0)]
>>> guests, faults = parse("1\\tSmith\\tTom\\t\\t7\\n2\\tSmith\\tJohn")
>>> [(g.last_name, g.first_name, g.age) for g in guests]
[('Smith', 'Tom', 7), ('Smith', 'John', None)]

Headings are dropped, a full name in one column is parted, what cannot be read is told:

>>> guests, faults = parse("ФИО\\tДата рождения\\nПетров Пётр\\t2015-13-40\\n42")
>>> guests
[Guest(last_name='Петров', first_name='Пётр', middle_name='', birth_date='', age=None)]
>>> faults
[Fault(row=2, code='not_birth', text='Петров Пётр: 2015-13-40'), \
Fault(row=3, code='no_name', text='42')]
>>> parse("Ivanov Ivan 130").faults
[Fault(row=1, code='not_age', text='Ivanov Ivan: 130')]
>>> parse("Ivanov Ivan\\nIvanov Ivan").faults
[Fault(row=2, code='twice', text='Ivanov Ivan')]
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from odoo.addons.tour_booking import guest_paste

ADULT_AGE = guest_paste.ADULT_AGE
MAX_AGE = 120
MAX_ROWS = guest_paste.MAX_ROWS
_SEPARATORS = ("\t", ";", ",")
_AGE = re.compile(r"\d{1,3}")
# Whatever looks like a date, also one that there is none of.
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")
_NUMBER_HEADINGS = {"№", "#", "no", "no.", "n", "nr", "n°"}
_HEADINGS = {
    "full name",
    "guest",
    "name",
    "гость",
    "имя",
    "ф.и.о.",
    "nom complet",
    "prénom",
    "név",
    "teljes név",
}


class Guest(NamedTuple):
    """A guest as typed: ``birth_date`` is an ISO date or "", ``age`` None if unsaid."""

    last_name: str
    first_name: str = ""
    middle_name: str = ""
    birth_date: str = ""
    age: int | None = None


class Fault(NamedTuple):
    """What is wrong with a row: its number, a code, and the text in question."""

    row: int
    code: str
    text: str


class Read(NamedTuple):
    guests: list[Guest]
    faults: list[Fault]


def parse(text: str) -> Read:
    """Read guests that were pasted, a row each."""
    rows = (text or "").replace("\xa0", " ").splitlines()
    return parse_rows(enumerate(map(_split, rows), 1))


def parse_rows(rows: Iterable[tuple[int, list[str]]]) -> Read:
    """Read guests of a sheet: rows with their numbers, each a list of cells."""
    guests: list[Guest] = []
    faults: list[Fault] = []
    seen = set()
    for index, (number, cells) in enumerate(rows):
        if index >= MAX_ROWS:
            faults.append(Fault(number, "too_many", str(MAX_ROWS)))
            break
        guest, fault = _read(number, cells)
        if guest and guest in seen:
            guest, fault = None, Fault(number, "twice", _full_name(guest))
        if guest:
            seen.add(guest)
            guests.append(guest)
        if fault:
            faults.append(fault)
    return Read(guests, faults)


def parse_birth(text: str) -> str | None:
    """The ISO date that is written in ``text``; None if it is none.

    >>> parse_birth("1.2.2015"), parse_birth("2015-02-01"), parse_birth("31.02.2015")
    ('2015-02-01', '2015-02-01', None)
    """
    match = _DATE.fullmatch((text or "").strip())
    if not match:
        return None
    parts = match.groups()
    year, month, day = parts[:3] if parts[0] else reversed(parts[3:])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def age_on(birth_date: str, day: str) -> int:
    """Full years on a day, both ISO dates.

    >>> age_on("2020-05-10", "2026-05-09"), age_on("2020-05-10", "2026-05-10")
    (5, 6)
    """
    born, then = date.fromisoformat(birth_date), date.fromisoformat(day)
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def _split(row):
    for separator in _SEPARATORS:
        if separator in row:
            return [cell.strip(" \"'") for cell in row.split(separator)]
    words = row.split()
    # With spaces alone, a number or a date ends the name.
    if len(words) > 1 and (_AGE.fullmatch(words[-1]) or _DATE.fullmatch(words[-1])):
        return [" ".join(words[:-1]), words[-1]]
    return [" ".join(words)]


def _read(number, cells):
    cells = [" ".join(str(cell).split()) for cell in cells]
    if len(cells) > 1 and (
        cells[0].isdecimal() or cells[0].casefold() in _NUMBER_HEADINGS
    ):
        cells = cells[1:]
    if not any(cells) or cells[0].casefold() in _HEADINGS:
        return None, None
    said = [cell for cell in cells[1:] if _AGE.fullmatch(cell) or _DATE.fullmatch(cell)]
    # Cells behind the first number or date are notes: documents, cities, phones.
    end = cells.index(said[0], 1) if said else len(cells)
    names = [cell for cell in cells[: min(end, 3)] if cell]
    pasted = guest_paste.parse("\t".join(names) or "-")
    if not pasted.guests:
        faults = pasted.faults
        return None, faults and Fault(number, faults[0].code, faults[0].text) or None
    return _complete(number, pasted.guests[0], said)


def _complete(number, name, said):
    birth, age, fault = "", None, None
    for text in said:
        if _DATE.fullmatch(text):
            if not birth and not (birth := _check_birth(text)):
                fault = ("not_birth", text)
        elif age is None:
            if int(text) > MAX_AGE:
                fault = ("not_age", text)
            else:
                age = int(text)
    guest = Guest(*name[:3], birth, None if birth else age)
    if fault:
        code, text = fault
        return guest, Fault(number, code, f"{_full_name(guest)}: {text}")
    return guest, None


def _check_birth(text):
    birth = parse_birth(text)
    today = date.today()
    if not birth or not 0 <= age_on(birth, today.isoformat()) <= MAX_AGE:
        return ""
    return birth


def _full_name(guest):
    return " ".join(filter(None, guest[:3]))
