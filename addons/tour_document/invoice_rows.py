"""Rows of an invoice that shows more than one row for a service.

Services are facts as :mod:`.papers` takes them, with the amounts of their parts.  What
comes out adds up to what went in, to the last kopeck, its taxes too.  No records here.

>>> stay = {"name": "Stay", "total": Decimal(18300), "tax_amount": Decimal(3300),
...         "tax_names": ["22%"]}
>>> taxi = {"name": "Taxi", "total": Decimal(1000), "tax_amount": Decimal(0)}

The commission is set off: it is part of what the client pays, in a row of its own.

>>> rows = set_off_commission([stay, taxi], [Decimal("333.33"), 0], "Commission")
>>> [(row["name"], str(row["total"]), str(row["tax_amount"])) for row in rows]
[('Stay', '17966.67', '3239.89'), ('Taxi', '1000', '0'), \
('Commission', '333.33', '60.11')]

Early arrival and late departure come out of the price of their stay:

>>> parts = split_stay(Decimal(18300), early=Decimal(3050), late=Decimal(0))
>>> {part: str(amount) for part, amount in parts.items()}
{'service': '15250', 'early': '3050', 'late': '0'}

Amounts may be moved between rows of the same tax, and have to add up:

>>> moved = [(0, "service", Decimal(15000)), (0, "early", Decimal(3000))]
>>> find_differences([stay, taxi], [*moved, (1, "service", Decimal(1000))])
[(('22%',), Decimal('-300'))]
>>> moved[1] = (0, "early", Decimal(3300))
>>> find_differences([stay, taxi], [*moved, (1, "service", Decimal(1000))])
[]
>>> [str(tax) for tax in spread_taxes([stay, taxi], moved)]
['2704.92', '595.08']
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

PARTS = ("service", "early", "late")


def set_off_commission(services, commissions, name, decimals=2):
    """Rows of services less their commission, and rows of the commission.

    There is one row of commission for each tax, so mostly one.

    :param list services: facts of services
    :param list commissions: the amount of each service
    :param str name: what the row is called
    """
    rows, set_off = [], {}
    for service, commission in zip(services, commissions, strict=True):
        total = service["total"]
        commission = max(min(Decimal(commission), total), Decimal(0))
        tax, tax_off = spread(
            service["tax_amount"], [total - commission, commission], decimals
        )
        rows.append({**service, "total": total - commission, "tax_amount": tax})
        if commission:
            row = set_off.setdefault(
                _tax_key(service), _make_row("commission", name, service)
            )
            row["total"] += commission
            row["tax_amount"] += tax_off
    return rows + list(set_off.values())


def split_stay(total, early, late):
    """Amounts of a stay and of what was added to its price before and after it.

    What is more than the price can't be part of it:

    >>> split_stay(Decimal(100), early=Decimal(90), late=Decimal(20))["early"]
    Decimal('0')
    """
    if early + late > total:
        early = late = Decimal(0)
    return {"service": total - early - late, "early": early, "late": late}


def find_differences(services, amounts):
    """By how much rows are above what the client pays, or below, for each tax.

    :param list services: facts of services
    :param list amounts: triples of a service's index, a part and its amount
    :return: pairs of the names of the taxes and the difference; none if all add up
    """
    differences = defaultdict(Decimal)
    for service in services:
        differences[_tax_key(service)] -= service["total"]
    for index, _part, amount in amounts:
        differences[_tax_key(services[index])] += amount
    return [(key, amount) for key, amount in differences.items() if amount]


def spread_taxes(services, amounts, decimals=2):
    """The tax in each of the amounts; they have to add up, see `find_differences`.

    A service whose rows add up to its price keeps its tax; others of the same tax
    share theirs.
    """
    sums = defaultdict(Decimal)
    for index, _part, amount in amounts:
        sums[index] += amount
    pools = defaultdict(list)
    for place, (index, _part, _amount) in enumerate(amounts):
        service = services[index]
        own = sums[index] == service["total"]
        pools[index if own else _tax_key(service)].append(place)
    taxes = [Decimal(0)] * len(amounts)
    for places in pools.values():
        indexes = {amounts[place][0] for place in places}
        tax = sum(services[index]["tax_amount"] for index in indexes)
        shares = spread(tax, [amounts[place][2] for place in places], decimals)
        for place, share in zip(places, shares, strict=True):
            taxes[place] = share
    return taxes


def spread(amount, weights, decimals=2):
    """Share the amount out by the weights, so that the shares add up to it.

    >>> [str(share) for share in spread(Decimal(100), [1, 1, 1])]
    ['33.33', '33.34', '33.33']
    >>> spread(Decimal(0), [0, 0])
    [Decimal('0'), Decimal('0')]
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        return [Decimal(0)] * len(weights)
    step = Decimal(1).scaleb(-decimals)
    shares, given, run = [], Decimal(0), Decimal(0)
    for weight in weights:
        run += weight
        until = (amount * run / whole).quantize(step, ROUND_HALF_UP)
        shares.append(until - given if run != whole else amount - given)
        given = until
    return shares


def make_part_rows(service, amounts, taxes, names):
    """Rows of one service: itself, and its parts by their names.

    :param list amounts: pairs of a part and its amount
    """
    rows = []
    for (part, amount), tax in zip(amounts, taxes, strict=True):
        if part == "service":
            # What has a row of its own is not named in this one.
            row = {**service, "early_arrival": False, "late_departure": False}
        else:
            row = _make_row(part, names[part], service) | _get_moment(part, service)
        rows.append({**row, "total": amount, "tax_amount": tax})
    return rows


def _get_moment(part, service):
    """When the guests come, or leave: what makes the row."""
    side = "from" if part == "early" else "to"
    return {
        "date_from": service.get(f"date_{side}"),
        "hour_from": service.get(f"hour_{side}"),
    }


def _make_row(part, name, service):
    return {
        "kind": "other",
        "part": part,
        "name": name,
        "total": Decimal(0),
        "tax_names": service.get("tax_names") or (),
        "tax_amount": Decimal(0),
    }


def _tax_key(service):
    return tuple(service.get("tax_names") or ())
