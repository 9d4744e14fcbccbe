"""Text into values, or a refusal that says which rule was broken.

Where a text can be read in two ways (``03/04/2015``, ``1,234``) nothing is guessed:
the user is asked, once for the file, which way is meant.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .errors import ValueRefused
from .table import BadCell

TRUE_WORDS = frozenset(
    ("1", "true", "t", "yes", "y", "x", "+", "on", "да", "истина", "д", "oui", "igen")
)
FALSE_WORDS = frozenset(
    ("0", "false", "f", "no", "n", "-", "off", "нет", "ложь", "н", "non", "nem")
)
DEFAULT_EMPTY_WORDS = ("null", "none", "n/a", "na", "#n/a", "nan")

# By their first letters: three tell them apart, in English and in Russian.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "янв"),
            ("feb", "фев"),
            ("mar", "мар"),
            ("apr", "апр"),
            ("may", "май", "мая"),
            ("jun", "июн"),
            ("jul", "июл"),
            ("aug", "авг"),
            ("sep", "сен"),
            ("oct", "окт"),
            ("nov", "ноя"),
            ("dec", "дек"),
        ),
        1,
    )
    for name in names
}
ISO_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})$")
SHORT_DATE = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})$")
WORDY_DATE = re.compile(r"(\d{1,2})[ -]([^\W\d]+)\.?,?[ -](\d{4})(?: ?г\.?)?$")
TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$")
HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?$")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$", re.ASCII)
CURRENCY_SIGNS = re.compile(r"[₽€$£]|руб\.?|р\.$|eur$|usd$|rub$", re.IGNORECASE)
SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")

YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the file writes what can be written in several ways.

    ``date_order``: "dmy", "mdy" or "" (refuse what is ambiguous);
    ``decimal_sign``: ".", "," or "" (likewise).
    """

    date_order: str = ""
    decimal_sign: str = ""
    empty_words: frozenset = frozenset(DEFAULT_EMPTY_WORDS)


def clean(cell, conventions):
    """The text of a cell without surrounding space; empty words become empty.

    >>> clean(" NULL ", Conventions()), clean("\\xa0Sochi ", Conventions())
    ('', 'Sochi')
    """
    if isinstance(cell, BadCell):
        raise ValueRefused(cell.rule)
    value = cell.strip().strip("\ufeff\u200b")
    return "" if value.lower() in conventions.empty_words else value


def to_integer(value, conventions):
    """
    >>> to_integer("12", Conventions()), to_integer("2.0", Conventions())
    (12, 2)
    >>> to_integer("2.5", Conventions())
    Traceback (most recent call last):
    ...
    engine.errors.ValueRefused: whole_number {}
    """
    number = to_number(value, conventions)
    if number != number.to_integral_value():
        raise ValueRefused("whole_number")
    return int(number)


def to_count(value, conventions):
    """A whole number from 0 on."""
    number = to_integer(value, conventions)
    if not 0 <= number <= 100_000:
        raise ValueRefused("count")
    return number


