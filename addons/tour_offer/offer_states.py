"""The life of an offer, as data: its statuses and the moves between them.

Nothing here touches the ORM. ``tour.offer._move_to`` is the one reader that acts on it.

>>> MOVES["draft", "sent"].reason_required
False
>>> MOVES["seen", "declined"].reason_required
True
>>> ("accepted", "draft") in MOVES
False
>>> get_targets("draft")
['sent', 'cancelled']
"""

from typing import NamedTuple

# Sentinel in the context of the writes that ``_move_to`` makes. An object cannot come
# through RPC, so that nobody else can write a status.
MOVER = object()

# Code and English name, in the order of an offer's life.
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("seen", "Seen"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
STATE_CODES = tuple(code for code, _name in STATES)
# The client may answer.
OPEN = ("sent", "seen")
# Over, without a booking.
LOST = ("declined", "expired", "cancelled")

MANAGER = "tour_partner.tour_group_manager_own"
# Made by the program only: by the client's page, by the cron.
SYSTEM = "system"


class Move(NamedTuple):
    """Who may make a move, and whether he must say why."""

    right: str = MANAGER
    reason_required: bool = False


_PLAIN = Move()
_REASON = Move(reason_required=True)
_SYSTEM = Move(right=SYSTEM)

_ANSWERS = {
    "accepted": _SYSTEM,  # Together with the booking that it becomes.
    "declined": _REASON,
    "expired": _SYSTEM,
    "cancelled": _REASON,
}
_MOVES = {
    "draft": {
        "sent": _PLAIN,
        "cancelled": _PLAIN,
    },
    "sent": {"seen": _SYSTEM, **_ANSWERS},
    "seen": dict(_ANSWERS),
    # Lost offers are copied or revised; what was sent stays as it was.
}

MOVES = {
    (from_state, to_state): move
    for from_state, targets in _MOVES.items()
    for to_state, move in targets.items()
}


def get_targets(from_state: str) -> list[str]:
    """Statuses an offer in ``from_state`` may move to, in the order of its life."""
    return [code for code in STATE_CODES if (from_state, code) in MOVES]
