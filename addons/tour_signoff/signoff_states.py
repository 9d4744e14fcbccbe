"""The life of a statement put before a client, and of each of its lines, as data.

Nothing here touches the ORM: ``tour.signoff._move_to`` and
``tour.signoff.line._move_lines`` are the readers that act on it.

>>> ("signed", "disputed") in MOVES, ("waiting", "signed") in MOVES
(False, True)
>>> LINE_MOVES["open", "disputed"].text_required
True

A line that is disputed is answered by staff, and then by the client once more:

>>> sorted(to for start, to in LINE_MOVES if start == "explained")
['agreed', 'disputed']
>>> LINE_MOVES["disputed", "explained"].by_client
False

What is signed is the text of it, to the last kopeck:

>>> row = Frozen("2026-06-01", "INV/1", "T1", Decimal("100.10"), 0, Decimal("100.10"))
>>> one = digest(("SO/1", "EUR"), 0, [row], 2)
>>> one == digest(("SO/1", "EUR"), 0.0, [row._replace(debit=100.1)], 2)
True
>>> one == digest(("SO/1", "EUR"), 0, [row._replace(debit=100.11)], 2)
False
>>> len(one)
64
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

# Sentinel in the context of the writes that the acts make. An object cannot come
# through RPC, so that nobody else writes a status, or what was put before a client.
MOVER = object()

ACCOUNTANT = "tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"
MONEY = (ACCOUNTANT, HEAD)

STATES = [
    ("waiting", "Waiting for the client"),
    ("disputed", "Disputed"),
    ("signed", "Signed"),
    # As `signed`, after what was disputed had been answered.
    ("settled", "Settled and signed"),
    ("withdrawn", "Withdrawn"),
]
# In which lines are answered.
OPEN = ("waiting", "disputed")
SIGNED = ("signed", "settled")

LINE_STATES = [
    ("open", "Not answered"),
    ("agreed", "Agreed"),
    ("disputed", "Disputed"),
    ("explained", "Explained"),
    ("corrected", "Corrected"),
]
# What staff say of a disputed line; then it is the client's turn.
ANSWERS = ("explained", "corrected")


class Move(NamedTuple):
    """Whose move it is, and whether he must say something."""

    by_client: bool = False
    by_staff: bool = False
    text_required: bool = False


_CLIENT = Move(by_client=True)
_CLIENT_SAYS = Move(by_client=True, text_required=True)
_STAFF_SAYS = Move(by_staff=True, text_required=True)

MOVES = {
    ("waiting", "disputed"): _CLIENT,
    # The last dispute was answered, or taken back.
    ("disputed", "waiting"): Move(by_client=True, by_staff=True),
    ("waiting", "signed"): _CLIENT,
    ("waiting", "settled"): _CLIENT,
    ("waiting", "withdrawn"): _STAFF_SAYS,
    ("disputed", "withdrawn"): _STAFF_SAYS,
}
LINE_MOVES = {
    ("open", "agreed"): _CLIENT,
    ("open", "disputed"): _CLIENT_SAYS,
    # Until it is signed he may think again.
    ("agreed", "disputed"): _CLIENT_SAYS,
    ("disputed", "agreed"): _CLIENT,
    ("disputed", "disputed"): _CLIENT_SAYS,
    ("disputed", "explained"): _STAFF_SAYS,
    ("disputed", "corrected"): _STAFF_SAYS,
    ("explained", "agreed"): _CLIENT,
    ("explained", "disputed"): _CLIENT_SAYS,
    ("corrected", "agreed"): _CLIENT,
    ("corrected", "disputed"): _CLIENT_SAYS,
}


class Frozen(NamedTuple):
    """A line as it was put before the client."""

    day: str
    document: str
    booking: str
    debit: Decimal | float
    credit: Decimal | float
    balance: Decimal | float


def digest(head: tuple, opening, rows: Iterable[Frozen], digits: int) -> str:
    """The SHA-256 of all that the client signs.

    :param head: what the statement is: its number, currency, period
    :param opening: the opening balance
    :param digits: decimal places of the currency
    """

    def money(amount):
        # A balance of nothing has no sign.
        return f"{amount:.{digits}f}".replace("-0." + "0" * digits, "0." + "0" * digits)

    sha = sha256()
    lines = ((*row[:3], *map(money, row[3:])) for row in rows)
    for part in chain([(*head, money(opening))], lines):
        sha.update(json.dumps(part, ensure_ascii=False).encode())
        sha.update(b"\n")
    return sha.hexdigest()
