"""Kinds of values: how each is written, and what it is then.

Each kind gives ``(value, end)`` of the first value in a text, or nothing.

>>> KINDS["number"]("№ В-1207/1 от 5 октября"), KINDS["number"]("без номера")
(('В-1207/1', 10), None)
>>> KINDS["date"]("от 5 октября 2026 г.")[0].isoformat()
'2026-10-05'
>>> [str(KINDS["money"](text)[0]) for text in ("24 400,00 руб.", "EUR 1,024.50", "7=")]
['24400.00', '1024.50', '7.00']
"""

import re
from datetime import date
from decimal import Decimal

from odoo.addons.tour_document.payment_qr import is_iban
from odoo.addons.tour_payment_order.engine.trust import fold

MAX_NUMBER, MAX_NAME, MAX_PURPOSE = 30, 120, 210
CENT = Decimal("0.01")
# No bill is of more than that.
MAX_DIGITS = 13


def _one_of(words):
    return "|".join(re.escape(word) for word in fold(words).split())


DAY = re.compile(r"(?<![\d.])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?![\d.]\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
LONG = re.compile(
    rf"(?<!\d)[«\"]?(\d{{1,2}})[»\"]?(?:\s|{_one_of('st nd rd th')})+"
    r"([^\W\d_]{3})[^\W\d_]*\.?,?\s+(\d{4})(?!\d)"
)
MONTH_FIRST = re.compile(
    r"(?<!\w)([^\W\d_]{3})[^\W\d_]*\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)"
)
ORDERS = {DAY: "dmy", ISO: "ymd", LONG: "dmy", MONTH_FIRST: "mdy"}
MONTHS = {
    fold(name): number
    for names in (
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), 1)
} | {fold("май"): 5}
# Thousands, and the cents if there are any; never a rate.
MONEY = re.compile(
    r"(?<![\d.,/№-])(\d{1,3}(?:[ ',]\d{3})+|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,12})"
    r"(?:([.,=-])(\d{2})(?![\d.])|=)?(?![\d%]|\s*%|[.,]\d|[^\W\d_]{3,}\d)"
)
CENTS_END = re.compile(r"(?:[.,=-]\d\d|[^\W\d_]|=)\Z")
CURRENCY_NEXT = re.compile(rf"\s*(?:{_one_of('РУБ Р. ₽ EUR € USD $ HUF GBP')})")
# A number that is part of a word, and not of a currency's code.
WORD_BEFORE = re.compile(r"(?<!USD)(?<!EUR)(?<!RUB)(?<!HUF)(?<!GBP)(?<=[^\W\d_])\Z")
KOPECKS = re.compile(rf"[\s.]*{fold('РУБ')}[^\W\d_]*[.\s]*(\d\d)\s*{fold('КОП')}")
NUMBER = re.compile(
    rf"[\s:№#.\-–(]*(?:(?:{_one_of('N NO НОМЕР NUMBER NR')})(?![^\W\d_])[\s:№#.]*)?"
    r"([^\s,;:()«»\"]*\d[^\s,;:()«»\"]*)"
)
LATER = re.compile(r"[^\d№#]{0,40}[№#]")
OTHER_THING = re.compile(fold("ДОГОВОР|РАСЧ|ЗАКАЗ|БРОН|КОРР|ЛИЦЕВ|ПОЛУЧАТ"))
TAX_ID = re.compile(r"(?<![\d.,-])(\d{12}|\d{10})(?!\d)")
KPP = re.compile(r"(?<![\w.,-])(\d{4}[\dA-Z]{2}\d{3})(?!\w)")
ACCOUNT = re.compile(r"(?<![A-Z\d])(?<!\d )(\d(?: ?\d){19})(?! ?\d)")
IBAN = re.compile(r"(?<!\w)([A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30})(?!\w)")
BIC = re.compile(r"(?<!\d)(0[0-4]\d{7})(?!\d)")
SWIFT = re.compile(r"(?<!\w)([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?!\w)")
RATE = re.compile(r"[^\d%]{0,12}?(\d{1,2})(?:[.,]0+)?\s?%")
CORRESPONDENT = "301"
FORM_WORDS = _one_of(
    "ООО ОАО ЗАО ПАО НАО АО ИП АНО НКО ЧУ МУП ГУП ФГУП ФГБУ ГБУ МБУ ФГАУ ФБУЗ ТСЖ СПК"
    " КФХ Общество Акционерное Индивидуальный Учреждение Санаторий LLC Ltd Limited GmbH"
    " Kft Zrt SARL SAS Inc PLC S.R.L S.A B.V AG OY OU"
)
FORMS = re.compile(rf"(?<![^\W_])(?:{FORM_WORDS})(?![^\W_])")
# What follows a name in one line.
END_WORDS = _one_of("ИНН КПП ОГРН ОГРНИП АДРЕС ТЕЛ ЮР Р/С TIN VAT INN")
NAME_END = re.compile(
    rf"[,;(]?\s*(?<![^\W_])(?:{END_WORDS})(?![^\W_])|,?\s*\d{{5,}}"
    rf"|,\s*(?:{_one_of('Г УЛ РОССИЯ')})(?![^\W_])"
)


