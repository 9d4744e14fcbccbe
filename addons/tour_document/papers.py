"""From the facts of a booking to what a paper shows: the middle of the road.

Records gather *facts*: plain data, dates as dates, amounts as decimals.
:func:`present` makes of them the *paper*: text only, in the paper's language,
which the QWeb templates then place.  No records and no environment here.

A paper is built up from named facts, never copied from them, so that a fact
which is not meant for the kind of paper can't slip through to its template:
prices of the client are on papers for the client only, prices of the supplier
on the request to him only, and a voucher has none.

Which kinds of paper there are says :mod:`.kinds`; an add-on makes its own known by
:func:`register_kind`, whose docstring tells what else it has to bring.

Facts
    ``kind``, ``number``, ``date``, ``lang``, ``wording`` and ``terms`` (safe HTML),
    ``row_wording`` (text), ``currency`` {code, decimals}, ``issuer``,
    ``recipient``, ``consignee`` (parties), ``booking`` {number, reference,
    manager}, ``services``, ``totals`` {untaxed, total, taxes [{name, amount}]};
    of some kinds ``contract`` {number, date, date_to, terms}, ``enclosed`` [{name,
    text, number, date, total, copies}], ``cancellation`` {client, status, date,
    reason, penalty, penalty_from, bills [{supplier, name, payment, total}]}.
"""

import re
from decimal import Decimal

from markupsafe import Markup, escape

from . import formats
from .kinds import KINDS, Kind, get_codes, register_kind
from .words import amount_in_words

__all__ = ["KINDS", "Kind", "fill_in", "get_codes", "present", "register_kind"]

# More guests than these are listed under the rows, as a row does not break.
GUESTS_IN_ROW = 6

PLACEHOLDER = re.compile(r"\{(\w+)\}")

# What people may put in braces into a wording, and see replaced.
PLACEHOLDERS = (
    "number", "date", "booking", "reference", "client", "consignee", "hotel", "city",
    "room", "meal", "arrival", "departure", "nights", "rooms", "guests", "total",
    "total_in_words", "issuer", "signatory", "position", "contract", "contract_date",
)  # fmt: skip

PARTY_KEYS = (
    "name", "address", "phone", "email", "website", "vat", "kpp", "ogrn",
)  # fmt: skip
BANK_KEYS = ("name", "bic", "account", "corr_account")
PERSON_KEYS = ("name", "title", "phone", "email")
HOTEL_KEYS = ("name", "city", "address", "phone")
SERVICE_TEXTS = (
    "kind", "name", "room", "meal", "rate", "route", "car_class", "transport_number",
    "text", "confirmation_number", "part",
)  # fmt: skip
SERVICE_NUMBERS = ("rooms", "nights")
SERVICE_FLAGS = ("early_arrival", "late_departure")


def present(facts):
    """Make the paper's text of the facts.

    :param dict facts: see the module
    :return: nested dicts and lists of text, numbers for counting and booleans
    :rtype: dict
    """
    return _Presenter(facts).present()


def fill_in(text, values):
    """Put the values into a wording; what is not known stays as it is typed.

    >>> fill_in("Stay at {hotel}, {nothing}", {"hotel": "Alpine"})
    'Stay at Alpine, {nothing}'

    HTML stays HTML, and a value can't bring tags into it:

    >>> fill_in(Markup("<b>{hotel}</b>"), {"hotel": "<i>A"})
    Markup('<b>&lt;i&gt;A</b>')
    """
    guard = escape if isinstance(text, Markup) else str

    def replace(match):
        value = values.get(match[1])
        return match[0] if value is None else str(guard(value))

    return type(text)(PLACEHOLDER.sub(replace, str(text)))


def guest_names(guests):
    """The names in one line.

    >>> guest_names([{"name": "Ivanov Ivan"}, {"name": "Petrova Anna"}])
    'Ivanov Ivan, Petrova Anna'
    """
    return ", ".join(guest["name"] for guest in guests if guest.get("name"))


