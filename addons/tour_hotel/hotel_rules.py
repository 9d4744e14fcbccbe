"""Search texts, mails and phones of hotels. Plain Python, without ORM."""

from __future__ import annotations

import re
import unicodedata

_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")


def search_words(text: str | None) -> list[str]:
    """Return the words by which a text is found.

    Small and capital letters, letters with and without accents are the same to those
    who search; with them е and ё, и and й, whose marks Unicode takes for accents.

    >>> search_words("Алые  Паруса, Королёв")
    ['алые', 'паруса', 'королев']
    >>> search_words("Белый")
    ['белыи']
    >>> search_words("Zürich; GYŐR")
    ['zurich', 'gyor']
    >>> search_words(None)
    []
    """
    parts = unicodedata.normalize("NFKD", (text or "").lower())
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return re.sub(r"[,;]", " ", letters).split()


def search_text(*parts: str | None) -> str:
    """Return what a record is searched by: the words of all parts, each once.

    >>> search_text("Hotel «Звёзды»", None, "Star, Hotel Stars", "Сочи")
    'hotel «звезды» star stars сочи'
    """
    return " ".join(
        dict.fromkeys(word for part in parts for word in search_words(part))
    )


def split_list(text: str | None) -> list[str]:
    """Return the entries of a text separated by commas, semicolons or lines.

    >>> split_list("a@b.ru; c@d.ru,\\n e@f.ru ,")
    ['a@b.ru', 'c@d.ru', 'e@f.ru']
    """
    entries = re.split(r"[,;\n]", text or "")
    return [entry.strip() for entry in entries if entry.strip()]


def wrong_mails(text: str | None) -> list[str]:
    """Return the entries that are no mail address.

    >>> wrong_mails("info@hotel.ru, sales@hotel, Anna <anna@hotel.ru>")
    ['sales@hotel', 'Anna <anna@hotel.ru>']
    """
    return [entry for entry in split_list(text) if not _MAIL.fullmatch(entry)]
