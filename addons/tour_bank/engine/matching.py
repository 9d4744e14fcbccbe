"""What each line of a statement settles, by points, and why, in words to be shown.

Points are for what agrees: a number in the purpose, who paid or was paid, the sum. What
is certain by rule is few: the sum to the cent, and either a number of ours that nobody
contradicts, or a payment that we ordered, to whom we ordered it.

>>> inn = "7701234560"
>>> number = "INV/2026/00012"
>>> invoice = Item(1, "invoice", Decimal(24400), numbers=(number,), tax_id=inn)
>>> paid = Moved(7, Decimal(24400), "Оплата по счету № INV-2026-00012", inn)
>>> [found] = decide([paid], [invoice])[7]
>>> found.items, found.certain, [reason.code for reason in found.reasons]
((1,), True, ['number', 'tax_id', 'amount'])

From somebody else it may be an error of his: a person looks at it.

>>> other = paid._replace(tax_id="7712345671")
>>> [found] = decide([other], [invoice])[7]
>>> found.certain, [reason.code for reason in found.reasons]
(False, ['number', 'amount', 'other_tax_id'])

The same invoice is not paid twice; what came again stands to the client's account:

>>> again = paid._replace(key=8)
>>> found = decide([paid, again], [invoice], {inn: 70})
>>> [(each.kind, each.rest, each.partner, each.certain) for each in found[8]]
[('account', Decimal('24400'), 70, False)]

One sum for several invoices that the purpose names:

>>> second = invoice._replace(key=2, numbers=("INV/2026/00013",), amount=Decimal(600))
>>> both = Moved(9, Decimal(25000), "Счета INV/2026/00012, INV/2026/00013", inn)
>>> [found, *_others] = decide([both], [invoice, second])[9]
>>> found.items, found.certain
((1, 2), True)

What we ordered, and the bank paid:

>>> order = Item(3, "payment", Decimal(-18300), order="58", tax_id=inn)
>>> [found] = decide([Moved(1, Decimal(-18300), "", inn, number="58")], [order])[1]
>>> found.certain, [reason.code for reason in found.reasons]
(True, ['order', 'tax_id', 'amount'])
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

NUMBER, ORDER, REFERENCE, BOOKING, WHO, AMOUNT = 50, 30, 30, 30, 30, 20
OTHER_TAX_ID, MORE = -40, -10
# Below that nothing speaks for it but chance.
ENOUGH = 20
MAX_PROPOSALS = 5
# With so many nobody looks for what agrees less.
CLEAR = NUMBER + AMOUNT
# Of one client, and of one sum: more than that nobody compares.
MAX_OF_ONE = 5
# In one sum; the purpose of a payment order holds no more numbers.
MAX_TOGETHER = 15
# What we know of already, as payments that wait for the bank.
WAITING = "payment"
NUMBERED = ("invoice", "topup")

# Latin letters where Russian ones look the same: numbers are typed either way.
TO_LATIN = dict(zip(map(ord, "АВЕКМНОРСТУХ"), "ABEKMHOPCTYX", strict=True))
SEPARATORS = dict.fromkeys(map(ord, "-/. "), None)
NORMAL = TO_LATIN | SEPARATORS
# What stands between words; a number sign is a word of its own.
SPLIT = TO_LATIN | dict.fromkeys(map(ord, ",;:()[]\"'«»="), " ") | {ord("№"): " # "}
DIGIT = re.compile("[0-9]")
# Plain digits shorter than this are a number only where it is said that they are:
# after such a word.
PLAIN = 6
SAID = {"#", "№", "№:", "N", "N.", "NO", "NO."}
STEMS = ("СЧЕТ", "СЧЁТ", "ЗАЯВК", "БРОН", "INVOICE")


class Reason(NamedTuple):
    """What speaks for a proposal, or against it; said in the reader's language."""

    code: str
    value: str = ""


SAME_AMOUNT = Reason("amount")


class Item(NamedTuple):
    """What is open in the books; ``amount`` as the bank would show it."""

    key: int
    kind: str
    amount: Decimal
    # Of ours, and of the other side.
    numbers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    bookings: tuple[str, ...] = ()
    # Of the payment order that we sent.
    order: str = ""
    tax_id: str = ""
    account: str = ""
    partner: int = 0


class Moved(NamedTuple):
    """A line of a statement."""

    key: int
    amount: Decimal
    purpose: str
    tax_id: str = ""
    account: str = ""
    number: str = ""


