"""What cancelling a service costs: steps by time before arrival, in the hotel's time.

Plain Python, without the ORM. A step says from which moment on cancelling costs how
much: so many days before the day of arrival, at an hour of the hotel's clock. Before
the first step that costs anything cancelling is free.

>>> moscow = ZoneInfo("Europe/Moscow")
>>> steps = [
...     Step("nights", Decimal(1), days=1, at=time(18, 0)),
...     Step("percent", Decimal(100), days=0, at=time(14, 0)),
... ]
>>> stay = Stay(date(2026, 12, 13), nights=3, price=Decimal(30000), zone=moscow)
>>> free_until(steps, stay).isoformat()
'2026-12-12T15:00:00+00:00'

The step begins with its minute: the minute before is the last one that is free.

>>> evaluate(steps, stay, datetime(2026, 12, 12, 14, 59, 59, tzinfo=UTC)).fee
Decimal('0')
>>> evaluate(steps, stay, datetime(2026, 12, 12, 15, 0, tzinfo=UTC)).fee
Decimal('10000.00')
>>> evaluate(steps, stay, datetime(2026, 12, 13, 10, 59, tzinfo=UTC)).fee
Decimal('10000.00')
>>> evaluate(steps, stay, datetime(2026, 12, 13, 11, 0, tzinfo=UTC)).fee
Decimal('30000.00')

Nothing costs more than the service itself:

>>> dear = [Step("sum", Decimal(50000), days=1, at=time(0, 0))]
>>> evaluate(dear, stay, datetime(2026, 12, 13, tzinfo=UTC)).fee
Decimal('30000')

Without steps, or without a day of arrival, nobody knows:

>>> evaluate([], stay, datetime(2026, 12, 13, tzinfo=UTC)).fee is None
True
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

KINDS = ("percent", "nights", "sum")
CENT = Decimal("0.01")
UTC = timezone.utc


class Step(NamedTuple):
    """From ``at`` of the day so many ``days`` before arrival on, cancelling costs
    ``value`` percent, nights or money; with ``always`` from the booking on."""

    kind: str
    value: Decimal
    days: int = 0
    at: time = time()
    always: bool = False


@dataclass(frozen=True)
class Stay:
    """What is cancelled; ``nights`` is 0 for what is no stay."""

    day: date | None
    nights: int
    price: Decimal
    zone: ZoneInfo
    rounding: Decimal = CENT


class Outcome(NamedTuple):
    """The fee, None if unknown; the number of the step that holds, None before the
    first; and until when it is free."""

    fee: Decimal | None
    step: int | None
    free_until: datetime | None


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment when the clock of ``zone`` first shows ``local`` for good.

    An hour that comes twice in autumn counts when it comes again, for the benefit of
    the client:

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> to_utc(datetime(2026, 10, 25, 1, 59), berlin).isoformat()
    '2026-10-24T23:59:00+00:00'
    >>> to_utc(datetime(2026, 10, 25, 2, 30), berlin).isoformat()
    '2026-10-25T01:30:00+00:00'
    >>> to_utc(datetime(2026, 10, 25, 3, 0), berlin).isoformat()
    '2026-10-25T02:00:00+00:00'

    An hour that is left out in spring counts as the moment the clock is put forward,
    since right then it shows a later time:

    >>> to_utc(datetime(2026, 3, 29, 1, 59), berlin).isoformat()
    '2026-03-29T00:59:00+00:00'
    >>> to_utc(datetime(2026, 3, 29, 2, 30), berlin).isoformat()
    '2026-03-29T01:00:00+00:00'
    >>> to_utc(datetime(2026, 3, 29, 3, 0), berlin).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    early = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if late >= early:
        return late
    return _find_jump(late, early, zone)


def _find_jump(low, high, zone):
    """The moment between ``low`` and ``high`` when the clock jumps ahead."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def starts_at(step: Step, day: date, zone: ZoneInfo) -> datetime:
    """The moment a step begins, for an arrival on ``day``."""
    if step.always:
        return datetime.min.replace(tzinfo=UTC)
    return to_utc(datetime.combine(day - timedelta(days=step.days), step.at), zone)


def order_steps(steps: list[Step], day: date, zone: ZoneInfo):
    """Pairs of moment and number of a step, in the order in which they begin."""
    return sorted(
        (starts_at(step, day, zone), number) for number, step in enumerate(steps)
    )


def free_until(steps: list[Step], stay: Stay) -> datetime | None:
    """The moment when cancelling begins to cost; None if it always does, or never."""
    if not stay.day:
        return None
    for moment, number in order_steps(steps, stay.day, stay.zone):
        if steps[number].value > 0:
            return None if steps[number].always else moment
    return None


def evaluate(steps: list[Step], stay: Stay, moment: datetime) -> Outcome:
    """What cancelling at ``moment`` costs."""
    if not steps or not stay.day:
        return Outcome(None, None, None)
    current = None
    for start, number in order_steps(steps, stay.day, stay.zone):
        if start <= moment:
            current = number
    fee = Decimal(0) if current is None else get_fee(steps[current], stay)
    return Outcome(fee, current, free_until(steps, stay))


def get_fee(step: Step, stay: Stay) -> Decimal:
    """What ``step`` makes of the price, rounded, at most the whole of it.

    >>> stay = Stay(date(2026, 6, 1), 3, Decimal(1000), ZoneInfo("UTC"))
    >>> get_fee(Step("percent", Decimal("33.333")), stay)
    Decimal('333.33')
    >>> get_fee(Step("nights", Decimal(1)), stay)
    Decimal('333.33')
    >>> get_fee(Step("nights", Decimal(5)), stay)
    Decimal('1000')
    >>> get_fee(Step("sum", Decimal(250)), stay)
    Decimal('250.00')

    What has no nights is lost as a whole by the night:

    >>> get_fee(Step("nights", Decimal(1)), Stay(stay.day, 0, stay.price, stay.zone))
    Decimal('1000')
    """
    price = max(stay.price, Decimal(0))
    if step.kind == "percent":
        fee = price * step.value / 100
    elif step.kind == "nights":
        if stay.nights <= step.value:
            return price
        fee = price * step.value / stay.nights
    else:
        fee = step.value
    return min(_round(fee, stay.rounding), price)


def get_dropped_fee(
    whole: Decimal, price: Decimal, nights: int, dropped: int, rounding
):
    """What dropping some nights of a stay costs: no more than cancelling all of it,
    and no more than these nights cost.

    >>> get_dropped_fee(Decimal(1000), Decimal(3000), 3, 2, CENT)
    Decimal('1000')
    >>> get_dropped_fee(Decimal(3000), Decimal(3000), 3, 2, CENT)
    Decimal('2000.00')
    >>> get_dropped_fee(Decimal(3000), Decimal(3000), 3, 0, CENT)
    Decimal('0')
    """
    if not dropped:
        return Decimal(0)
    if dropped >= nights:
        return whole
    return min(whole, _round(price * dropped / nights, rounding))


def _round(amount, rounding):
    steps = (amount / rounding).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * rounding