def find_number(text):
    """A number; not what begins an account that is written in groups.

    >>> find_number("№ 4070 2810 8000 0000 0001")
    """
    match = NUMBER.match(fold(text))
    if not match or ACCOUNT.match(text, match.start(1)):
        return None
    value = text[match.start(1) : match.end(1)].rstrip(".-/ ")
    digits = re.sub(r"\D", "", value)
    if len(value) > MAX_NUMBER or len(digits) > 17 or DAY.fullmatch(value):
        return None
    return (value, match.end(1)) if value and digits else None


def find_number_later(text):
    """A number behind its sign, with a few words before that.

    >>> find_number_later(" на предоплату № 15/2 от 5 мая")[0]
    '15/2'
    >>> find_number_later(" по договору № 15"), find_number_later(" от 5 мая")
    (None, None)
    """
    sign = LATER.match(text)
    if not sign or OTHER_THING.search(fold(sign[0])):
        return None
    found = find_number(text[sign.end() - 1 :])
    return found and (found[0], found[1] + sign.end() - 1)


def find_date(text):
    """The first day that there is.

    >>> find_date("31.02.2026, 01.03.26")[0].isoformat()
    '2026-03-01'
    >>> find_date("October 5, 2026")[0].isoformat(), find_date("99.99.2026")
    ('2026-10-05', None)
    """
    folded, found = fold(text), []
    for pattern, order in ORDERS.items():
        for match in pattern.finditer(folded):
            day = _make_day(**dict(zip(order, match.groups(), strict=True)))
            if day:
                found.append((match.start(), match.end(), day))
                break
    if not found:
        return None
    _start, end, day = min(found)
    return day, end


def _make_day(d, m, y):
    try:
        month = int(m) if m.isdecimal() else MONTHS[m]
        return date(int(y) + (2000 if len(y) == 2 else 0), month, int(d))
    except (KeyError, ValueError):
        return None


def find_money(text):
    """The first sum: with cents, or of three digits at least, or in thousands.

    >>> [find_money(t) for t in ("3 ночи", "22%", "№ 15", "0,00")]
    [None, None, None, None]
    >>> find_money("31 December 2026"), str(find_money("5.10.26 1 000,00")[0])
    (None, '1000.00')
    >>> find_money("VAT ID EU123456789"), str(find_money("EUR100,00")[0])
    (None, '100.00')
    >>> find_money("1 234 567 890 123 456 789 012 345 678 901")
    >>> str(find_money("3 ночи по 8 000")[0]), str(find_money("1.234,56")[0])
    ('8000.00', '1234.56')
    >>> str(find_money("8 000 руб. 50 коп.")[0])
    '8000.50'
    """
    return next(iter_money(text), None)


