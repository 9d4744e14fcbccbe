"""The life of a request for registration, and of a usage agreement, as data.

Nothing here touches the ORM: ``tour.registration._move_to`` and
``tour.usage.agreement.action_publish`` are the readers that act.

>>> get_targets("new"), get_targets("approved")
(['approved', 'rejected'], [])
>>> MOVES["new", "rejected"].reason_required
True
"""

from typing import NamedTuple

# Sentinel in the context of the writes that the movers make. An object cannot come
# through RPC, so that nobody else writes a status.
MOVER = object()

STATES = [
    ("new", "New"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
]
AGREEMENT_STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("replaced", "Replaced"),
]

APPROVER = "tour_registration.tour_group_right_registration"


class Move(NamedTuple):
    """Who may make a move, and whether he must say why."""

    right: str = APPROVER
    reason_required: bool = False


MOVES = {
    ("new", "approved"): Move(),
    ("new", "rejected"): Move(reason_required=True),
}


def get_targets(from_state: str) -> list[str]:
    """Statuses a request in ``from_state`` may move to, in the order of life."""
    return [code for code, _name in STATES if (from_state, code) in MOVES]
