"""Countries by any of their codes, or by name in the languages of our users.

>>> [find_country(text) for text in ("PT", "prt", "Россия", "Hongrie", "Nowhere")]
['PT', 'PT', 'RU', 'HU', None]
"""

import functools

from babel import Locale
from babel.core import get_global

LANGUAGES = ("en", "ru", "fr", "hu", "de", "es", "it", "pt")
# Names in use beside the ones of Unicode's tables.
OTHER_NAMES = {
    "российская федерация": "RU",
    "рф": "RU",
    "russian federation": "RU",
    "республика беларусь": "BY",
    "белоруссия": "BY",
    "республика казахстан": "KZ",
    "киргизия": "KG",
    "молдавия": "MD",
    "сша": "US",
    "usa": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "англия": "GB",
    "оаэ": "AE",
    "uae": "AE",
    "czech republic": "CZ",
    "чешская республика": "CZ",
    "turkey": "TR",
    "holland": "NL",
}


@functools.cache
def find_country(text):
    """The two-letter code of a country, or None."""
    code = text.strip().upper()
    territories = Locale("en").territories
    if len(code) == 2 and code.isalpha() and code in territories:
        return code
    if len(code) == 3 and code.isascii() and code.isalpha():
        # Unicode's aliases know the three-letter codes, also those no longer in use.
        found = get_global("territory_aliases").get(code)
        if found:
            return found[0]
    return _names().get(text.strip().lower())


@functools.cache
def _names():
    names = {}
    for language in reversed(LANGUAGES):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names[name.lower()] = code
    return names | OTHER_NAMES
