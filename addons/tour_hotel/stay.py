"""What goes into the price of a stay and what comes out of it (see `price.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .amounts import HUNDRED, ZERO, plain

RATE_KINDS = ("rack", "net", "dynamic")
SETTLEMENTS = ("full", "less")

PERCENT_VALUES = ("commission_percent", "discount_percent")

#: The values that a person may type instead of taking what was computed.
OVERRIDABLE = (
    "supplier_price_night",
    "supplier_price_total",
    "commission_base",
    "commission_percent",
    "commission_amount",
    "supplier_due",
    "client_price",
    "discount_percent",
    "discount_amount",
)
#: All values of a calculation, in the order in which they follow from each other.
VALUES = (*OVERRIDABLE, "margin")

#: Steps that are parts of the supplier's price, of the client's price of a net rate.
SUPPLIER_LINES = ("room", "early", "late", "meals")
CLIENT_LINES = ("client_room", "client_early", "client_late", "client_meals")


class PriceError(ValueError):
    """An input that makes no sense; its name is the message."""


@dataclass(frozen=True)
class Segment:
    """Nights in a row at one price.

    ``meal_price`` is for a meal price that changes during the stay; None means that
    of the whole stay. ``meal_in_rate`` is the price of the meals that the rate has in
    it; None means all or none of them, by the stay's ``meal_included``.
    """

    nights: int
    rack_price: Decimal = ZERO
    net_price: Decimal = ZERO
    meal_price: Decimal | None = None
    meal_in_rate: Decimal | None = None


@dataclass(frozen=True)
class StayInput:
    """All that the price of a service depends on.

    ``persons`` are all persons in all rooms, ``meal_price`` is for one person and one
    night, shares are parts of a night (0.5 is half a night), percents are 0 to 100.
    """

    segments: tuple[Segment, ...] = ()
    rooms: int = 1
    persons: int = 1
    rate_kind: str = "rack"
    meal_price: Decimal = ZERO
    meal_included: bool = False
    early_share: Decimal = ZERO
    late_share: Decimal = ZERO
    commission_percent: Decimal = ZERO
    meals_commissionable: bool = True
    settlement: str = "full"
    discount_percent: Decimal = ZERO
    rounding: Decimal = Decimal("0.01")
    overrides: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One line of the sum. ``args`` holds what its wording needs: text, int, bool."""

    code: str
    amount: Decimal
    args: Mapping[str, str | int | bool] = field(default_factory=dict)

    def as_json(self):
        return {
            "code": self.code,
            "amount": plain(self.amount),
            "args": dict(self.args),
        }


@dataclass(frozen=True)
class Calculation:
    """The values by name, and the steps that led to them."""

    values: Mapping[str, Decimal]
    steps: tuple[Step, ...]

    def steps_as_json(self):
        return [step.as_json() for step in self.steps]


def check(stay: StayInput) -> None:
    """Refuse what makes no sense, by the name of the first wrong input."""
    for name, is_valid in _rules(stay):
        if not is_valid:
            raise PriceError(name)


def _rules(stay: StayInput) -> Iterable[tuple[str, bool]]:
    yield "rate_kind", stay.rate_kind in RATE_KINDS
    yield "settlement", stay.settlement in SETTLEMENTS
    yield "rooms", stay.rooms >= 1
    yield "persons", stay.persons >= 0
    yield "rounding", stay.rounding > 0
    for name in ("meal_price", "early_share", "late_share"):
        yield name, getattr(stay, name) >= 0
    for name in PERCENT_VALUES:
        yield name, 0 <= getattr(stay, name) <= HUNDRED
    for segment in stay.segments:
        yield "nights", segment.nights >= 1
        yield "rack_price", segment.rack_price >= 0
        yield "net_price", segment.net_price >= 0
        yield "meal_price", (segment.meal_price or 0) >= 0
        yield "meal_in_rate", (segment.meal_in_rate or 0) >= 0
    for name, value in stay.overrides.items():
        limit = HUNDRED if name in PERCENT_VALUES else value
        yield name, name in OVERRIDABLE and 0 <= value <= limit
