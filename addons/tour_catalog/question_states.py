"""The life of a question about a service, as data.

Nothing here touches the ORM; ``tour.catalog.question._move_to`` acts on it. An answer
may be put right: it is sent once more then.

>>> ("new", "answered") in MOVES, ("answered", "answered") in MOVES
(True, True)
>>> ("ordered", "answered") in MOVES
False
"""

# Sentinel in the context of the writes that `_move_to` makes. An object cannot come
# through RPC, so that nobody else writes a state.
MOVER = object()

STATES = [
    ("new", "To answer"),
    ("answered", "Answered"),
    ("ordered", "Ordered"),
    ("closed", "Closed"),
]

MOVES = frozenset(
    {
        ("new", "answered"),
        ("new", "ordered"),
        ("new", "closed"),
        ("answered", "answered"),
        ("answered", "ordered"),
        ("answered", "closed"),
        ("closed", "new"),
    }
)
