"""Names and days as suppliers write them in their bills.

>>> fold("Ёлкин Пётр") == fold("Elkin Petr")
True
>>> sorted(find_days("с 10 по 12 декабря 2026"))
[(12, 10, 2026), (12, 12, 2026)]
"""

import re
from datetime import date

# Cyrillic as passports and typists have it, brought down to what both have in common.
LETTERS = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH",
    "З": "Z", "И": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O",
    "П": "P", "Р": "R", "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS",
    "Ч": "CH", "Ш": "SH", "Щ": "SHCH", "Ъ": "", "Ы": "I", "Ь": "", "Э": "E",
    "Ю": "IU", "Я": "IA",
}  # fmt: skip
TRANSLITERATED = str.maketrans(LETTERS)
# One sound that is written in several ways.
SAME = (("SHCH", "SCH"), ("KH", "H"), ("IE", "E"), ("W", "V"), ("Y", "I"), ("J", "I"))
WORD = re.compile(r"[^\W\d_]+")

MONTHS = (
    ("ЯНВ", "JAN"), ("ФЕВ", "FEB"), ("МАР", "MAR"), ("АПР", "APR"),
    ("МА", "MAY"), ("ИЮН", "JUN"), ("ИЮЛ", "JUL"), ("АВГ", "AUG"),
    ("СЕН", "SEP"), ("ОКТ", "OCT"), ("НОЯ", "NOV"), ("ДЕК", "DEC"),
)  # fmt: skip
NAMED = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
# The longer first: March is no May.
STEMS = "|".join(sorted(NAMED, key=len, reverse=True))
YEAR = r"(\d{4}|\d{2})(?!\d)"
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
NUMERIC = re.compile(rf"(?<![\d.])(\d{{1,2}})[./](\d{{1,2}})(?:[./]{YEAR})?(?![\d])")
RANGE = re.compile(
    rf"(?<![\d.])(\d{{1,2}})\s?[-–—]\s?(\d{{1,2}})[./](\d{{1,2}})(?:[./]{YEAR})?"
)
WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\s?(?:[-–—]|ПО|TO|И)\s?(\d{{1,2}}))?\s+"
    rf"(?:{STEMS})[^\W\d_]*\.?(?:\s+(\d{{4}}))?"
)
MONTH = re.compile(STEMS)


def fold(text):
    """A text as its words are compared: capitals, Latin, spelt in one way."""
    folded = (text or "").upper().translate(TRANSLITERATED)
    for written, kept in SAME:
        folded = folded.replace(written, kept)
    # Doubled letters are doubled or not as the typist likes.
    return re.sub(r"([^\W\d_])\1", r"\1", folded)


def find_words(text):
    """The words of a text, as they are compared.

    >>> find_words("Гость: Shcherbakova Yuliya") >= find_words("Щербакова Юлия")
    True
    """
    return set(WORD.findall(fold(text)))


def names_guest(words, last_name, first_name):
    """How surely these words name a guest: 2 by both names, 1 by the last alone.

    >>> words = find_words("Проживание Иванов П., Smith John")
    >>> names_guest(words, "Ivanov", "Pyotr"), names_guest(words, "Smith", "John")
    (2, 2)
    >>> names_guest(words, "Smith", "Mary"), names_guest(words, "Li", "Wei")
    (1, 0)
    """
    last = find_words(last_name)
    if not last or not last <= words or max(map(len, last)) < 3:
        return 0
    first = find_words(first_name)
    if first and (first <= words or any(name[:1] in words for name in first)):
        return 2
    return 1


def find_days(text):
    """Days that a text names: (month, day, year), without year where none is said.

    >>> sorted(find_days("10.12-12.12.2026")), sorted(find_days("10-12.12.26"))
    ([(12, 10, None), (12, 12, 2026)], [(12, 10, 2026), (12, 12, 2026)])
    >>> find_days("2026-12-10"), find_days("20 мая 2027"), find_days("сумма 1234.56")
    ({(12, 10, 2026)}, {(5, 20, 2027)}, set())
    """
    text = (text or "").upper()
    days = set()
    for year, month, day in ISO.findall(text):
        _note(days, day, month, year)
    for first, last, month, year in RANGE.findall(text):
        _note(days, first, month, year)
        _note(days, last, month, year)
    for day, month, year in NUMERIC.findall(text):
        _note(days, day, month, year)
    for match in WORDED.finditer(text):
        first, last, year = match.groups()
        month = NAMED[MONTH.search(match[0])[0]]
        for day in filter(None, (first, last)):
            _note(days, day, month, year)
    return days


def _note(days, day, month, year):
    day, month = int(day), int(month)
    year = int(year) if year else None
    if year is not None and year < 100:
        year += 2000
    try:
        date(year or 2000, month, day)
    except ValueError:
        return
    days.add((month, day, year))


def names_day(days, day):
    """Whether these days have this one; a year that is not said may be any.

    >>> names_day({(12, 10, None)}, date(2026, 12, 10)), names_day(set(), None)
    (True, False)
    """
    if not day:
        return False
    known = (day.month, day.day)
    return (*known, day.year) in days or (*known, None) in days
