"""What a payment order of the Russian form 0401060 says, read from its text.

Each bank's program puts the words of the same form into another order. Each field has
a *trust*: ``checked`` when its check digits or another field bear it out, ``read``
when it stands beside its label, ``guess`` when it only looks right; else it is empty.

>>> order = read_order('''Поступ. в банк плат. 0401060
... ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 15  05.10.2026  электронно
... ИНН 7712345671  КПП 771201001  Сумма  24400-00
... Плательщик  Сч. № 40702810200000000001  БИК 044525225
... ИНН 7707083893  КПП 770701001  Сч. № 40702810800000000001  БИК 044525593
... Получатель  Код  Рез. поле
... Оплата по счету B-1207, заявка T000123
... Назначение платежа''')
>>> order.number.value, order.date.value.isoformat(), order.amount.value
('15', '2026-10-05', Decimal('24400.00'))
>>> order.payee_tax_id
Field(value='7707083893', trust='checked')
>>> order.purpose
Field(value='Оплата по счету B-1207, заявка T000123', trust='read')
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .trust import fold

HEADING = re.compile(
    r"П\s*Л\s*А\s*Т\s*Е\s*Ж\s*Н\s*О\s*Е\s+П\s*О\s*Р\s*У\s*Ч\s*Е\s*Н\s*И\s*Е"
)
FORM_NUMBER = re.compile(r"(?<!\d)0401060(?!\d)")
NUMBER = re.compile(r"\s*(?:№|N|НОМЕР)?\s*[:.]?\s*(\d{1,12})(?![\d.,=-])")
DATE = re.compile(r"(?<!\d)(\d{2})[./](\d{2})[./](\d{4})(?!\d)")
MONTHS = ("ЯНВ", "ФЕВ", "МАР", "АПР", "МА", "ИЮН", "ИЮЛ", "АВГ", "СЕН", "ОКТ", "НОЯ")
MONTHS += ("ДЕК",)
LONG_DATE = re.compile(r"(?<!\d)(\d{1,2})»?\"?\s+([А-Я]{3})[А-Я]*\s+(\d{4})(?!\d)")
AMOUNT_TEXT = r"\d{1,3}(?: \d{3})+(?:[-.,=]\d{2}|=)?|\d{1,13}(?:[-.,=]\d{2}(?!\d)|=)"
AMOUNT = re.compile(rf"СУММА[\s|:]*({AMOUNT_TEXT}|\d{{1,13}}(?![\d.]))")
# The dash or sign of equality is on no other number of the form.
LOOSE_AMOUNT = re.compile(
    r"(?<![\d.-])(\d{1,3}(?: \d{3})+|\d{1,13})(-\d{2}|=(?:\d{2})?)(?![\d.-])"
)
TAX_ID = re.compile(r"ИНН[\s|:]*(\d{12}|\d{10})(?!\d)")
LOOSE_TAX_ID = re.compile(r"(?<!\d)(\d{12}|\d{10})(?!\d)")
KPP = re.compile(r"КПП[\s|:]*(\d{4}[\dА-ЯA-Z]{2}\d{3})(?!\d)")
ACCOUNT = re.compile(r"(?<!\d)(\d{20})(?!\d)")
BIC = re.compile(r"БИК[\s|:]*(\d{9})(?!\d)")
LOOSE_BIC = re.compile(r"(?<!\d)(04\d{7})(?!\d)")
CORRESPONDENT = ("301", "401")
PURPOSE_LABEL = re.compile(r"НАЗНАЧЕНИЕ\s+ПЛАТЕЖА")
PURPOSE_BEFORE = re.compile(r"РЕЗ\.?\s*ПОЛЕ")
PURPOSE_END = re.compile(r"М\.\s?П\.|ПОДПИСИ|ОТМЕТКИ\s+БАНКА")
LABELS = re.compile(
    r"^(?:ПОЛУЧАТЕЛЬ|ВИД ОП\.?|СРОК ПЛАТ\.?|НАЗ\. ?ПЛ\.?|ОЧЕР\. ?ПЛАТ\.?|КОД|"
    r"РЕЗ\. ?ПОЛЕ|[|\s]|(?:0?1|5|0)(?=\s|\|))+"
)
# The bank's mark in the field at the bottom, as a word of its own.
EXECUTED = re.compile(r"(?<![А-Я])(?:ИСПОЛНЕНО|ПРОВЕДЕНО)(?![А-Я])")
MAX_PURPOSE = 500
SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
BIC_WEIGHTS = (7, 1, 3) * 8


class Field(NamedTuple):
    value: Any = None
    trust: str = ""

    def __bool__(self):
        return self.value is not None


NOTHING = Field()


@dataclass(frozen=True)
class Order:
    """The fields of one payment order; ``executed`` is the bank's mark on it."""

    number: Field = NOTHING
    date: Field = NOTHING
    amount: Field = NOTHING
    payer_tax_id: Field = NOTHING
    payer_kpp: Field = NOTHING
    payer_account: Field = NOTHING
    payer_bic: Field = NOTHING
    payee_tax_id: Field = NOTHING
    payee_kpp: Field = NOTHING
    payee_account: Field = NOTHING
    payee_bic: Field = NOTHING
    purpose: Field = NOTHING
    executed: bool = False

    def get_missing(self):
        """Names of the fields without which an order is no order."""
        names = ("number", "date", "amount", "payee_tax_id", "purpose")
        return [name for name in names if not getattr(self, name)]


