"""Layouts as data: which words stand beside which field.

A label is matched without regard to case, ё, spaces, signs, and Latin letters that look
like Russian ones. The first label of a field is the surest. ``…`` at its end says that
other words may stand between it and the value; ``^`` before it that the value stands
above it. A pattern says how a value looks: ``#`` is some digits, ``?`` a letter, ``*``
whatever has no spaces, anything else itself.

A layout with marks counts where all of them are on the page, and before the general
ones. People add theirs as records ``tour.bill.layout``.
"""

import re
from dataclasses import dataclass, field

from odoo.addons.tour_payment_order.engine.trust import fold

# Each field of a bill with the kind of its value.
FIELDS = {
    "number": "number",
    "date": "date",
    "amount": "money",
    "vat_rate": "rate",
    "vat_amount": "tax",
    "tax_id": "tax_id",
    "kpp": "kpp",
    "name": "name",
    "account": "account",
    "bic": "bic",
    "corr_account": "corr_account",
    "purpose": "purpose",
}
# Two more have no value: that there is no VAT; and whose requisites follow.
FLAGS = ("without_vat", "payee", "payer")
# What belongs to somebody: to the payee, or to us.
REQUISITES = ("tax_id", "kpp", "name", "account", "bic", "corr_account")
MAX_LABELS, MAX_LABEL, MAX_WILD = 40, 80, 3


@dataclass(frozen=True)
class Layout:
    """``labels`` are tuples by field or flag; ``patterns`` by field."""

    name: str
    labels: dict[str, tuple[str, ...]]
    marks: tuple[str, ...] = ()
    patterns: dict[str, str] = field(default_factory=dict)

    def fits(self, folded):
        """Whether the page with this text is of the layout.

        >>> Layout("x", {}, marks=("Отель Волга",)).fits("… ОТЕЛЬ «ВОЛГА» …")
        True
        """
        return all(compile_label(mark)[0].search(folded) for mark in self.marks)


def compile_label(label):
    """What finds the label in a folded text, whether words may follow, and whether the
    value stands above.

    >>> pattern, loose, above = compile_label("Р/с №…")
    >>> bool(pattern.search("Р/С № 407")), loose, above
    (True, True, False)
    """
    text = label.strip()
    loose, above = text.endswith("…"), text.startswith("^")
    words = re.findall(r"[^\W_]+", fold(text))
    if not words:
        return NOTHING, loose, above
    joined = r"[\W_]*".join(map(re.escape, words))
    return re.compile(rf"(?<![^\W_]){joined}(?![^\W_])"), loose, above


NOTHING = re.compile(r"(?!)")


def compile_pattern(pattern):
    """What finds a value that looks so.

    >>> compile_pattern("INV-#/?").search("… INV-2026/A …")[1]
    'INV-2026/A'
    """
    parts = re.split(r"([#?*]+)", pattern.strip()[:MAX_LABEL])
    wild = {"#": r"\d{1,20}", "?": r"[^\W\d_]", "*": r"\S{1,40}"}
    found = "".join(
        wild[part[0]] if place % 2 else re.escape(part)
        for place, part in enumerate(parts)
    )
    return re.compile(rf"(?<![^\W_])({found})(?![^\W_])", re.IGNORECASE)


def check_pattern(pattern):
    """Whether the pattern is simple enough to be looked for everywhere.

    >>> check_pattern("INV-#"), check_pattern("*-#-*-#"), check_pattern(" ")
    (True, False, False)
    """
    wild = re.findall(r"[#?*]+", pattern)
    return bool(pattern.strip()) and len(wild) <= MAX_WILD and len(pattern) <= MAX_LABEL