class Proposal(NamedTuple):
    """What a line may settle; ``rest`` is what it brings beyond, or leaves open."""

    kind: str
    items: tuple[int, ...]
    points: int
    reasons: tuple[Reason, ...]
    certain: bool = False
    rest: Decimal = Decimal()
    partner: int = 0


def decide(
    lines: Iterable[Moved],
    items: Iterable[Item],
    partners: dict[str, int] | None = None,
) -> dict[int, list[Proposal]]:
    """For each line what it may settle, the likeliest first.

    :param partners: who is known by which tax id
    """
    books = _Books(items)
    found: dict[int, list[Proposal]] = {}
    taken: set[int] = set()
    for line in lines:
        proposals = _propose(line, books, taken, partners or {})
        if proposals and proposals[0].certain:
            taken.update(proposals[0].items)
            proposals = proposals[:1]
        found[line.key] = proposals
    for key, proposals in found.items():
        if not (proposals and proposals[0].certain):
            found[key] = [each for each in proposals if taken.isdisjoint(each.items)]
    return found


# What a number in the purpose is of an item: its own, the other side's, a booking's.
Hits = dict[int, dict[str, str]]


class _Books:
    """What is open, by everything that it is found by."""

    def __init__(self, items: Iterable[Item]):
        self.items: dict[int, Item] = {}
        self.by_number: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self.by_who: dict[str, list[int]] = defaultdict(list)
        self.by_both: dict[tuple[str, Decimal], list[int]] = defaultdict(list)
        self.by_amount: dict[Decimal, list[int]] = defaultdict(list)
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        self.items[item.key] = item
        for role in ("numbers", "references", "bookings"):
            for number in getattr(item, role):
                if short := normal(number):
                    self.by_number[short].append((item.key, role, number))
        for who in {item.tax_id, item.account} - {""}:
            self.by_who[who].append(item.key)
            self.by_both[who, item.amount].append(item.key)
        self.by_amount[item.amount].append(item.key)

    def named(self, tokens: set[str]) -> Hits:
        """The items that numbers in the purpose name, with these numbers."""
        hits: Hits = defaultdict(dict)
        for token in tokens & self.by_number.keys():
            for key, role, number in self.by_number[token][: MAX_TOGETHER * 2]:
                hits[key][role] = number
        return hits

    def alike(self, line: Moved) -> set[int]:
        """Those of the same sum, to or from the same one."""
        found: set[int] = set()
        for who in (line.tax_id, line.account):
            if who:
                found.update(self.by_both.get((who, line.amount), [])[:MAX_OF_ONE])
        return found

    def others(self, line: Moved) -> set[int]:
        """Those of which less agrees: the same one, or the same sum."""
        found: set[int] = set()
        for who in (line.tax_id, line.account):
            if who:
                found.update(self.by_who.get(who, [])[:MAX_OF_ONE])
        # A sum that many have tells nothing.
        same = self.by_amount.get(line.amount, [])
        return found | set(same if len(same) <= MAX_OF_ONE else [])


def normal(number: str) -> str:
    """The number however it is typed.

    >>> normal("INV/2026/00012") == normal("inv-2026.00012"), normal("ТУР-1")
    (True, 'TYP1')
    """
    return number.upper().translate(NORMAL)


def tokens_of(purpose: str) -> set[str]:
    """What in the purpose may be a number.

    >>> sorted(tokens_of("Счет №77 от 04.10.2026, бронь T000123, 500 руб."))
    ['04102026', '77', 'T000123']
    """
    found = set()
    words = purpose.upper().split()
    for place, word in enumerate(words):
        # Most words have no digit: only the others are looked at closely.
        if word.isalpha() or not DIGIT.search(word):
            continue
        before = words[place - 1].lstrip("(") if place else ""
        for part in word.translate(SPLIT).split():
            short = part.translate(SEPARATORS)
            if DIGIT.search(short) and (
                len(short) >= PLAIN
                or not short.isdigit()
                or before in SAID
                or before.startswith(STEMS)
            ):
                found.add(short)
            before = part
    return found


