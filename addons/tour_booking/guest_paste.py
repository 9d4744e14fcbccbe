"""Reads guests that were pasted from a sheet, a mail or a list (BKG-6).

A row is a guest: last, first and middle name, and after them, if there is any, the age
of a child, 0 for an infant. Columns are parted by tabs, semicolons, commas or, where
there are none of these, by spaces.

>>> guests, faults = parse("Ivanov\\tIvan\\tIvanovich\\nDe Witt\\tAnna")
>>> [(g.last_name, g.first_name, g.middle_name) for g in guests]
[('Ivanov', 'Ivan', 'Ivanovich'), ('De Witt', 'Anna', '')]
>>> parse("Petrov; Petr").guests
[Guest(last_name='Petrov', first_name='Petr', middle_name='', age=0, is_infant=False)]
>>> parse("Petrova Eva 0").guests[0].is_infant
True
>>> parse("Petrov Petr Petrovich Ogly").guests[0].middle_name
'Petrovich Ogly'

Numbers of rows and bullets before the name are dropped, so is a row of headings:

>>> guests = parse("Last name, First name\\n1. Smith, John\\n2) Smith, Tom, , 7").guests
>>> [(guest.last_name, guest.first_name, guest.age) for guest in guests]
[('Smith', 'John', 0), ('Smith', 'Tom', 7)]

Names in capitals are written as names; what is typed in mixed case stays:

>>> parse("ИВАНОВА-ПЕТРОВА АННА").guests[0][:2]
('Иванова-Петрова', 'Анна')
>>> parse("McDonald Ronald").guests[0].last_name
'McDonald'

What cannot be read is said, row by row, and the rest is taken:

>>> guests, faults = parse("Ivanov Ivan\\n\\n12345\\nIvanov Ivan\\nOrlov Oleg 99")
>>> [guest.last_name for guest in guests]
['Ivanov', 'Orlov']
>>> faults
[Fault(row=3, code='no_name', text='12345'), \
Fault(row=4, code='twice', text='Ivanov Ivan'), \
Fault(row=5, code='not_age', text='99')]
"""

import re
from typing import NamedTuple

ADULT_AGE = 18
# Longer is no name, but a text pasted by mistake.
MAX_NAME = 100
MAX_ROWS = 1000

_SEPARATORS = ("\t", ";", ",")
_ROW_NUMBER = re.compile(r"^\s*(?:\d{1,4}\s*[.)]|[-*•–—])\s*")
_HEADINGS = {
    "last name",
    "lastname",
    "surname",
    "family name",
    "фамилия",
    "фио",
    "nom",
    "vezetéknév",
}


class Guest(NamedTuple):
    """A guest as pasted; ``age`` is 0 for an adult and for an infant."""

    last_name: str
    first_name: str = ""
    middle_name: str = ""
    age: int = 0
    is_infant: bool = False


class Fault(NamedTuple):
    """What is wrong with a row: its number, a code, and the text in question."""

    row: int
    code: str
    text: str


class Pasted(NamedTuple):
    """The guests that were read, and the faults of the other rows."""

    guests: list[Guest]
    faults: list[Fault]


def parse(text: str) -> Pasted:
    """Read the guests in ``text``, a row each."""
    guests: list[Guest] = []
    faults: list[Fault] = []
    rows = (text or "").replace("\xa0", " ").splitlines()
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            faults.append(Fault(number, "too_many", str(len(rows))))
            break
        cells = _split(_ROW_NUMBER.sub("", row))
        if not any(cells) or cells[0].casefold() in _HEADINGS:
            continue
        guest, fault = _read(number, cells)
        if guest and guest in guests:
            guest, fault = None, Fault(number, "twice", " ".join(filter(None, cells)))
        if guest:
            guests.append(guest)
        if fault:
            faults.append(fault)
    return Pasted(guests, faults)


def _split(row):
    for separator in _SEPARATORS:
        if separator in row:
            return [cell.strip(" \"'") for cell in row.split(separator)]
    words = row.split()
    # With spaces alone, all that follows the first name belongs to the middle name.
    tail = [words.pop()] if len(words) > 2 and words[-1].isdigit() else []
    names = [*words[:2], " ".join(words[2:])]
    return names + tail


def _read(number, cells):
    """Return a guest, a fault, or both: a name is not lost for a wrong age."""
    names = [_tidy(cell) for cell in cells[:3]] + [""] * 3
    if not re.search(r"[^\W\d_]", names[0]):
        return None, Fault(number, "no_name", cells[0])
    if max(map(len, names)) > MAX_NAME:
        return None, Fault(number, "too_long", cells[0][:20])
    age = next((cell for cell in cells[3:] if cell), "")
    if not age:
        return Guest(*names[:3]), None
    if age.isdecimal() and int(age) < ADULT_AGE:
        return Guest(*names[:3], int(age), is_infant=not int(age)), None
    return Guest(*names[:3]), Fault(number, "not_age", age)


def _tidy(name):
    name = " ".join(name.split())
    if len(name) > 1 and name.isupper():
        name = "".join(
            part.capitalize() for part in re.split(r"([^\w]|_)", name.lower())
        )
    return name
