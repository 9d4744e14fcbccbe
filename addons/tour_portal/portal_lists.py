"""Which bookings a client's lists show, and where a page of them ends, as plain data.

Nothing here touches the ORM.

>>> get_scopes(False, False), get_scopes(True, False), get_scopes(True, True)
(('working',), ('working', 'finished'), ('archive',))
>>> "reposting" in SCOPES["finished"]
True
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from odoo.addons.tour_booking.booking_states import FINISHED, OPEN

# What staff do once more with a booking that is done, is done for its client.
_DONE_FOR_CLIENT = ("reposting",)
SCOPES = {
    "working": tuple(code for code in OPEN if code not in _DONE_FOR_CLIENT),
    "finished": (*FINISHED, *_DONE_FOR_CLIENT),
    "archive": ("archive",),
}
SORTS = ("unread", "newest", "oldest")
PAGE_SIZE = 20

_KEY = re.compile(r"([nr])(\d{1,16})-(\d{1,10})")
_EPOCH = datetime(1970, 1, 1)
_MAX_ID = 2**31 - 1
# The year 9000, and so no overflow.
_MAX_SECONDS = 221_845_392_000


def get_scopes(finished: bool, archive: bool) -> tuple[str, ...]:
    """The scopes that a list shows; the archive is looked at by itself."""
    if archive:
        return ("archive",)
    return ("working", "finished") if finished else ("working",)


class Key(NamedTuple):
    """Where a page ends: the last booking on it.

    ``news`` says that it was among those with news, which come first when the list is
    sorted by them; ``moment`` is then since when it has news, else when it was made.
    """

    news: bool
    moment: datetime
    order_id: int

    def __str__(self):
        """The key as it stands in an address, exact to the microsecond.

        >>> key = Key(True, datetime(2026, 6, 1, 12, 30, 0, 5), 17)
        >>> str(key), parse_key(str(key)) == key
        ('n1780317000000005-17', True)
        """
        since = self.moment - _EPOCH
        micro = (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds
        return f"{'n' if self.news else 'r'}{max(micro, 0)}-{self.order_id}"


def parse_key(text: str) -> Key | None:
    """The key that an address holds; None if it holds none.

    >>> parse_key("r0-1").moment
    datetime.datetime(1970, 1, 1, 0, 0)
    >>> parse_key("x1-1"), parse_key("r1-9999999999"), parse_key("r-5-1")
    (None, None, None)
    """
    match = _KEY.fullmatch(text or "")
    if not match:
        return None
    micro, order_id = int(match[2]), int(match[3])
    if order_id > _MAX_ID or micro > _MAX_SECONDS * 1_000_000:
        return None
    seconds, micro = divmod(micro, 1_000_000)
    moment = _EPOCH + timedelta(seconds=seconds, microseconds=micro)
    return Key(match[1] == "n", moment, order_id)


class Memo:
    """What was found out about the user in a request, so that it is asked once.

    It is handed down in the context, as an object: none can come through RPC.
    """

    __slots__ = ("ahead", "companies", "seen", "waiting")

    def __init__(self):
        # Bookings to be asked about when the rules are asked next.
        self.ahead: set[int] = set()
        # Ids of companies by the client's, and whether who sees which booking.
        self.companies: dict[int, list[int]] = {}
        self.seen: dict[tuple[int, int], bool] = {}
        # What waits for him, by how much of it was asked for.
        self.waiting: dict[int, dict[str, list[int]]] = {}


_WORDS = re.compile(r"%[^dmyYjeHIMS%.,/ -]")


def day_writer(pattern: str) -> Callable[[date], str] | None:
    """A function that writes days by a pattern of `strftime`; None if it has words,
    which depend on the language.

    >>> day_writer("%d.%m.%Y")(date(2026, 6, 1))
    '01.06.2026'
    >>> day_writer("%d %B %Y") is None
    True
    """
    if _WORDS.search(pattern):
        return None
    return lambda day: day.strftime(pattern)