def begins_order(text):
    """Whether a page with this text is the first of a payment order.

    >>> begins_order("П Л А Т Ё Ж Н О Е  ПОРУЧЕНИЕ N 3"), begins_order("0401060")
    (True, True)
    >>> begins_order("Продолжение: платежи по договору")
    False
    """
    return bool(HEADING.search(fold(text)) or FORM_NUMBER.search(text))


def count_orders(text):
    """How many headings of orders the text has."""
    return len(HEADING.findall(fold(text)))


def read_order(text: str, in_words: Callable | None = None) -> Order:
    """Read the fields of the order.

    :param in_words: gives a sum in words, to be found in the text: bears the sum out
    """
    text = text.translate(SPACES).translate(DASHES)
    folded = fold(text)
    match = HEADING.search(folded)
    body = match.end() if match else 0
    payer, payee = _pair(_read_tax_ids(folded))
    payer_kpp, payee_kpp = _pair(_read_kpps(folded))
    accounts = _read_accounts(folded)
    return Order(
        number=_read_number(folded, body) if match else NOTHING,
        date=_read_date(folded, body),
        amount=_read_amount(folded, in_words),
        payer_tax_id=payer,
        payer_kpp=payer_kpp,
        payee_tax_id=payee,
        payee_kpp=payee_kpp,
        purpose=_read_purpose(text, folded),
        executed=bool(EXECUTED.search(folded)),
        **accounts,
    )


def _pair(found):
    return (*found, NOTHING, NOTHING)[:2]


def _read_number(folded, body):
    match = NUMBER.match(folded, body)
    if match:
        return Field(match[1].lstrip("0") or "0", "read")
    return NOTHING


def _read_date(folded, body):
    """The first date after the heading; those above it are the bank's."""
    trust = "read" if body else "guess"
    for match in DATE.finditer(folded, body, body + 200):
        if day := _make_date(match[3], match[2], match[1]):
            return Field(day, trust)
    for match in LONG_DATE.finditer(folded, body, body + 200):
        months = [i for i, name in enumerate(MONTHS, 1) if match[2].startswith(name)]
        if months and (day := _make_date(match[3], months[0], match[1])):
            return Field(day, trust)
    days = {match.groups() for match in DATE.finditer(folded)}
    if len(days) == 1 and (day := _make_date(*reversed(days.pop()))):
        return Field(day, "guess")
    return NOTHING


def _make_date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_amount(text):
    """The sum as the form prints it.

    >>> [str(parse_amount(text)) for text in ("24400-00", "10000=", "24 400.50")]
    ['24400.00', '10000.00', '24400.50']
    """
    digits = text.replace(" ", "").rstrip("=")
    return Decimal(re.sub(r"[-,=]", ".", digits)).quantize(Decimal("0.01"))


