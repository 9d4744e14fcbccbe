"""When suppliers' bills are expected, and when they are best paid (BIL-17).

>>> dates = Dates(date(2026, 11, 1), date(2026, 12, 10), date(2026, 12, 12))
>>> [expect(term, 5, dates).isoformat() for term in TERMS]
['2026-11-06', '2026-12-15', '2026-12-17', '2027-01-05']
>>> expect("arrival", -14, dates).isoformat()
'2026-11-26'
"""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

TERMS = ("booking", "arrival", "departure", "month_end")
# The client's money is here already.
HERE = date.min


class Dates(NamedTuple):
    """The days of a booking that terms count from, as far as known."""

    booked: date | None
    arrival: date | None = None
    departure: date | None = None


def expect(term, days, dates):
    """The day that a bill is expected on; None if nothing is known to count from.

    Without a departure terms count from the arrival, without that from the booking.

    >>> expect("departure", 3, Dates(None, date(2026, 12, 10))).isoformat()
    '2026-12-13'
    >>> expect("month_end", 0, Dates(date(2028, 2, 3))).isoformat()
    '2028-02-29'
    >>> expect("arrival", 0, Dates(None)) is None
    True
    """
    booked, arrival, departure = dates
    base = {
        "booking": booked or arrival,
        "arrival": arrival or booked,
    }.get(term, departure or arrival or booked)
    if not base:
        return None
    if term == "month_end":
        base = base.replace(day=monthrange(base.year, base.month)[1])
    return base + timedelta(days=days)


def get_money_day(needed, received, dues):
    """The day by which the client has paid so much; None if he is asked for less.

    :param dues: what he owes, as (day, amount)

    >>> dues = [(date(2026, 12, 1), Decimal(700)), (date(2026, 11, 5), Decimal(300))]
    >>> get_money_day(Decimal(300), Decimal(0), dues).isoformat()
    '2026-11-05'
    >>> get_money_day(Decimal(900), Decimal(0), dues).isoformat()
    '2026-12-01'
    >>> get_money_day(Decimal(300), Decimal(300), dues) == HERE
    True
    >>> get_money_day(Decimal(1100), Decimal(0), dues) is None
    True
    """
    if received >= needed:
        return HERE
    for day, amount in sorted(dues):
        received += amount
        if received >= needed:
            return day
    return None


class Payment(NamedTuple):
    """When to pay, why then, and whether it is before the client's money."""

    day: date
    why: str
    is_at_risk: bool


def propose(bill_day, money_day, last_free, today):
    """When to pay: after the client's money, but before cancelling begins to cost.

    Never before the bill is there. Where the bill comes after cancelling costs
    already, nothing is gained by hurrying.

    >>> day = lambda number: date(2026, 12, number)
    >>> propose(day(5), HERE, None, day(1))
    Payment(day=datetime.date(2026, 12, 5), why='bill', is_at_risk=False)
    >>> propose(day(5), day(9), None, day(1))
    Payment(day=datetime.date(2026, 12, 9), why='client', is_at_risk=False)
    >>> propose(day(5), day(9), day(7), day(1))
    Payment(day=datetime.date(2026, 12, 7), why='penalty', is_at_risk=True)
    >>> propose(day(5), day(9), day(3), day(1))
    Payment(day=datetime.date(2026, 12, 9), why='client', is_at_risk=False)

    What is late is paid today, and of a client who was not asked nothing is known:

    >>> propose(day(5), HERE, None, day(20)).day == day(20)
    True
    >>> propose(day(5), None, day(7), day(1))
    Payment(day=datetime.date(2026, 12, 5), why='bill', is_at_risk=True)
    """
    start = max(bill_day, today)
    if money_day is None:
        return Payment(start, "bill", is_at_risk=True)
    if money_day <= start:
        return Payment(start, "bill", is_at_risk=False)
    if last_free and start <= last_free < money_day:
        return Payment(last_free, "penalty", is_at_risk=True)
    return Payment(money_day, "client", is_at_risk=False)


class Open(NamedTuple):
    """What a supplier of a booking has not billed yet."""

    key: int
    amount: Decimal
    day: date
    last_free: date | None = None


def plan(opens, billed, received, dues, today):
    """When to pay each supplier of a booking.

    The client's money goes to what is billed first, then by the days that bills are
    expected on.

    :return: {key: (Payment, day of the client's money or None)}

    >>> dues = [(date(2026, 12, 1), Decimal(1000))]
    >>> opens = [Open(2, Decimal(600), date(2026, 11, 20)),
    ...          Open(1, Decimal(400), date(2026, 11, 10))]
    >>> found = plan(opens, Decimal(0), Decimal(500), dues, date(2026, 11, 1))
    >>> [(key, found[key][0].day.isoformat()) for key in (1, 2)]
    [(1, '2026-11-10'), (2, '2026-12-01')]
    """
    result, needed = {}, billed
    for one in sorted(opens, key=lambda o: (o.day, o.key)):
        needed += one.amount
        money_day = get_money_day(needed, received, dues)
        result[one.key] = (
            propose(one.day, money_day, one.last_free, today),
            money_day,
        )
    return result
