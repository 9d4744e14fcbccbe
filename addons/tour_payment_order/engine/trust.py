"""Whether text read from a PDF is what people see on the page.

A PDF shows glyphs; which letters they are is said beside, by the font's map, and that
may be missing or wrong. Then the page looks right and its text is nonsense.

>>> form = "ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 15 ИНН 7712345671 КПП 771201001 Сумма 24400-00 Банк"
>>> find_faults(form)
[]
>>> find_faults("  ")
['scan']

Letters of the private area, or none at all:

>>> find_faults("".join(chr(0xE000 + ord(letter) % 256) for letter in form))
['letters']
>>> find_faults(" ".join(f"/g{ord(letter)}" for letter in form))
['glyphs']

Russian taken for something else:

>>> find_faults(form.encode("cp1251").decode("latin-1"))
['encoding']
>>> find_faults(form.encode().decode("cp1251", "replace"))[0]
'encoding'
>>> find_faults(form.encode("cp1251").decode("koi8-r"))
['words']
"""

import re
import unicodedata

# Below this a page holds a number or a stamp, and its picture says the rest.
MIN_LETTERS = 20
MAX_STRANGE = 0.02
GLYPH_NAME = re.compile(r"/[A-Za-z]{1,10}\d{1,5}\b")
STRANGE = {"Co", "Cn", "Cs", "Cc"}
# Some of these are on every page of a payment order, in any bank's layout.
KNOWN_WORDS = re.compile(
    r"ИНН|КПП|БИК|СУММА|БАНК|ПЛАТЕ|ПОЛУЧАТЕЛ|НАЗНАЧЕНИ|ОПЛАТА|РУБЛ|СЧЕТ|ДОГОВОР"
)
# Latin letters that look like Russian ones, which some programs type instead.
LOOKALIKES = str.maketrans("ABCEHKMOPTXYЁ", "АВСЕНКМОРТХУЕ")


def fold(text):
    """Capitals, and Russian letters where Latin ones look the same.

    >>> fold("Плaтёж")  # The third letter was Latin.
    'ПЛАТЕЖ'

    Positions stay: what is found in the folded text is cut out of the text itself.
    """
    return "".join(
        upper if len(upper := letter.upper()) == 1 else letter for letter in text
    ).translate(LOOKALIKES)


def find_faults(text):
    """Why the text can't be trusted; nothing if it can.

    :rtype: list[str]
    """
    seen = "".join(text.split())
    if sum(map(str.isalnum, seen)) < MIN_LETTERS and not _is_strange(seen):
        return ["scan"]
    if _is_strange(seen):
        return ["letters"]
    if len("".join(GLYPH_NAME.findall(text))) > len(seen) // 4:
        return ["glyphs"]
    if _is_misread(seen):
        return ["encoding"]
    if not KNOWN_WORDS.search(fold(text)):
        return ["words"]
    return []


def _is_strange(seen):
    """Mostly of letters that nobody types: private, unknown, control, replaced."""
    strange = sum(
        letter == "\ufffd" or unicodedata.category(letter) in STRANGE for letter in seen
    )
    return strange > max(2, len(seen) * MAX_STRANGE)


def _is_misread(seen):
    """Russian bytes taken for Western letters, or UTF-8 for Russian ones."""
    letters = [letter for letter in seen if letter.isalpha()]
    if not letters:
        return False
    western = sum("\u00c0" <= letter <= "\u00ff" for letter in letters)
    doubled = sum(letter in "РС" for letter in letters)
    return western > len(letters) * 0.15 or doubled > len(letters) * 0.3
