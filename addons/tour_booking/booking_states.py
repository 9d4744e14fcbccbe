"""The life of a booking, as data: its statuses and the moves between them.

Nothing here touches the ORM. ``sale.order._move_to`` is the one reader that acts on it.

A move names the right of the one who makes it and whether a reason must be given.
What else must hold (an invoice paid, a file attached …) is checked by the
``_check_move_<state>`` method of the target status.

>>> MOVES["new", "accepted"].reason_required
False
>>> MOVES["booked", "cancelled"].reason_required
True
>>> ("new", "done") in MOVES
False
>>> get_targets("done")
['booked', 'reposting', 'archive']

What the suite itself moves has pairs of its own: nobody may make them by a button.

>>> ("new", "changed") in MOVES, ("new", "changed") in SYSTEM_MOVES
(False, True)
"""

from typing import NamedTuple

# Sentinel in the context of the writes that ``_move_to`` makes. An object cannot come
# through RPC, so that nobody else can write a status.
MOVER = object()

# Code and English name, in the order of a booking's life.
STATES = [
    ("new", "New"),
    ("accepted", "Accepted"),
    ("awaiting_client", "Awaiting the client"),
    ("client_confirmed", "Confirmed by client"),
    ("confirmed", "Confirmed to client"),
    ("booked", "Booked"),
    ("changed", "Changed"),
    ("cancelled", "Cancelled"),
    ("cancelled_penalty", "Cancelled with penalty"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("reposting", "Reposting"),
    ("archive", "Archive"),
]
STATE_CODES = tuple(code for code, _name in STATES)

# Odoo's own status of the order that each of ours goes with; the first is what a move
# writes unless the order is in one of the others already.
ORDER_STATES = {
    "new": ("draft", "sent"),
    "accepted": ("draft", "sent"),
    "awaiting_client": ("draft", "sent"),
    "client_confirmed": ("draft", "sent"),
    "confirmed": ("sale",),
    "booked": ("sale",),
    "changed": ("draft", "sent", "sale"),
    "cancelled": ("cancel",),
    "cancelled_penalty": ("sale",),
    "done": ("sale",),
    "refused": ("cancel",),
    "reposting": ("sale",),
    "archive": ("sale", "cancel"),
}

# Statuses in which the booking is over, and may be archived after a while.
FINISHED = ("done", "cancelled", "cancelled_penalty", "refused")
# Statuses in which a manager still has work with the booking.
OPEN = tuple(code for code in STATE_CODES if code not in (*FINISHED, "archive"))
# Until here the client's phone is not shown to staff.
PHONE_HIDDEN = ("new", "awaiting_client")

MANAGER = "tour_partner.tour_group_manager_own"
HEAD = "tour_partner.tour_group_head"


class Move(NamedTuple):
    """Who may make a move, and whether he must say why."""

    right: str = MANAGER
    reason_required: bool = False


_PLAIN = Move()
_REASON = Move(reason_required=True)
_HEAD = Move(right=HEAD)
_HEAD_REASON = Move(right=HEAD, reason_required=True)

_MOVES = {
    "new": {
        "accepted": _PLAIN,
        "awaiting_client": _PLAIN,
        "cancelled": _REASON,
        "refused": _REASON,
    },
    "accepted": {
        "awaiting_client": _PLAIN,
        "confirmed": _PLAIN,
        "booked": _PLAIN,
        "changed": _PLAIN,
        "cancelled": _REASON,
        "cancelled_penalty": _REASON,
        "refused": _REASON,
    },
    "awaiting_client": {
        "accepted": _REASON,  # The question to the client is withdrawn.
        "client_confirmed": _PLAIN,
        "cancelled": _REASON,
        "refused": _REASON,
    },
    "client_confirmed": {
        "accepted": _PLAIN,
        "awaiting_client": _PLAIN,
        "confirmed": _PLAIN,
        "booked": _PLAIN,
        "changed": _PLAIN,
        "cancelled": _REASON,
        "cancelled_penalty": _REASON,
        "refused": _REASON,
    },
    "confirmed": {
        "accepted": _REASON,  # The hotel took its word back.
        "booked": _PLAIN,
        "changed": _PLAIN,
        "cancelled": _REASON,
        "cancelled_penalty": _REASON,
        "refused": _REASON,
    },
    "booked": {
        "confirmed": _REASON,  # The written confirmation was withdrawn.
        "changed": _PLAIN,
        "cancelled": _REASON,
        "cancelled_penalty": _REASON,
        "done": _PLAIN,
        "refused": _REASON,
    },
    "changed": {
        # Back to where the booking was when it was changed, and only there.
        "accepted": _REASON,
        "client_confirmed": _REASON,
        "confirmed": _REASON,
        "booked": _REASON,
        "cancelled": _REASON,
    },
    "cancelled": {
        "accepted": _REASON,
        "cancelled_penalty": _REASON,
        "archive": _HEAD,
    },
    "cancelled_penalty": {
        "cancelled": _HEAD_REASON,
        "archive": _HEAD,
    },
    "done": {
        "booked": _HEAD_REASON,  # It was closed by mistake.
        "reposting": _PLAIN,
        "archive": _HEAD,
    },
    "refused": {
        "accepted": _REASON,  # Another hotel is tried.
        "cancelled": _REASON,
        "archive": _HEAD,
    },
    "reposting": {
        "done": _PLAIN,
    },
    "archive": {
        "cancelled": _HEAD_REASON,
        "done": _HEAD_REASON,
    },
}

MOVES = {
    (from_state, to_state): move
    for from_state, targets in _MOVES.items()
    for to_state, move in targets.items()
}

# Statuses that the suite itself makes Changed, and brings back to what they were.
CHANGEABLE = (
    "new",
    "accepted",
    "awaiting_client",
    "client_confirmed",
    "confirmed",
    "booked",
)
# Moves that `sale.order._move_by_system` makes beside the ones above; see there.
SYSTEM_MOVES = frozenset(
    pair for code in CHANGEABLE for pair in ((code, "changed"), ("changed", code))
)


def get_targets(from_state: str) -> list[str]:
    """Statuses a booking in ``from_state`` may move to, in the order of its life."""
    return [code for code in STATE_CODES if (from_state, code) in MOVES]
