"""How cities are named, and in which time zone the Russian ones are (HTL-1).

Plain Python. In Russia and Kazakhstan names are written in Russian letters, with
spaces, dashes, commas and brackets and nothing else. No name of the 1,117 cities of
the public register of Russian cities has a digit, so digits are refused too.
"""

from __future__ import annotations

import re

#: Countries whose city names are written in Russian letters.
RUSSIAN_NAMED = frozenset({"RU", "KZ"})

_RUSSIAN_NAME = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё ,()\-–—]*")

#: The Russian time zones by their distance from UTC in hours. Registers tell a city's
#: distance only; the zone named here is that of the biggest city that keeps it.
RUSSIAN_ZONES = {
    2: "Europe/Kaliningrad",
    3: "Europe/Moscow",
    4: "Europe/Samara",
    5: "Asia/Yekaterinburg",
    6: "Asia/Omsk",
    7: "Asia/Novosibirsk",
    8: "Asia/Irkutsk",
    9: "Asia/Yakutsk",
    10: "Asia/Vladivostok",
    11: "Asia/Magadan",
    12: "Asia/Kamchatka",
}


def tidy_name(name: str | None) -> str | None:
    """Return the name without double, leading, trailing and unusual spaces.

    >>> tidy_name("  Нижний\\u00a0 Новгород ")
    'Нижний Новгород'
    """
    return " ".join(name.split()) if name else name


def is_valid_name(country_code: str | None, name: str) -> bool:
    """Tell whether a city of the country may have this name.

    >>> is_valid_name("RU", "Ростов-на-Дону"), is_valid_name("RU", "Королёв")
    (True, True)
    >>> is_valid_name("RU", "Советск (Калининградская область)")
    True
    >>> is_valid_name("RU", "Moscow"), is_valid_name("RU", "Мосkва")
    (False, False)
    >>> is_valid_name("RU", "Москва!"), is_valid_name("RU", "Арзамас 16")
    (False, False)
    >>> is_valid_name("KZ", "Усть-Каменогорск"), is_valid_name("KZ", "Өскемен")
    (True, False)
    >>> is_valid_name("HU", "Győr"), is_valid_name(None, "X-1")
    (True, True)
    """
    if country_code not in RUSSIAN_NAMED:
        return True
    return bool(_RUSSIAN_NAME.fullmatch(name))


def parse_zone(zone: str | None) -> str | None:
    """Return the zone that a register means by 'UTC+3'; any other text as it is.

    >>> parse_zone("UTC+3"), parse_zone("utc +10"), parse_zone("UTC+03:00")
    ('Europe/Moscow', 'Asia/Vladivostok', 'Europe/Moscow')
    >>> parse_zone("Asia/Omsk"), parse_zone("UTC-3"), parse_zone(None)
    ('Asia/Omsk', 'UTC-3', None)
    """
    match = re.fullmatch(r"(?:UTC|GMT)\s*\+\s*(\d{1,2})(?::00)?", zone or "", re.I)
    return RUSSIAN_ZONES.get(int(match[1]), zone) if match else zone
