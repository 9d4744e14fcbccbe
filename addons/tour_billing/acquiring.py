"""What a payment provider keeps of a payment, and which booking bears how much of it.

>>> fee(Decimal("10000"), percent=2.5, fixed=10, digits=2)
Decimal('260.00')
>>> fee(Decimal("33.33"), percent=2.9, fixed=0, digits=2)
Decimal('0.97')

It never keeps more than there is:

>>> fee(Decimal("5"), percent=0, fixed=10, digits=2)
Decimal('5.00')

Bookings bear it by what was invoiced for each; kopecks go on to the next one:

>>> share(Decimal("10.00"), [1, 1, 1], digits=2)
[Decimal('3.33'), Decimal('3.34'), Decimal('3.33')]
>>> share(Decimal("10.00"), [0, 0], digits=2)
[Decimal('5.00'), Decimal('5.00')]
>>> share(Decimal("10.00"), [], digits=2)
[]
"""

from decimal import ROUND_HALF_UP, Decimal


def _round(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def fee(amount: Decimal, percent: float, fixed: float, digits: int) -> Decimal:
    """What the provider keeps of a payment."""
    kept = amount * Decimal(str(percent)) / 100 + Decimal(str(fixed))
    return _round(max(Decimal(0), min(kept, amount)), digits)


def share(total: Decimal, weights: list[float], digits: int) -> list[Decimal]:
    """Divide by the weights, to the kopeck, so that the parts add up."""
    exact = [Decimal(str(weight)) for weight in weights]
    if exact and not sum(exact):
        exact = [Decimal(1)] * len(exact)
    parts, left, rest = [], total, sum(exact)
    for weight in exact:
        part = left if weight == rest else _round(left * weight / rest, digits)
        parts.append(part)
        left, rest = left - part, rest - weight
    return parts
