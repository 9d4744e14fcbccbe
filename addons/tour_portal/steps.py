"""The status line of a booking: where it was, where it is, and what is still to come.

Nothing here touches the ORM. Statuses are those of staff; the page words each as its
client reads it, and so merges those that are the same to him.

>>> def show(state, *events):
...     return [(step.state, step.place) for step in get_steps(state, events)]
>>> show("new")
[('new', 'now'), ('accepted', 'next'), ('booked', 'next'), ('done', 'next')]
>>> show("booked", ("new", "accepted", 1), ("accepted", "booked", 2))
[('new', 'past'), ('accepted', 'past'), ('booked', 'now'), ('done', 'next')]

What was changed goes on from where it was; what was cancelled goes no further.

>>> show("changed", ("new", "accepted", 1), ("accepted", "changed", 2))
[('new', 'past'), ('accepted', 'past'), ('changed', 'now'), ('booked', 'next'), \
('done', 'next')]
>>> show("refused", ("new", "refused", 1))
[('new', 'past'), ('refused', 'now')]
>>> show("archive", ("new", "booked", 1), ("booked", "done", 2), ("done", "archive", 3))
[('new', 'past'), ('booked', 'past'), ('done', 'past'), ('archive', 'now')]

A status counts when the booking came to it last, and not if it was taken back.

>>> get_steps("accepted", [
...     ("new", "accepted", 1), ("accepted", "booked", 2), ("booked", "accepted", 3),
... ])[1]
Step(state='accepted', place='now', date=3)
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

# Statuses of a booking to which nothing happens, in their order.
ROAD = (
    "new",
    "accepted",
    "awaiting_client",
    "client_confirmed",
    "confirmed",
    "booked",
    "done",
)
# Of these, what every booking has before it; the others are told when they come.
EXPECTED = ("accepted", "booked", "done")
# From here a booking goes on to what it had before it.
DETOURS = ("changed",)
# Beside the road, but the same as a status of it to the client.
SAME = {"reposting": "done"}


class Step(NamedTuple):
    """One status of the line: ``place`` is past, now or next."""

    state: str
    place: str
    date: Any = None


def get_steps(state: str, events: Iterable[tuple[str, str, Any]]) -> list[Step]:
    """The steps of a booking.

    :param state: its status
    :param events: its moves, the oldest first: from where, to where, when
    """
    state = SAME.get(state, state)
    dates, last, end = {"new": None}, "new", None
    for from_state, to_state, date in events:
        from_state, to_state = (SAME.get(one, one) for one in (from_state, to_state))
        dates[to_state] = date
        if from_state in ROAD:
            dates.setdefault(from_state, None)
        if to_state in ROAD:
            last, end = to_state, None
        elif from_state in ROAD:
            last = from_state
        if to_state not in (*ROAD, *DETOURS, "archive"):
            end = to_state
    on_road = state in ROAD
    last = state if on_road else last
    here = ROAD.index(last)
    before = ROAD[:here] if on_road else ROAD[: here + 1]
    steps = [Step(code, "past", dates[code]) for code in before if code in dates]
    if end and end != state and not on_road:
        steps.append(Step(end, "past", dates.get(end)))
    steps.append(Step(state, "now", dates.get(state)))
    if on_road or state in DETOURS:
        steps += [Step(code, "next") for code in ROAD[here + 1 :] if code in EXPECTED]
    return steps
