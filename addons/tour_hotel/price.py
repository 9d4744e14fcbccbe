"""The price of a stay, step by step (HTL-4). Plain Python: no ORM, no environment.

What is asked goes in as a :class:`StayInput`, what it costs comes out of
:func:`calculate` as *values* (one amount per name) and *steps* (one per line of the
sum, ready to be stored as JSON and shown beside the price).

How a price comes about
=======================

1. **Rooms.** Nights x rooms x price of a night, per segment: a stay that crosses a
   season has a segment on each side of the border. The price is the *rack* price for
   rack and dynamic rates, the *net* price for net rates.
2. **Early arrival, late departure.** A part (``early_share``, ``late_share``) of the
   first or last night's price, for each room. No meal is in them.
3. **Meals.** Persons x nights x price of the meal plan. They are added to the price
   when the rate does not include them; where it includes a smaller plan, the
   difference is.
4. **Supplier's price** = 1 + 2 + 3: what the supplier charges before commission.
5. **Commission base**: the supplier's price, without the meals where the hotel gives
   no commission on them (whether the rate includes them or they were added).
6. **Commission** = base x percent. A net rate has none unless one is typed.
7. **Due to the supplier**: the whole price where we pay *in full* (the commission
   comes back later), the price less the commission where we pay *less commission*.
8. **Client's price**: the supplier's price; for a net rate the same sum over the rack
   prices (a night without a rack price counts at its net price).
9. **Client's discount** = base x percent: what we give the client of our commission.
10. **Margin** = client's price - discount - (supplier's price - commission).

Every line of the sum is rounded to the currency by itself, half up, and totals are
sums of rounded lines: what is shown always adds up. VAT is not in here, it is the
business of the taxes on the sale line.

*Overrides* are values that a person typed. They replace the computed value, and what
follows is computed from them; so they survive a change of any other input.

Worked on paper
===============

Rack, breakfast in the price but without commission. 3 nights x 5000 = 15000. Breakfast
2 persons x 3 nights x 600 = 3600, so the commission base is 15000 - 3600 = 11400 and
10 % of it 1140. We pay in full: 15000. The client gets 5 % of the base, 570, and we
keep 15000 - 570 - (15000 - 1140) = 570:

>>> from dataclasses import replace
>>> stay = StayInput(
...     segments=(Segment(3, rack_price=Decimal(5000)),),
...     persons=2,
...     meal_price=Decimal(600),
...     meal_included=True,
...     meals_commissionable=False,
...     commission_percent=Decimal(10),
...     discount_percent=Decimal(5),
... )
>>> print(table(calculate(stay)))
supplier_price_night     5000.00
supplier_price_total    15000.00
commission_base         11400.00
commission_percent            10
commission_amount        1140.00
supplier_due            15000.00
client_price            15000.00
discount_percent               5
discount_amount           570.00
margin                    570.00

The same hotel settles *less commission*: 15000 - 1140 = 13860 are due, all else stays:

>>> less = calculate(replace(stay, settlement="less"))
>>> less.values["supplier_due"], less.values["margin"]
(Decimal('13860.00'), Decimal('570.00'))

Meals with commission: the base is the whole price, 10 % of 15000 are 1500:

>>> calculate(replace(stay, meals_commissionable=True)).values["commission_amount"]
Decimal('1500.00')

Breakfast on top of the rate: 15000 + 3600 = 18600, the base is the rooms, 15000:

>>> added = calculate(replace(stay, meal_included=False))
>>> added.values["supplier_price_total"], added.values["commission_base"]
(Decimal('18600.00'), Decimal('15000.00'))

Half board (1500) at a rate that has breakfast (600) in it, 1 person, 2 nights: 10000 +
2 x (1500 - 600) = 11800. Without commission on meals the base is 11800 - 2 x 1500 =
8800. The meals that the rate has in it are never paid twice:

>>> meals = {"meal_price": Decimal(1500), "meal_in_rate": Decimal(600)}
>>> half_board = StayInput(
...     segments=(Segment(2, Decimal(5000), **meals),), meals_commissionable=False
... )
>>> values = calculate(half_board).values
>>> values["supplier_price_total"], values["commission_base"]
(Decimal('11800.00'), Decimal('8800.00'))

Net: 2 rooms x 2 nights x 4000 = 16000 are due; the client pays the rack price,
2 x 2 x 5000 = 20000; there is no commission, and we keep 4000. The 10 % that the hotel
gives on its other rates don't count:

>>> net = StayInput(
...     segments=(Segment(2, rack_price=Decimal(5000), net_price=Decimal(4000)),),
...     rooms=2,
...     rate_kind="net",
...     commission_percent=Decimal(10),
... )
>>> print(table(calculate(net)))
supplier_price_night     4000.00
supplier_price_total    16000.00
commission_base         16000.00
commission_percent             0
commission_amount           0.00
supplier_due            16000.00
client_price            20000.00
discount_percent               0
discount_amount             0.00
margin                   4000.00

Seasons, early arrival, late departure. 2 nights x 3000 = 6000, then 1 night x 4000,
half a night before (1500) and half a night after (2000): 13500. The night's price is
the mean of the nights, (6000 + 4000) / 3 = 3333.33:

>>> seasons = StayInput(
...     segments=(
...         Segment(2, rack_price=Decimal(3000)),
...         Segment(1, rack_price=Decimal(4000)),
...     ),
...     early_share=Decimal("0.5"),
...     late_share=Decimal("0.5"),
... )
>>> for step in calculate(seasons).steps[:5]:
...     print(step.code, step.amount)
room 6000.00
room 4000.00
early 1500.00
late 2000.00
supplier_price_total 13500.00
>>> calculate(seasons).values["supplier_price_night"]
Decimal('3333.33')

A meal price that changes during the stay is given per segment. 2 x 1 x 500 + 1 x 1 x
700 = 1700 on top of 10000:

>>> dinner = replace(
...     seasons,
...     segments=(
...         Segment(2, Decimal(3000), meal_price=Decimal(500)),
...         Segment(1, Decimal(4000), meal_price=Decimal(700)),
...     ),
...     early_share=Decimal(0),
...     late_share=Decimal(0),
... )
>>> calculate(dinner).values["supplier_price_total"]
Decimal('11700.00')

Typed values. The manager types 4500 for the night: 3 x 4500 = 13500, base 13500 - 3600
= 9900, commission 990. He types the commission too, 1000: it stays, and the margin
follows, 13500 - 495 - (13500 - 1000) = 505:

>>> typed = replace(
...     stay,
...     overrides={
...         "supplier_price_night": Decimal(4500),
...         "commission_amount": Decimal(1000),
...     },
... )
>>> values = calculate(typed).values
>>> values["supplier_price_total"], values["commission_base"]
(Decimal('13500.00'), Decimal('9900.00'))
>>> values["commission_amount"], values["discount_amount"], values["margin"]
(Decimal('1000.00'), Decimal('495.00'), Decimal('505.00'))
>>> [step.as_json() for step in calculate(typed).steps if step.code == "commission"]
[{'code': 'commission', 'amount': '1000.00', 'args': {'percent': '10', \
'base': '9900.00', 'typed': True, 'computed': '990.00'}}]

A transfer or another service has no nights; its prices are typed:

>>> taxi = StayInput(overrides={"supplier_price_total": Decimal(2000),
...                             "client_price": Decimal(2500)})
>>> calculate(taxi).values["margin"]
Decimal('500.00')

Currencies without cents. Yen: 7 % of 30003 are 2100.21, rounded to 2100. Forint:
12.5 % of 33333 are 4166.625, rounded to 4167. Swiss francs in cash, to 0.05:
3 x 33.34 = 100.02 -> 100.00:

>>> yen = StayInput(
...     segments=(Segment(3, rack_price=Decimal(10001)),),
...     commission_percent=Decimal(7),
...     rounding=Decimal(1),
... )
>>> calculate(yen).values["commission_amount"]
Decimal('2100')
>>> forint = replace(
...     yen,
...     segments=(Segment(1, rack_price=Decimal(33333)),),
...     commission_percent=Decimal("12.5"),
... )
>>> calculate(forint).values["commission_amount"]
Decimal('4167')
>>> francs = StayInput(
...     segments=(Segment(3, rack_price=Decimal("33.34")),), rounding=Decimal("0.05")
... )
>>> calculate(francs).values["supplier_price_total"]
Decimal('100.00')

Input that makes no sense is refused by name, and nothing is computed:

>>> try:
...     calculate(replace(stay, rooms=0))
... except PriceError as error:
...     print(error)
rooms
"""

