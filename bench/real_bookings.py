"""The bookings of a hotel (demand data set), and what is added to them.

The file has stays, prices, and how they ended: no managers, suppliers, commissions,
discounts, second services or currencies. These are added by rule from the number of the
row, so that every rule of the reports has its bookings:

==================  ============================================================
what                which rows, by their number from 1 on
==================  ============================================================
number              ``R00001`` …
hotel               the hotel's name and the market segment: six of them; every
                    second is paid less commission
manager             one of four, in turn
rooms               two for each 17th
supplier's price    85 % of the price; commission 10, 8, 12.5 or 0 %
currency            euro for each 11th, at the rate of the month of the order;
                    else dollar, the company's
client              the agent, else the company, else *Direct guests*, who is
                    neither; agents with even numbers are counted less their
                    discount; each tenth is a company, too
client's discount   0, 5 or 10 % for agents
no-shows            penalty of a night's price; the others that are not paid
                    back of the price of the stay, as the import does
penalties           ours for each fifth; with 0 to 2 nights stayed where the
                    status was given on the day of arrival or later
second service      a transfer for each 25th
evening             each tenth (3, 13 …) was ordered at 22:30 UTC, the next day
                    for the company; the others at noon
status              of those that took place each 13th is booked yet, else each
                    40th in reposting, or done and changed (20, 60 …); of all
                    but these each sixth is archived
==================  ============================================================

Nothing here needs Odoo, or knows how reports reckon.
"""

import csv
import gzip
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
COMPANY_CURRENCY = "USD"
ZONE = "Europe/Moscow"
MANAGERS = ("Anna", "Boris", "Clara", "Denis")
CITY = "Faro"
SUPPLIER = "Resort Supplier"
GROUP = "Algarve Group"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
NON_REFUNDABLE = "Non Refund"
COMMISSIONS = tuple(map(Decimal, ("10", "8", "12.5", "0")))
#: Headers that the file is given, and the fields of `tour.import` they are for.
ADDED = {
    "added number": "number",
    "added manager": "manager",
    "added rooms": "rooms",
    "added supplier price": "supplier_total",
    "added commission": "commission_percent",
    "added currency": "currency",
    "added penalty": "penalty",
}


@dataclass
class Client:
    name: str
    is_agent: bool = False
    is_corporate: bool = False
    less_discount: bool = False
    group: str = ""


@dataclass
class Service:
    """A stay, a day without a night, or a transfer; money is in the booking's."""

    kind: str
    title: str
    date_from: date
    date_to: date | None
    price: Decimal
    supplier_price: Decimal
    hotel: str = ""
    guests: str = ""
    rooms: int = 1
    discount: Decimal = Decimal(0)
    commission_percent: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    settlement: str = "full"

    @property
    def nights(self):
        return (self.date_to - self.date_from).days if self.date_to else 0


@dataclass
class Booking:
    row: int
    state: str
    client: Client
    manager: str
    ordered: datetime
    currency: str
    services: list[Service]
    is_archived: bool = False
    in_reposting: bool = False
    penalty_from: str = ""
    penalty_during: bool = False
    penalty: Decimal = Decimal(0)
    nights_stayed: int = 0
    source: dict = field(default_factory=dict, repr=False)

    @property
    def number(self):
        return f"R{self.row:05d}"

    @property
    def rate(self):
        """How much of its currency a dollar was when it was ordered."""
        return get_rate(self.ordered.date()) if self.currency == "EUR" else Decimal(1)


def get_rate(day):
    """The euro's rate of a month.

    >>> get_rate(date(2016, 1, 31)), get_rate(date(2016, 2, 1))
    (Decimal('0.81'), Decimal('0.82'))
    """
    return Decimal("0.80") + Decimal(day.month) / 100


