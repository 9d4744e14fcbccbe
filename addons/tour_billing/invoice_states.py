"""The life of a client's invoice, as data, and what the client is told of it.

Nothing here touches the ORM: ``account.move._do_act`` is the one reader that acts on
it. A stage is not kept anywhere: it follows from the books, and from the one thing they
do not know, whether the invoice was shown to the client.

>>> stage(Facts(state="draft"))
'draft'
>>> stage(Facts(state="posted", total=100, residual=100))
'entered'
>>> stage(Facts(state="posted", shown=True, total=100, residual=100))
'shown'
>>> stage(Facts(state="posted", shown=True, total=100, residual=40, paid=60))
'partly'
>>> stage(Facts(state="posted", shown=True, total=100, paid=100))
'marked'

However little of it was paid online, money goes back by a refund only:

>>> stage(Facts(state="posted", shown=True, total=100, paid=100, online=30))
'online'
>>> stage(Facts(state="posted", total=100, residual=70, paid=30, online=30))
'partly_online'
>>> [("cancel", code) in ACTS for code in ("marked", "online", "partly_online")]
[True, False, False]

What the client reads:

>>> client_state(Facts(state="posted", shown=True, total=100, residual=40, paid=60))
'awaiting'
>>> client_state(Facts(state="posted", shown=True, total=100, paid=100, refunded=30))
'partly_refunded'
>>> client_state(Facts(state="posted", shown=True, total=100, paid=100, refunded=100))
'refunded'
>>> client_state(Facts(state="posted", total=100, residual=100))
''

An invoice that a credit note took back before anything was paid asks for nothing:

>>> client_state(Facts(state="posted", shown=True, total=100, paid=0))
''

Of several invoices the most pressing counts:

>>> together(["paid", "awaiting"]), together(["refunded", "refunded"])
('awaiting', 'refunded')
>>> together(["paid", "refunded"]), together(["paid", ""]), together([])
('partly_refunded', 'paid', '')
"""

from typing import NamedTuple

# Sentinel in the context of the writes that the acts make. An object cannot come
# through RPC, so that nobody else says that an invoice was shown.
ACTOR = object()

STAGES = [
    ("draft", "Draft"),
    ("entered", "Not shown"),
    ("shown", "Shown to the client"),
    ("partly", "Partly paid"),
    ("partly_online", "Partly paid online"),
    ("marked", "Marked as paid"),
    ("online", "Paid online"),
    ("settled", "Settled"),
    ("cancelled", "Cancelled"),
]
CLIENT_STATES = [
    ("awaiting", "Awaiting payment"),
    ("paid", "Paid"),
    ("partly_refunded", "Partly refunded"),
    ("refunded", "Refunded"),
]

MANAGER = "tour_partner.tour_group_manager_own"
ACCOUNTANT = "tour_partner.tour_group_accountant"
HEAD = "tour_partner.tour_group_head"

_ANYBODY = (MANAGER, ACCOUNTANT, HEAD)
_MONEY = (ACCOUNTANT, HEAD)

# What may be done with an invoice in which stage, and by whom.
ACTS = {
    ("show", "draft"): _ANYBODY,
    ("show", "entered"): _ANYBODY,
    ("pay", "draft"): _MONEY,
    ("pay", "entered"): _MONEY,
    ("pay", "shown"): _MONEY,
    ("pay", "partly"): _MONEY,
    ("pay", "partly_online"): _MONEY,
    # What was not shown yet is a manager's own to throw away.
    ("cancel", "draft"): _ANYBODY,
    ("cancel", "entered"): _MONEY,
    ("cancel", "shown"): _MONEY,
    ("cancel", "partly"): _MONEY,
    ("cancel", "marked"): _MONEY,
}


class Facts(NamedTuple):
    """What the books say of one invoice, in its currency."""

    state: str
    shown: bool = False
    total: float = 0.0
    residual: float = 0.0
    # By payments, online or not; what credit notes settled is not in it.
    paid: float = 0.0
    # Of that, what came through a payment provider and was not given back.
    online: float = 0.0
    # What the client got back.
    refunded: float = 0.0


def stage(facts: Facts) -> str:
    """Where the invoice is in its life; one of `STAGES`."""
    if facts.state != "posted":
        return "cancelled" if facts.state == "cancel" else "draft"
    if facts.online > 0:
        return "partly_online" if facts.residual > 0 else "online"
    if facts.residual > 0:
        if facts.paid > 0:
            return "partly"
        return "shown" if facts.shown else "entered"
    return "marked" if facts.paid > 0 else "settled"


def client_state(facts: Facts) -> str:
    """What the client is told of the invoice; one of `CLIENT_STATES`, or nothing."""
    if facts.state != "posted" or not facts.shown:
        return ""
    if facts.residual > 0:
        return "awaiting"
    if facts.refunded > 0:
        return "refunded" if facts.refunded >= facts.total else "partly_refunded"
    return "paid" if facts.paid > 0 else ""


def together(states: list[str]) -> str:
    """What the client is told of all invoices of a booking."""
    known = {state for state in states if state}
    if "awaiting" in known:
        return "awaiting"
    if len(known) == 1:
        return known.pop()
    return "partly_refunded" if known else ""