from __future__ import annotations

from decimal import Decimal

from .amounts import HUNDRED, ZERO, plain, round_to
from .stay import (
    CLIENT_LINES,
    OVERRIDABLE,
    PERCENT_VALUES,
    RATE_KINDS,
    SETTLEMENTS,
    SUPPLIER_LINES,
    VALUES,
    Calculation,
    PriceError,
    Segment,
    StayInput,
    Step,
    check,
)

# Who calculates needs this module only.
__all__ = [
    "OVERRIDABLE",
    "RATE_KINDS",
    "SETTLEMENTS",
    "VALUES",
    "Calculation",
    "PriceError",
    "Segment",
    "StayInput",
    "Step",
    "calculate",
]


def calculate(stay: StayInput) -> Calculation:
    """Return what the stay costs.

    :raise PriceError: if an input makes no sense.
    """
    check(stay)
    sheet = _Sheet(stay)
    total = _supplier_price(sheet, stay)
    base = _commission_base(sheet, stay, total)
    commission = _commission(sheet, stay, base)
    due = total if stay.settlement == "full" else total - commission
    sheet.total("supplier_due", due, settlement=stay.settlement)
    client_price = _client_price(sheet, stay, total)
    discount = _discount(sheet, stay, base)
    sheet.total(
        "margin",
        client_price - discount - (total - commission),
        client_price=plain(client_price),
        discount=plain(discount),
        cost=plain(total - commission),
    )
    return Calculation(sheet.values, tuple(sheet.steps))


