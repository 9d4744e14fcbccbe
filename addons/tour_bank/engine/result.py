"""What every reader gives: statements of accounts, with their lines.

>>> line = Line(date(2026, 10, 5), Decimal("24400.00"), number="214", row=17)
>>> other = Line(date(2026, 10, 5), Decimal("24400.00"), number="214", row=40)
>>> give_keys([line, other]); line.key != other.key
True

A file whose days overlap with another's gives the same line the same key:

>>> again = Line(date(2026, 10, 5), Decimal("24400"), number="214", row=3)
>>> give_keys([again]); again.key == line.key
True

Whatever is wrong with a file is a `BankFileError`, with the number of the line in it:

>>> str(BankFileError("amount", 12, value="1x"))
'line 12: amount (1x)'
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256

# Beyond that it is no statement, and nobody waits for the end of it.
MAX_SIZE = 64 * 1024 * 1024
MAX_LINES = 200_000
# No bank has more on one account, and the ledger holds no more exactly.
MAX_AMOUNT = Decimal(10) ** 13
MAX_TEXT = 2000
# What a file says of its own sums and counts, and what does not agree with it.
DOUBTS = {"balance", "balance_gap", "count", "total_in", "total_out"}

# The currency that the number of a Russian account names in its 6th to 8th digits.
CURRENCIES = {
    "810": "RUB",
    "643": "RUB",
    "840": "USD",
    "978": "EUR",
    "156": "CNY",
    "933": "BYN",
    "398": "KZT",
    "784": "AED",
    "949": "TRY",
}


class BankFileError(Exception):
    """The file, or a line of it, cannot be taken for what it says.

    :param code: what is wrong; the add-on says it in the language of the reader
    :param row: number of the line in the file, from 1; 0 for the file as a whole
    :param value: what stands there
    """

    def __init__(self, code: str, row: int = 0, value: str = ""):
        self.code, self.row, self.value = code, row, short(value)
        place = f"line {row}: " if row else ""
        super().__init__(f"{place}{code}" + (f" ({self.value})" if self.value else ""))


@dataclass(frozen=True)
class Note:
    """What was left out, or looks wrong, and did not keep the file from being read."""

    code: str
    row: int = 0
    value: str = ""


@dataclass
class Line:
    """One movement of money; ``amount`` is negative when it went out."""

    date: date
    amount: Decimal
    name: str = ""
    tax_id: str = ""
    account: str = ""
    bic: str = ""
    purpose: str = ""
    number: str = ""
    kind: str = ""
    # The bank's own id, where it gives one.
    reference: str = ""
    row: int = 0
    key: str = ""


@dataclass
class Statement:
    """What moved on one account."""

    account: str
    currency: str = ""
    date_from: date | None = None
    date_to: date | None = None
    start: Decimal | None = None
    end: Decimal | None = None
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    row: int = 0


def short(value: object, limit: int = 60) -> str:
    """The value for a message: on one line, and not longer than people read.

    >>> short("a" * 70)[-3:], short("a\\nb")
    ('aa…', 'a b')
    """
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def currency_of(account: str) -> str:
    """The currency of a Russian account, empty for any other.

    >>> currency_of("40702810200000000001"), currency_of("40702978500000000001")
    ('RUB', 'EUR')
    >>> currency_of("GB29NWBK60161331926819")
    ''
    """
    if len(account) == 20 and account.isdigit():
        return CURRENCIES.get(account[5:8], "")
    return ""


def give_keys(lines: Iterable[Line]) -> None:
    """Give each line of one account a key, the same whenever it is read again.

    Numbers repeat between payers, and two fees of a day may be alike in everything:
    those are told apart by their order.
    """
    seen: Counter[str] = Counter()
    for line in lines:
        facts = (
            line.date.isoformat(),
            f"{line.amount:.2f}",
            line.number,
            line.account or line.tax_id or line.name,
            line.reference,
            " ".join(line.purpose.split()),
        )
        digest = sha256("\0".join(facts).encode("utf-8", "replace")).hexdigest()[:24]
        seen[digest] += 1
        nth = f".{seen[digest]}" if seen[digest] > 1 else ""
        line.key = f"{line.date:%Y%m%d}-{digest}{nth}"