def _read_amount(folded, in_words):
    match = AMOUNT.search(folded)
    if match:
        field = Field(parse_amount(match[1]), "read")
    else:
        sums = {
            parse_amount("".join(m.groups())) for m in LOOSE_AMOUNT.finditer(folded)
        }
        field = Field(sums.pop(), "guess") if len(sums) == 1 else NOTHING
    if not field or not field.value:
        return NOTHING
    if in_words and _bare(in_words(field.value)) in _bare(folded):
        return Field(field.value, "checked")
    return field


def _bare(text):
    return re.sub(r"[\W_]+", "", fold(text))


def is_tax_id(text):
    """Whether the check digits of a Russian tax id are right.

    >>> [is_tax_id(t) for t in ("7707083893", "500100732259", "7707083894", "770708")]
    [True, True, False, False]
    """
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    if not re.fullmatch(r"\d{10}|\d{12}", text):
        return False
    checks = range(9, 10) if len(text) == 10 else range(10, 12)
    return all(
        sum(w * int(d) for w, d in zip(weights[-at:], text[:at], strict=True)) % 11 % 10
        == int(text[at])
        for at in checks
    )


def _read_tax_ids(folded):
    found = [Field(m[1], "read") for m in TAX_ID.finditer(folded)]
    if len(found) < 2:
        loose = [m[1] for m in LOOSE_TAX_ID.finditer(folded) if is_tax_id(m[1])]
        # In the order of the form, or not at all.
        if len(loose) == 2 and all(field.value in loose for field in found):
            return [Field(value, "guess") for value in loose]
        # One alone may be anybody's.
        return []
    return [Field(f.value, "checked") if is_tax_id(f.value) else f for f in found[:2]]


def _read_kpps(folded):
    found = [Field(m[1], "read") for m in KPP.finditer(folded)]
    return found[:2] if len(found) >= 2 else []


def is_account(account, bic):
    """Whether the account's key fits the bank.

    >>> is_account("40702810200000000001", "044525225")
    True
    >>> is_account("40702810200000000001", "044525593")
    False
    >>> is_account("30101810400000000225", "044525225")
    True
    """
    head = f"0{bic[4:6]}" if account.startswith("30101") else bic[-3:]
    pairs = zip(BIC_WEIGHTS, head + account, strict=False)
    return sum(weight * int(digit) % 10 for weight, digit in pairs) % 10 == 0


def _read_accounts(folded):
    """Accounts and banks of both; which account is whose, their keys say."""
    own = [m[1] for m in ACCOUNT.finditer(folded) if not m[1].startswith(CORRESPONDENT)]
    values, bics = {}, _read_bics(folded)
    for who, account, bic in zip(
        ("payer", "payee"), _two(own), _two(bics), strict=True
    ):
        fits = account and bic and is_account(account, bic)
        trust = "checked" if fits else "read"
        values[f"{who}_account"] = Field(account, trust) if account else NOTHING
        values[f"{who}_bic"] = Field(bic, trust) if bic else NOTHING
    return values


def _read_bics(folded):
    labelled = [m[1] for m in BIC.finditer(folded)]
    if len(labelled) == 2:
        return labelled
    kpps = {m[1] for m in KPP.finditer(folded)}
    return [m[1] for m in LOOSE_BIC.finditer(folded) if m[1] not in kpps]


def _two(found):
    return found if len(found) == 2 else [None, None]


def _read_purpose(text, folded):
    """What stands above the label, as the form has it, or below where it is not so."""
    label = PURPOSE_LABEL.search(folded)
    if not label:
        return NOTHING
    before = [m.end() for m in PURPOSE_BEFORE.finditer(folded, 0, label.start())]
    end = PURPOSE_END.search(folded, label.end())
    spans = [(before[-1], label.start())] if before else []
    spans.append((label.end(), end.start() if end else len(text)))
    for start, stop in spans:
        value = _strip_labels(text[start:stop])
        if sum(map(str.isalpha, value)) >= 5:
            return Field(value[:MAX_PURPOSE], "read")
    return NOTHING


def _strip_labels(text):
    text = " ".join(text.split())
    text = text[LABELS.match(fold(text)).end() :] if LABELS.match(fold(text)) else text
    return text.strip(" |:_")