RUSSIAN = Layout(
    "Russian",
    {
        "number": (
            "Счет на оплату", "Счет-договор", "Счет-оферта", "Счет-подтверждение",
            "Счет-заявка", "Счет-контракт", "Номер счета", "Счет", "По счету",
            "Счет…",
        ),
        "date": (
            "Счет на оплату…", "Счет-договор…", "Счет-оферта…", "Счет-подтверждение…",
            "Счет-заявка…", "Счет-контракт…", "Дата счета", "Счет №…", "По счету…",
            "Дата выставления", "Дата",
        ),
        "amount": (
            "Всего к оплате…", "Итого к оплате…", "Сумма к оплате…", "К оплате…",
            "Итого с учетом НДС…", "Итого с НДС…", "Всего с НДС…", "на сумму…",
            "Сумма счета…", "Итого…", "Всего…",
        ),
        "vat_rate": ("НДС",),
        "vat_amount": (
            "в том числе НДС…", "в т.ч. НДС…", "Сумма НДС…", "Итого НДС…", "НДС…",
        ),
        "without_vat": (
            "НДС не облагается", "Без налога (НДС)", "Без НДС", "не облагается НДС",
            "НДС не предусмотрен", "освобождается от НДС",
        ),
        "tax_id": ("ИНН…",),
        "kpp": ("КПП…",),
        "account": (
            "Расчетный счет…", "Расч. счет…", "Р/счет…", "Р/сч…", "Р/с…", "Рас/с…",
            "Счет получателя…", "Сч. №…", "Счет №…", "Счет…",
        ),
        "corr_account": (
            "Корреспондентский счет…", "Корр. счет…", "Кор. счет…", "Корсчет…",
            "К/счет…", "К/сч…", "К/с…", "Кор/с…", "Сч. №…", "Счет №…",
        ),
        "bic": ("БИК…",),
        "name": (
            "Наименование получателя", "Получатель платежа", "Получатель",
            "^Получатель", "Поставщик", "(Исполнитель)", "Поставщик (Исполнитель)",
            "Исполнитель", "Продавец", "Поставщик / Supplier", "Наименование",
        ),
        "purpose": ("Назначение платежа", "В назначении платежа указать"),
        "payee": (
            "Поставщик", "Исполнитель", "(Исполнитель)", "Продавец", "Получатель",
            "Реквизиты", "Наши реквизиты", "Банковские реквизиты", "Агент", "Принципал",
        ),
        "payer": (
            "Покупатель", "Заказчик", "(Заказчик)", "Плательщик", "Клиент",
            "Кому", "Турагент", "Грузополучатель",
        ),
    },
)  # fmt: skip
ENGLISH = Layout(
    "English",
    {
        "number": (
            "Invoice No", "Invoice number", "Invoice #", "Proforma invoice No",
            "Proforma No", "Invoice", "Bill No",
        ),
        "date": (
            "Invoice date", "Date of issue", "Issue date", "Date / Дата", "Date",
        ),
        "amount": (
            "Total due…", "Amount due…", "Balance due…", "Total to pay…",
            "Total amount due…", "Grand total…", "Invoice total…", "Total…",
        ),
        "vat_rate": ("VAT",),
        "vat_amount": ("Including VAT…", "VAT amount…", "VAT…"),
        "without_vat": ("VAT exempt", "No VAT", "Without VAT", "VAT not applicable"),
        "tax_id": ("INN…", "TIN…", "Tax ID…"),
        "kpp": ("KPP…",),
        "account": (
            "IBAN…", "Account number…", "Account No…", "Account…",
        ),
        "corr_account": ("Correspondent account…", "Corr. account…"),
        "bic": ("SWIFT…", "BIC…", "SWIFT/BIC…"),
        "name": (
            "Beneficiary name", "Beneficiary", "Account holder", "Payee", "Supplier",
        ),
        "purpose": ("Payment reference", "Purpose of payment"),
        "payee": (
            "Beneficiary", "Payment details", "Bank details", "Supplier", "Seller",
            "Payee", "Account holder",
        ),
        "payer": ("Bill to", "Invoice to", "Customer", "Buyer", "Client", "Guest"),
    },
)  # fmt: skip
LAYOUTS = (RUSSIAN, ENGLISH)
