"""The life of a request for help, as data.

Nothing here touches the ORM: ``tour.help.request._move_to`` is the one reader that acts
on the moves.

>>> get_targets("new", STAFF)
['in_work', 'answered', 'closed']
>>> get_targets("answered", CLIENT)
['in_work', 'closed']
>>> get_targets("closed", CLIENT)
['in_work']

Whoever asked never says that he was answered:

>>> ("new", "answered") in MOVES, CLIENT in MOVES["new", "answered"]
(True, False)
"""

# Sentinel in the context of the writes that the mover makes. An object cannot come
# through RPC, so that nobody else writes a status or a time that was measured.
MOVER = object()

STATES = [
    ("new", "New"),
    ("in_work", "In work"),
    ("answered", "Answered"),
    ("closed", "Closed"),
]
# In which our answer is due.
WAITING = ("new", "in_work")

STAFF = "staff"
CLIENT = "client"

_BOTH = (STAFF, CLIENT)
MOVES = {
    ("new", "in_work"): (STAFF,),
    ("new", "answered"): (STAFF,),
    ("new", "closed"): _BOTH,
    ("in_work", "answered"): (STAFF,),
    ("in_work", "closed"): _BOTH,
    # The client writes again.
    ("answered", "in_work"): _BOTH,
    ("answered", "closed"): _BOTH,
    # Opened again: by the client for some days only.
    ("closed", "in_work"): _BOTH,
}


def get_targets(from_state: str, by: str) -> list[str]:
    """Statuses that a request in ``from_state`` may be moved to, in order of life."""
    return [code for code, _name in STATES if by in MOVES.get((from_state, code), ())]
