"""A made-up booking, to show what a template looks like and to test papers.

The facts are those that :mod:`.papers` takes.  Nothing in it is real; the tax
ids and the account pass their check digits.
"""

from datetime import date, timedelta
from decimal import Decimal

from .invoice_rows import make_part_rows, set_off_commission, spread_taxes
from .papers import KINDS

HOTEL = {
    "name": "Grand Hotel Lakeside",
    "city": "Saint Petersburg",
    "address": "12 Naberezhnaya st., 191186 Saint Petersburg, Russia",
    "phone": "+7 812 555-01-20",
}
ISSUER = {
    "name": "Tour Example LLC",
    "address": "1 Tverskaya st., 125009 Moscow, Russia",
    "phone": "+7 495 555-01-01",
    "email": "office@tour.example",
    "website": "www.tour.example",
    "vat": "7712345671",
    "kpp": "771201001",
    "bank": {
        "name": "Sample Bank, Moscow",
        "bic": "044525225",
        "account": "40702810200000000001",
        "corr_account": "30101810400000000225",
    },
    "signatory": {"name": "A. Orlova", "title": "Director"},
    "accountant": {"name": "P. Volkov"},
}
CLIENT = {
    "name": "Northern Energy JSC",
    "address": "5 Lesnaya st., 620014 Yekaterinburg, Russia",
    "phone": "+7 343 555-02-02",
    "email": "travel@northern.example",
    "vat": "7701234560",
    "kpp": "770101001",
}
SUPPLIER = {
    "name": "Lakeside Hotels LLC",
    "address": HOTEL["address"],
    "phone": HOTEL["phone"],
    "email": "booking@lakeside.example",
    "vat": "7707083893",
}
RECIPIENTS = {"client": CLIENT, "supplier": SUPPLIER, "staff": ISSUER}
CONSIGNEE = {"name": "Northern Energy JSC, Surgut branch"}
GUESTS = (
    {
        "name": "Ivanov Ivan Sergeevich",
        "guest_type": "adult",
        "nationality": "Russia",
        "extra": [{"label": "Personnel number", "value": "00417"}],
    },
    {
        "name": "Ivanova Anna Petrovna",
        "guest_type": "adult",
        "nationality": "Russia",
    },
    {"name": "Ivanova Maria", "guest_type": "child", "age": 7},
)


def sample_stay(start=date(2026, 10, 5), nights=2, guests=GUESTS, **values):
    """Facts of one stay at the hotel."""
    return {
        "kind": "accommodation",
        "name": "Accommodation",
        "hotel": HOTEL,
        "room": "Standard Double",
        "meal": "Breakfast",
        "rooms": 1,
        "nights": nights,
        "date_from": start,
        "hour_from": 14.0,
        "date_to": start + timedelta(days=nights),
        "hour_to": 12.0,
        "confirmation_number": "GL-48291",
        "guests": [dict(guest) for guest in guests],
        "price": Decimal(12200) * nights,
        "total": Decimal(12200) * nights,
        "tax_names": ["VAT 22%"],
        "tax_amount": Decimal(2200) * nights,
        "supplier_price_night": Decimal(10000),
        "supplier_price_total": Decimal(10000) * nights,
        "commission_percent": 10,
        "commission_amount": Decimal(1000) * nights,
        "supplier_due": Decimal(9000) * nights,
        "settlement": "less",
        **values,
    }


def sample_transfer(**values):
    """Facts of a transfer from the station."""
    return {
        "kind": "transfer",
        "name": "Transfer",
        "route": "Moskovsky railway station – Grand Hotel Lakeside",
        "car_class": "Business",
        "transport_number": "Train 752A, coach 4",
        "date_from": date(2026, 10, 5),
        "hour_from": 11.25,
        "guests": [dict(GUESTS[0])],
        "price": Decimal(3660),
        "total": Decimal(3660),
        "tax_names": ["VAT 22%"],
        "tax_amount": Decimal(660),
        "supplier_price_total": Decimal(3000),
        "supplier_due": Decimal(3000),
        "settlement": "full",
        **values,
    }


def sample_facts(kind, lang="en_US", services=None, **values):
    """Facts of a whole paper of the kind."""
    if services is None:
        services = [sample_stay(), sample_transfer()]
    if KINDS[kind].unit in ("service", "stay"):
        services = services[:1]
    total = sum(service["total"] for service in services)
    tax = sum(service["tax_amount"] for service in services)
    return {
        "kind": kind,
        "number": "S00123",
        "date": date(2026, 9, 21),
        "lang": lang,
        "currency": {"code": "RUB", "decimals": 2},
        "issuer": ISSUER,
        "recipient": RECIPIENTS[KINDS[kind].audience],
        "consignee": CONSIGNEE,
        "booking": {
            "number": "S00123",
            "reference": "NE-2026/77",
            "manager": {
                "name": "Elena Smirnova",
                "phone": "+7 495 555-01-07",
                "email": "smirnova@tour.example",
            },
        },
        "services": services,
        "totals": {
            "untaxed": total - tax,
            "total": total,
            "taxes": [{"name": "VAT 22%", "amount": tax}],
        },
        "wording": "",
        "row_wording": "",
        "contract": {"number": "TC-00041", "date": date(2026, 1, 12)},
        "enclosed": [
            {
                "name": name,
                "number": "S00123",
                "date": date(2026, 9, 21),
                "total": total,
                "copies": copies,
            }
            for name, copies in (("Invoice for payment", 1), ("Service act", 2))
        ],
        "cancellation": {
            "client": CLIENT["name"],
            "status": "Cancelled with penalty",
            "date": date(2026, 9, 30),
            "reason": "The guests fell ill.",
            "penalty": Decimal(9150),
            "penalty_from": "Hotel",
            "bills": [
                {
                    "supplier": SUPPLIER["name"],
                    "name": "1207",
                    "payment": "Paid",
                    "total": Decimal(27000),
                }
            ],
        },
        **values,
    }


def arrange_rows(services, layout):
    """The services in the rows of an invoice's layout."""
    if layout == "commission":
        return set_off_commission(
            services, [Decimal(610), *[0] * (len(services) - 1)], "Agent's commission"
        )
    if layout != "parts":
        return services
    services = [{**services[0], "hour_from": 8.5}, *services[1:]]
    early = Decimal(3050)
    amounts = [(0, "service", services[0]["total"] - early), (0, "early", early)]
    taxes = spread_taxes(services[:1], amounts)
    rows = make_part_rows(
        services[0],
        [amount[1:] for amount in amounts],
        taxes,
        {"early": "Early arrival"},
    )
    return rows + services[1:]
