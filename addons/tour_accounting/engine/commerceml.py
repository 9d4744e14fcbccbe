"""CommerceML 2.10: documents that 1C's trade configurations exchange.

There are no acts to take something back: what is cancelled goes with the requisite
``ПометкаУдаления``, and what changed goes with the identity that it had.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import IO

from lxml import etree

from . import documents
from .documents import Entry, exact
from .enterprise_parts import Head
from .taxes import NO_VAT, get_vat
from .tree import build, clean

NAMESPACE = "urn:1C.ru:commerceml_2"
VERSION = "2.10"
MAX_NAME = 255
MAX_NOTE = 3000

# Kind: operation, our part in it, the other's.
_OPERATIONS = {
    documents.BOOKING: ("Отпуск товара", "Продавец", "Покупатель"),
    documents.INVOICE: ("Счет на оплату", "Продавец", "Покупатель"),
    documents.CREDIT_NOTE: ("Возврат товара", "Продавец", "Покупатель"),
    documents.BILL: ("Отпуск товара", "Покупатель", "Продавец"),
    documents.BILL_REFUND: ("Возврат товара", "Покупатель", "Продавец"),
    documents.PAYMENT_IN: ("Выплата {} денег", "Получатель", "Плательщик"),
    documents.PAYMENT_OUT: ("Выплата {} денег", "Плательщик", "Получатель"),
}


def write(file: IO[bytes], head: Head, entries: Iterable[Entry]) -> None:
    root = f"{{{NAMESPACE}}}КоммерческаяИнформация"
    made = head.made.strftime("%Y-%m-%dT%H:%M:%S")
    attributes = {"ВерсияСхемы": VERSION, "ДатаФормирования": made}
    with etree.xmlfile(file, encoding="utf-8", close=False) as xml:
        xml.write_declaration()
        with xml.element(root, attributes, nsmap={None: NAMESPACE}):
            for entry in entries:
                for document, lines in _split(entry):
                    xml.write(_build_document(head, entry, document, lines))


def _split(entry: Entry):
    """What the document is in CommerceML: its parts, each with its lines."""
    document = entry.document
    if document.get("parts") is not None:
        for part in document["parts"]:
            yield {**document, **part}, part["lines"]
        return
    yield document, document.get("lines") or []
    if document.get("act"):
        act = {"guid": document["act_guid"], "kind": documents.BOOKING}
        yield {**document, **act}, document["act"]


def _build_document(head: Head, entry: Entry, document, lines):
    name, ours, theirs = _OPERATIONS[document["kind"]]
    party = entry.parties[str(document["partner"])]
    amount = sum((exact(line["amount"]) for line in lines), Decimal("0.00"))
    pairs = [
        ("Ид", document["guid"]),
        ("Номер", clean(document["number"], 255)),
        ("Дата", document["date"]),
        ("ХозОперация", _get_operation(name, document)),
        ("Роль", ours),
        ("Валюта", document["currency"]),
        ("Курс", f"{Decimal(document['rate']).normalize() + 0:f}"),
        ("Сумма", amount if lines else document["amount"]),
        ("Контрагенты", [("Контрагент", _party(party, theirs))]),
        ("Время", "12:00:00"),
        ("СрокПлатежа", document.get("due")),
        ("Комментарий", clean(document.get("note") or "", MAX_NOTE) or None),
        ("Налоги", _taxes(lines, head)),
        ("Товары", [("Товар", _line(line, head)) for line in lines] or None),
        ("ЗначенияРеквизитов", _requisites(entry, document)),
    ]
    return build("Документ", pairs, NAMESPACE)


def _get_operation(name, document):
    """Money given back has an operation of its own."""
    if "{}" not in name:
        return name
    back = (document["kind"] == documents.PAYMENT_OUT) == document["is_customer"]
    word = "наличных" if document["is_cash"] else "безналичных"
    return name.format(word).replace("Выплата", "Возврат" if back else "Выплата")


def _party(party: dict, role: str):
    home = party.get("country") in (None, "", "RU")
    name = clean(party["name"], MAX_NAME)
    inn = (party.get("inn") or None) if home else None
    common = [("Ид", party["guid"]), ("Наименование", name)]
    if not party["is_company"] or len(party.get("inn") or "") == 12:
        return [*common, ("ПолноеНаименование", name), ("ИНН", inn), ("Роль", role)]
    address = clean(party.get("address") or "", MAX_NAME)
    return [
        *common,
        ("ОфициальноеНаименование", name),
        ("ЮридическийАдрес", [("Представление", address)] if address else None),
        ("ИНН", inn),
        ("КПП", (party.get("kpp") or None) if home else None),
        ("Роль", role),
    ]


def _taxes(lines, head: Head):
    """VAT of the document by rate; none where there is none."""
    sums: dict[Decimal, Decimal] = {}
    for line in lines:
        vat = get_vat(line["taxes"], head.taxes) or NO_VAT
        if not vat.is_free:
            sums[vat.rate] = sums.get(vat.rate, Decimal("0.00")) + exact(line["tax"])
    return [("Налог", _tax(rate, amount)) for rate, amount in sums.items()] or None


def _tax(rate: Decimal, amount):
    return [
        ("Наименование", "НДС"),
        ("УчтеноВСумме", True),
        ("Сумма", amount),
        ("Ставка", f"{rate.normalize() + 0:f}"),
    ]


def _line(line: dict, head: Head):
    vat = get_vat(line["taxes"], head.taxes) or NO_VAT
    rate = None if vat.is_free else f"{vat.rate.normalize() + 0:f}"
    quantity = Decimal(line["quantity"])
    amount = exact(line["amount"])
    unit = build(
        "БазоваяЕдиница",
        "шт",
        NAMESPACE,
        Код="796",
        НаименованиеПолное="Штука",
        МеждународноеСокращение="PCE",
    )
    kinds = [
        _requisite(name, "Услуга") for name in ("ВидНоменклатуры", "ТипНоменклатуры")
    ]
    rates = [("СтавкаНалога", [("Наименование", "НДС"), ("Ставка", rate)])]
    return [
        ("Ид", line["product"].get("guid")),
        ("Наименование", clean(line["name"], MAX_NAME)),
        ("БазоваяЕдиница", unit),
        ("СтавкиНалогов", rates if rate else None),
        ("ЗначенияРеквизитов", kinds),
        ("ЦенаЗаЕдиницу", exact(amount / quantity) if quantity else amount),
        ("Количество", f"{quantity.normalize() + 0:f}"),
        ("Сумма", amount),
        ("Единица", "796"),
        ("Коэффициент", "1"),
        ("Налоги", [("Налог", _tax(vat.rate, line["tax"]))] if rate else None),
    ]


def _requisites(entry: Entry, document):
    cancelled = entry.act == documents.CANCELLATION
    return [
        _requisite("Номер по 1С", clean(document["number"], 255)),
        _requisite("ПометкаУдаления", "true" if cancelled else "false"),
        _requisite("Ревизия", str(entry.revision)),
    ]


def _requisite(name: str, value: str):
    return "ЗначениеРеквизита", [("Наименование", name), ("Значение", value)]
