"""Which booking a payment order pays, by points, and why, in words to be shown.

Points are for what agrees: a number of ours or of the supplier in the purpose, his tax
id, the sum. A sum alone is never enough, nor is a tax id with it: somebody else's stay
may cost the same. What contradicts takes points away.

>>> stay = Service(7, "7707083893", Decimal(24400))
>>> booking = Booking(1, "T000123", True, (stay,))
>>> paid = Payment("Оплата по заявке T000123", "7707083893", Decimal(24400))
>>> result = decide(paid, [booking], Numbering("T", 6))
>>> result.best.points, result.best.services, result.reasons
(100, (7,), ())

Without the number it waits, with the booking as a suggestion:

>>> paid = Payment("Оплата за проживание", "7707083893", Decimal(24400))
>>> result = decide(paid, [booking], Numbering("T", 6))
>>> result.best, [m.points for m in result.matches], [r.code for r in result.reasons]
(None, [50], ['no_number'])
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

NUMBER, PLAIN_NUMBER, BARE_NUMBER, BILL = 50, 40, 15, 40
TAX_ID, OTHER_TAX_ID, AMOUNT = 30, 60, 20
SHORT_BILL, SHORT = 20, 3
# A number and one thing more; and so much ahead of the next booking.
ENOUGH, AHEAD = 70, 20
MAX_MATCHES = 10

TRAVELLINE = re.compile(r"(?<![\d-])\d{8}-\d+-\d+(?![\d-])")
# Words before a plain number that say that it is a booking's.
BOOKING_WORD = r"(?:ЗАЯВК\w*|БРОН\w*|ЗАКАЗ\w*|BOOKING|ORDER)"
# A number ends where its digits end: nothing is tried twice, however long they are.
PLAIN = r"\d{1,9}(?![\d.-])"
NAMED = re.compile(
    rf"{BOOKING_WORD}[\s:]*(?:№|N|НОМЕР)?\s*({PLAIN}(?:\s*[,;И]\s*{PLAIN})*)"
)
# Latin letters where Russian ones look the same: numbers are typed either way.
TO_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
TOKEN = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")


class Numbering(NamedTuple):
    """How our bookings are numbered: a prefix and that many digits."""

    prefix: str
    padding: int


class Payment(NamedTuple):
    """What counts of an order that was read; ``our_tax_ids`` are of the companies."""

    purpose: str
    payee_tax_id: str
    amount: Decimal
    payer_tax_id: str = ""
    our_tax_ids: frozenset = frozenset()


class Service(NamedTuple):
    """What is due to whom; nothing if it is due in another currency."""

    id: int
    tax_id: str
    due: Decimal | None
    numbers: tuple[str, ...] = ()


class Bill(NamedTuple):
    id: int
    tax_id: str
    residual: Decimal
    numbers: tuple[str, ...]


class Booking(NamedTuple):
    """A booking that may be meant; ``takes_orders`` by its status."""

    id: int
    name: str
    takes_orders: bool
    services: tuple[Service, ...]
    bills: tuple[Bill, ...] = ()


class Reason(NamedTuple):
    """Why something is or is not so; texts are with the records."""

    code: str
    values: dict = {}  # noqa: RUF012 Never changed.


@dataclass
class Match:
    booking: Booking
    points: int = 0
    services: tuple[int, ...] = ()
    bill: int | None = None
    has_number: bool = False
    reasons: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)

    def add(self, points, code, **values):
        self.points += points
        self.reasons.append(Reason(code, values))

    def object(self, points, code, **values):
        self.points -= points
        self.against.append(Reason(code, values))


class Result(NamedTuple):
    """``best`` is to be attached; else ``reasons`` say why it waits."""

    best: Match | None
    matches: list[Match]
    reasons: tuple[Reason, ...]


def plain(text):
    """A number as it is compared: capitals, Latin, without what separates.

    >>> plain("в-1207/а") == plain("B 1207A")
    True
    """
    return re.sub(r"[\W_]+", "", text.upper().translate(TO_LATIN))


class Numbers(NamedTuple):
    """In a purpose: {booking's name: points}, TravelLine's, words with digits."""

    bookings: dict[str, int]
    travelline: set[str]
    words: set[str]


def find_numbers(purpose, numbering):
    """The numbers that the purpose names.

    >>> found = find_numbers(
    ...     "Опл. заявка 123, Т000124; сч. B-1207, 20260101-5-77", Numbering("T", 6)
    ... )
    >>> found.bookings
    {'T000124': 50, 'T000123': 40}
    >>> found.travelline, "B1207" in found.words
    ({'20260101-5-77'}, True)
    """
    text = purpose.upper()
    latin = text.translate(TO_LATIN)
    bookings = {}
    prefix = plain(numbering.prefix)
    if prefix:
        pattern = (
            rf"(?<![^\W_]){re.escape(prefix)}[ -]?(\d{{1,{numbering.padding + 3}}})"
        )
        for match in re.finditer(pattern + r"(?!\d)", latin):
            # A short one is a sum or a tariff rather than a booking.
            exact = len(match[1]) >= numbering.padding
            _note(bookings, numbering, match[1], NUMBER if exact else BARE_NUMBER)
    for match in NAMED.finditer(text):
        for number in re.findall(r"\d+", match[1]):
            _note(bookings, numbering, number, PLAIN_NUMBER)
    for match in re.finditer(
        rf"(?<![\w.,/-])0*(\d{{{numbering.padding}}})(?![\w/-])", text
    ):
        _note(bookings, numbering, match[1], BARE_NUMBER)
    words = {plain(match[0]) for match in TOKEN.finditer(text)}
    words |= {plain(match[0]) for match in re.finditer(r"[A-ZА-Я]{1,4}[ -]\d+", text)}
    return Numbers(
        bookings,
        set(TRAVELLINE.findall(text)),
        {word for word in words if re.search(r"\d", word)},
    )


def _note(bookings, numbering, digits, points):
    name = f"{numbering.prefix}{digits.lstrip('0').zfill(numbering.padding)}"
    bookings[name] = max(points, bookings.get(name, 0))


def decide(payment, bookings, numbering):
    """Weigh the bookings, and say which is meant or why it is not clear.

    :rtype: Result
    """
    numbers = find_numbers(payment.purpose, numbering)
    matches = [_weigh(payment, booking, numbers) for booking in bookings]
    matches = [match for match in matches if match.points > 0 or match.has_number]
    matches.sort(key=lambda match: -match.points)
    reasons = list(_find_objections(payment, matches, numbers))
    best = matches[0] if matches and not reasons else None
    return Result(best, matches[:MAX_MATCHES], tuple(reasons))


def _find_objections(payment, matches, numbers):
    ours = payment.our_tax_ids
    if ours and payment.payer_tax_id and payment.payer_tax_id not in ours:
        yield Reason("other_payer", {"tax_id": payment.payer_tax_id})
    best = matches[0] if matches else None
    if not best or not best.has_number:
        yield _explain_no_number(best, numbers)
        return
    rivals = [m for m in matches[1:] if m.points > best.points - AHEAD]
    if rivals:
        yield Reason("ambiguous")
    elif best.points < ENOUGH and not best.against:
        yield Reason("not_enough")
    yield from best.against
    if not best.booking.takes_orders:
        yield Reason("wrong_state")


def _explain_no_number(best, numbers):
    named = ", ".join(sorted(numbers.bookings | dict.fromkeys(numbers.travelline)))
    if named:
        return Reason("unknown_number", {"numbers": named})
    return Reason("no_number" if best else "no_match")


def _weigh(payment, booking, numbers):
    match = Match(booking)
    services = _weigh_numbers(match, numbers)
    bill = _find_bill(match, payment, numbers)
    services = _weigh_tax_id(match, payment, services)
    _weigh_amount(match, payment, services, bill)
    return match


def _weigh_numbers(match, numbers):
    """Points for a number of the booking; the services that are named, or all."""
    booking = match.booking
    points = numbers.bookings.get(booking.name, 0)
    named = [
        service
        for service in booking.services
        if numbers.travelline & set(service.numbers)
    ]
    if named:
        match.add(NUMBER, "travelline_number", number=named[0].numbers[0])
    elif points:
        match.add(points, "booking_number", number=booking.name)
    match.has_number = bool(named or points)
    return named or list(booking.services)


def _find_bill(match, payment, numbers):
    """The bill that is named; its number counts with its supplier only."""
    for bill in match.booking.bills:
        same = bill.tax_id == payment.payee_tax_id
        if same and any(plain(number) in numbers.words for number in bill.numbers):
            # With the booking's own number it says the same once more.
            points = 0 if match.has_number else _rate_bill_number(bill, numbers)
            match.add(points, "bill_number", number=bill.numbers[0])
            match.has_number, match.bill = True, bill.id
            return bill
    return None


def _rate_bill_number(bill, numbers):
    """A short number may be a day or a rate: it counts less, and needs the sum."""
    found = [plain(n) for n in bill.numbers if plain(n) in numbers.words]
    return BILL if max(map(len, found)) > SHORT else SHORT_BILL


def _weigh_tax_id(match, payment, services):
    """Points for the payee; the services that are his."""
    his = [service for service in services if service.tax_id == payment.payee_tax_id]
    if his or match.bill:
        match.add(TAX_ID, "tax_id", tax_id=payment.payee_tax_id)
        return his
    if services and all(service.tax_id for service in services):
        match.object(OTHER_TAX_ID, "other_tax_id", tax_id=payment.payee_tax_id)
    return [service for service in services if not service.tax_id]


def _weigh_amount(match, payment, services, bill):
    """Points for the sum: of the bill, of one service, or of all that are his."""
    amount = payment.amount
    if any(service.due is None for service in services):
        match.object(0, "currency")
        match.services = tuple(service.id for service in services)
        return
    alone = [service for service in services if service.due == amount]
    total = sum(service.due for service in services)
    if len(alone) == 1:
        services = alone
    if alone or (services and total == amount) or (bill and bill.residual == amount):
        match.add(AMOUNT, "amount")
    elif amount > max(total, bill.residual if bill else 0):
        match.object(0, "amount_above", due=str(total))
    else:
        match.add(0, "amount_below", due=str(total))
    match.services = tuple(service.id for service in services)