def _propose(
    line: Moved, books: _Books, taken: set[int], partners: dict[str, int]
) -> list[Proposal]:
    hits = books.named(tokens_of(line.purpose))

    def weigh(keys: Iterable[int]) -> list[Proposal]:
        items = (books.items[key] for key in keys if key not in taken)
        return [
            _weigh(line, item, hits.get(item.key, {}), books)
            for item in items
            if (item.amount > 0) == (line.amount > 0)
        ]

    near = hits.keys() | books.alike(line)
    found = weigh(near)
    if all(each.points < CLEAR for each in found):
        found += weigh(books.others(line) - near)
    if together := _together(line, hits, taken, books):
        found.append(together)
    found = [each for each in found if each.points >= ENOUGH]
    if line.amount > 0 and (partner := partners.get(line.tax_id)):
        reasons = (Reason("client", line.tax_id),)
        found.append(
            Proposal("account", (), ENOUGH // 2, reasons, False, line.amount, partner)
        )
    found.sort(key=lambda each: (not each.certain, -each.points, each.items))
    # Two that are certain are none: which of them it is, a person says.
    if len(found) > 1 and found[1].certain:
        found = [each._replace(certain=False) for each in found]
    return found[:MAX_PROPOSALS]


def _weigh(line: Moved, item: Item, named: dict[str, str], books: _Books) -> Proposal:
    same_tax_id = bool(line.tax_id) and line.tax_id == item.tax_id
    contradicts = bool(line.tax_id and item.tax_id) and not same_tax_id
    knows = same_tax_id or (bool(line.account) and line.account == item.account)
    signs = _list_signs(line, item, named, knows)
    rest = line.amount - item.amount
    certain = not rest and not contradicts and _is_meant(line, item, signs, books)
    if not rest:
        signs.append((AMOUNT, SAME_AMOUNT))
    elif abs(line.amount) > abs(item.amount):
        signs.append((MORE, Reason("more")))
    else:
        signs.append((0, Reason("part")))
    if contradicts:
        signs.append((OTHER_TAX_ID, Reason("other_tax_id", item.tax_id)))
    return Proposal(
        item.kind,
        (item.key,),
        sum(points for points, _reason in signs),
        tuple(reason for _points, reason in signs),
        certain,
        rest,
        item.partner,
    )


def _list_signs(
    line: Moved, item: Item, named: dict[str, str], knows: bool
) -> list[tuple[int, Reason]]:
    """Points and reasons of what agrees, but for the sum."""
    signs = []
    if "numbers" in named:
        signs.append((NUMBER, Reason("number", named["numbers"])))
    elif "bookings" in named:
        signs.append((BOOKING, Reason("booking", named["bookings"])))
    if knows and item.order and item.order == line.number:
        signs.append((ORDER, Reason("order", item.order)))
    if knows and "references" in named:
        signs.append((REFERENCE, Reason("reference", named["references"])))
    if knows and line.tax_id and line.tax_id == item.tax_id:
        signs.append((WHO, Reason("tax_id", line.tax_id)))
    elif knows:
        signs.append((WHO, Reason("account", line.account)))
    return signs


def _is_meant(
    line: Moved, item: Item, signs: list[tuple[int, Reason]], books: _Books
) -> bool:
    """Whether what agrees leaves no doubt which of ours it is, if the sum does."""
    codes = {reason.code for _points, reason in signs}
    if item.kind != WAITING:
        return item.kind in NUMBERED and "number" in codes
    if not codes & {"tax_id", "account"}:
        return False
    named = bool(codes & {"number", "order", "reference"})
    return named or _is_only(line, item, books)


def _is_only(line: Moved, item: Item, books: _Books) -> bool:
    """Whether no other payment of that sum to the same one waits for the bank."""
    who = line.tax_id if line.tax_id == item.tax_id else line.account
    for key in books.by_both.get((who, line.amount), []):
        if key != item.key and books.items[key].kind == WAITING:
            return False
    return True


def _together(
    line: Moved, hits: Hits, taken: set[int], books: _Books
) -> Proposal | None:
    """All invoices that the purpose names, if the sum is theirs together."""
    named = [
        (books.items[key], roles["numbers"])
        for key, roles in hits.items()
        if "numbers" in roles and key not in taken
    ]
    named = [pair for pair in named if pair[0].kind == "invoice"]
    if not 2 <= len(named) <= MAX_TOGETHER:
        return None
    if sum(item.amount for item, _number in named) != line.amount:
        return None
    if len({item.partner for item, _number in named}) > 1:
        return None
    named.sort(key=lambda pair: pair[0].key)
    first = named[0][0]
    contradicts = bool(line.tax_id and first.tax_id) and line.tax_id != first.tax_id
    reasons = [Reason("number", number) for _item, number in named]
    reasons.append(Reason("amount"))
    if contradicts:
        reasons.append(Reason("other_tax_id", first.tax_id))
    return Proposal(
        "invoice",
        tuple(item.key for item, _number in named),
        NUMBER + AMOUNT + (OTHER_TAX_ID if contradicts else WHO),
        tuple(reasons),
        certain=not contradicts,
        partner=first.partner,
    )
