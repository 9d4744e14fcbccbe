"""Dates, hours and amounts as they are written in the paper's language.

All functions take Odoo's or an ISO code of the language and never fail on an
unknown one: English is taken then.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers

# Narrow and plain no-break spaces come out as boxes with some fonts.
NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

# Babel's signs differ from version to version, so ours are written down.
CURRENCY_SIGNS = {"EUR": "€", "GBP": "£"}
HOME_SIGNS = {"ru": {"RUB": "₽"}, "hu": {"HUF": "Ft"}}


@lru_cache(maxsize=64)
def get_locale(lang):
    """Babel's locale of a language code.

    >>> get_locale("ru_RU").language, get_locale("xx_YY").language
    ('ru', 'en')
    """
    try:
        return Locale.parse((lang or "en").partition("@")[0])
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def long_date(value, lang):
    """The date with the month in words; empty for no date.

    >>> [long_date(date(2026, 10, 5), lang) for lang in ("ru_RU", "en_GB", "en_US")]
    ['5 октября 2026 г.', '5 October 2026', 'October 5, 2026']
    >>> [long_date(date(2026, 10, 5), lang) for lang in ("fr_FR", "hu_HU")]
    ['5 octobre 2026', '2026. október 5.']
    """
    return dates.format_date(value, "long", locale=get_locale(lang)) if value else ""


def short_date(value, lang):
    """The date as a table wants it: in digits, with the whole year.

    In English the month is written, as 05/10 is May to some and October to others.

    >>> [short_date(date(2026, 10, 5), lang) for lang in ("ru_RU", "en_GB", "en_US")]
    ['05.10.2026', '5 Oct 2026', 'Oct 5, 2026']
    >>> [short_date(date(2026, 10, 5), lang) for lang in ("fr_FR", "hu_HU")]
    ['05/10/2026', '2026.10.05.']
    """
    if not value:
        return ""
    locale = get_locale(lang)
    if locale.language == "en":
        return dates.format_date(value, "medium", locale=locale)
    pattern = dates.get_date_format("short", locale=locale).pattern.replace(" ", "")
    for digits in (r"y+", r"M+", r"d+"):
        width = 4 if digits == "y+" else 2
        pattern = re.sub(digits, digits[0] * width, pattern)
    return dates.format_date(value, pattern, locale=locale)


def weekday(value, lang):
    """The day of the week, as on a voucher.

    >>> [weekday(date(2026, 10, 5), lang) for lang in ("ru_RU", "en_GB", "hu_HU")]
    ['понедельник', 'Monday', 'hétfő']
    """
    return dates.format_date(value, "EEEE", locale=get_locale(lang)) if value else ""


def hour(value):
    """A float hour as hours and minutes; empty when it is not set.

    >>> hour(14.5), hour(0.0), hour(23.999), hour(None), hour(False)
    ('14:30', '00:00', '24:00', '', '')
    """
    if value is None or value is False:
        return ""
    minutes = round(float(value) * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def amount(value, lang, decimals=2):
    """The amount in digits, with no-break spaces and no currency.

    >>> amount("104025.8", "ru_RU"), amount("104025.8", "en_GB")
    ('104\\xa0025,80', '104,025.80')
    >>> amount("104025.8", "fr_FR"), amount("104025.5", "hu_HU", decimals=0)
    ('104\\xa0025,80', '104\\xa0026')
    """
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = numbers.format_decimal(
        exact,
        format="#,##0" + ("." + "0" * decimals if decimals else ""),
        locale=get_locale(lang),
    )
    return text.replace(NARROW_SPACE, NO_BREAK_SPACE)


def symbol(currency, lang):
    """What the currency is called on a paper: its sign only where it is at home.

    >>> [symbol("RUB", lang) for lang in ("ru_RU", "en_GB", "fr_FR", "hu_HU")]
    ['₽', 'RUB', 'RUB', 'RUB']
    >>> symbol("EUR", "hu_HU"), symbol("HUF", "hu_HU"), symbol("HUF", "ru_RU")
    ('€', 'Ft', 'HUF')
    """
    signs = {**CURRENCY_SIGNS, **HOME_SIGNS.get(get_locale(lang).language, {})}
    return signs.get(currency, currency)


def money(value, currency, lang, decimals=2):
    """The amount with its currency, never parted at a line's end.

    >>> money("104025.8", "RUB", "ru_RU"), money("104025.8", "EUR", "en_GB")
    ('104\\xa0025,80\\xa0₽', '€104,025.80')
    >>> money("104025.8", "HUF", "hu_HU", decimals=0)
    '104\\xa0026\\xa0Ft'
    >>> money("1.5", "RUB", "en_GB")
    'RUB\\xa01.50'
    """
    locale = get_locale(lang)
    digits = amount(value, lang, decimals)
    name = symbol(currency, lang)
    if locale.currency_formats["standard"].pattern.startswith("¤"):
        gap = NO_BREAK_SPACE if name[-1].isalpha() else ""
        return f"{name}{gap}{digits}"
    return f"{digits}{NO_BREAK_SPACE}{name}"


def today_stamp(value):
    """A date for a PDF's own data, which wants ISO.

    >>> today_stamp(date(2026, 10, 5))
    '2026-10-05'
    """
    return value.isoformat() if isinstance(value, date) else ""
