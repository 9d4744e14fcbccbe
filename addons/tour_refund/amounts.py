"""Amounts that a program or a form sends, which may be anything.

>>> parse("1234,5"), parse(" 12 ")
(1234.5, 12.0)
>>> [parse(text) for text in ("", "1e5", "-1", "nan", "1.2.3", "9" * 20, None)]
[None, None, None, None, None, None, None]
"""

import re

# No client's money comes near; what is above is a mistake.
LIMIT = 1e12
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)


def rounded(value, currency) -> float:
    """A number as an amount of the currency; nothing if it is no number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # What is not a number is not smaller than anything.
    return currency.round(value) if is_number and abs(value) < LIMIT else 0.0


def parse(text) -> float | None:
    """The number that was typed into a form; None if it is none."""
    text = text.strip() if isinstance(text, str) else ""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
