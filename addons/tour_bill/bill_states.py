"""The life of a supplier's bill, as data.

Nothing here touches the ORM: ``account.move._do_bill_act`` is the one reader that acts
on it. Where an act leads to more than one state, what decides are the rules (`ROUTED`),
or what is left to pay (`SETTLED`).

>>> sorted(act for act, state in ACTS if state == "director")
['approve', 'close', 'recall', 'send_back']
>>> ("recall", "paid") in ACTS, ("recall", "closed") in ACTS
(False, False)
>>> ACTS["send_back", "accounting"].reason_required
True
>>> get_acts("uploaded")
['prepare', 'close']
"""

from typing import NamedTuple

# Sentinel in the context of the writes that the mover makes. An object cannot come
# through RPC, so that nobody else writes a state or what goes with it.
MOVER = object()

STATES = [
    ("uploaded", "Uploaded"),
    ("prepared", "Prepared"),
    ("director", "With the director"),
    ("accounting", "With accounting"),
    ("ordered", "Payment order made"),
    ("paid", "Paid"),
    ("closed", "Closed"),
]
# In these somebody else has the bill: whoever prepared it changes nothing.
HANDED = ("director", "accounting", "ordered")
# In these the manager fills in what is to be paid.
OPEN = ("uploaded", "prepared")
ENDED = ("paid", "closed")

MANAGER = "tour_partner.tour_group_manager_own"
HEAD = "tour_partner.tour_group_head"
DIRECTOR = "tour_partner.tour_group_director"
ACCOUNTANT = "tour_partner.tour_group_accountant"
# Whoever the limits of authority let approve, see `tour.bill.authority`.
APPROVER = "approver"

# The target is worked out: by the rules, or from what is left to pay.
ROUTED = "routed"
SETTLED = "settled"


class Act(NamedTuple):
    """Where an act leads, which roles may do it, and whether they must say why."""

    target: str
    rights: tuple[str, ...]
    reason_required: bool = False


_STAFF = (MANAGER, ACCOUNTANT)
_KEEPERS = (HEAD, ACCOUNTANT)

ACTS = {
    ("prepare", "uploaded"): Act("prepared", _STAFF),
    ("prepare", "prepared"): Act("prepared", _STAFF),
    ("hand_over", "prepared"): Act(ROUTED, _STAFF),
    ("approve", "director"): Act("accounting", (APPROVER,)),
    ("send_back", "director"): Act("prepared", (APPROVER,), reason_required=True),
    ("send_back", "accounting"): Act("prepared", (ACCOUNTANT,), reason_required=True),
    ("to_director", "accounting"): Act("director", (ACCOUNTANT,), reason_required=True),
    ("order", "accounting"): Act("ordered", (ACCOUNTANT,)),
    ("unorder", "ordered"): Act("accounting", (ACCOUNTANT,), reason_required=True),
    ("confirm", "ordered"): Act(SETTLED, (ACCOUNTANT,)),
    ("unconfirm", "paid"): Act("ordered", (ACCOUNTANT,), reason_required=True),
    ("recall", "director"): Act("prepared", (MANAGER,)),
    ("recall", "accounting"): Act("prepared", (MANAGER,)),
    ("recall", "ordered"): Act("prepared", (MANAGER,)),
    ("close", "uploaded"): Act("closed", _STAFF, reason_required=True),
    ("close", "prepared"): Act("closed", _STAFF, reason_required=True),
    ("close", "director"): Act("closed", _KEEPERS, reason_required=True),
    ("close", "accounting"): Act("closed", _KEEPERS, reason_required=True),
    ("reopen", "closed"): Act("prepared", _KEEPERS, reason_required=True),
}


def get_acts(state: str) -> list[str]:
    """Codes of the acts on a bill in ``state``, in the order they are shown."""
    return [act for act, from_state in ACTS if from_state == state]
