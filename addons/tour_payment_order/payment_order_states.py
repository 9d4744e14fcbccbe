"""The lives of a payment order and of the file it came in, as data.

Nothing here touches the ORM: ``tour.payment.order._move_to`` is the reader that acts
on it. A file has no moves of people but one: to be read again.

>>> get_targets("waiting")
['attached', 'set_aside']
>>> MOVES["waiting", "set_aside"].reason_required
True
>>> ("set_aside", "attached") in MOVES
False
"""

from typing import NamedTuple

# Sentinel in the context of the writes that the movers make. An object cannot come
# through RPC, so that nobody else writes a status or what goes with it.
MOVER = object()
# So in the context of what the mail gateway brings: the headers of the mail.
HEADERS_KEY = "tour_payment_order_headers"


class Headers(tuple):
    """Headers of a mail, as only the gateway makes them: a list through RPC is none."""


FILE_STATES = [
    ("received", "Received"),
    ("reading", "Being read"),
    ("done", "Read"),
    ("failed", "Could not be read"),
]
# In which a file is still to be read.
FILE_OPEN = ("received", "reading")

ORDER_STATES = [
    ("waiting", "Waiting"),
    ("attached", "Attached"),
    ("set_aside", "Set aside"),
]
ORDER_CODES = tuple(code for code, _name in ORDER_STATES)

MANAGER = "tour_partner.tour_group_manager_own"
ACCOUNTANT = "tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"
# Who uploads, and has to do with all payment orders.
KEEPERS = (ACCOUNTANT, HEAD)


class Move(NamedTuple):
    """Which roles may make a move, and whether they must say why.

    A manager may only where he may write the booking.
    """

    rights: tuple[str, ...]
    reason_required: bool = False


MOVES = {
    ("waiting", "attached"): Move((*KEEPERS, MANAGER)),
    ("waiting", "set_aside"): Move(KEEPERS, reason_required=True),
    ("set_aside", "waiting"): Move(KEEPERS),
    # Attached to the wrong booking.
    ("attached", "waiting"): Move((*KEEPERS, MANAGER)),
}


def get_targets(from_state: str) -> list[str]:
    """Statuses an order in ``from_state`` may move to."""
    return [code for code in ORDER_CODES if (from_state, code) in MOVES]
