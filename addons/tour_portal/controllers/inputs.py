"""What comes in with addresses and forms, read so that nothing of it can do harm."""

import re
from datetime import date

from odoo.http import request

MAX_TEXT = 200
# Days beyond these are typing errors.
FIRST_YEAR, LAST_YEAR = 1990, 2200

_UNSAFE = re.compile(r"[\x00\ud800-\udfff]")


def read_text(name, source=None, size=MAX_TEXT):
    """A text without what the database keeps in none; empty if it was not sent."""
    if source is None:
        source = request.httprequest.args
    return _UNSAFE.sub("", source.get(name) or "").strip()[:size]


def read_day(text):
    """The day that was chosen, None if it is no day.

    >>> read_day("2026-06-01"), read_day("2026-02-30"), read_day("0001-01-01")
    (datetime.date(2026, 6, 1), None, None)
    >>> read_day("20260601"), read_day("x")
    (None, None)
    """
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_number(text):
    """The id that was chosen; 0, which is none, if it is no number of ours."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text or "") else 0