def to_number(value, conventions):
    """A number with any of the usual signs.

    >>> c = Conventions()
    >>> [str(to_number(text, c)) for text in ("1 234,56", "1,234.56", "1.234,56", "-7")]
    ['1234.56', '1234.56', '1234.56', '-7']
    >>> str(to_number("85,5 €", c)), str(to_number("1,234,567", c))
    ('85.5', '1234567')
    >>> to_number("1,234", c)
    Traceback (most recent call last):
    ...
    engine.errors.ValueRefused: number_ambiguous {}
    >>> str(to_number("1,234", Conventions(decimal_sign=",")))
    '1.234'
    """
    text = SPACES.sub("", CURRENCY_SIGNS.sub("", value.strip()))
    text = _with_point(text.rstrip("%"), conventions.decimal_sign)
    if not NUMBER.match(text) or len(text) > 30:
        raise ValueRefused("number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueRefused("number") from error


def _with_point(text, decimal_sign):
    comma, point = text.rfind(","), text.rfind(".")
    if decimal_sign:
        thousands = "." if decimal_sign == "," else ","
        return _without_thousands(text, thousands, decimal_sign)
    if comma >= 0 and point >= 0:
        signs = (".", ",") if comma > point else (",", ".")
        return _without_thousands(text, *signs)
    if comma < 0:
        return text
    if text.count(",") > 1:
        return _without_thousands(text, ",", ".")
    whole, fraction = text.split(",")
    if len(fraction) == 3 and whole.lstrip("+-") not in ("", "0"):
        raise ValueRefused("number_ambiguous")
    return text.replace(",", ".")


def _without_thousands(text, thousands, decimal_sign):
    whole, sign, fraction = text.partition(decimal_sign)
    groups = whole.lstrip("+-").split(thousands)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        raise ValueRefused("number")
    return whole.replace(thousands, "") + ("." + fraction if sign else "")


def to_coordinate(value, conventions):
    """A part of a map point: never has thousands, so a comma is a decimal sign.

    >>> str(to_coordinate("55,754", Conventions()))
    '55.754'
    """
    number = to_number(value.replace(",", "."), Conventions(decimal_sign="."))
    if abs(number) > 180:
        raise ValueRefused("coordinate")
    return number


def to_percent(value, conventions):
    """A share from 0 to 100."""
    number = to_number(value, conventions)
    if not 0 <= number <= 100:
        raise ValueRefused("percent")
    return number


def to_boolean(value, conventions):
    """
    >>> to_boolean("Да", Conventions()), to_boolean("0", Conventions())
    (True, False)
    """
    word = value.lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueRefused("boolean")


def to_date(value, conventions):
    """
    >>> c = Conventions()
    >>> {to_date(text, c) for text in ("2015-07-01", "01.07.2015", "1 July 2015")}
    {datetime.date(2015, 7, 1)}
    >>> to_date("1 июля 2015 г.", c), to_date("25/12/2015", c)
    (datetime.date(2015, 7, 1), datetime.date(2015, 12, 25))
    >>> to_date("03/04/2015", Conventions(date_order="mdy"))
    datetime.date(2015, 3, 4)
    >>> to_date("03/04/2015", c)
    Traceback (most recent call last):
    ...
    engine.errors.ValueRefused: date_ambiguous {}
    """
    text = TIME_OF_DAY.sub("", value)
    if match := ISO_DATE.match(text):
        return make_date(*map(int, match.groups()))
    if match := SHORT_DATE.match(text):
        return _short_date(match, conventions.date_order)
    if match := WORDY_DATE.match(text):
        return make_date(int(match[3]), to_month(match[2], conventions), int(match[1]))
    raise ValueRefused("date")


def _short_date(match, date_order):
    first, sign, second, year = match.groups()
    first, second, year = int(first), int(second), int(year)
    if date_order == "mdy":
        return make_date(year, first, second)
    if date_order == "dmy" or sign == "." or first == second or first > 12:
        return make_date(year, second, first)
    if second > 12:
        return make_date(year, first, second)
    raise ValueRefused("date_ambiguous")


def make_date(year, month, day):
    """A date that exists, of our times."""
    if year not in YEARS:
        raise ValueRefused("date")
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise ValueRefused("date") from error


def to_month(value, conventions):
    """
    >>> [to_month(text, Conventions()) for text in ("July", "сентябрь", "11")]
    [7, 9, 11]
    """
    if value.isdecimal():
        number = int(value)
        if 1 <= number <= 12:
            return number
    elif number := MONTHS.get(value.lower()[:3]):
        return number
    raise ValueRefused("month")


def to_year(value, conventions):
    """A year of our times."""
    number = to_integer(value, conventions)
    if number not in YEARS:
        raise ValueRefused("year")
    return number


def to_hour(value, conventions):
    """An hour of the day, as Odoo keeps it.

    >>> to_hour("14:30", Conventions()), to_hour("12", Conventions())
    (14.5, 12.0)
    """
    match = HOUR.match(value)
    if match:
        hour = int(match[1]) + int(match[2] or 0) / 60
        if hour < 24 and int(match[2] or 0) < 60:
            return hour
    raise ValueRefused("hour")


def to_text(value, conventions):
    """Text on one line."""
    return " ".join(value.split())


def to_long_text(value, conventions):
    """Text as it is."""
    return value


CONVERTERS = {
    "text": to_text,
    "long_text": to_long_text,
    "integer": to_integer,
    "count": to_count,
    "number": to_number,
    "coordinate": to_coordinate,
    "percent": to_percent,
    "boolean": to_boolean,
    "date": to_date,
    "month": to_month,
    "year": to_year,
    "hour": to_hour,
}
