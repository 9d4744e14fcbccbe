"""The life of a request to change or cancel a booking, as data.

Nothing here touches the ORM; ``tour.change._move_to`` is the one that acts on it.

A request is asked by the client (or by staff in his name) or by a supplier, who
regularises what he charges. Its price is shown before anybody agrees to it, the
supplier and the client are asked where that is needed, and in the end it is applied,
refused or withdrawn.

>>> MOVES["priced", "applied"].right == MANAGER
True
>>> MOVES["asked", "refused"].reason_required
True
>>> get_targets("with_client")
['priced', 'applied', 'refused', 'withdrawn']
>>> get_targets("with_client", by_client=True)
['applied', 'withdrawn']
>>> get_targets("applied")
[]
"""

from typing import NamedTuple

# Sentinels in the context; objects cannot come through RPC.
MOVER = object()  # The mover and the calculator write what nobody else may.
DRY_RUN = object()  # What is done now is taken back: nobody is told of it.
AGREED = object()  # The client has accepted exactly this: he is not asked again.

STATES = [
    ("asked", "Asked"),
    ("priced", "Priced"),
    ("with_supplier", "With the supplier"),
    ("with_client", "With the client"),
    ("applied", "Applied"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
STATE_CODES = tuple(code for code, _name in STATES)
OPEN = ("asked", "priced", "with_supplier", "with_client")
# In these the staff may still work at what is proposed.
EDITABLE = ("asked", "priced", "with_supplier")

MANAGER = "tour_partner.tour_group_manager_own"


class Move(NamedTuple):
    """Who may make a move, and whether he must say why."""

    right: str = MANAGER
    reason_required: bool = False
    # The client may make it too, through the methods of his booking.
    by_client: bool = False


_PLAIN = Move()
_REASON = Move(reason_required=True)
_ALSO_CLIENT = Move(by_client=True)

_MOVES = {
    "asked": {
        "priced": _PLAIN,
        "with_supplier": _PLAIN,
        "refused": _REASON,
        "withdrawn": _ALSO_CLIENT,
    },
    "priced": {
        "with_supplier": _PLAIN,
        "with_client": _PLAIN,
        "applied": _PLAIN,
        "refused": _REASON,
        "withdrawn": _ALSO_CLIENT,
    },
    "with_supplier": {
        "priced": _PLAIN,  # He answered.
        "refused": _REASON,
        "withdrawn": _ALSO_CLIENT,
    },
    "with_client": {
        "priced": _PLAIN,  # What he was shown holds no more, or is taken back.
        "applied": _ALSO_CLIENT,
        "refused": _REASON,
        "withdrawn": _ALSO_CLIENT,  # He declines.
    },
    "refused": {
        "asked": _REASON,  # It is tried again.
    },
    "applied": {},
    "withdrawn": {},
}

MOVES = {
    (from_state, to_state): move
    for from_state, targets in _MOVES.items()
    for to_state, move in targets.items()
}


def get_targets(from_state: str, by_client: bool = False) -> list[str]:
    """States a request in ``from_state`` may move to, in the order of its life."""
    return [
        code
        for code in STATE_CODES
        if (move := MOVES.get((from_state, code))) and (move.by_client or not by_client)
    ]
