"""What the letter to a supplier says of the money that he is to give back.

Like `tour_document.papers`: facts in, text out, in the language of the letter; no
records and no environment here.

Facts: ``rows`` [{name, paid_from, paid_to, from, to, paid, due, returned, owed}], of
which ``paid`` and ``owed`` are None if nobody knows what was paid, ``returned`` is what
came back of it so far, and ``bills``, the supplier's own numbers.
"""

from datetime import date
from decimal import Decimal

from odoo.addons.tour_document import formats

# What a template's preview shows.
SAMPLE = {
    "rows": [
        {
            "name": "Grand Hotel Lakeside, Standard Double",
            "paid_from": date(2026, 10, 5),
            "paid_to": date(2026, 10, 8),
            "from": date(2026, 10, 5),
            "to": date(2026, 10, 7),
            "paid": Decimal(27000),
            "due": Decimal(18000),
            "owed": Decimal(9000),
        }
    ],
    "bills": ["1207"],
}


def present(refund, currency, lang, decimals=2):
    """Make the text of the facts.

    >>> paper = present(SAMPLE, "RUB", "en_GB")
    >>> paper["rows"][0]["paid_dates"], paper["rows"][0]["dates"]
    ('5 Oct 2026 – 8 Oct 2026', '5 Oct 2026 – 7 Oct 2026')
    >>> [paper["rows"][0][name] for name in ("paid", "due", "owed")]
    ['27,000.00', '18,000.00', '9,000.00']
    >>> paper["total"], paper["bills"]
    ('RUB\\xa09,000.00', '1207')

    What came back so far is said if there is some:

    >>> row = {"name": "Stay", "returned": Decimal(4000), "owed": Decimal(5000)}
    >>> paper = present({"rows": [row, SAMPLE["rows"][0]], "bills": []}, "RUB", "en_GB")
    >>> [row["returned"] for row in paper["rows"]], paper["total"]
    (['4,000.00', ''], 'RUB\\xa014,000.00')

    A letter made by hand may know of no amounts; dates are one day, or none:

    >>> row = {"name": "Transfer", "from": date(2026, 10, 5), "due": Decimal(0)}
    >>> paper = present({"rows": [row], "bills": []}, "RUB", "en_GB")
    >>> paper["rows"][0]["dates"], paper["rows"][0]["owed"], paper["total"]
    ('5 Oct 2026', '', '')
    """
    owed = [row["owed"] for row in refund["rows"] if row.get("owed")]

    def amount(value):
        return "" if value is None else formats.amount(value, lang, decimals)

    return {
        "rows": [
            {
                "name": row["name"],
                "paid_dates": _dates(row.get("paid_from"), row.get("paid_to"), lang),
                "dates": _dates(row.get("from"), row.get("to"), lang),
                **{name: amount(row.get(name)) for name in ("paid", "due", "owed")},
                "returned": amount(row.get("returned") or None),
            }
            for row in refund["rows"]
        ],
        "total": formats.money(sum(owed), currency, lang, decimals) if owed else "",
        "bills": ", ".join(refund["bills"]),
    }


def _dates(start, end, lang):
    days = dict.fromkeys(formats.short_date(day, lang) for day in (start, end) if day)
    return " – ".join(days)
