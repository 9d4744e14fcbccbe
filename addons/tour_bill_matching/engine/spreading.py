"""Sums, exactly: what differs too much, what is billed, how a sum is spread.

>>> limit = get_allowance(Decimal(20000), Decimal("0.5"), Decimal(10))
>>> limit, judge(Decimal(20000), Decimal(20010), limit)
(Decimal('10'), 'billed')
>>> judge(Decimal(20000), Decimal("20010.01"), limit)
'over'
"""

from decimal import ROUND_DOWN, Decimal

HUNDRED = Decimal(100)


def get_allowance(cost, percent, amount):
    """By how much a bill may differ: the smaller of a share of the cost and a sum.

    What is nothing is no limit; if both are nothing, nothing may differ.

    >>> get_allowance(Decimal(1000), Decimal("0.5"), Decimal(10))
    Decimal('5.0')
    >>> get_allowance(Decimal(1000), Decimal(0), Decimal(10))
    Decimal('10')
    >>> get_allowance(Decimal(1000), Decimal(0), Decimal(0))
    Decimal('0')
    """
    limits = []
    if percent:
        limits.append(abs(cost) * percent / HUNDRED)
    if amount:
        limits.append(amount)
    return min(limits, default=Decimal(0))


def judge(cost, billed, allowance):
    """'none', 'partly', 'billed' or 'over'; '' where nothing is to be billed.

    >>> [judge(Decimal(c), Decimal(b), Decimal(1)) for c, b in [
    ...     (0, 0), (100, 0), (100, 60), (100, 99), (100, 100), (100, 102), (0, 5)]]
    ['', 'none', 'partly', 'billed', 'billed', 'over', 'over']
    """
    if billed - cost > allowance:
        return "over"
    if cost <= 0 and not billed:
        return ""
    if billed <= 0:
        return "none"
    return "billed" if cost - billed <= allowance else "partly"


def spread(amount, weights, rounding=Decimal("0.01")):
    """Spread a sum by weights: to the last cent, and no part is off by more than one.

    >>> spread(Decimal(100), [Decimal(1)] * 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> sum(spread(Decimal("0.05"), [Decimal(3), Decimal(5), Decimal(1)]))
    Decimal('0.05')
    >>> spread(Decimal(10), [Decimal(0), Decimal(0)]), spread(Decimal(10), [])
    ([Decimal('5.00'), Decimal('5.00')], [])
    """
    if not weights:
        return []
    if not any(weights):
        weights = [Decimal(1)] * len(weights)
    total = sum(weights)
    exact = [amount * weight / total for weight in weights]
    parts = [(part / rounding).to_integral_value(ROUND_DOWN) for part in exact]
    rest = int((amount / rounding).to_integral_value() - sum(parts))
    step = 1 if rest >= 0 else -1
    # Whoever lost most by rounding gets the cent; of equals, the first.
    by_loss = sorted(
        range(len(parts)),
        key=lambda n: (-step * (exact[n] / rounding - parts[n]), n),
    )
    for number in range(abs(rest)):
        parts[by_loss[number % len(parts)]] += step
    return [(part * rounding).quantize(rounding) for part in parts]