def table(calculation: Calculation) -> str:
    """Return the values as a table (for the examples above and for a shell)."""
    return "\n".join(
        f"{name:<22}{plain(value):>10}" for name, value in calculation.values.items()
    )


class _Sheet:
    """Collects values and steps; the one place where overrides and rounding apply."""

    def __init__(self, stay: StayInput):
        self.values: dict[str, Decimal] = {}
        self.steps: list[Step] = []
        self._overrides = stay.overrides
        self._rounding = stay.rounding

    def line(self, code: str, amount: Decimal, **args) -> Decimal:
        """Add a part of a sum, and return it rounded."""
        amount = round_to(amount, self._rounding)
        self.steps.append(Step(code, amount, args))
        return amount

    def value(self, name: str, computed: Decimal) -> Decimal:
        """Keep a value, the typed one if there is one, and return it."""
        value = self._overrides.get(name, computed)
        if name not in PERCENT_VALUES:
            value = round_to(value, self._rounding)
        self.values[name] = value
        return value

    def total(self, name: str, computed: Decimal, code: str = "", **args) -> Decimal:
        """Keep a value and add the step that shows it."""
        value = self.value(name, computed)
        if name in self._overrides:
            computed = round_to(computed, self._rounding)
            args |= {"typed": True, "computed": plain(computed)}
        self.steps.append(Step(code or name, value, args))
        return value


def _supplier_price(sheet, stay):
    segments = _priced(stay.segments, stay.rate_kind)
    if segments:
        typed = "supplier_price_night" in stay.overrides
        price = sheet.value("supplier_price_night", _mean(segments))
        if typed:
            segments = [(segment, price) for segment, _price in segments]
    else:
        sheet.value("supplier_price_night", ZERO)
    total = _sum_lines(sheet, stay, segments, SUPPLIER_LINES)
    return sheet.total("supplier_price_total", total)


