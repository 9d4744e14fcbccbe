"""What must hold of a document before 1C takes it.

A fault names a rule and the records it is about; the wording, with the way out, is the
caller's (see `texts`).

>>> party = {"id": 7, "name": "Alpina LLC", "is_company": True, "country": "RU"}
>>> [fault.rule for fault in check_party(party)]
['inn_missing']
>>> [fault.rule for fault in check_party({**party, "inn": "12345"})]
['inn_wrong']
>>> check_party({**party, "inn": "7701234560"})
[]

A foreign company has another number, and a person need not have one:

>>> check_party({**party, "country": "FR"}), check_party({**party, "is_company": False})
([], [])
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from . import documents
from .taxes import Vat, get_vat

MAX_NUMBER = 256


class Fault(NamedTuple):
    rule: str
    #: What the text names besides the document.
    name: str = ""


class Known(NamedTuple):
    """What the settings say."""

    taxes: dict[str, Vat]
    tax_names: dict[str, str]


def check(document: documents.Document, parties: dict, known: Known) -> list[Fault]:
    """Everything that is wrong with the document, each thing once."""
    found = [*_check_head(document, parties)]
    for line in _iterate_lines(document):
        found += _check_line(line, known)
    found += _check_kind(document)
    return list(dict.fromkeys(found))


def check_party(party: dict) -> list[Fault]:
    """What is wrong with a legal entity of Russia."""
    if not party["is_company"] or party.get("country") != "RU":
        return []
    inn = party.get("inn") or ""
    if not inn:
        return [Fault("inn_missing", party["name"])]
    if not (inn.isdecimal() and inn.isascii() and len(inn) in (10, 12)):
        return [Fault("inn_wrong", party["name"])]
    return []


def _check_head(document, parties) -> Iterator[Fault]:
    number = document.get("number") or ""
    if not number:
        yield Fault("number_missing")
    elif len(number) > MAX_NUMBER:
        yield Fault("number_long")
    if not document.get("currency_code"):
        yield Fault("currency_code", document["currency"])
    partner = document.get("partner")
    if partner:
        yield from check_party(parties[str(partner)])
    else:
        yield Fault("partner_missing")


def _iterate_lines(document):
    yield from document.get("lines") or ()
    yield from document.get("act") or ()
    for part in document.get("parts") or ():
        yield from part["lines"]


def _check_line(line, known: Known) -> Iterator[Fault]:
    taxes = line["taxes"]
    if len(taxes) > 1:
        yield Fault("taxes_many", line["name"])
    elif get_vat(taxes, known.taxes) is None:
        yield Fault("tax_unknown", known.tax_names.get(str(taxes[0])) or line["name"])
    if Decimal(line["amount"]) < 0:
        yield Fault("line_negative", line["name"])


def _check_kind(document) -> Iterator[Fault]:
    kind = document["kind"]
    if kind in (documents.CREDIT_NOTE, documents.BILL_REFUND):
        if not document.get("parts"):
            yield Fault("origin_missing")
    elif kind in (documents.PAYMENT_IN, documents.PAYMENT_OUT):
        if not document.get("is_cash") and not document.get("bank", {}).get("account"):
            yield Fault("account_missing", document.get("journal") or "")
    elif kind == documents.BOOKING:
        if not document.get("lines"):
            yield Fault("not_invoiced")
        if document.get("other_currency"):
            yield Fault("two_currencies", document["other_currency"])
