"""The life of a client's confirmation, as data, and what of a booking it is about.

Nothing here touches the ORM; ``tour.confirmation._move_to`` acts on it.

>>> MOVES["pending", "declined"].booking
'cancelled'
>>> ("accepted", "declined") in MOVES
False
"""

from typing import NamedTuple

# Sentinel in the context: nobody else writes a confirmation. No RPC call can bring it.
CONFIRMER = object()

STATES = [
    ("pending", "Waiting for the client"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
    ("lapsed", "Overtaken"),
]

# Who answered.
WAYS = [
    ("client", "The client himself"),
    ("staff", "Staff, in the client's name"),
    ("silence", "Nobody: the time was up"),
    ("system", "The suite"),
]

# What a client's silence means.
SILENCE = [
    ("nothing", "Nothing: the booking goes on waiting"),
    ("accept", "He accepts"),
    ("decline", "He declines"),
]
SILENCE_STATES = {"accept": "accepted", "decline": "declined"}


class Move(NamedTuple):
    """Who may make a move, and what becomes of the booking: a status, or the one it
    had before ("before"); None if it has moved on already."""

    booking: str | None
    ways: tuple[str, ...]


MOVES = {
    ("pending", "accepted"): Move("before", ("client", "staff", "silence")),
    ("pending", "declined"): Move("cancelled", ("client", "staff", "silence")),
    ("pending", "withdrawn"): Move("before", ("staff",)),
    # The booking was cancelled otherwise, say.
    ("pending", "lapsed"): Move(None, ("system",)),
}

# Of the whole booking only what it costs: its dates are those of the services.
ORDER_KEYS = ("amount_total", "currency")
# What of a service goes with the hotel, or comes from it later on.
OTHER_SERVICE_KEYS = ("hotel_address", "hotel_phone", "confirmation_number")


def get_confirmed_part(view: dict) -> dict:
    """What of ``sale.order._client_view`` a client has to confirm when it changes:
    dates, hotel, room, guests, meal, price and data of transfers.

    >>> get_confirmed_part({
    ...     "status": "New", "manager": "Anna", "amount_total": 5.0, "currency": "EUR",
    ...     "services": [{"hotel": "Alpina", "hotel_phone": "1", "guests": []}],
    ... })
    {'amount_total': 5.0, 'currency': 'EUR', 'services': [{'hotel': 'Alpina', \
'guests': []}]}
    """
    part = {key: view[key] for key in ORDER_KEYS if key in view}
    part["services"] = [
        {key: value for key, value in service.items() if key not in OTHER_SERVICE_KEYS}
        for service in view.get("services", ())
    ]
    return part
