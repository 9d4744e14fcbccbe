"""What was found: a value, how sure it is, and where it stood."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

LABEL, QR = "label", "qr"
# No two ways of reading are wrong for different reasons for sure.
SUREST = 0.99
# Less than this is not worth a look.
LEAST = 0.15


@dataclass(frozen=True)
class Hint:
    """``label`` are the words that it stood beside; ``rival`` what the file says of the
    same elsewhere, as text, where that is about as sure; the value is contradicted
    where one of the two is of a code.
    """

    field: str
    value: Any
    confidence: float
    source: str = LABEL
    label: str = ""
    page: int = 1
    layout: str = ""
    rival: str = ""
    is_contradicted: bool = False
    # The height on the page: what stands in one line belongs together.
    y: float = 0

    @property
    def text(self):
        """The value as it is kept.

        >>> Hint("date", date(2026, 1, 2), 1).text, Hint("bookings", ("a", "b"), 1).text
        ('2026-01-02', 'a, b')
        """
        if isinstance(self.value, date):
            return self.value.isoformat()
        if isinstance(self.value, tuple):
            return ", ".join(self.value)
        return str(self.value)

    def as_dict(self):
        return {
            "field": self.field,
            "value": self.text,
            "confidence": round(self.confidence, 2),
            "source": self.source,
            "label": self.label,
            "page": self.page,
            "layout": self.layout,
            "rival": self.rival,
            "is_contradicted": self.is_contradicted,
        }


def sure(hint, share):
    """The hint, borne out: so much of the doubt is left.

    >>> round(sure(Hint("kpp", "1", 0.8), 0.25).confidence, 3)
    0.95
    """
    left = (1 - hint.confidence) * share
    return replace(hint, confidence=min(SUREST, 1 - left))


def doubt(hint, factor, rival=""):
    """The hint, contradicted."""
    confidence = hint.confidence * factor
    return replace(hint, confidence=confidence, rival=rival or hint.rival)


def choose(hints):
    """The surest of the hints of one field, with what the others add or take away.

    The same said twice is surer, by a label and by a code the more so; the code and
    the text saying different things is what forged bills do:

    >>> one, two = Hint("account", "1", 0.8), Hint("account", "2", 0.95, QR)
    >>> best = choose([one, two])
    >>> best.value, best.rival, round(best.confidence, 2)
    ('2', '1', 0.57)
    >>> round(choose([one, Hint("account", "1", 0.95, QR)]).confidence, 2)
    0.99
    """
    ranked = sorted(hints, key=lambda hint: -hint.confidence)
    best = ranked[0]
    same = [hint for hint in ranked[1:] if is_same(best, hint)]
    others = [hint for hint in ranked[1:] if not is_same(best, hint)]
    for hint in same:
        best = sure(best, 0.25 if hint.source != best.source else 0.9)
    rivals = [h for h in others if h.confidence >= 0.75 * ranked[0].confidence]
    against = [h for h in rivals if h.source != best.source]
    if against:
        return replace(doubt(best, 0.6, against[0].text), is_contradicted=True)
    return doubt(best, 0.85, rivals[0].text) if rivals else best


def is_same(one, other):
    """Whether both say the same: names are typed in many ways."""
    if one.field in ("name", "purpose"):
        return _bare(one.value) == _bare(other.value)
    return one.value == other.value


def _bare(text):
    return "".join(filter(str.isalnum, text.upper()))
