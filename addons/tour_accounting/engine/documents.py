"""What goes to accounting, as plain data: one shape for every format.

A *document* is a dictionary that JSON keeps: texts, whole numbers, lists; money is text
with two places ("24400.00"), days are ISO text. Its keys:

- ``kind``: one of `KINDS`; ``guid``; ``number``; ``date``; ``currency``; ``rate`` (of
  our currency for one of it); ``amount``; ``partner`` (id of the counterparty);
  ``bookings`` (their numbers); ``note``;
- ``lines``: services, see below; ``parts``: what a credit note corrects, ``{"guid",
  "base": {"guid", "number", "date"}, "date", "lines"}``; ``act``: lines of an invoice
  that are no booking's;
- ``entries``: rows of the ledger, for journals.

A line has ``name``, ``product`` (``{"guid", "name"}``), ``quantity``, ``amount`` with
its ``tax``, ``taxes`` (ids), ``account`` (id), ``supplier`` (id); that of a credit note
also ``before`` and ``before_tax``.

Nothing here touches the ORM.

>>> money(Decimal("24400")), money(0.1 + 0.2)
('24400.00', '0.30')
>>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
True
"""

import json
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

BOOKING = "booking"
INVOICE = "invoice"
CREDIT_NOTE = "credit_note"
BILL = "bill"
BILL_REFUND = "bill_refund"
PAYMENT_IN = "payment_in"
PAYMENT_OUT = "payment_out"
ENTRY = "entry"
KINDS = (
    BOOKING,
    INVOICE,
    CREDIT_NOTE,
    BILL,
    BILL_REFUND,
    PAYMENT_IN,
    PAYMENT_OUT,
    ENTRY,
)

NEW = "new"
CORRECTION = "correction"
CANCELLATION = "cancellation"
REPEATED = "repeated"

CENT = Decimal("0.01")

Document = dict[str, Any]


class Entry(NamedTuple):
    """One document of a file, with what is known besides."""

    act: str
    revision: int
    document: Document
    #: What went before, for corrections and cancellations.
    before: Document | None
    #: Counterparties by id (as text): see `rules.Party`.
    parties: dict[str, dict]


def money(value: Any) -> str:
    """The amount with two places, rounded half up; floats as they are written."""
    return str(exact(value))


def exact(value: Any) -> Decimal:
    """The amount as a number that adds up.

    >>> exact("1.005"), exact(None), exact(-0.004)
    (Decimal('1.01'), Decimal('0.00'), Decimal('0.00'))
    """
    number = value if isinstance(value, Decimal) else Decimal(repr_number(value))
    return number.quantize(CENT, ROUND_HALF_UP) + 0


def repr_number(value: Any) -> str:
    """A number as text; of a float no more than it means.

    >>> repr_number(0.1 + 0.2), repr_number(1e-05), repr_number("")
    ('0.3', '0.00001', '0')
    """
    if isinstance(value, float):
        return f"{Decimal(f'{value:.12g}'):f}"
    return str(value or 0)


def digest(document: Document) -> str:
    """Fingerprint of what went: the same content, the same text."""
    content = json.dumps(
        document, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return sha256(content.encode()).hexdigest()


def make_guid(namespace: str, model: str, record_id: int, part: str = "") -> str:
    """The identity of a record in 1C: the same for ever.

    >>> space = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    >>> make_guid(space, "account.move", 7) == make_guid(space, "account.move", 7)
    True
    >>> len({make_guid(space, "account.move", 7, part) for part in ("", "act")})
    2
    """
    name = f"{model},{record_id}" + (f",{part}" if part else "")
    return str(uuid5(UUID(namespace), name))


def decide(
    last: tuple[str, str] | None, found: str | None, *, again: bool = False
) -> str | None:
    """What becomes of a record: one of the four acts, or nothing.

    :param last: act and fingerprint of what went last, if anything did
    :param found: the fingerprint now; nothing if it is not in the books any more
    :param again: whether to repeat what is known already

    >>> decide(None, "a"), decide(("new", "a"), "a"), decide(("new", "a"), "b")
    ('new', None, 'correction')
    >>> decide(("new", "a"), None), decide(None, None)
    ('cancellation', None)

    What was cancelled and is there again keeps its identity:

    >>> decide(("cancellation", "a"), "a"), decide(("cancellation", "a"), None)
    ('correction', None)
    >>> decide(("new", "a"), "a", again=True), decide(("new", "a"), "b", again=True)
    ('repeated', 'correction')
    """
    if last is None or last[0] == CANCELLATION:
        if found is None:
            return None
        return CORRECTION if last else NEW
    if found is None:
        return CANCELLATION
    if found != last[1]:
        return CORRECTION
    return REPEATED if again else None
