"""EnterpriseData: the XML that 1C's configurations load by themselves.

Documents are written one by one, so that a file of any length takes the memory of one.
The order of elements is that of the format, versions 1.17 to 1.20.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, NamedTuple

from lxml import etree

from . import documents
from . import enterprise_parts as parts
from .documents import Entry
from .enterprise_parts import Head
from .tree import build, clean

MESSAGE = "http://www.1c.ru/SSL/Exchange/Message"
FORMAT = "http://v8.1c.ru/edi/edi_stnd/EnterpriseData/"
VERSIONS = ("1.17", "1.18", "1.19", "1.20")
# Kinds of objects that an older file may have to take back, as `УдалениеОбъекта` names
# them.
REFERENCES = {
    "СчетПокупателю": "СчетПокупателюСсылка",
    "РеализацияТоваровУслуг": "РеализацияТоваровУслугСсылка",
    "ПоступлениеТоваровУслуг": "ПоступлениеТоваровУслугСсылка",
    "КорректировкаРеализацииТоваров": "КорректировкаРеализацииТоваровСсылка",
    "КорректировкаПоступленияТоваров": "КорректировкаПоступленияТоваровСсылка",
    "ПБДСРасчетыСКонтрагентами": "ПБДСРасчетыСКонтрагентамиСсылка",
    "СБДСРасчетыСКонтрагентами": "СБДСРасчетыСКонтрагентамиСсылка",
    "ПКОРасчетыСКонтрагентами": "ПКОРасчетыСКонтрагентамиСсылка",
    "РКОРасчетыСКонтрагентами": "РКОРасчетыСКонтрагентамиСсылка",
}


class Object(NamedTuple):
    """A document of 1C: of what type, and which."""

    type: str
    guid: str


def write(file: IO[bytes], head: Head, entries: Iterable[Entry]) -> None:
    """Write the whole file, counterparties before the documents that name them."""
    namespace = FORMAT + head.version
    known: set[str] = set()
    with etree.xmlfile(file, encoding="utf-8", close=False) as xml:
        xml.write_declaration()
        nsmap = {
            "msg": MESSAGE,
            "xs": "http://www.w3.org/2001/XMLSchema",
            "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        }
        with xml.element("Message", nsmap=nsmap):
            xml.write(_build_header(head))
            with xml.element(f"{{{namespace}}}Body", nsmap={None: namespace}):
                for entry in entries:
                    for element in _iterate_elements(head, entry, known):
                        xml.write(element)


def get_objects(document: documents.Document) -> list[Object]:
    """What the document is in 1C.

    >>> get_objects({"kind": "payment_out", "guid": "g", "is_cash": True})
    [Object(type='РКОРасчетыСКонтрагентами', guid='g')]
    >>> [o.type for o in get_objects({"kind": "invoice", "guid": "g", "act": []})]
    ['СчетПокупателю']
    """
    return [_get_object(name, value) for name, value in _get_builders(document)]


def _build_header(head: Head):
    made: datetime = head.made
    return build(
        "Header",
        [
            ("Format", FORMAT + head.version),
            ("CreationDate", made.strftime("%Y-%m-%dT%H:%M:%S")),
            ("AvailableVersion", head.version),
        ],
        MESSAGE,
        prefix="msg",
    )


def _iterate_elements(head: Head, entry: Entry, known: set[str]):
    document = entry.document
    objects = [] if entry.act == documents.CANCELLATION else get_objects(document)
    # What was there and is no more: all of it, or an act that an invoice lost.
    for gone in get_objects(entry.before) if entry.before else ():
        if gone not in objects:
            yield _build_deletion(head, gone)
    if entry.act == documents.CANCELLATION:
        return
    for partner in parts.get_partners(document, head):
        if partner not in known:
            known.add(partner)
            yield _build_partner(head, entry.parties[partner])
    for name, value in _get_builders(document):
        build_document = BUILDERS[name]
        yield build_document(head, entry, value)


def _get_builders(document: documents.Document):
    """Types of 1C that the document becomes, each with its part of the document."""
    kind = document["kind"]
    if kind == documents.BOOKING:
        return [("РеализацияТоваровУслуг", document)]
    if kind == documents.INVOICE:
        invoice = [("СчетПокупателю", document)]
        if document["act"]:
            act = {"guid": document["act_guid"], "lines": document["act"]}
            invoice.append(("РеализацияТоваровУслуг", {**document, **act}))
        return invoice
    if kind == documents.BILL:
        return [("ПоступлениеТоваровУслуг", document)]
    if kind == documents.CREDIT_NOTE:
        return [("КорректировкаРеализацииТоваров", part) for part in document["parts"]]
    if kind == documents.BILL_REFUND:
        return [("КорректировкаПоступленияТоваров", part) for part in document["parts"]]
    income = kind == documents.PAYMENT_IN
    if document["is_cash"]:
        return [(f"{'ПКО' if income else 'РКО'}РасчетыСКонтрагентами", document)]
    return [(f"{'ПБДС' if income else 'СБДС'}РасчетыСКонтрагентами", document)]


def _get_object(name, value):
    return Object(name, value["guid"])


def _build_deletion(head: Head, gone: Object):
    reference = [("СсылкаНаОбъект", [(REFERENCES[gone.type], gone.guid)])]
    return _build(head, "УдалениеОбъекта", [("СсылкаНаОбъект", reference)])


def _build_partner(head: Head, party: dict):
    pairs = [("КлючевыеСвойства", parts.partner(party, head))]
    return _build(head, "Справочник.Контрагенты", pairs)


def _build(head: Head, name: str, pairs):
    return build(name, pairs, FORMAT + head.version)


# === Documents === #


def _build_invoice(head: Head, entry: Entry, document):
    return _build(
        head,
        "Документ.СчетПокупателю",
        [
            ("КлючевыеСвойства", parts.keys(document, head)),
            ("Валюта", parts.currency(document)),
            ("Сумма", document["amount"]),
            ("Контрагент", parts.get_partner(entry, head)),
            ("ДанныеВзаиморасчетов", parts.settlement(entry, head, "СПокупателем")),
            ("СуммаВключаетНДС", True),
            ("Услуги", parts.services(document["lines"], head, parts.invoice_line)),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


def _build_act(head: Head, entry: Entry, document):
    lines = document["lines"]
    return _build(
        head,
        "Документ.РеализацияТоваровУслуг",
        [
            ("КлючевыеСвойства", parts.keys(document, head)),
            ("ВидОперации", "РеализацияКлиенту"),
            ("Валюта", parts.currency(document)),
            ("Сумма", parts.total(lines)),
            ("СуммаВключаетНДС", True),
            ("Контрагент", parts.get_partner(entry, head)),
            ("ДанныеВзаиморасчетов", parts.settlement(entry, head, "СПокупателем")),
            ("СчетПокупателю", parts.invoice_keys(document, head)),
            (
                "Налогообложение",
                "ПродажаНеОблагаетсяНДС"
                if parts.is_free(lines, head)
                else "ПродажаОблагаетсяНДС",
            ),
            (
                "Услуги",
                parts.services(lines, head, parts.act_line, entry=entry),
            ),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


def _build_bill(head: Head, entry: Entry, document):
    lines = document["lines"]
    partner = parts.get_partner(entry, head)
    incoming = [
        ("НомерВходящегоДокумента", clean(document.get("reference") or "") or None),
        ("ДатаВходящегоДокумента", document.get("reference_date")),
    ]
    return _build(
        head,
        "Документ.ПоступлениеТоваровУслуг",
        [
            (
                "КлючевыеСвойства",
                [
                    *parts.keys(document, head),
                    ("ДанныеВходящегоДокумента", incoming),
                    ("Контрагент", partner),
                ],
            ),
            ("Услуги", parts.services(lines, head, parts.bill_line)),
            ("Валюта", parts.currency(document)),
            ("ВидОперации", "ПокупкаУПоставщика"),
            ("Сумма", document["amount"]),
            ("СуммаВключаетНДС", True),
            ("ДанныеВзаиморасчетов", parts.settlement(entry, head, "СПоставщиком")),
            (
                "Налогообложение",
                "НеОблагаетсяНДС" if parts.is_free(lines, head) else "ОблагаетсяНДС",
            ),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


def _build_sale_correction(head: Head, entry: Entry, part):
    document = {**entry.document, **part}
    lines = part["lines"]
    base = [("РеализацияТоваровУслугСсылка", parts.keys(part["base"], head))]
    return _build(
        head,
        "Документ.КорректировкаРеализацииТоваров",
        [
            ("КлючевыеСвойства", parts.keys(document, head)),
            ("Валюта", parts.currency(document)),
            ("Сумма", parts.total(lines)),
            ("Контрагент", parts.get_partner(entry, head)),
            ("Договор", parts.contract(entry, head, "СПокупателем")),
            ("СуммаВключаетНДС", True),
            ("ДокументРеализации", base),
            ("ИсправляемыйДокументРеализации", base),
            ("ВидОперации", "СогласованноеИзменение"),
            ("Услуги", parts.services(lines, head, parts.corrected_line)),
            (
                "Налогообложение",
                "ПродажаНеОблагаетсяНДС"
                if parts.is_free(lines, head)
                else "ПродажаОблагаетсяНДС",
            ),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


def _build_purchase_correction(head: Head, entry: Entry, part):
    document = {**entry.document, **part}
    lines = part["lines"]
    partner = parts.get_partner(entry, head)
    base = [*parts.keys(part["base"], head), ("Контрагент", partner)]
    return _build(
        head,
        "Документ.КорректировкаПоступленияТоваров",
        [
            (
                "КлючевыеСвойства",
                [*parts.keys(document, head), ("Контрагент", partner)],
            ),
            ("Валюта", parts.currency(document)),
            ("Сумма", parts.total(lines)),
            ("Договор", parts.contract(entry, head, "СПоставщиком")),
            ("СуммаВключаетНДС", True),
            ("ДокументПоступления", [("ПоступлениеТоваровУслугСсылка", base)]),
            ("ВидОперации", "СогласованноеИзменение"),
            ("Услуги", parts.services(lines, head, parts.corrected_line)),
            (
                "Налогообложение",
                "НеОблагаетсяНДС" if parts.is_free(lines, head) else "ОблагаетсяНДС",
            ),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


def _build_payment(head: Head, entry: Entry, document):
    income = document["kind"] == documents.PAYMENT_IN
    (name, _value), *_none = _get_builders(document)
    partner = parts.get_partner(entry, head)
    settled = "СПокупателем" if document["is_customer"] else "СПоставщиком"
    bank = income and not document["is_cash"]
    row = [
        ("Сумма", document["amount"]),
        ("СуммаВзаиморасчетов", document["amount"]),
        ("ДанныеВзаиморасчетов", parts.settlement(entry, head, settled)),
    ]
    return _build(
        head,
        f"Документ.{name}",
        [
            ("КлючевыеСвойства", parts.keys(document, head)),
            ("ОбщиеДанные", parts.payment(document, head)),
            # What stands first differs for money that comes to the bank.
            ("ВидРасчетов", settled if bank else None),
            ("Контрагент", partner),
            ("ВидРасчетов", None if bank else settled),
            ("РасшифровкаПлатежа", [("Строка", row)]),
            ("ОбщиеСвойстваОбъектовФормата", parts.common(document)),
        ],
    )


BUILDERS = {
    "СчетПокупателю": _build_invoice,
    "РеализацияТоваровУслуг": _build_act,
    "ПоступлениеТоваровУслуг": _build_bill,
    "КорректировкаРеализацииТоваров": _build_sale_correction,
    "КорректировкаПоступленияТоваров": _build_purchase_correction,
    "ПБДСРасчетыСКонтрагентами": _build_payment,
    "СБДСРасчетыСКонтрагентами": _build_payment,
    "ПКОРасчетыСКонтрагентами": _build_payment,
    "РКОРасчетыСКонтрагентами": _build_payment,
}
