"""What of a bill that was paid in part is for which of its services.

Nothing here touches the ORM. What is known of a service counts: accepted for so much
of the bill. Whatever of the bill nobody has accepted goes to the other services by what
they cost.

A bill of 20,000 for two services, of which the bank has paid a half:

>>> from decimal import Decimal as D
>>> spread_paid(D(20000), D(10000), {}, {1: D(15000), 2: D(5000)})
{1: Decimal('7500.0'), 2: Decimal('2500.0')}

One of them is accepted for 12,000: the other has the 8,000 that are left.

>>> spread_paid(D(20000), D(10000), {1: D(12000)}, {1: D(15000), 2: D(5000)})
{1: Decimal('6000.0'), 2: Decimal('4000.0')}

Costs that nobody knows leave nothing to spread by:

>>> spread_paid(D(20000), D(10000), {}, {1: D(0), 2: D(0)})
{}
>>> spread_paid(D(0), D(0), {}, {1: D(5)})
{}
"""

from decimal import Decimal


def spread_paid(
    total: Decimal,
    paid: Decimal,
    accepted: dict[int, Decimal],
    costs: dict[int, Decimal],
) -> dict[int, Decimal]:
    """What each service has got of what was paid.

    :param total: of the bill
    :param paid: of the bill, as the bank says
    :param accepted: by service, which part of the bill it is for
    :param costs: by service, of all that the bill may be for; in one currency
    """
    if total <= 0:
        return {}
    share = min(max(paid / total, Decimal(0)), Decimal(1))
    result = {service: amount * share for service, amount in accepted.items()}
    left = max(total - sum(accepted.values()), Decimal(0))
    others = {key: cost for key, cost in costs.items() if key not in accepted}
    known = sum(others.values())
    if known > 0:
        for service, cost in others.items():
            result[service] = left * cost / known * share
    return result
