"""Which services a supplier's bill pays, row by row, by points and why.

Points are for what agrees: a number of the booking, that the booking stands on the
bill, a guest's name, the days, the place, the supplier, the sum. A sum alone is never
enough: somebody else's stay costs the same. What is *known* to be meant has a number, a
booking on the bill, or a guest with his days.

A row pays one service, several of one booking, or all that are known. What agrees
within the allowance, is of the supplier and has no rival is accepted; the rest is
proposed, and people decide.

>>> stay = Service(7, 1, "T000123", 5, Decimal(20000), guests=(("Ivanov", "Petr"),))
>>> other = stay._replace(id=8, booking=2, number="T000124", guests=())
>>> bill = Bill(5, "Счёт 15", (Row(0, "Проживание, заявка T000123", Decimal(20000)),))
>>> found = decide(bill, [stay, other], Numbering("T", 6), Allowance(Decimal(1)))
>>> [(p.service, p.amount, p.is_accepted) for p in found]
[(7, Decimal('20000'), True)]
>>> [reason.code for reason in found[0].reasons]
['booking_number', 'supplier', 'amount']

Without the number both are shown, and none is taken:

>>> bill = bill._replace(rows=(Row(0, "Проживание", Decimal(20000)),))
>>> found = decide(bill, [stay, other], Numbering("T", 6), Allowance(Decimal(1)))
>>> [(p.service, p.is_accepted) for p in found]
[(7, False), (8, False)]
"""

from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from odoo.addons.tour_payment_order.engine.matching import (
    Numbering,
    Reason,
    find_numbers,
    plain,
)

from .spreading import get_allowance, spread
from .words import find_days, find_words, names_day, names_guest

OTHER_NUMBER, ON_BILL, GUEST, SURNAME = 40, 40, 30, 15
BOTH_DAYS, FIRST_DAY, PLACE, SUPPLIER, OTHER_SUPPLIER = 20, 10, 10, 15, 40
AMOUNT, NEAR_AMOUNT = 25, 20
# From so many points on a number is one of ours, and not digits by chance.
SURE_NUMBER = 40
# So much ahead of the next that agrees; less is a rival.
AHEAD = 15
# Of so many services of a booking, each choice of several is looked at.
MAX_CHOICE = 8
MAX_SUGGESTED = 5


class Allowance(NamedTuple):
    """By how much a bill may differ from what services cost."""

    percent: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)

    def allows(self, cost, billed):
        return abs(billed - cost) <= get_allowance(cost, self.percent, self.amount)


