"""Finding what stands beside labels."""

import re
from functools import lru_cache
from itertools import islice

from odoo.addons.tour_payment_order.engine.trust import fold

from .cells import Cell
from .hints import Hint
from .kinds import FORMS, KINDS, find_number_later, has_form
from .layouts import FIELDS, FLAGS, REQUISITES, compile_label, compile_pattern

# How sure a value is by where it stands, seen from its label.
HERE, RIGHT, NEAR = 0.8, 0.8, 0.68
# And without a label.
OF_FORM, BANK = 0.5, "БАНК"
# What a less sure label takes, and at most.
STEP, MOST = 0.02, 0.14
OF_LAYOUT, OF_PAYEE, OF_NOBODY, OF_OTHER = 0.06, 0.04, -0.05, -0.25
# A label that stands everywhere says little.
MAX_FOUND = 60
# A value is looked for in so many pieces to the right.
MAX_RIGHT = 6
# Words between the label of a sum and the sum: it is another sum.
OTHER_SUM = re.compile(r"НДС|VАТ|СКИДК|БЕЗ(?![^\W_])|ТАХ|NЕТ(?![^\W_])")
WITHIN = re.compile(r"(?:В\s*Т\W*Ч|ТОМ ЧИСЛЕ|ВКЛЮЧАЯ|INСL\w*).*")
# Before the name of the tax: the sum behind it is not of the tax.
NOT_THE_TAX = re.compile(r"(?<![^\W_])(?:БЕЗ|С|УЧЕТОМ|NО|WIТНОUТ|ЕХСL\w*)[\W_]*$")
NUMBER_OF_TAX = re.compile(
    r"(?<![^\W_])(?:ID|NО|NUМВЕR|RЕG\w*|НОМЕР|СТАВКА)(?![^\W_])|№"
)
RATE_OF_VAT = re.compile(r"\d{1,2}(?:[.,]\d+)?\s?%|[()]")
WORD_BEFORE = re.compile(r"[^\W_]\s*$")
NOTHING_BETWEEN = re.compile(r"[\W_]*")
# Values that nothing else looks like are taken wherever they stand behind the label.
DISTINCT = {"tax_id", "kpp", "account", "corr_account", "bic"}
# What may stand under its label, as in a table.
NOT_BELOW = {"vat_amount", "vat_rate", "amount"}


@lru_cache(maxsize=2048)
def _compile(label):
    return compile_label(label)


