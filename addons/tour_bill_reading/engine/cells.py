"""The text of a page as people see it: pieces with their places.

Letters that touch make words, words beside each other make a cell; what is farther
away stands in another column.

>>> letters = [(c, 10 + 5 * n, 100, 15 + 5 * n, 110) for n, c in enumerate("ИНН 77")]
>>> letters += [(c, 200 + 5 * n, 100, 205 + 5 * n, 110) for n, c in enumerate("БИК")]
>>> [cell.text for cell in make_cells(letters)]
['ИНН 77', 'БИК']
"""

import re
from dataclasses import dataclass
from functools import cached_property

from odoo.addons.tour_payment_order.engine.fields import DASHES, SPACES
from odoo.addons.tour_payment_order.engine.trust import fold

# In heights of a letter: how far words of a cell are apart, letters of a word, and how
# much lower something may stand that is still on the line.
WORD_GAP, LETTER_GAP, LINE = 1.2, 0.3, 0.5
# Of labels that take two lines, beside a value between them.
BESIDE = 0.85
# Cells of one page that are looked at; a page of small print has some hundred.
MAX_CELLS = 4000
MAX_TEXT = 600
# Headings are typed with s p a c e s, in one alphabet.
SPACED = re.compile(
    r"(?<!\w)(?:(?:[А-ЯЁа-яё] ){2,}[А-ЯЁа-яё]|(?:[A-Za-z] ){2,}[A-Za-z])(?!\w)"
)


@dataclass(frozen=True)
class Cell:
    """A piece of text: ``y`` is its middle, counted from below, ``h`` its height."""

    text: str
    x0: float = 0
    x1: float = 0
    y: float = 0
    h: float = 10
    page: int = 0

    @cached_property
    def folded(self):
        return fold(self.text)


class Sheet:
    """The cells of a page, and who stands where."""

    def __init__(self, cells):
        self.cells = sorted(cells, key=lambda cell: (-cell.y, cell.x0))[:MAX_CELLS]

    @cached_property
    def text(self):
        return "\n".join(cell.text for cell in self.cells)

    def right_of(self, cell):
        """What stands beside it, from left to right."""
        found = [
            other
            for other in self.cells
            if other.x0 >= cell.x1 - 1
            and abs(other.y - cell.y) <= BESIDE * max(cell.h, other.h)
        ]
        return sorted(found, key=lambda other: other.x0)

    def below(self, cell, lines=3):
        """What stands under it, from above to below."""
        reach = cell.h * 1.7 * lines
        return [
            other
            for other in self.cells
            if 0 < cell.y - other.y - LINE * cell.h <= reach and _overlap(cell, other)
        ]

    def above(self, cell, lines=2):
        """What stands over it, the nearest first."""
        reach = cell.h * 1.7 * lines
        found = [
            other
            for other in self.cells
            if 0 < other.y - cell.y - LINE * cell.h <= reach and _overlap(cell, other)
        ]
        return found[::-1]


def _overlap(cell, other):
    return min(cell.x1, other.x1) > max(cell.x0, other.x0)


def make_cells(letters, page=0):
    """Cells of (letter, left, bottom, right, top), in the order they are drawn."""
    lines = []
    for word in sorted(_make_words(letters), key=lambda word: -word.y):
        line = lines and lines[-1]
        if line and line[0].y - word.y <= LINE * min(line[0].h, word.h):
            line.append(word)
        else:
            lines.append([word])
    return [
        Cell(_tidy(text), x0, x1, y, h, page)
        for line in lines
        for text, x0, x1, y, h in _join(sorted(line, key=lambda word: word.x0))
    ]


def text_cells(text, page=0):
    """Cells of plain text: a line is one.

    >>> [(cell.text, cell.y) for cell in text_cells("one\\ntwo")]
    [('one', 0), ('two', -12)]
    """
    return [
        Cell(_tidy(line), 0, 6 * len(line), -12 * row, 10, page)
        for row, line in enumerate(text.splitlines())
    ]


def _make_words(letters):
    """Words, each as a cell."""
    word = []
    for letter in letters:
        sign, left, bottom, _right, top = letter
        if word and not _goes_on(word[-1], left, bottom, top):
            yield _close(word)
            word = []
        if sign.isspace() or not sign.isprintable():
            if word:
                yield _close(word)
            word = []
        else:
            word.append(letter)
    if word:
        yield _close(word)


def _goes_on(last, left, bottom, top):
    height = max(top - bottom, 1)
    return (
        abs(bottom - last[2]) <= LINE * height
        # A sign for two letters gives both in its place.
        and left >= last[1] - LETTER_GAP * height
        and left - last[3] <= LETTER_GAP * height
    )


def _close(word):
    text = "".join(letter[0] for letter in word)
    bottom, top = min(w[2] for w in word), max(w[4] for w in word)
    height = max(top - bottom, 1)
    return Cell(text, word[0][1], word[-1][3], (bottom + top) / 2, height)


def _join(words):
    """Words of a line beside each other: (text, x0, x1, y, h)."""
    groups = []
    for word in words:
        last = groups and groups[-1][-1]
        if last and word.x0 - last.x1 <= WORD_GAP * max(last.h, word.h):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        first, height = group[0], max(word.h for word in group)
        text = " ".join(word.text for word in group)
        yield text, first.x0, max(word.x1 for word in group), first.y, height


def _tidy(text):
    r"""The text with plain spaces and dashes.

    >>> _tidy("С Ч Е Т  N 5"), _tidy("1\xa0207,50")
    ('СЧЕТ N 5', '1 207,50')
    """
    text = " ".join(text.translate(SPACES).translate(DASHES).split())[:MAX_TEXT]
    return SPACED.sub(lambda found: found[0].replace(" ", ""), text)