def find_exact_money(text):
    """The first sum that says its cents or its currency: what stands beside the name of
    a tax may be the article of a law.

    >>> find_exact_money("(ст. 149 НК РФ)"), str(find_exact_money(": 4 327 руб.")[0])
    (None, '4327.00')
    """
    for value, end in iter_money(text):
        if CENTS_END.search(text[:end]) or CURRENCY_NEXT.match(fold(text[end:])):
            return value, end
    return None


def iter_money(text):
    """All sums, each with its end."""
    text = _without_days(text)
    for match in MONEY.finditer(text):
        whole = re.sub(r"\D", "", match[1])
        if len(whole) > MAX_DIGITS or WORD_BEFORE.search(text[: match.start()]):
            continue
        if not match[3] and len(whole) < 3 and not match[0].endswith("="):
            continue
        after = not match[3] and KOPECKS.match(fold(text), match.end())
        cents = after[1] if after else match[3] or 0
        value = Decimal(f"{whole}.{cents}").quantize(CENT)
        if value:
            yield value, after.end() if after else match.end()


def _without_days(text):
    """The text with blanks for days, which are no sums."""
    folded = fold(text)
    for pattern in (DAY, ISO, LONG, MONTH_FIRST):
        for match in pattern.finditer(folded):
            # What only looks like a day, as "8 000 руб. 2026", is left.
            if _make_day(**dict(zip(ORDERS[pattern], match.groups(), strict=True))):
                blank = " " * (match.end() - match.start() - 2)
                text = f"{text[: match.start()]}-{blank}-{text[match.end() :]}"
    return text


def find_rate(text):
    match = RATE.match(text)
    return (str(int(match[1])), match.end()) if match and int(match[1]) else None


def find_account(text):
    """An account of a customer: not that of a bank with the central bank."""
    for match in ACCOUNT.finditer(text):
        value = match[1].replace(" ", "")
        if not value.startswith(CORRESPONDENT):
            return value, match.end()
    for match in IBAN.finditer(text):
        # What follows in the line may look like a part of it.
        parts = match[1].split(" ")
        for count in range(len(parts), 0, -1):
            value = "".join(parts[:count])
            if is_iban(value):
                return value, match.start() + len(" ".join(parts[:count]))
    return None


def find_corr_account(text):
    for match in ACCOUNT.finditer(text):
        value = match[1].replace(" ", "")
        if value.startswith(CORRESPONDENT):
            return value, match.end()
    return None


def find_bic(text):
    match = BIC.search(text) or SWIFT.search(text)
    return (match[1], match.end()) if match else None


def _search(pattern):
    def find(text):
        match = pattern.search(text)
        return (match[1], match.end()) if match else None

    return find


def find_name(text):
    """A name, without what follows it in the line.

    >>> find_name(": ООО «Жемчужина», ИНН 7707083893, г. Сочи")[0]
    'ООО «Жемчужина»'
    >>> find_name("________") is None
    True
    """
    start = re.match(r"[\s:/.\-–)_]*", text).end()
    end = NAME_END.search(fold(text), start)
    value = text[start : end.start() if end else len(text)].strip(" ,;:.·|")
    if sum(map(str.isalpha, value)) < 3 or len(value) > MAX_NAME:
        return None
    return value, len(text)


def find_purpose(text):
    value = text.strip(" :_|-")
    if sum(map(str.isalpha, value)) < 5:
        return None
    return value[:MAX_PURPOSE], len(text)


def has_form(name):
    """Whether a name says what kind of company it is of.

    >>> has_form("ООО «Жемчужина»"), has_form("Blue Lake Kft"), has_form("Москва")
    (True, True, False)
    """
    return bool(FORMS.search(fold(name)))


KINDS = {
    "number": find_number,
    "date": find_date,
    "money": find_money,
    "tax": find_exact_money,
    "rate": find_rate,
    "tax_id": _search(TAX_ID),
    "kpp": _search(KPP),
    "account": find_account,
    "corr_account": find_corr_account,
    "bic": find_bic,
    "name": find_name,
    "purpose": find_purpose,
}
