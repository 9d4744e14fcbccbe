"""The life of a contract with a client, as data: its statuses and moves.

Nothing here touches the ORM. ``tour.contract._move_to`` is the one reader that acts.

>>> MOVES["draft", "sent"].reason_required
False
>>> MOVES["in_force", "terminated"].reason_required
True
>>> ("draft", "in_force") in MOVES
False
>>> get_targets("sent")
['draft', 'signed_us', 'signed_client', 'terminated']
>>> get_signed_state("us", other_signed=False)
'signed_us'
>>> get_signed_state("client", other_signed=True)
'signed'
"""

from typing import NamedTuple

# Sentinel in the context of the writes that ``_move_to`` makes. An object cannot come
# through RPC, so that nobody else can write a status.
MOVER = object()

# Code and English name, in the order of a contract's life.
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("signed_us", "Signed by us"),
    ("signed_client", "Signed by client"),
    ("signed", "Signed by both"),
    ("in_force", "In force"),
    ("expired", "Expired"),
    ("terminated", "Terminated"),
]
STATE_CODES = tuple(code for code, _name in STATES)
# Statuses in which nobody has signed: the terms may still be written.
OPEN = ("draft", "sent")
# Both have signed; the dates decide which of these it is.
DATED = ("signed", "in_force", "expired")
# Statuses that a person gets to by saying who signed.
SIGNINGS = ("signed_us", "signed_client")
SIDES = ("us", "client")

# Who keeps contracts; one of the groups is enough.
KEEPER = "tour_partner.tour_group_head,tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"
# Made by the mover itself only: what follows from signatures and dates.
SYSTEM = "system"


class Move(NamedTuple):
    """Who may make a move, and whether he must say why."""

    right: str = KEEPER
    reason_required: bool = False


_PLAIN = Move()
_REASON = Move(reason_required=True)
_HEAD_REASON = Move(right=HEAD, reason_required=True)
_SYSTEM = Move(right=SYSTEM)

_MOVES = {
    "draft": {
        "sent": _PLAIN,
        "signed_us": _PLAIN,
        "signed_client": _PLAIN,
    },
    "sent": {
        "draft": _PLAIN,  # The client wants other terms.
        "signed_us": _PLAIN,
        "signed_client": _PLAIN,
        "terminated": _REASON,
    },
    "signed_us": {
        "draft": _REASON,  # The signature is withdrawn.
        "signed": _PLAIN,
        "terminated": _REASON,
    },
    "signed_client": {
        "draft": _REASON,
        "signed": _PLAIN,
        "terminated": _REASON,
    },
    "signed": {
        "in_force": _SYSTEM,
        "expired": _SYSTEM,
        "terminated": _REASON,
    },
    "in_force": {
        "expired": _SYSTEM,
        "terminated": _REASON,
    },
    "expired": {
        "in_force": _SYSTEM,  # It was prolonged.
        "terminated": _REASON,
    },
    "terminated": {
        "draft": _HEAD_REASON,  # It was terminated by mistake.
    },
}

MOVES = {
    (from_state, to_state): move
    for from_state, targets in _MOVES.items()
    for to_state, move in targets.items()
}


def get_targets(from_state: str) -> list[str]:
    """Statuses that a contract in ``from_state`` may move to, in order of its life."""
    return [code for code in STATE_CODES if (from_state, code) in MOVES]


def get_signed_state(side: str, other_signed: bool) -> str:
    """The status that the signature of ``side`` leads to."""
    return "signed" if other_signed else f"signed_{side}"
