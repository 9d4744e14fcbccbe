"""Parts that documents of EnterpriseData have in common, as nested pairs."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from .documents import BOOKING, PAYMENT_IN, Document, Entry, exact, make_guid
from .taxes import KINDS, NO_VAT, Vat, get_vat
from .tree import clean

# Documents without an hour of their own stand at noon, as in 1C.
NOON = "T12:00:00"
# As long as 1C's own columns are.
MAX_TEXT = 1000
MAX_NAME = 100

Pairs = list[tuple[str, Any]]


class Head(NamedTuple):
    """What all documents of a file share."""

    version: str
    made: datetime
    #: Identity of our database in 1C: see `documents.make_guid`.
    namespace: str
    #: Our company, as a party.
    company: dict
    #: Kinds of VAT by tax, accounts of 1C by account; keys are ids as text.
    taxes: dict[str, Vat]
    accounts: dict[str, str]
    #: Whether services are sold in the name of their suppliers.
    is_agent: bool = False


# === Keys === #


def keys(document: Document, head: Head) -> Pairs:
    return [
        ("Ссылка", document["guid"]),
        ("Дата", document["date"] + NOON),
        ("Номер", clean(document["number"], 256)),
        ("Организация", company(head)),
    ]


def invoice_keys(document: Document, head: Head) -> Pairs | None:
    """The invoice that the act is for, if that is one."""
    invoice = document.get("invoice")
    return keys(invoice, head) if invoice else None


def company(head: Head) -> Pairs:
    party = head.company
    return [
        ("Ссылка", party["guid"]),
        ("Наименование", clean(party["name"], MAX_NAME)),
        ("НаименованиеПолное", clean(party["name"], MAX_TEXT)),
        ("ИНН", party.get("inn") or None),
        ("КПП", party.get("kpp") or None),
        ("ЮридическоеФизическоеЛицо", _get_person_kind(party)),
    ]


def partner(party: dict, head: Head) -> Pairs:
    home = party.get("country") in (None, "", "RU")
    number = party.get("inn") or None
    return [
        ("Ссылка", party["guid"]),
        ("Наименование", clean(party["name"], MAX_NAME)),
        ("НаименованиеПолное", clean(party["name"], MAX_TEXT)),
        ("ИНН", number if home else None),
        ("КПП", (party.get("kpp") or None) if home else None),
        ("ЮридическоеФизическоеЛицо", _get_person_kind(party)),
        ("НалоговыйНомерНерезидента", None if home else number),
    ]


def _get_person_kind(party: dict) -> str:
    """A sole trader, whose INN has twelve digits, is a person to 1C."""
    trader = len(party.get("inn") or "") == 12
    is_legal = party["is_company"] and not trader
    return "ЮридическоеЛицо" if is_legal else "ФизическоеЛицо"


def get_partner(entry: Entry, head: Head) -> Pairs | None:
    found = entry.document.get("partner")
    return partner(entry.parties[str(found)], head) if found else None


def get_partners(document: Document, head: Head) -> list[str]:
    """Counterparties that the document names, by id; an agent's principals, too."""
    found = [document.get("partner")]
    if head.is_agent and document["kind"] == BOOKING:
        found += [line.get("supplier") for line in document["lines"]]
    return [str(each) for each in dict.fromkeys(found) if each]


def currency(document: Document) -> Pairs:
    values = [
        ("Код", document["currency_code"]),
        ("Наименование", document["currency"]),
    ]
    return [("ДанныеКлассификатора", values)]


def contract(entry: Entry, head: Head, kind: str) -> Pairs | None:
    known = entry.parties.get(str(entry.document.get("partner")), {}).get("contract")
    if not known or kind != "СПокупателем":
        return None
    number, day = known["number"], known["date"]
    return [
        ("Ссылка", known["guid"]),
        ("ВидДоговора", kind),
        ("Организация", company(head)),
        ("Контрагент", get_partner(entry, head)),
        ("Наименование", clean(f"Договор № {number}", MAX_NAME)),
        ("Дата", day),
        ("Номер", clean(number, 50)),
    ]


def settlement(entry: Entry, head: Head, kind: str) -> Pairs:
    document = entry.document
    account = head.accounts.get(str(document.get("account")))
    return [
        ("Договор", contract(entry, head, kind)),
        ("ВалютаВзаиморасчетов", currency(document)),
        ("КурсВзаиморасчетов", _get_rate(document)),
        ("КратностьВзаиморасчетов", "1"),
        ("РасчетыВУсловныхЕдиницах", False),
        ("СчетУчетаРасчетовСКонтрагентом", account),
    ]


def _get_rate(document: Document) -> str:
    """With four places, as many as the format has.

    >>> _get_rate({"rate": "1"}), _get_rate({"rate": "92.123456"})
    ('1', '92.1235')
    """
    rate = Decimal(document["rate"]).quantize(Decimal("0.0001"))
    return f"{rate.normalize():f}"


def common(document: Document) -> Pairs:
    return [("Комментарий", clean(document.get("note") or "", MAX_TEXT) or None)]


# === Lines === #


def services(lines, head: Head, build: Callable, **values) -> Pairs:
    return [
        ("Строка", [("НомерСтрокиДокумента", str(place)), *build(line, head, **values)])
        for place, line in enumerate(lines, 1)
    ]


def total(lines) -> str:
    return str(sum((exact(line["amount"]) for line in lines), exact(0)))


def is_free(lines, head: Head) -> bool:
    """Whether no line has any VAT."""
    return all((get_vat(line["taxes"], head.taxes) or NO_VAT).is_free for line in lines)


