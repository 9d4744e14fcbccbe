"""What guests send by their page: read, checked, and told apart good from bad.

No records here: the page's fields go in, clean values and codes of faults come out, so
that what is right can be kept while the rest is asked for again.
"""

import re
import unicodedata
from datetime import date

NAMES = ("last_name", "first_name", "middle_name")
# Without these a guest's data are not complete.
REQUIRED = ("last_name", "first_name", "birth_date", "document_number", "nationality")
MAX_NAME = 60
MAX_TEXT = 200
MAX_AGE = 120
DOCUMENT = re.compile(r"[\w][\w /.№-]{2,29}")
NAME = re.compile(r"[^\W\d_][\w '’`.()-]*")
DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
)


class FormError(Exception):
    """A value that can't be taken; its ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read(form, keys, today):
    """Clean values and faults of one guest.

    :param form: {field: text as it was sent}
    :param keys: {field: kind}, the fields asked for: ``name``, ``date``, ``birth``,
        ``document``, ``country``, ``text``, ``integer``, ``float``, ``boolean`` or
        the set of keys that may be chosen
    :return: values by field, empty ones left out, and codes of faults by field

    >>> read({"last_name": " Ivanov ", "birth_date": "31.02.1980"},
    ...      {"last_name": "name", "birth_date": "birth"}, date(2026, 1, 1))
    ({'last_name': 'Ivanov'}, {'birth_date': 'date'})
    """
    values, faults = {}, {}
    for name, kind in keys.items():
        text = tidy(form.get(name))
        if not text:
            continue
        try:
            values[name] = READERS["choice" if isinstance(kind, set) else kind](
                text, kind, today
            )
        except FormError as error:
            faults[name] = error.code
    return values, faults


def tidy(text):
    r"""One line of text in its usual form, without what is not seen.

    >>> tidy("  Ivanov\t\u200bPetr \x00 ")
    'Ivanov Petr'
    >>> tidy(None), tidy(5)
    ('', '')
    """
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFC", text[:1000])
    text = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(text.split())


def read_tags(form, name, keys):
    """Those of ``keys`` whose boxes were ticked, each of which is a field of its own.

    >>> read_tags({"x-diet.b": "yes", "x-diet.z": "yes"}, "x-diet", ["a", "b"])
    ['b']
    """
    return [key for key in keys if tidy(form.get(f"{name}.{key}")) == "yes"]


def read_name(text, _kind, _today):
    """
    >>> read_name("O’Brien-Петров (мл.)", None, None)
    'O’Brien-Петров (мл.)'
    """
    if len(text) > MAX_NAME:
        raise FormError("long")
    if not NAME.fullmatch(text):
        raise FormError("name")
    return text


def read_date(text, _kind, _today):
    """
    >>> read_date("1980-03-04", None, None), read_date("4.3.1980", None, None)
    (datetime.date(1980, 3, 4), datetime.date(1980, 3, 4))
    """
    for pattern in DATES:
        if match := pattern.fullmatch(text):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
    raise FormError("date")


def read_birth(text, kind, today):
    """A day of birth is neither to come nor too long ago.

    >>> read({"day": "2030-01-01"}, {"day": "birth"}, date(2026, 1, 1))
    ({}, {'day': 'birth'})
    """
    birth = read_date(text, kind, today)
    if birth > today or birth.year < today.year - MAX_AGE:
        raise FormError("birth")
    return birth


def read_document(text, _kind, _today):
    """
    >>> read_document("45 09 № 123456", None, None)
    '45 09 № 123456'
    """
    if not DOCUMENT.fullmatch(text) or not any(map(str.isdigit, text)):
        raise FormError("document")
    return text.upper()


def read_country(text, _kind, _today):
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise FormError("choice")
    return text


def read_text(text, _kind, _today):
    if len(text) > MAX_TEXT:
        raise FormError("long")
    return text


def read_integer(text, _kind, _today):
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise FormError("number")
    return int(text)


def read_float(text, _kind, _today):
    """
    >>> read_float("1 234,5", None, None)
    1234.5
    """
    text = text.replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        raise FormError("number")
    return float(text)


def read_boolean(text, _kind, _today):
    if text not in ("yes", "no"):
        raise FormError("choice")
    return text == "yes"


def read_choice(text, kind, _today):
    if text not in kind:
        raise FormError("choice")
    return text


READERS = {
    "name": read_name,
    "date": read_date,
    "birth": read_birth,
    "document": read_document,
    "country": read_country,
    "text": read_text,
    "integer": read_integer,
    "float": read_float,
    "boolean": read_boolean,
    "choice": read_choice,
}