def round_cents(amount):
    """
    >>> round_cents(Decimal("0.125")), round_cents(Decimal("-0.125"))
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def read(path):
    """The bookings of the file, each with its row.

    :param path: of the CSV file, packed or not
    :rtype: list[Booking]
    """
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hotels = sorted({_get_hotel(row) for row in rows})
    clients = {}
    return [
        _read_row(number, row, hotels, clients) for number, row in enumerate(rows, 1)
    ]


def write(bookings):
    """The file with the columns that are added, as it is imported."""
    file = io.StringIO()
    headers = [*bookings[0].source, *ADDED]
    writer = csv.DictWriter(file, headers)
    writer.writeheader()
    for booking in bookings:
        stay = booking.services[0]
        added = (
            booking.number,
            get_login(booking.manager),
            stay.rooms,
            stay.supplier_price,
            stay.commission_percent,
            booking.currency,
            # Of the others the import knows the penalty.
            booking.penalty if _is_no_show(booking.source) else "",
        )
        writer.writerow(
            {
                **booking.source,
                "hotel": stay.hotel,
                **dict(zip(ADDED, added, strict=True)),
            }
        )
    return file.getvalue().encode()


def get_login(manager):
    return f"{manager.lower()}@staff.example"


def is_paid_less(hotels, hotel):
    """Whether the hotel, one of the sorted ones, is paid less our commission."""
    return hotels.index(hotel) % 2 == 1


def _read_row(number, row, hotels, clients):
    stay = _read_stay(number, row, hotels)
    ordered = stay.date_from - timedelta(days=int(row["lead_time"]))
    is_late = number % 10 == 3
    booking = Booking(
        row=number,
        state=_find_state(row),
        client=_get_client(row, clients),
        manager=MANAGERS[number % 4],
        ordered=datetime(
            *ordered.timetuple()[:3],
            *((22, 30) if is_late else (12, 0)),
        ),
        currency="EUR" if number % 11 == 0 else COMPANY_CURRENCY,
        services=[stay],
        source=row,
    )
    if booking.client.is_agent:
        percent = Decimal(number % 3 * 5)
        stay.discount = round_cents(stay.price * percent / 100)
    if number % 25 == 0:
        booking.services.append(_make_transfer(number, stay))
    _add_penalty(booking)
    _add_end(booking)
    return booking


def _read_stay(number, row, hotels):
    month = MONTHS.index(row["arrival_date_month"]) + 1
    start = date(
        int(row["arrival_date_year"]), month, int(row["arrival_date_day_of_month"])
    )
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    price = round_cents(Decimal(row["adr"]) * max(nights, 1))
    supplier_price = round_cents(price * Decimal("0.85"))
    percent = COMMISSIONS[number // 4 % 4]
    hotel = _get_hotel(row)
    room = f"Category {row['reserved_room_type']}"
    return Service(
        kind="accommodation" if nights else "other",
        title=hotel if nights else f"Day use, {hotel}, {room}",
        hotel=hotel,
        date_from=start,
        date_to=start + timedelta(days=nights),
        rooms=2 if number % 17 == 0 else 1,
        guests=", ".join(f"Guest {each + 1}" for each in range(_count_guests(row))),
        price=price,
        supplier_price=supplier_price,
        commission_percent=percent,
        commission=round_cents(supplier_price * percent / 100),
        settlement="less" if is_paid_less(hotels, hotel) else "full",
    )


def _make_transfer(number, stay):
    return Service(
        kind="transfer",
        title="Airport – hotel",
        date_from=stay.date_from,
        date_to=None,
        price=Decimal(40 + number % 7),
        supplier_price=Decimal(30),
    )


def _get_hotel(row):
    return f"{row['hotel']}, {row['market_segment']}"


def _count_guests(row):
    counts = (row["adults"], row["children"], row["babies"])
    return sum(int(count) for count in counts if count.isdigit())


def _get_client(row, clients):
    """Who ordered: the agent, else the company, else one for all others."""
    agent, company = (
        "" if row[name] == "NULL" else row[name] for name in ("agent", "company")
    )
    if agent:
        number = int(agent)
        client = Client(
            f"Agent {agent}",
            is_agent=True,
            is_corporate=number % 10 == 0,
            less_discount=number % 2 == 0,
            group=GROUP if number % 7 == 0 else "",
        )
    elif company:
        client = Client(f"Company {company}", is_corporate=True)
    else:
        client = Client("Direct guests")
    return clients.setdefault(client.name, client)


def _is_no_show(row):
    return row["reservation_status"] == "No-Show"


def _find_state(row):
    """How the file says that it ended."""
    if row["is_canceled"] == "0":
        return "done"
    if _is_no_show(row) or row["deposit_type"] == NON_REFUNDABLE:
        return "cancelled_penalty"
    return "cancelled"


def _add_penalty(booking):
    if booking.state != "cancelled_penalty":
        return
    row, stay = booking.source, booking.services[0]
    booking.penalty_from = "us" if booking.row % 5 == 0 else "hotel"
    status_day = date.fromisoformat(row["reservation_status_date"])
    booking.penalty_during = status_day >= stay.date_from
    if booking.penalty_during:
        booking.nights_stayed = booking.row % 3
    booking.penalty = stay.price
    if _is_no_show(row):
        booking.penalty = round_cents(Decimal(row["adr"]))


def _add_end(booking):
    if booking.state == "done":
        if booking.row % 13 == 0:
            booking.state = "booked"
            return
        if booking.row % 20 == 0:
            booking.in_reposting = True
            booking.state = "reposting" if booking.row % 40 == 0 else "done"
            return
    booking.is_archived = booking.row % 6 == 0
