"""What reports of the real bookings must say, by arithmetic of its own.

From the bookings of `real_bookings` and the rules in words (RPT-1, BKG-12), with no
database and none of the suite's code. Each report is a list of rows, a row a dict of
what stands in the columns that the file must have.
"""

from datetime import date, timezone
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from . import real_bookings as real

STATES = {
    "booked": "Booked",
    "cancelled": "Cancelled",
    "cancelled_penalty": "Cancelled with penalty",
    "done": "Done",
    "reposting": "Reposting",
}
KINDS = {
    "accommodation": "Accommodation",
    "transfer": "Transfer",
    "other": "Other",
}
TYPES = {**KINDS, "other": "Other service"}
SETTLEMENTS = {"full": "We pay in full", "less": "We pay less commission"}
PENALTIES = {"hotel": "Hotel", "us": "Us", "": None}
#: Columns below which a sum must stand.
SUMMED = {
    *("Services", "Nights", "Rooms", "Turnover", "Client's price"),
    *("Client's discount", "Client's sum", "Supplier's price", "Commission", "Margin"),
}
ZERO = Decimal(0)


class Asked(NamedTuple):
    """A report, and what of it is asked for.

    :param basis: of which day the period is: created, arrival, departure
    :param states: statuses; empty: all
    """

    report: str
    basis: str
    start: date
    end: date
    states: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    split: bool = False

    @property
    def name(self):
        texts = (self.report, self.basis, str(self.start), str(self.end))
        return "-".join((*texts, *(("clients",) if self.clients else ())))


class Fact(NamedTuple):
    """A service with its money in dollars, as reports count it."""

    booking: real.Booking
    service: real.Service
    nights: int
    price_currency: Decimal
    price: Decimal
    discount: Decimal
    supplier: Decimal
    commission: Decimal

    @property
    def is_sold(self):
        return is_sold(self.booking)

    @property
    def client_amount(self):
        """Companies marked so are counted less their discount, the others in full."""
        less = self.booking.client.less_discount
        return self.price - (self.discount if less else ZERO)

    @property
    def turnover(self):
        return self.client_amount if self.is_sold else ZERO

    @property
    def margin(self):
        return self.price - self.discount - self.supplier + self.commission

    @property
    def day(self):
        return self.service.date_to or self.service.date_from


def is_sold(booking):
    return booking.state in ("booked", "done", "reposting", "cancelled_penalty")


def to_dollars(amount, rate):
    """
    >>> to_dollars(Fraction(1, 3), Decimal("0.81")), to_dollars(Decimal(9), Decimal(1))
    (Decimal('0.41'), Decimal('9.00'))
    """
    exact = Fraction(amount) / Fraction(rate)
    cents = exact * 100
    whole, rest = divmod(abs(cents), 1)
    whole += rest >= Fraction(1, 2)
    return (Decimal(int(whole)) * (1 if cents >= 0 else -1)).scaleb(-2)


def get_facts(booking):
    """The services of a booking, as reports count them.

    A booking for 3 nights, shortened to one; the penalty of 50 is on the stay, of the
    commission of 9 the third that was stayed:

    >>> stay = real.Service("accommodation", "H", real.date(2016, 7, 1),
    ...     real.date(2016, 7, 4), Decimal(300), Decimal(200), commission=Decimal(9))
    >>> ride = real.Service("transfer", "R", real.date(2016, 7, 1), None, Decimal(40),
    ...     Decimal(30))
    >>> booking = real.Booking(1, "cancelled_penalty", real.Client("C"), "Anna",
    ...     real.datetime(2016, 6, 1), "USD", [stay, ride], penalty_from="hotel",
    ...     penalty_during=True, penalty=Decimal(50), nights_stayed=1)
    >>> [(f.nights, int(f.price), int(f.supplier), int(f.commission))
    ...  for f in get_facts(booking)]
    [(1, 50, 50, 3), (0, 0, 0, 0)]

    One of ours is income, and no hotel's:

    >>> booking.penalty_from = "us"
    >>> [(f.nights, int(f.price), int(f.supplier), int(f.commission))
    ...  for f in get_facts(booking)]
    [(1, 50, 0, 0), (0, 0, 0, 0)]

    What was cancelled brings nothing, whoever ordered it:

    >>> booking.state = "cancelled"
    >>> {(f.nights, int(f.price), int(f.margin)) for f in get_facts(booking)}
    {(0, 0, 0)}
    """
    stays = [each for each in booking.services if each.kind == "accommodation"]
    main = (stays or booking.services)[0]
    return [_get_fact(booking, each, each is main) for each in booking.services]


def _get_fact(booking, service, is_main):
    nights, money = 0, (ZERO,) * 4
    if booking.state == "cancelled_penalty":
        if is_main:
            nights, money = _get_penalty(booking, service)
    elif booking.state != "cancelled":
        if service.kind == "accommodation":
            nights = service.nights * service.rooms
        money = (
            service.price,
            service.discount,
            service.supplier_price,
            service.commission,
        )
    dollars = (to_dollars(amount, booking.rate) for amount in money)
    return Fact(booking, service, nights, Decimal(money[0]), *dollars)


def _get_penalty(booking, service):
    """Nights, and price, discount, supplier's price and commission of a penalty."""
    stayed = booking.nights_stayed if booking.penalty_during else 0
    if booking.penalty_from == "us":
        return stayed, (booking.penalty, ZERO, ZERO, ZERO)
    room_nights = service.nights * service.rooms
    share = min(Fraction(1), Fraction(stayed, room_nights)) if room_nights else 0
    commission = Fraction(service.commission) * share
    return stayed, (booking.penalty, ZERO, booking.penalty, commission)


