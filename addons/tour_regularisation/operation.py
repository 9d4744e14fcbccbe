"""What a regularisation does to a price and to dates. Plain Python.

>>> Price("percent", Decimal(10)).apply(Decimal(15000))
Decimal('16500')
>>> Price("percent", Decimal("-2.5")).apply(Decimal(200))
Decimal('195.0')
>>> Price("add", Decimal(-300)).apply(Decimal(15000))
Decimal('14700')
>>> Price("set", Decimal(9000)).apply(Decimal(15000))
Decimal('9000')
>>> Price("keep").apply(Decimal(15000))
Decimal('15000')

Sums of a night count as often as there are nights in all rooms; percents once:

>>> Price("add", Decimal(100), "night").apply(Decimal(15000), units=6)
Decimal('15600')
>>> Price("set", Decimal(2000), "night").apply(Decimal(15000), units=6)
Decimal('12000')
>>> Price("percent", Decimal(10), "night").apply(Decimal(15000), units=6)
Decimal('16500')

What makes no sense is refused by a code:

>>> Price("add", Decimal(-20000)).apply(Decimal(15000))
Traceback (most recent call last):
tour_regularisation.operation.OperationError: negative
>>> Price("add", Decimal(100), "night").apply(Decimal(500), units=0)
Traceback (most recent call last):
tour_regularisation.operation.OperationError: no_nights

Dates are shifted by days, or set; a service with one date keeps one:

>>> Dates("shift", days=-2).apply(date(2026, 3, 1), date(2026, 3, 4))
(datetime.date(2026, 2, 27), datetime.date(2026, 3, 2))
>>> Dates("set", first=date(2026, 5, 1)).apply(date(2026, 3, 1), date(2026, 3, 4))
(datetime.date(2026, 5, 1), datetime.date(2026, 3, 4))
>>> Dates("shift", days=1).apply(date(2026, 3, 1), None)
(datetime.date(2026, 3, 2), None)
>>> Dates("keep").apply(None, None)
(None, None)

The same operation has the same mark, whatever it is made of:

>>> mark = Operation(client=Price("percent", Decimal("5.0"))).mark
>>> mark == Operation(client=Price("percent", Decimal(5))).mark
True
>>> mark == Operation(client=Price("percent", Decimal(6))).mark
False
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

# Ways to change a price that need a value.
CHANGING = ("percent", "add", "set")
ZERO = Decimal(0)
HUNDRED = Decimal(100)


class OperationError(ValueError):
    """An operation that makes no sense for a service; its text is a code."""


@dataclass(frozen=True)
class Price:
    """What happens to a price.

    ``keep`` leaves it; ``follow`` gives up what was typed, so that it is worked out
    from the rate; the others change it by ``value``, of a ``night`` or in ``total``.
    """

    how: str = "keep"
    value: Decimal = ZERO
    basis: str = "total"

    @property
    def is_changing(self):
        return self.how in CHANGING

    def apply(self, current: Decimal, units: int = 1) -> Decimal:
        """Return the price that follows from the current one.

        :param units: nights in all rooms, for sums of a night
        """
        if not self.is_changing:
            return current
        if self.how == "percent":
            price = current * (HUNDRED + self.value) / HUNDRED
        else:
            value = self.value
            if self.basis == "night":
                if not units:
                    raise OperationError("no_nights")
                value *= units
            price = value if self.how == "set" else current + value
        if price < 0:
            raise OperationError("negative")
        return price


@dataclass(frozen=True)
class Dates:
    """What happens to the dates of a service."""

    how: str = "keep"
    days: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def is_changing(self):
        return self.how != "keep"

    def apply(self, first, last):
        """Return the dates that follow from the current ones."""
        if self.how == "shift":
            return _shift(first, self.days), _shift(last, self.days)
        if self.how == "set":
            return self.first or first, self.last or last
        return first, last


@dataclass(frozen=True)
class Operation:
    """What a regularisation does to each service."""

    supplier: Price = field(default_factory=Price)
    client: Price = field(default_factory=Price)
    dates: Dates = field(default_factory=Dates)

    @property
    def is_changing(self):
        return (
            self.dates.is_changing
            or self.supplier.how != "keep"
            or self.client.how != "keep"
        )

    @property
    def mark(self) -> str:
        """What the same operation is known by."""
        parts = [
            (price.how, f"{price.value.normalize():f}", price.basis)
            for price in (self.supplier, self.client)
        ]
        dates = self.dates
        parts.append((dates.how, dates.days, str(dates.first), str(dates.last)))
        return sha256(repr(parts).encode()).hexdigest()[:16]


def _shift(day, days):
    return day and day + timedelta(days=days)
