"""Tokens of private links: made here, kept as a hash only.

A token has 256 bits of chance, so that a plain hash is enough: there is nothing to
guess from, and a stolen database opens no link.

>>> token = make()
>>> is_wellformed(token), len(digest(token))
(True, 64)
>>> digest(token) == digest(token) != digest(make())
True

What is no token is not looked for:

>>> [is_wellformed(text) for text in ("", "short", None, "ä" * 43, "a" * 44, ["x"])]
[False, False, False, False, False, False]
"""

import hashlib
import re
import secrets

BYTES = 32
WELLFORMED = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def make() -> str:
    """A new token, fit for an address."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_wellformed(token) -> bool:
    return isinstance(token, str) and bool(WELLFORMED.fullmatch(token))
