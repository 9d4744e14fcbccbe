"""The lives of a reposting and of an overpayment, as data.

Nothing here touches the ORM: ``tour.reposting._finish`` and
``tour.overpayment._move_to`` are the readers that act on it.

>>> get_targets("open")
['letter_sent', 'closed_payment', 'closed_setoff', 'written_off', 'nothing']
>>> MOVES["open", "written_off"].reason_required
True
>>> ("closed_payment", "letter_sent") in MOVES
False
"""

from typing import NamedTuple

# Sentinel in the context of the writes that the movers make. An object cannot come
# through RPC, so that nobody else writes a status or what goes with it.
MOVER = object()

REPOSTING_STATES = [("open", "Open"), ("finished", "Finished")]

OVERPAYMENT_STATES = [
    ("open", "Open"),
    ("letter_sent", "Letter sent"),
    ("closed_payment", "Closed by payment"),
    ("closed_setoff", "Closed by set-off"),
    ("written_off", "Written off"),
    ("nothing", "Nothing owed any more"),
]
OVERPAYMENT_CODES = tuple(code for code, _name in OVERPAYMENT_STATES)
# In which the supplier has to give something back.
OWED = ("open", "letter_sent")
# In which a change of the service changes the overpayment, instead of making another.
FOLLOWED = (*OWED, "nothing")
# In which the matter is at an end.
CLOSED = ("closed_payment", "closed_setoff", "written_off")

MANAGER = "tour_partner.tour_group_manager_own"
ACCOUNTANT = "tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"
# Made by the change of the booking itself, never by a button.
SYSTEM = "system"


class Move(NamedTuple):
    """Which roles may make a move, and whether they must say why."""

    rights: tuple[str, ...]
    reason_required: bool = False


_ANYBODY = Move((MANAGER, ACCOUNTANT))
_MONEY = Move((ACCOUNTANT, HEAD))
_HEAD_REASON = Move((HEAD,), reason_required=True)
_MONEY_REASON = Move((ACCOUNTANT, HEAD), reason_required=True)
_SYSTEM = Move((SYSTEM,))

_CLOSING = {
    "closed_payment": _MONEY,
    "closed_setoff": _MONEY,
    "written_off": _HEAD_REASON,
    "nothing": _SYSTEM,
}
_MOVES = {
    "open": {"letter_sent": _ANYBODY, **_CLOSING},
    # Back to open when the amount changes: the letter that was sent is wrong then.
    "letter_sent": {"open": _SYSTEM, **_CLOSING},
    "nothing": {"open": _SYSTEM},
    # Closed by mistake.
    "closed_payment": {"open": _MONEY_REASON},
    "closed_setoff": {"open": _MONEY_REASON},
    "written_off": {"open": _HEAD_REASON},
}

MOVES = {
    (from_state, to_state): move
    for from_state, targets in _MOVES.items()
    for to_state, move in targets.items()
}


def get_targets(from_state: str) -> list[str]:
    """Statuses an overpayment in ``from_state`` may move to, in the order of life."""
    return [code for code in OVERPAYMENT_CODES if (from_state, code) in MOVES]
