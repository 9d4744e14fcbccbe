"""What bears a value out, and what speaks against it.

>>> one = Hint("tax_id", "7707083893", 0.8)
>>> round(check_tax_ids([one])[0].confidence, 2)
0.95
>>> other = Hint("tax_id", "7707083894", 0.8)
>>> round(check_tax_ids([other])[0].confidence, 2)
0.24
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from odoo.addons.tour_document.payment_qr import BIC_RU, is_iban
from odoo.addons.tour_partner import requisites
from odoo.addons.tour_payment_order.engine.trust import fold

from .hints import Hint, doubt, sure
from .kinds import iter_money

# What is left of the doubt, and what is left of the trust.
BORNE_OUT, REFUTED = 0.25, 0.3
# A tax that no label names, and that is right to the kopeck.
FROM_SUMS = 0.7
# In kopecks.
TOLERANCE, CENT = 2, Decimal("0.01")
RATE_SOMEWHERE = re.compile(r"(?<![\d.,])(5|7|10|18|19|20|22|27)(?:[.,]0+)?\s?%")
CURRENCIES = {
    "RUB": r"РУБ|₽|RUВ",
    "EUR": r"ЕUR|€",
    "USD": r"USD|\$",
    "HUF": r"НUF",
    "GBP": r"GВР|£",
}


@dataclass(frozen=True)
class Own:
    """What is ours, and never the payee's."""

    tax_ids: frozenset = frozenset()
    kpps: frozenset = frozenset()
    accounts: frozenset = frozenset()
    names: frozenset = frozenset()

    def has(self, hint):
        """Whether the value is ours.

        >>> own = Own(tax_ids=frozenset({"7712345671"}), names=frozenset({"Тур"}))
        >>> own.has(Hint("tax_id", "7712345671", 1))
        True
        >>> own.has(Hint("name", "ООО «ТУР»", 1))
        True
        >>> own.has(Hint("name", "ООО «Турист»", 1))
        False
        """
        if hint.field == "name":
            words = _words(hint.value)
            return any(words[-len(name) :] == name for name in map(_words, self.names))
        ours = {"tax_id": self.tax_ids, "kpp": self.kpps, "account": self.accounts}
        return hint.value in ours.get(hint.field, ())


def _words(name):
    return re.findall(r"[^\W_]+", fold(name))


def check_tax_ids(hints):
    return [_weigh(h, not requisites.check_tax_id("RU", h.value)) for h in hints]


def check_banks(accounts, bics, corrs):
    """Accounts, banks and the banks' accounts, each with what the others say of it."""
    banks = {hint.value for hint in bics}
    keyed = {h.value for h in accounts if _fits_any(h.value, banks)}
    corr_keyed = {h.value for h in corrs if _fits_any(h.value, banks)}
    kept = keyed | corr_keyed
    return (
        [_weigh(h, _is_account(h.value, keyed, banks)) for h in accounts],
        [
            _weigh(h, any(_fits(account, h.value) for account in kept) or None)
            for h in bics
        ],
        [_weigh(h, h.value in corr_keyed if banks else None) for h in corrs],
    )


def _is_account(account, keyed, banks):
    """Whether its digits are right; None where there is nothing to tell by."""
    if account.isdecimal():
        return account in keyed if any(map(BIC_RU.fullmatch, banks)) else None
    return is_iban(account)


def _fits(account, bic):
    if not account.isdecimal() or not BIC_RU.fullmatch(bic):
        return False
    if account.startswith("301") and not account.endswith(bic[-3:]):
        return False
    return not requisites.check_account(account, bic)


def _fits_any(account, banks):
    return any(_fits(account, bic) for bic in banks)


def _weigh(hint, is_right):
    if is_right is None:
        return hint
    return sure(hint, BORNE_OUT) if is_right else doubt(hint, REFUTED)


