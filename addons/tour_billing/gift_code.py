"""Codes of gift cheques: hard to guess, easy to read out and to type.

>>> len(new_code()), new_code() != new_code()
(14, True)
>>> normalise(" abcd-efgh jkmn ")
'ABCD-EFGH-JKMN'
>>> normalise("abcd")
'ABCD'
>>> normalise(None), normalise("")
('', '')
"""

import re
import secrets

# Without letters and digits that are taken for each other: 31 to the power of 12.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUP, LENGTH = 4, 12


def new_code() -> str:
    """A new code, in groups of four."""
    return normalise("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def normalise(text: str | None) -> str:
    """The code as it is kept, however it was typed."""
    letters = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))