def invoice_line(line: dict, head: Head) -> Pairs:
    return [
        ("Номенклатура", _product(line)),
        ("Количество", _get_quantity(line)),
        ("Сумма", line["amount"]),
        ("Цена", _get_price(line)),
        *_vat(line, head),
        ("Содержание", clean(line["name"], MAX_TEXT)),
    ]


def act_line(line: dict, head: Head, entry: Entry) -> Pairs:
    principal = head.is_agent and entry.parties.get(str(line.get("supplier")))
    account = head.accounts.get(str(line.get("account")))
    owed = head.accounts.get(str((principal or {}).get("payable")))
    return [
        *invoice_line(line, head),
        ("ТипУслуги", "Агентские" if principal else "Собственные"),
        ("Принципал", partner(principal, head) if principal else None),
        ("СчетДоходов", None if principal else account),
        ("СчетРасчетовСПринципалом", owed if principal else None),
    ]


def bill_line(line: dict, head: Head) -> Pairs:
    account = head.accounts.get(str(line.get("account")))
    return [
        *invoice_line(line, head),
        ("ДанныеЗатрат", [("СчетЗатрат", account)] if account else None),
    ]


def corrected_line(line: dict, head: Head) -> Pairs:
    """What there was, and what is left of it."""
    quantity = Decimal(line["quantity"])
    before, before_tax = exact(line["before"]), exact(line["before_tax"])
    left = before - exact(line["amount"])
    left_tax = before_tax - exact(line["tax"])
    vat = _rate(get_vat(line["taxes"], head.taxes) or NO_VAT)
    return [
        ("Номенклатура", _product(line)),
        ("Количество", _plain(quantity)),
        ("КоличествоДоКорректировки", _plain(quantity)),
        ("КоличествоДоИзменения", _plain(quantity)),
        ("Сумма", left),
        ("СуммаДоИзменения", before),
        ("СуммаДоКорректировки", before),
        ("Цена", _divide(left, quantity)),
        ("ЦенаДоИзменения", _divide(before, quantity)),
        ("ЦенаДоКорректировки", _divide(before, quantity)),
        ("СтавкаНДС", vat),
        ("СтавкаНДСДоИзменения", vat),
        ("СуммаНДС", left_tax),
        ("СуммаНДСДоИзменения", before_tax),
        ("СуммаНДСДоКорректировки", before_tax),
        ("Содержание", clean(line["name"], MAX_TEXT)),
        ("ЕстьВДокументеПоступленияРеализации", True),
    ]


def _product(line: dict) -> Pairs:
    product = line["product"]
    return [
        ("Ссылка", product.get("guid")),
        ("Наименование", clean(product["name"], MAX_NAME)),
    ]


def _get_quantity(line: dict) -> str:
    return _plain(Decimal(line["quantity"]))


def _plain(quantity: Decimal) -> str:
    """With three places at the most, and none that say nothing.

    >>> _plain(Decimal("2.000")), _plain(Decimal("10")), _plain(Decimal("0.3333"))
    ('2', '10', '0.333')
    """
    return f"{quantity.quantize(Decimal('0.001')).normalize() + 0:f}"


def _get_price(line: dict) -> Decimal:
    return _divide(exact(line["amount"]), Decimal(line["quantity"]))


def _divide(amount: Decimal, quantity: Decimal) -> Decimal:
    return exact(amount / quantity) if quantity else amount


def _vat(line: dict, head: Head) -> Pairs:
    vat = get_vat(line["taxes"], head.taxes) or NO_VAT
    return [("СтавкаНДС", _rate(vat)), ("СуммаНДС", line["tax"])]


def _rate(vat: Vat) -> Pairs:
    return [
        ("Ставка", None if vat.is_free else f"{vat.rate.normalize() + 0:f}"),
        ("РасчетнаяСтавка", vat.is_calculated),
        ("НеОблагается", vat.is_free),
        ("ВидСтавки", KINDS[vat.kind]),
    ]


# === Money === #


def payment(document: Document, head: Head) -> Pairs:
    """The general part of money that came or went, by bank or cash."""
    income = document["kind"] == PAYMENT_IN
    money = [("Валюта", currency(document)), ("Сумма", document["amount"])]
    memo = clean(document.get("memo") or "", MAX_TEXT) or None
    if document["is_cash"]:
        return [*money, ("Основание" if income else "НазначениеПлатежа", memo)]
    account = [("БанковскийСчетОрганизации", _bank_account(document, head))]
    if income:
        incoming = clean(document.get("reference") or "", 50) or None
        return [
            ("ДатаВыписки", document["date"]),
            ("НомерВходящегоДокумента", incoming),
            ("ТипПлатежногоДокумента", "ПлатежноеПоручение"),
            *money,
            *account,
            ("НазначениеПлатежа", memo),
        ]
    return [
        ("ДатаВыписки", document["date"]),
        ("ТипПлатежногоДокумента", "ПлатежноеПоручение"),
        *money,
        *account,
        ("РеквизитыПлатежа", [("НазначениеПлатежа", memo)] if memo else None),
    ]


def _bank_account(document: Document, head: Head) -> Pairs:
    bank = document["bank"]
    code = bank.get("bic") or None
    russian = bool(code) and code.isdecimal() and len(code) == 9
    classified = [
        ("Наименование", bank.get("name") or None),
        ("БИК", code if russian else None),
        ("СВИФТБИК", None if russian else code),
    ]
    named = any(value for _name, value in classified)
    return [
        ("Ссылка", make_guid(head.namespace, "res.partner.bank", bank["id"])),
        ("НомерСчета", bank["account"]),
        ("Банк", [("ДанныеКлассификатораБанков", classified)] if named else None),
        ("Владелец", [("ОрганизацииСсылка", company(head))]),
    ]
