"""Exact amounts, and parts of a night: the small change of `price.py`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def round_to(amount: Decimal, rounding: Decimal) -> Decimal:
    """Round half up to a multiple of ``rounding``, with its decimals.

    >>> round_to(Decimal("2.345"), Decimal("0.01"))
    Decimal('2.35')
    >>> round_to(Decimal("-0.5"), Decimal(1))
    Decimal('-1')
    >>> round_to(Decimal("7.49"), Decimal("0.05"))
    Decimal('7.50')
    """
    units = (amount / rounding).quantize(Decimal(1), ROUND_HALF_UP)
    return (units * rounding).quantize(rounding)


def decimal(number: float | int | str | Decimal) -> Decimal:
    """Return a number of the database as what it was typed as.

    >>> decimal(0.1), decimal(1234.5), decimal(0)
    (Decimal('0.1'), Decimal('1234.5'), Decimal('0'))
    """
    if isinstance(number, float):
        # 15 digits are what a float holds for certain; more shows its binary tail.
        number = f"{number:.15g}"
    return Decimal(number)


def plain(number: Decimal) -> str:
    """Write a number without exponent and padding of percents.

    >>> plain(Decimal("1E+3")), plain(Decimal("1140.00")), plain(Decimal("12.5"))
    ('1000', '1140.00', '12.5')
    """
    return f"{number:f}"


def early_share(hour, check_in_hour, percent, full_before=0):
    """Return the part of a night that an arrival at ``hour`` costs on top.

    Nothing from the check-in hour on, ``percent`` of a night before it, and a whole
    night before ``full_before``.

    >>> [str(early_share(hour, 14, 50, 6)) for hour in (14, 13.5, 6, 5.5)]
    ['0', '0.5', '0.5', '1']
    """
    if hour >= check_in_hour:
        return ZERO
    return Decimal(1) if hour < full_before else decimal(percent) / HUNDRED


def late_share(hour, check_out_hour, percent, full_after=24):
    """Return the part of a night that a departure at ``hour`` costs on top.

    Nothing up to the check-out hour, ``percent`` of a night after it, and a whole
    night after ``full_after``.

    >>> [str(late_share(hour, 12, 50, 18)) for hour in (12, 12.5, 18, 18.5)]
    ['0', '0.5', '0.5', '1']
    """
    if hour <= check_out_hour:
        return ZERO
    return Decimal(1) if hour > full_after else decimal(percent) / HUNDRED
