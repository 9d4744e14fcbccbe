"""What is typed into an order form of the catalogue, read and checked.

Nothing here touches the ORM: a field is its kind, whether it is required, and what may
be chosen. What was typed is kept in one spelling, whatever the language:

>>> read("text", "  A window seat \\r\\n please ")
'A window seat\\n please'
>>> read("number", "1 234,50"), read("number", "-3"), read("number", "1e2")
('1234.5', '-3', '100')
>>> read("date", "2026-05-09"), read("time", "7:05"), read("checkbox", "1")
('2026-05-09', '07:05', True)
>>> read("choice", "Vegan", options=["None", "Vegan"])
'Vegan'

What makes no sense is refused by a code, which the caller words:

>>> def fault(*args, **kwargs):
...     try:
...         return read(*args, **kwargs)
...     except Fault as error:
...         return error.code
>>> fault("number", "many"), fault("number", "NaN"), fault("number", "9" * 30)
('number', 'number', 'number')
>>> fault("date", "2026-02-30"), fault("date", "9999-99"), fault("time", "25:00")
('date', 'date', 'time')
>>> fault("choice", "Beef", options=["None", "Vegan"]), fault("text", "x" * 2001)
('choice', 'long')
>>> fault("text", " ", required=True), fault("checkbox", "", required=True)
('required', 'ticked')

What was left empty is no answer; signs that no text has are left out:

>>> read("text", ""), read("number", None), read("checkbox", None)
('', '', False)
>>> read("text", "a\\0b\\ud800"), read("text", ["a"])
('ab', '')
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

KINDS = [
    ("text", "Text"),
    ("number", "Number"),
    ("date", "Date"),
    ("time", "Time"),
    ("choice", "Choice"),
    ("checkbox", "Checkbox"),
    ("file", "File"),
]
MAX_TEXT = 2000
# Numbers have so many digits at most; years are of these centuries.
MAX_DIGITS = 15
YEARS = range(1900, 2201)

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_NO_SIGN = re.compile("[\0\ud800-\udfff]")


class Fault(ValueError):
    """What was typed cannot be taken; ``code`` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def clean(value: object) -> str:
    """What came from a form as a text that the database can keep.

    >>> clean(None), clean(5), clean(" a\\r\\nb\\0 ")
    ('', '', 'a\\nb')
    """
    if not isinstance(value, str):
        return ""
    return _NO_SIGN.sub("", value).replace("\r\n", "\n").strip().replace(" \n", "\n")


def split_options(text: str | None) -> list[str]:
    """What may be chosen: a line each, each once.

    >>> split_options(" None \\n\\nVegan\\nNone"), split_options(None)
    (['None', 'Vegan'], [])
    """
    lines = (clean(line) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def read(kind: str, value: object, required: bool = False, options: list[str] = ()):
    """The answer to a field, in the spelling in which it is kept.

    :param kind: one of `KINDS`, but for files
    :raise Fault: if it cannot be taken
    """
    text = clean(value)
    if kind == "checkbox":
        if required and not text:
            raise Fault("ticked")
        return bool(text)
    if not text:
        if required:
            raise Fault("required")
        return ""
    if len(text) > MAX_TEXT:
        raise Fault("long")
    if kind == "choice":
        if text not in options:
            raise Fault("choice")
        return text
    return _READERS.get(kind, str)(text)


def read_number(text: str) -> str:
    try:
        number = Decimal(re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", "."))
    except InvalidOperation:
        raise Fault("number") from None
    if not number.is_finite() or number.adjusted() >= MAX_DIGITS:
        raise Fault("number")
    plain = f"{round(number, 6):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def read_date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Fault("date") from None
    if day.year not in YEARS:
        raise Fault("date")
    return day.isoformat()


def read_time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Fault("time")
    return f"{int(found[1]):02d}:{found[2]}"


def to_hour(text: str) -> float:
    """The hour of a time, as services keep it.

    >>> to_hour("07:30"), to_hour("")
    (7.5, 0.0)
    """
    if not text:
        return 0.0
    hours, minutes = text.split(":")
    return int(hours) + int(minutes) / 60


_READERS = {"number": read_number, "date": read_date, "time": read_time}