class Service(NamedTuple):
    """What may be billed; ``left`` is what is not billed yet, as the bill counts."""

    id: int
    booking: int
    number: str
    supplier: int
    left: Decimal
    other_numbers: tuple[str, ...] = ()
    guests: tuple[tuple[str, str], ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    place: str = ""
    on_bill: bool = False


class Row(NamedTuple):
    """What is to be allotted; id 0 is the bill as a whole."""

    id: int
    text: str
    amount: Decimal


class Bill(NamedTuple):
    supplier: int
    text: str
    rows: tuple[Row, ...]
    rounding: Decimal = Decimal("0.01")


class Weighed(NamedTuple):
    service: Service
    points: int
    is_known: bool
    reasons: tuple[Reason, ...]


class Choice(NamedTuple):
    """Services that a row may pay together; agreeing if the sum does."""

    members: tuple[Weighed, ...]
    points: int
    agrees: bool
    reason: Reason

    @property
    def is_known(self):
        return all(member.is_known for member in self.members)

    @property
    def ids(self):
        return {member.service.id for member in self.members}


class Proposal(NamedTuple):
    row: int
    service: int
    amount: Decimal
    points: int
    reasons: tuple[Reason, ...]
    is_accepted: bool


def decide(bill: Bill, services, numbering: Numbering, allowance: Allowance):
    """Weigh the services for each row of the bill.

    Rows that are clear are settled first, so that what they pay is out of the way of
    the others.

    :rtype: list[Proposal]
    """
    open_rows = {row.id: row for row in bill.rows if row.amount > 0}
    weighed = {
        row.id: _weigh_all(bill, row, services, numbering) for row in open_rows.values()
    }
    taken, proposals = set(), []
    settled = True
    while settled:
        settled = False
        for row in list(open_rows.values()):
            choices = _list_choices(row, weighed[row.id], taken, allowance, bill)
            if best := _find_clear(choices):
                proposals += _propose(row, best, bill, is_accepted=True)
                taken |= best.ids
                del open_rows[row.id]
                settled = True
    for row in open_rows.values():
        choices = _list_choices(row, weighed[row.id], taken, allowance, bill)
        for choice in _suggest(choices):
            proposals += _propose(row, choice, bill, is_accepted=False)
            if choice.is_known:
                taken |= choice.ids
    return proposals


# === What agrees in words === #


def _weigh_all(bill, row, services, numbering):
    text = f"{row.text}\n{bill.text}" if len(bill.rows) == 1 else row.text
    facts = (
        find_numbers(text, numbering),
        find_words(text),
        find_days(text),
    )
    return [_weigh(bill, service, *facts) for service in services]


def _weigh(bill, service, numbers, words, days):
    points, reasons, known = 0, [], False
    for part, code, values, is_sure in _iter_signs(service, numbers, words, days):
        points += part
        known = known or is_sure
        reasons.append(Reason(code, values))
    codes = {reason.code for reason in reasons}
    known = known or ("guest" in codes and bool(codes & {"days", "first_day"}))
    if bill.supplier and service.supplier == bill.supplier:
        points += SUPPLIER
        reasons.append(Reason("supplier"))
    elif service.supplier:
        points -= OTHER_SUPPLIER
        reasons.append(Reason("other_supplier"))
    return Weighed(service, points, known, tuple(reasons))


def _iter_signs(service, numbers, words, days):
    """Points, code, what is told, and whether it is enough to be meant."""
    if found := numbers.bookings.get(service.number):
        sure = found >= SURE_NUMBER
        yield found, "booking_number", {"number": service.number}, sure
    for number in service.other_numbers:
        # Short ones are days and rooms.
        if len(plain(number)) > 3 and (
            number in numbers.travelline or plain(number) in numbers.words
        ):
            yield OTHER_NUMBER, "other_number", {"number": number}, True
            break
    if service.on_bill:
        yield ON_BILL, "on_bill", {"number": service.number}, True
    named = [(names_guest(words, *guest), guest) for guest in service.guests]
    how, guest = max(named, default=(0, ("", "")), key=lambda pair: pair[0])
    if how:
        name = " ".join(filter(None, guest)) if how == 2 else guest[0]
        code = "guest" if how == 2 else "surname"
        yield (GUEST if how == 2 else SURNAME), code, {"name": name}, False
    yield from _iter_day_signs(service, days)
    place = find_words(service.place)
    if place and place <= words:
        yield PLACE, "place", {"name": service.place}, False


def _iter_day_signs(service, days):
    first, last = service.date_from, service.date_to
    if not names_day(days, first):
        return
    if last and last != first and names_day(days, last):
        yield BOTH_DAYS, "days", {"first": first, "last": last}, False
    elif not last or last == first:
        yield BOTH_DAYS, "days", {"first": first, "last": first}, False
    else:
        yield FIRST_DAY, "first_day", {"first": first}, False


# === What agrees in sum === #


def _list_choices(row, weighed, taken, allowance, bill):
    """Services, and several together, that the row may pay; the best first."""
    free = [w for w in weighed if w.service.id not in taken and w.service.left > 0]
    known = [w for w in free if w.is_known]
    sets = [(w,) for w in free]
    by_booking = {}
    for member in known:
        by_booking.setdefault(member.service.booking, []).append(member)
    for members in by_booking.values():
        sets += _iter_together(members, bill)
    if len(by_booking) > 1:
        ours = _keep_supplier(known, bill)
        sets += [tuple(ours)] if len(ours) > 1 else []
    choices = {}
    for members in sets:
        choice = _judge_choice(row, members, allowance)
        choices.setdefault(frozenset(choice.ids), choice)
    return sorted(
        choices.values(),
        key=lambda c: (not c.agrees, -c.points, len(c.members), sorted(c.ids)),
    )


def _iter_together(members, bill):
    """All of a booking, and each choice of them where they are few."""
    members = _keep_supplier(members, bill)
    if len(members) < 2:
        return
    yield tuple(members)
    if len(members) <= MAX_CHOICE:
        for size in range(2, len(members)):
            yield from combinations(members, size)


def _keep_supplier(members, bill):
    """Those of the supplier of the bill, and those that have none yet."""
    return [m for m in members if m.service.supplier in (bill.supplier, 0)]


def _judge_choice(row, members, allowance):
    cost = sum(member.service.left for member in members)
    difference = row.amount - cost
    points = min(member.points for member in members)
    agrees = allowance.allows(cost, row.amount)
    if not difference:
        points, reason = points + AMOUNT, Reason("amount")
    elif agrees:
        points, reason = points + NEAR_AMOUNT, Reason("near", {"by": difference})
    elif difference < 0:
        reason = Reason("below", {"by": -difference})
    else:
        reason = Reason("above", {"by": difference})
    return Choice(members, points, agrees, reason)


# === What follows === #


def _find_clear(choices):
    """The choice that is meant, if there is one and no rival."""
    agreeing = [c for c in choices if c.agrees]
    if not agreeing:
        return None
    best = agreeing[0]
    rivals = [c for c in agreeing[1:] if c.points > best.points - AHEAD]
    return best if not rivals and best.is_known and _is_of_supplier(best) else None


def _is_of_supplier(choice):
    return all(
        any(reason.code == "supplier" for reason in member.reasons)
        for member in choice.members
    )


def _suggest(choices):
    """What to show: the best of what is known, else what costs the same."""
    known = [c for c in choices if c.is_known]
    if known:
        # Of a booking that agrees nowhere, all of it is shown.
        best = known[0]
        if not best.agrees:
            best = max(known, key=lambda c: (c.points, len(c.members)))
        return [best]
    agreeing = [c for c in choices if c.agrees and _is_of_supplier(c)]
    return agreeing[:MAX_SUGGESTED]


def _propose(row, choice, bill, is_accepted):
    """A part of the row for each service: the whole row, if it agrees."""
    left = [member.service.left for member in choice.members]
    amount = row.amount
    if not choice.agrees:
        amount = min(amount, sum(left))
    parts = left if amount == sum(left) else spread(amount, left, bill.rounding)
    return [
        Proposal(
            row.id,
            member.service.id,
            part,
            choice.points,
            (*member.reasons, choice.reason),
            is_accepted,
        )
        for member, part in zip(choice.members, parts, strict=True)
        if part
    ]