def _client_price(sheet, stay, supplier_total):
    if stay.rate_kind != "net" or not stay.segments:
        return sheet.total("client_price", supplier_total, kind=stay.rate_kind)
    night = sheet.values["supplier_price_night"]
    typed = "supplier_price_night" in stay.overrides
    segments = [
        (segment, segment.rack_price or (night if typed else segment.net_price))
        for segment in stay.segments
    ]
    total = _sum_lines(sheet, stay, segments, CLIENT_LINES)
    return sheet.total("client_price", total, kind=stay.rate_kind)


def _sum_lines(sheet, stay, segments, codes):
    """Add the lines of rooms, early arrival, late departure and added meals."""
    room, early, late, meals = codes
    total = ZERO
    for segment, price in segments:
        total += sheet.line(
            room,
            segment.nights * stay.rooms * price,
            nights=segment.nights,
            rooms=stay.rooms,
            price=plain(price),
        )
    ends = ((early, stay.early_share, 0), (late, stay.late_share, -1))
    for code, share, index in ends:
        if share and segments:
            price = segments[index][1]
            total += sheet.line(
                code,
                share * stay.rooms * price,
                percent=plain((share * HUNDRED).normalize()),
                rooms=stay.rooms,
                price=plain(price),
            )
    return total + _meal_lines(sheet, stay, meals, _added_meals(stay))


def _meal_lines(sheet, stay, code, prices, sign=1):
    """Add a line for each run of nights at one meal price, and return their sum."""
    runs: list[list] = []
    for segment, price in zip(stay.segments, prices, strict=True):
        if runs and runs[-1][1] == price:
            runs[-1][0] += segment.nights
        else:
            runs.append([segment.nights, price])
    total = ZERO
    for nights, price in runs:
        if price and stay.persons:
            total += sheet.line(
                code,
                sign * nights * stay.persons * price,
                nights=nights,
                persons=stay.persons,
                price=plain(price),
            )
    return total


def _meals(stay):
    """Return for each segment the price of its meals and of those in the rate."""
    meals = []
    for segment in stay.segments:
        price = stay.meal_price if segment.meal_price is None else segment.meal_price
        in_rate = segment.meal_in_rate
        if in_rate is None:
            in_rate = price if stay.meal_included else ZERO
        meals.append((price, in_rate))
    return meals


def _added_meals(stay):
    return [max(price - in_rate, ZERO) for price, in_rate in _meals(stay)]


def _all_meals(stay):
    return [max(price, in_rate) for price, in_rate in _meals(stay)]


def _commission_base(sheet, stay, total):
    base = total
    if not stay.meals_commissionable:
        base += _meal_lines(sheet, stay, "meals_out", _all_meals(stay), sign=-1)
    # A typed price below the price of the meals leaves nothing to take part of.
    return sheet.total("commission_base", max(base, ZERO))


def _commission(sheet, stay, base):
    computed = ZERO if stay.rate_kind == "net" else stay.commission_percent
    percent = sheet.value("commission_percent", computed)
    return sheet.total(
        "commission_amount",
        base * percent / HUNDRED,
        code="commission",
        percent=plain(percent),
        base=plain(base),
    )


def _discount(sheet, stay, base):
    percent = sheet.value("discount_percent", stay.discount_percent)
    return sheet.total(
        "discount_amount",
        base * percent / HUNDRED,
        code="discount",
        percent=plain(percent),
        base=plain(base),
    )


def _priced(segments, rate_kind):
    """Return each segment with the supplier's price of its nights."""
    return [
        (segment, segment.net_price if rate_kind == "net" else segment.rack_price)
        for segment in segments
    ]


def _mean(segments):
    nights = sum(segment.nights for segment, _price in segments)
    return sum(segment.nights * price for segment, price in segments) / nights