class _Presenter:
    """One paper in the making: holds its language, kind and currency."""

    def __init__(self, facts):
        self.facts = facts
        self.kind = KINDS[facts["kind"]]
        self.lang = facts["lang"]
        self.currency = facts["currency"]["code"]
        self.decimals = facts["currency"].get("decimals", 2)

    def present(self):
        facts = self.facts
        paper = {
            "kind": facts["kind"],
            "lang": formats.get_locale(self.lang).language,
            "number": facts["number"],
            "date": formats.long_date(facts["date"], self.lang),
            "iso_date": facts["date"].isoformat(),
            "issuer": self._issuer(),
            "recipient": self._party(facts["recipient"]),
            "consignee": self._party(facts.get("consignee")),
            "booking": self._booking(),
            "contract": self._contract(),
            "enclosed": [self._enclosed(row) for row in facts.get("enclosed") or ()],
            "cancellation": self._cancellation(),
            "services": [
                self._service(index, service)
                for index, service in enumerate(facts["services"], start=1)
            ],
            "guests_in_row": GUESTS_IN_ROW,
            "currency": formats.symbol(self.currency, self.lang),
            "totals": self._totals(),
        }
        paper["guests"] = self._guest_list(paper["services"])
        paper["has_nationality"] = any(g["nationality"] for g in paper["guests"])
        self._put_wording(paper)
        return paper

    # Parties

    def _party(self, party):
        if not party or not party.get("name"):
            return None
        shown = {key: party.get(key) or "" for key in PARTY_KEYS}
        shown["is_company"] = bool(party.get("is_company", True))
        return shown

    def _issuer(self):
        issuer = self.facts["issuer"]
        bank = issuer.get("bank")
        shown = self._party(issuer)
        shown["logo"] = issuer.get("logo") or ""
        shown["accent"] = issuer.get("accent") or ""
        shown["bank"] = bank and {key: bank.get(key) or "" for key in BANK_KEYS}
        seals = self.facts.get("seals") or {}
        for role in ("signatory", "accountant"):
            shown[role] = self._person(issuer.get(role))
            shown[role]["signature"] = seals.get(role) or ""
        shown["stamp"] = seals.get("stamp") or ""
        return shown

    def _person(self, person):
        return {key: (person or {}).get(key) or "" for key in PERSON_KEYS}

    def _booking(self):
        booking = self.facts["booking"]
        return {
            "number": booking["number"],
            "reference": booking.get("reference") or "",
            "manager": self._person(booking.get("manager")),
        }

    def _contract(self):
        """The contract with the client; a supplier is not told of one."""
        contract = self.facts.get("contract") or {}
        if self.kind.audience != "client":
            contract = {}
        return {
            "number": contract.get("number") or "",
            "date": formats.long_date(contract.get("date"), self.lang),
            "date_to": formats.long_date(contract.get("date_to"), self.lang),
            "terms": contract.get("terms") or "",
        }

    def _enclosed(self, row):
        total = row.get("total")
        return {
            "name": row["name"],
            "text": row.get("text") or "",
            "number": row["number"],
            "date": formats.short_date(row["date"], self.lang),
            "total": "" if total is None else self._amount(total),
            "copies": row.get("copies") or 1,
        }

    def _cancellation(self):
        """What accountants have to know of what does not take place."""
        facts = self.facts.get("cancellation")
        if not facts or self.kind.audience != "staff":
            return None
        shown = {
            key: facts.get(key) or ""
            for key in ("client", "status", "reason", "penalty_from")
        }
        shown["date"] = formats.long_date(facts.get("date"), self.lang)
        shown["penalty"] = self._money(facts["penalty"]) if facts.get("penalty") else ""
        shown["bills"] = [
            {
                "supplier": bill["supplier"],
                "name": bill["name"],
                "payment": bill["payment"],
                "total": self._amount(bill["total"]),
            }
            for bill in facts.get("bills") or ()
        ]
        return shown

    # Services and guests

    def _service(self, index, service):
        shown = {key: service.get(key) or "" for key in SERVICE_TEXTS}
        shown.update({key: service.get(key) or 0 for key in SERVICE_NUMBERS})
        shown.update({key: bool(service.get(key)) for key in SERVICE_FLAGS})
        hotel = service.get("hotel")
        shown.update(
            index=index,
            hotel=hotel and {key: hotel.get(key) or "" for key in HOTEL_KEYS},
            start=self._moment(service.get("date_from"), service.get("hour_from")),
            end=self._moment(service.get("date_to"), service.get("hour_to")),
            guests=[self._guest(guest) for guest in service.get("guests") or ()],
        )
        shown["guest_names"] = guest_names(shown["guests"])
        if self.kind.prices in ("client", "both"):
            shown.update(self._client_prices(service))
        if self.kind.prices in ("supplier", "both"):
            shown.update(self._supplier_prices(service))
        return shown

    def _moment(self, day, hour):
        if not day:
            return None
        return {
            "date": formats.short_date(day, self.lang),
            "long_date": formats.long_date(day, self.lang),
            "weekday": formats.weekday(day, self.lang),
            "hour": formats.hour(hour),
        }

    def _client_prices(self, service):
        total = service.get("total", service.get("price", 0))
        return {
            "price": self._amount(service.get("price", total)),
            "total": self._amount(total),
            "tax_names": ", ".join(service.get("tax_names") or ()),
            "tax_amount": self._amount(service.get("tax_amount") or 0),
        }

    def _supplier_prices(self, service):
        percent = service.get("commission_percent") or 0
        # Decimal drops the noise of floats, and normalising the idle zeros.
        digits = Decimal(str(percent)).normalize()
        return {
            "supplier_price_night": self._amount_or_none(
                service, "supplier_price_night"
            ),
            "supplier_price_total": self._amount_or_none(
                service, "supplier_price_total"
            ),
            "commission_amount": self._amount_or_none(service, "commission_amount"),
            "commission_percent": f"{digits:f}%" if percent else "",
            "supplier_due": self._amount_or_none(service, "supplier_due"),
            "settlement": service.get("settlement") or "",
            # On papers to a supplier it is himself.
            "supplier": service.get("supplier") or "",
        }

    def _guest(self, guest):
        # The client's own marks (personnel number …) are no concern of a supplier.
        extra = guest.get("extra") if self.kind.audience == "client" else ()
        return {
            "name": guest.get("name") or "",
            "is_child": guest.get("guest_type") == "child",
            "is_infant": guest.get("guest_type") == "infant",
            "age": guest.get("age") if guest.get("guest_type") == "child" else None,
            "nationality": guest.get("nationality") or "",
            "details": [
                {"label": str(item["label"]), "value": str(item["value"])}
                for item in extra or ()
                if item.get("value") not in (None, False, "")
            ],
        }

    def _guest_list(self, services):
        """Each guest once, with the services he is booked on."""
        merged = {}
        for service in services:
            for guest in service["guests"]:
                key = (guest["name"], guest["is_child"], guest["age"])
                row = merged.setdefault(key, {**guest, "services": []})
                if service["index"] not in row["services"]:
                    row["services"].append(service["index"])
        return [
            {**row, "services": ", ".join(map(str, row["services"]))}
            for row in merged.values()
        ]

    # Sums

    def _amount(self, value):
        return formats.amount(value, self.lang, self.decimals)

    def _money(self, value):
        return formats.money(value, self.currency, self.lang, self.decimals)

    def _amount_or_none(self, service, key):
        return self._amount(service[key]) if service.get(key) else ""

    def _totals(self):
        if self.kind.prices == "none":
            return None
        totals = {}
        if self.kind.prices in ("supplier", "both"):
            totals.update(self._supplier_totals())
        if self.kind.prices in ("client", "both"):
            totals.update(self._client_totals())
        return totals

    def _client_totals(self):
        totals = self.facts["totals"]
        return {
            "untaxed": self._amount(totals.get("untaxed", totals["total"])),
            "total": self._amount(totals["total"]),
            "total_money": self._money(totals["total"]),
            "in_words": self._in_words(totals["total"]),
            "count": len(self.facts["services"]),
            "taxes": [
                {"name": tax["name"], "amount": self._amount(tax["amount"])}
                for tax in totals.get("taxes") or ()
            ],
        }

    def _supplier_totals(self):
        services = self.facts["services"]
        totals = {}
        for key in ("supplier_price_total", "commission_amount", "supplier_due"):
            # Text first: a sum of floats would show its noise.
            total = sum(Decimal(str(service.get(key) or 0)) for service in services)
            totals[key] = self._amount(total) if total else ""
        due = sum(
            Decimal(
                str(
                    service.get("supplier_due")
                    or service.get("supplier_price_total")
                    or 0
                )
            )
            for service in services
        )
        totals["total_money"] = self._money(due) if due else ""
        totals["in_words"] = self._in_words(due) if due else ""
        return totals

    def _in_words(self, value):
        return amount_in_words(value, self.currency, self.lang, self.decimals)

    # Wording

    def _put_wording(self, paper):
        values = self._placeholder_values(paper, paper["services"])
        wording = self.facts.get("wording")
        paper["wording"] = fill_in(Markup(wording), values) if wording else ""
        paper["terms"] = Markup(self.facts.get("terms") or "")
        row_wording = (self.facts.get("row_wording") or "").strip()
        for service in paper["services"]:
            values = self._placeholder_values(paper, [service])
            # A row that is part of a service says which part, whatever the wording.
            worded = row_wording and not service["part"]
            service["wording"] = fill_in(row_wording, values) if worded else ""

    def _placeholder_values(self, paper, services):
        hotels = [s["hotel"] for s in services if s["hotel"]]
        # Rows that are no services have no dates.
        starts = [s["start"]["date"] for s in services if s["start"]][:1]
        ends = [s["end"]["date"] for s in services if s["end"]][-1:]
        totals = paper["totals"] or {}
        return {
            "number": paper["number"],
            "date": paper["date"],
            "booking": paper["booking"]["number"],
            "reference": paper["booking"]["reference"],
            "client": paper["recipient"]["name"] if paper["recipient"] else "",
            "consignee": paper["consignee"]["name"] if paper["consignee"] else "",
            "hotel": ", ".join(dict.fromkeys(h["name"] for h in hotels)),
            "city": ", ".join(dict.fromkeys(h["city"] for h in hotels if h["city"])),
            "room": ", ".join(dict.fromkeys(s["room"] for s in services if s["room"])),
            "meal": ", ".join(dict.fromkeys(s["meal"] for s in services if s["meal"])),
            "arrival": "".join(starts),
            "departure": "".join(ends),
            "nights": sum(s["nights"] for s in services) or "",
            "rooms": sum(s["rooms"] for s in services) or "",
            "guests": guest_names(self._guest_list(services)),
            "total": totals.get("total_money", ""),
            "total_in_words": totals.get("in_words", ""),
            "issuer": paper["issuer"]["name"],
            "signatory": paper["issuer"]["signatory"]["name"],
            "position": paper["issuer"]["signatory"]["title"],
            "contract": paper["contract"]["number"],
            "contract_date": paper["contract"]["date"],
        }