def check_sums(amounts, rates, vats, text, in_words=None):
    """Sums with their words, and with what the tax in them must be.

    >>> amounts = [Hint("amount", Decimal("122.00"), 0.8)]
    >>> rates = [Hint("vat_rate", "22", 0.8)]
    >>> vats = [Hint("vat_amount", Decimal("22.00"), 0.8)]
    >>> found = check_sums(amounts, rates, vats, "")
    >>> [round(hints[0].confidence, 2) for hints in found]
    [0.95, 0.95, 0.95]
    """
    said = _bare(text)
    spoken = {h.value for h in amounts if in_words and _bare(in_words(h.value)) in said}
    taxes = {hint.value for hint in vats}
    good = {
        (amount, rate, vat)
        for amount in {hint.value for hint in amounts}
        for rate in {hint.value for hint in rates} - {"none"}
        for vat in _list_vats(amount, rate) & taxes
    }
    sums, shares, taxes = ({one[n] for one in good} for n in range(3))
    amounts = [sure(h, 0.15) if h.value in spoken else h for h in amounts]
    # A sum is not the tax in it; where there is a tax, "without" is said of a part.
    vats = [doubt(h, REFUTED) if h.value in spoken else h for h in vats]
    rates = [
        doubt(h, REFUTED) if h.value == "none" and (good or vats) else h for h in rates
    ]
    if RATE_SOMEWHERE.search(text):
        # "Without VAT" may be the head of a column.
        rates = [doubt(h, 0.55) if h.value == "none" else h for h in rates]
    elif not vats and all(h.value == "none" for h in rates):
        rates = [sure(h, 0.5) for h in rates]
    return (
        [_weigh(h, h.value in sums or None) for h in amounts],
        [_weigh(h, h.value in shares or None) for h in rates],
        [_weigh(h, h.value in taxes if good else None) for h in vats],
    )


def find_vat(amounts, text):
    """The tax that must be in the sum by a rate that is named, where it stands there.

    >>> hint = Hint("amount", Decimal("122.00"), 0.8)
    >>> [h.text for h in find_vat([hint], "22% … 100,00 … 22,00 … 122,00")]
    ['22', '22.00']
    >>> find_vat([hint], "22% … 23,00 … 122,00")
    []
    """
    named = {match[1] for match in RATE_SOMEWHERE.finditer(text)}
    sums = {value for line in text.splitlines() for value, _end in iter_money(line)}
    return [
        Hint(name, value, FROM_SUMS, page=amount.page)
        for amount in {hint.value: hint for hint in amounts}.values()
        for rate in sorted(named)
        for vat in sorted(_list_vats(amount.value, rate) & sums)
        for name, value in (("vat_rate", rate), ("vat_amount", vat))
    ]


def _list_vats(amount, rate):
    """What the tax within the sum may be, as it may be rounded line by line."""
    vat = (amount * Decimal(rate) / (100 + Decimal(rate))).quantize(CENT)
    return {vat + CENT * off for off in range(-TOLERANCE, TOLERANCE + 1)}


def _bare(text):
    return re.sub(r"[\W_]+", "", fold(text))


def check_headings(numbers, dates):
    """A number and a day in one heading: it is the bill's.

    >>> number = Hint("number", "5", 0.6, label="Счет")
    >>> day = Hint("date", 1, 0.6, label="СЧЕТ")
    >>> [round(hints[0].confidence, 2) for hints in check_headings([number], [day])]
    [0.9, 0.9]
    """
    headings = {_heading(h) for h in numbers} & {_heading(h) for h in dates}
    return tuple(
        [sure(h, BORNE_OUT) if _heading(h) in headings else h for h in hints]
        for hints in (numbers, dates)
    )


def _heading(hint):
    return hint.source, hint.page, round(hint.y), fold(hint.label)


def find_currency(text, near):
    """The currency that stands at the sum, or that the page speaks of most.

    >>> find_currency("Total due (EUR)", "").value, find_currency("", "5 руб.").value
    ('EUR', 'RUB')
    >>> find_currency("", "")
    """
    for words, confidence in ((near, 0.9), (text, 0.75)):
        folded = fold(words)
        counts = {
            code: len(re.findall(rf"(?<![^\W_])(?:{pattern})", folded))
            for code, pattern in CURRENCIES.items()
        }
        code = max(counts, key=counts.get)
        if counts[code]:
            return Hint("currency", code, confidence)
    return None