# === Which of them === #


def _get_wall(booking):
    """When it was ordered by the clock of the company."""
    moment = booking.ordered.replace(tzinfo=timezone.utc).astimezone(
        ZoneInfo(real.ZONE)
    )
    return moment.replace(tzinfo=None)


def _is_in_period(asked, fact):
    day = {
        "created": lambda: _get_wall(fact.booking).date(),
        "arrival": lambda: fact.service.date_from,
        "departure": lambda: fact.day,
    }[asked.basis]()
    return asked.start <= day <= asked.end


_RULES = {
    "daily": lambda fact: not fact.booking.in_reposting,
    "salary": lambda fact: fact.is_sold and not fact.booking.in_reposting,
    "turnover": lambda fact: fact.is_sold,
    "agents": lambda fact: (
        fact.service.settlement == "full" and fact.commission != ZERO
    ),
}


def _is_meant(asked, fact):
    booking = fact.booking
    return (
        (not asked.states or booking.state in asked.states)
        and (not asked.clients or booking.client.name in asked.clients)
        and _is_in_period(asked, fact)
        and _RULES[asked.report](fact)
    )


# === Rows === #


def _name_hotel(service):
    """As hotels are called where only a name stands for them: with their city."""
    return f"{service.hotel}, {real.CITY}" if service.hotel else None


def _get_daily_row(fact):
    booking, service = fact.booking, fact.service
    is_stay = service.kind == "accommodation"
    # What is archived is called so, and counted as what it was.
    state = "Archive" if booking.is_archived else STATES[booking.state]
    return {
        "Number": booking.number,
        "Ordered on": _get_wall(booking),
        "Status": state,
        "Client": booking.client.name,
        "Group of companies": booking.client.group or None,
        "Manager": booking.manager,
        "Service": TYPES[service.kind],
        "What": service.title,
        "City": real.CITY if service.hotel else None,
        "Supplier": real.SUPPLIER,
        "Guests": service.guests or None,
        "Arrival": service.date_from,
        "Departure": service.date_to,
        "Nights": fact.nights,
        "Rooms": service.rooms if is_stay else None,
        "Currency": booking.currency,
        "Price in its currency": fact.price_currency,
        "Client's price": fact.price,
        "Client's discount": fact.discount,
        "Client's sum": fact.client_amount,
        "Supplier's price": fact.supplier,
        "Commission (%)": service.commission_percent,
        "Commission": fact.commission,
        "Margin": fact.margin,
        "How we pay": SETTLEMENTS[service.settlement],
        "Penalty from": PENALTIES[booking.penalty_from],
    }


def _get_agents_row(fact):
    booking, service = fact.booking, fact.service
    return {
        "Number": booking.number,
        "Client": booking.client.name,
        "Manager": booking.manager,
        "Supplier": real.SUPPLIER,
        "What": service.title,
        "Hotel": _name_hotel(service),
        "City": real.CITY if service.hotel else None,
        "Arrival": service.date_from,
        "Departure": service.date_to,
        "Nights": fact.nights,
        "Client's price": fact.price,
        "Supplier's price": fact.supplier,
        "Commission (%)": service.commission_percent,
        "Commission": fact.commission,
    }


def _get_group_row(report, facts):
    sums = {
        "Bookings": len({fact.booking.row for fact in facts}),
        "Services": len(facts),
        "Nights": sum(fact.nights for fact in facts),
        "Turnover": sum((fact.turnover for fact in facts), ZERO),
    }
    if report == "turnover":
        sums["Client's discount"] = sum((fact.discount for fact in facts), ZERO)
    return sums | {
        "Supplier's price": sum((fact.supplier for fact in facts), ZERO),
        "Commission": sum((fact.commission for fact in facts), ZERO),
        "Margin": sum((fact.margin for fact in facts), ZERO),
    }


def _get_group(asked, fact):
    """The columns that a group's row begins with."""
    if asked.report == "salary":
        return {
            "Manager": fact.booking.manager,
            "Kind of service": KINDS[fact.service.kind],
        }
    if len(asked.clients) == 1:
        return {"Hotel": _name_hotel(fact.service)}
    return {"Client": fact.booking.client.name}


def _get_sheet(asked, fact):
    """On which sheet a service stands: who is both is an agent."""
    if not asked.split:
        return ""
    client = fact.booking.client
    if client.is_agent:
        return "Agents"
    return "Corporate clients" if client.is_corporate else "Other clients"


def get_sheets(asked, bookings):
    """The rows of each sheet; the two of clients are always there.

    :rtype: dict[str, list[dict]]
    """
    sheets = {"Agents": [], "Corporate clients": []} if asked.split else {"": []}
    groups = {}
    for booking in bookings:
        for fact in get_facts(booking):
            if not _is_meant(asked, fact):
                continue
            rows = sheets.setdefault(_get_sheet(asked, fact), [])
            if asked.report == "daily":
                rows.append(_get_daily_row(fact))
            elif asked.report == "agents":
                rows.append(_get_agents_row(fact))
            else:
                group = _get_group(asked, fact)
                groups.setdefault(tuple(group.items()), []).append(fact)
    for group, facts in groups.items():
        sheets[""].append(dict(group) | _get_group_row(asked.report, facts))
    return sheets
