"""The life of a task on a booking's checklist, as data.

``tour.checklist.item._move_to`` is the one reader that acts on it.

>>> ("open", "done") in MOVES
True
>>> ("done", "dropped") in MOVES
False
"""

# Sentinel in the context of the writes that `_move_to` makes; no RPC call can bring it.
MOVER = object()

STATES = [
    ("open", "To do"),
    ("done", "Done"),
    ("dropped", "Dropped"),
]

MOVES = {
    ("open", "done"),
    ("done", "open"),
    # The booking does not take place, and does after all.
    ("open", "dropped"),
    ("dropped", "open"),
}

# Statuses of a booking that its checklist comes with, and that end it.
BEGINS = ("confirmed", "booked")
ENDS = ("cancelled", "cancelled_penalty", "refused")
