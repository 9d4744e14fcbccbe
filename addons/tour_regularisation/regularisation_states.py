"""The life of a mass regularisation: its states, and which come from which.

>>> sorted(MOVES["running"])
['ready', 'stopped']
"""

STATES = [
    ("draft", "Draft"),
    ("ready", "Previewed"),
    ("running", "Running"),
    ("stopped", "Stopped"),
    ("done", "Done"),
]
# State: the states it is reached from.
MOVES = {
    "draft": {"draft", "ready"},
    "ready": {"draft", "ready", "done", "stopped"},
    "running": {"ready", "stopped"},
    "stopped": {"running"},
    "done": {"running", "ready"},
}
# While in these, what it does and to which bookings is settled.
SETTLED = ("running", "stopped", "done")

# What becomes of a booking in it.
LINE_STATES = [
    ("ready", "Will change"),
    ("nothing", "Nothing to change"),
    ("refused", "Left out"),
    ("done", "Changed"),
    ("failed", "Failed"),
]
