"""What kind of VAT a tax is in 1C.

From version 1.17 on EnterpriseData writes VAT as a structure, which knows any rate; the
enumeration before it ends with 20 %.

>>> match(Decimal(22)).kind, match(Decimal(10)).kind, match(Decimal(0)).kind
('general', 'reduced', 'zero')
>>> match(Decimal("19")) is None
True
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

# Code, and its name in 1C.
KINDS = {
    "general": "Общая",
    "general_calculated": "ОбщаяРасчетная",
    "reduced": "Пониженная",
    "reduced_calculated": "ПониженнаяРасчетная",
    "zero": "Нулевая",
    "none": "БезНДС",
}
# Rates that were or are the general one: 18 % until 2018, 20 % until 2025.
_BY_RATE = {
    Decimal(18): "general",
    Decimal(20): "general",
    Decimal(22): "general",
    Decimal(10): "reduced",
    Decimal(0): "zero",
}


class Vat(NamedTuple):
    """VAT of a line."""

    kind: str
    rate: Decimal = Decimal(0)

    @property
    def is_free(self) -> bool:
        return self.kind == "none"

    @property
    def is_calculated(self) -> bool:
        return self.kind.endswith("_calculated")


NO_VAT = Vat("none")


def match(rate: Decimal) -> Vat | None:
    """The kind that goes with a rate in percent, if there is no doubt."""
    kind = _BY_RATE.get(Decimal(rate).normalize())
    return Vat(kind, rate) if kind else None


def get_vat(taxes: Iterable[int | str], known: dict[str, Vat]) -> Vat | None:
    """VAT of a line with these taxes; nothing if that is not clear.

    >>> get_vat([], {}).kind, get_vat([5], {"5": Vat("general", Decimal(22))}).kind
    ('none', 'general')
    >>> get_vat([5, 6], {}) is None, get_vat([7], {}) is None
    (True, True)
    """
    taxes = list(taxes)
    if not taxes:
        return NO_VAT
    return known.get(str(taxes[0])) if len(taxes) == 1 else None
