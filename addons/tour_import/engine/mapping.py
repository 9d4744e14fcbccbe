"""Which column is meant for which field: guessed from the headers.

>>> guess("booking", ["Hotel", "Check-in date", "Check-out", "Price", "Zzz"])
{0: 'hotel', 1: 'date_from', 2: 'date_to', 3: 'price_total'}
>>> guess("city", ["Город", "Регион", "Часовой пояс", "geo_lat"])
{0: 'city', 1: 'region', 2: 'tz', 3: 'latitude'}
"""

import difflib
import functools
import re
import unicodedata

from .kinds import KINDS

# Below this two headers are not the same word misspelt.
LIKENESS = 0.88


@functools.lru_cache(2048)
def normalise(header):
    """A header as it is compared.

    >>> normalise(" Arrival_date (Year) "), normalise("Звёзды:")
    ('arrival date year', 'звезды')
    """
    text = unicodedata.normalize("NFKC", header).lower().replace("ё", "е")
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


@functools.cache
def _aliases(kind_name):
    aliases = {}
    for field in KINDS[kind_name].fields:
        for alias in (field.name, field.label, *field.aliases):
            aliases.setdefault(normalise(alias), field.name)
    # An alias given on purpose is worth more than another field's label.
    for field in KINDS[kind_name].fields:
        for alias in field.aliases:
            aliases[normalise(alias)] = field.name
        aliases[normalise(field.name)] = field.name
    return aliases


def guess(kind_name, headers):
    """Column number (from 0) to field name. Headers that stand twice, and those that
    nothing resembles, are left to the user."""
    kind, aliases = KINDS[kind_name], _aliases(kind_name)
    words = [normalise(header) for header in headers]
    found, taken = {}, set()

    def take(column, name):
        if name not in taken or kind.get(name).many:
            found[column] = name
            taken.add(name)

    columns = [at for at, word in enumerate(words) if word and words.count(word) == 1]
    for column in columns:
        if words[column] in aliases:
            take(column, aliases[words[column]])
    for column in columns:
        if column not in found and len(words[column]) > 4:
            near = difflib.get_close_matches(words[column], aliases, 1, LIKENESS)
            if near and aliases[near[0]] not in taken:
                take(column, aliases[near[0]])
    return dict(sorted(found.items()))


def apply_profile(profile_columns, headers):
    """Columns by a profile's headers; also the headers that the file lacks, or has
    more than once: which of them is meant is the user's to say.

    >>> apply_profile({"City": "name", "Lat": "latitude"}, ["x", "CITY"])
    ({1: 'name'}, ['Lat'])
    >>> apply_profile({"City": "name"}, ["City", "city"])
    ({}, ['City'])
    """
    places = {}
    for at, header in enumerate(headers):
        places.setdefault(normalise(header), []).append(at)
    found, missing = {}, []
    for header, name in profile_columns.items():
        at = places.get(normalise(header), ())
        if len(at) == 1:
            found[at[0]] = name
        else:
            missing.append(header)
    return dict(sorted(found.items())), missing


def resemblance(profile_columns, headers):
    """How much of a profile's headers a file has, from 0 to 1.

    >>> resemblance({"City": "name", "Lat": "latitude"}, ["x", "CITY"])
    0.5
    """
    if not profile_columns:
        return 0.0
    found, _missing = apply_profile(profile_columns, headers)
    return len(found) / len(profile_columns)


def missing_fields(kind_name, names):
    """Groups of fields of which one is needed and none is there.

    >>> missing_fields("room", {"hotel"})
    [('room',)]
    """
    return [
        group
        for group in KINDS[kind_name].required
        if not any(name in names for name in group)
    ]
