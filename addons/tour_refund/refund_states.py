"""The life of a refund, as data, and how it is divided among the client's payments.

Nothing here touches the ORM: ``tour.refund._move_to`` is the one reader that acts on
the moves.

>>> get_targets("asked")
['approved', 'rejected']
>>> MOVES["asked", "rejected"].reason_required
True

What a provider said too late is still true; what was rejected stays so:

>>> ("failed", "done") in MOVES, ("rejected", "approved") in MOVES
(True, False)

The latest payment goes back first:

>>> split(Decimal("80"), [Source(1, Decimal("30")), Source(2, Decimal("70"))])
[(2, Decimal('70')), (1, Decimal('10'))]
>>> split(Decimal("101"), [Source(1, Decimal("30")), Source(2, Decimal("70"))])
[]

A provider that knows whole refunds only is asked for nothing less:

>>> split(Decimal("20"), [Source(1, Decimal("30"), whole=True)])
[]
>>> split(Decimal("30"), [Source(1, Decimal("30"), whole=True)])
[(1, Decimal('30'))]
>>> split(Decimal("20"), [Source(1, Decimal("50")), Source(2, Decimal("30"), True)])
[(1, Decimal('20'))]

How the parts that providers were asked for came out, together:

>>> outcome(["done", "done"]), outcome(["done", "pending"]), outcome(["error", "done"])
('done', '', 'failed')
"""

from decimal import Decimal
from typing import NamedTuple

# Sentinel in the context of the writes that the mover makes. An object cannot come
# through RPC, so that nobody else writes a status.
MOVER = object()

STATES = [
    ("asked", "Asked for"),
    ("approved", "Approved"),
    ("waiting", "Waiting for the provider"),
    ("done", "Refunded"),
    ("rejected", "Rejected"),
    ("failed", "Failed"),
]
# In which money is on its way back.
UNDER_WAY = ("approved", "waiting")
# In which it went back, or may have.
GIVEN = (*UNDER_WAY, "done")
# How it may end; the client is told of the first two.
ENDED = ("done", "rejected", "failed")

ACCOUNTANT = "tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"
MONEY = (ACCOUNTANT, HEAD)
# Made by what the provider says, never by a button.
SYSTEM = "system"


class Move(NamedTuple):
    """Which roles may make a move, and whether they must say why."""

    rights: tuple[str, ...]
    reason_required: bool = False


_SYSTEM = Move((SYSTEM,))

MOVES = {
    ("asked", "approved"): Move(MONEY),
    ("asked", "rejected"): Move(MONEY, reason_required=True),
    # By hand the money goes at once.
    ("approved", "done"): _SYSTEM,
    ("approved", "waiting"): _SYSTEM,
    ("approved", "failed"): _SYSTEM,
    ("waiting", "done"): _SYSTEM,
    ("waiting", "failed"): _SYSTEM,
    # The provider's notice came after somebody had given it up.
    ("failed", "done"): _SYSTEM,
}


def get_targets(from_state: str) -> list[str]:
    """Statuses a refund in ``from_state`` may move to, in the order of life."""
    return [code for code, _name in STATES if (from_state, code) in MOVES]


class Source(NamedTuple):
    """A payment that money can go back to."""

    key: int
    left: Decimal
    # The provider refunds all of it, or nothing.
    whole: bool = False


def split(amount: Decimal, sources: list[Source]) -> list[tuple[int, Decimal]]:
    """Divide among the payments, the latest first; nothing if they do not suffice."""
    parts = []
    for source in reversed(sources):
        part = min(amount, source.left)
        if part <= 0 or (source.whole and part < source.left):
            continue
        parts.append((source.key, part))
        amount -= part
    return [] if amount else parts


def outcome(states: list[str]) -> str:
    """What the states of the parts' transactions make of the refund; '' not yet."""
    if any(state in ("draft", "pending", "authorized") for state in states):
        return ""
    return "done" if all(state == "done" for state in states) else "failed"
