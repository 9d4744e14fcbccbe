"""How much of bills is read, and how much of what is read is right."""

import time
from collections import Counter
from dataclasses import dataclass, field

from odoo.addons.tour_document.words import amount_in_words
from odoo.addons.tour_payment_order.engine.matching import Numbering

from ..engine.checks import Own
from ..engine.reading import read_bill
from .bill_facts import OUR_ACCOUNT, OUR_KPP, OUR_NAME, OUR_TAX_ID

OWN = Own(
    tax_ids=frozenset({OUR_TAX_ID}),
    kpps=frozenset({OUR_KPP}),
    accounts=frozenset({OUR_ACCOUNT}),
    names=frozenset({OUR_NAME}),
)
NUMBERING = Numbering("T", 6)


def read(content, **options):
    """Read as the add-on does."""
    options = {"own": OWN, "numbering": NUMBERING, "in_words": in_words, **options}
    return read_bill(content, **options)


def in_words(amount):
    return amount_in_words(amount, "RUB", "ru_RU")


@dataclass
class Score:
    """Counts by field: what bills say, what was found, and what of that is right."""

    said: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    # Wrong although the reader was sure.
    sure_wrong: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    def recall(self, *names):
        """The share of what is said that is found, and right."""
        return self._share(self.said, names)

    def precision(self, *names):
        """The share of what is found that is right."""
        return self._share(self.found, names)

    def _share(self, whole, names):
        names = names or list(whole)
        total = sum(whole[name] for name in names)
        return sum(self.right[name] for name in names) / total if total else 1.0


def measure(bills):
    """Read the bills, and count."""
    score = Score()
    for bill in bills:
        began = time.perf_counter()
        hints = read(bill.content).hints
        score.seconds.append(time.perf_counter() - began)
        score.said.update(list(bill.expected))
        score.found.update(list(hints))
        for name, hint in hints.items():
            if hint.value == bill.expected.get(name):
                score.right[name] += 1
            else:
                score.wrong.append((bill.layout, name, hint, bill.expected.get(name)))
                score.sure_wrong[name] += hint.confidence >= 0.9
    return score