class Finder:
    """Reads one sheet by one layout; ``others`` are what it may be mixed with."""

    def __init__(self, sheet, layout, others, source):
        self.sheet, self.layout, self.source = sheet, layout, source
        self.others = others
        self.sides = [
            (cell, match.start(), flag == "payer")
            for flag in ("payee", "payer")
            for _place, cell, match, _loose, _above in self._iter_labels(flag)
            if _is_role(cell, match)
        ]

    def iter_hints(self):
        for field in FIELDS:
            for place, cell, match, loose, above in self._iter_labels(field):
                yield from self._read(field, place, cell, match, loose, above)
        for _place, cell, match, _loose, _above in self._iter_labels("without_vat"):
            yield self._make("vat_rate", "none", 0.75, cell, match)

    def _iter_labels(self, name):
        """Where labels of the field stand: (place in the data, cell, match, …)."""
        for place, label in enumerate(self.layout.labels.get(name, ())):
            pattern, loose, above = _compile(label)
            found = (
                (place, cell, match, loose, above)
                for cell in self.sheet.cells
                for match in pattern.finditer(cell.folded)
            )
            yield from islice(found, MAX_FOUND)

    def _read(self, field, place, cell, match, loose, above):
        """The values of one label: the nearest, in each direction it may be in."""
        if self._is_named_again(field, cell, match.end()):
            return
        if field == "vat_amount" and NOT_THE_TAX.search(cell.folded[: match.start()]):
            return
        base = -min(place * STEP, MOST) + (OF_LAYOUT if self.layout.marks else 0)
        if field in ("number", "date", "name") and _follows_word(cell, match):
            base += OF_OTHER
        if above:
            places = [(other, 0, NEAR) for other in self.sheet.above(cell)]
        else:
            places = self._iter_places(field, cell, match)
        for other, start, confidence in places:
            if start == 0 and other is not cell and self._stops(field, other):
                continue
            if other is not cell and _names_other(field, cell, match):
                return
            found = self._find(field, other, start, loose, confidence == NEAR)
            if not found:
                continue
            value, at = found
            side = self._get_side(field, other, at)
            if side is not None:
                yield self._make(field, value, confidence + base + side, cell, match)
            return

    def _iter_places(self, field, cell, match):
        """(cell, where to begin in it, how sure): here, to the right, below."""
        yield cell, match.end(), HERE
        right = self.sheet.right_of(cell)[:MAX_RIGHT]
        if field == "amount":
            # Behind nights and rates.
            right = right[::-1]
        for other in right:
            yield other, 0, RIGHT
        if field not in NOT_BELOW:
            for other in self.sheet.below(cell, 1 if field == "number" else 2):
                yield other, 0, NEAR

    def _stops(self, field, cell):
        """Whether a cell is the label of something else rather than a value."""
        if field not in ("name", "number", "purpose"):
            return False
        return any(
            (found := _compile(label)[0].match(cell.folded))
            and found.end() >= len(cell.folded.rstrip(" :.№"))
            for layout in self.others
            for labels in layout.labels.values()
            for label in labels
        )

    def _is_named_again(self, field, cell, end):
        """Two labels of the same, in two languages: the second is beside the value."""
        at = NOTHING_BETWEEN.match(cell.folded, end).end()
        return any(
            _compile(label)[0].match(cell.folded, at)
            for layout in self.others
            for label in layout.labels.get(field, ())
        )

    def _find(self, field, cell, start, loose, is_near):
        """The value and where it stands in the cell."""
        kind, text = FIELDS[field], cell.text[start:]
        pattern = self.layout.patterns.get(field)
        if pattern:
            match = compile_pattern(pattern).search(text)
            found = match and (KINDS[kind](match[1]) or [None])[0]
            if found is None and match and kind in ("number", "name", "purpose"):
                found = match[1]
            return (found, start + match.start()) if found is not None else None
        find = find_number_later if kind == "number" and loose else KINDS[kind]
        found = find(text)
        if not found:
            return None
        value, end = found
        if is_near and not self._fits_below(field, value, text[end:]):
            return None
        between = cell.folded[start : start + _find_start(text, value, end)]
        if field == "amount" and OTHER_SUM.search(WITHIN.sub("", between)):
            return None
        if field == "vat_amount":
            between = RATE_OF_VAT.sub("", between)
            if NUMBER_OF_TAX.search(between):
                return None
        if not loose and kind not in DISTINCT and kind in ("date", "money", "tax"):
            if NOTHING_BETWEEN.fullmatch(between) is None and "ОТ" not in between:
                return None
        return value, start + len(between)

    def _fits_below(self, field, value, rest):
        """Whether a value may stand under its label: alone, and a name for sure."""
        if field in ("number", "date"):
            return len(rest) <= 3
        return field != "name" or has_form(value)

    def _get_side(self, field, cell, at):
        """How sure it is to be the payee's; None if it is the payer's."""
        if field not in REQUISITES:
            return 0
        is_payer = self._is_payers(cell, at)
        if is_payer is None:
            return OF_NOBODY
        return None if is_payer else OF_PAYEE

    def _is_payers(self, cell, at):
        """What the nearest role above or before it says; None if there is none."""
        nearest = None
        for role, start, is_payer in self.sides:
            if role is cell:
                if start > at:
                    continue
                key = (0, -start)
            elif role.y < cell.y - 0.7 * role.h or role.x0 > cell.x1:
                continue
            else:
                key = (1 + max(role.y - cell.y, 0) / 5, -role.x0)
            if nearest is None or key < nearest[0]:
                nearest = key, is_payer
        return nearest and nearest[1]

    def _make(self, field, value, confidence, cell, match):
        if field == "name" and not has_form(value):
            confidence -= 0.25
        return Hint(
            field,
            value,
            max(min(confidence, 0.9), 0.05),
            self.source,
            cell.text[match.start() : match.end()],
            cell.page + 1,
            self.layout.name,
            y=cell.y,
        )


def find_names(sheet, source):
    """Names of companies that no label says are the payee's: the first of a page, as in
    the head of a letter.
    """
    for cell in sheet.cells:
        found = FORMS.match(cell.folded) and KINDS["name"](cell.text)
        if found and BANK not in fold(found[0]):
            yield Hint("name", found[0], OF_FORM, source, "", cell.page + 1)
            return


def _is_role(cell: Cell, match):
    """Whether the words begin something: a piece of text, or a part before a colon."""
    before = cell.folded[: match.start()].rstrip()
    after = cell.folded[match.end() :].lstrip(" )")
    return not before.strip("( ") or after.startswith(":")


def _follows_word(cell, match):
    """Whether a word stands before the label: it is another thing's, as a due date."""
    return bool(WORD_BEFORE.search(cell.folded[: match.start()]))


def _names_other(field, cell, match):
    """Whether the rest of the label says that it is of something else."""
    rest = cell.folded[match.end() :]
    if field == "amount":
        return bool(OTHER_SUM.search(WITHIN.sub("", rest)))
    return field == "vat_amount" and bool(NUMBER_OF_TAX.search(rest))


def _find_start(text, value, end):
    """Where the value begins that ends there, about."""
    if isinstance(value, str) and (place := text.find(value)) >= 0:
        return place
    digit = re.search(r"\d", text)
    return digit.start() if digit else end


def iter_hints(sheet, layouts, source):
    """What the labels of all layouts that fit say."""
    folded = "\n".join(cell.folded for cell in sheet.cells)
    fitting = [layout for layout in layouts if layout.fits(folded)]
    yield from find_names(sheet, source)
    for layout in fitting:
        yield from Finder(sheet, layout, fitting, source).iter_hints()


assert not set(FLAGS) & set(FIELDS)
