"""The code of a voucher: which document it is, signed so that nobody can make one up.

The code must come out the same each time the voucher is drawn, so it can't be kept as
a hash of something random: it is worked out from the document and the database's own
secret, and nothing is stored at all.  80 bits of the signature are enough for something
that can only be tried against a server which counts the tries, and short enough to be
typed from paper.

>>> code = make(1234, "secret")
>>> code
'1234-KUJEUKD6RXOFRKL6'
>>> read(code, "secret"), read(code.lower(), "secret")
(1234, 1234)
>>> read(code, "another secret"), read(code.replace("1234", "1235"), "secret")
(None, None)

What is no code is not looked for:

>>> [read(text, "secret") for text in ("", "x", None, "1-A", "01" + code[4:], ["1"])]
[None, None, None, None, None, None]

The stamp says what a voucher says to the hotel, so that a page can tell whether it
still holds; without the key nothing can be guessed from it.

>>> stamp({"room": "Double"}, "secret") == stamp({"room": "Single"}, "secret")
False
>>> is_stamp(stamp({}, "secret")), is_stamp("x"), is_stamp(None)
(True, False, False)
"""

import base64
import hashlib
import hmac
import json
import re

WELLFORMED = re.compile(r"([1-9]\d{0,8})-([A-Z2-7]{16})", re.ASCII)
STAMP = re.compile(r"[0-9a-f]{12}", re.ASCII)
SIGNATURE_BYTES = 10
# What the hotel, or the carrier, gives by; prices and remarks are none of its business.
SERVICE_KEYS = (
    "kind", "room", "meal", "rooms", "nights", "date_from", "hour_from", "date_to",
    "hour_to", "early_arrival", "late_departure", "route", "car_class",
    "transport_number",
)  # fmt: skip


def make(document_id: int, key: str) -> str:
    """The code of the document."""
    return f"{document_id}-{_sign(str(document_id), key)}"


def read(code: str, key: str) -> int | None:
    """The document whose code it is; nothing if it is none of ours."""
    match = WELLFORMED.fullmatch(code.upper()) if isinstance(code, str) else None
    if match and hmac.compare_digest(_sign(match[1], key), match[2]):
        return int(match[1])
    return None


def stamp(facts: dict, key: str) -> str:
    """A short mark that differs when what matters to the hotel does."""
    text = json.dumps(facts, sort_keys=True, default=str)
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:12]


def is_stamp(text) -> bool:
    return isinstance(text, str) and bool(STAMP.fullmatch(text))


def service_facts(service: dict) -> dict:
    """Of a service's facts, those that the hotel gives by.

    >>> service_facts({"room": "Double", "total": 100, "guests": [{"name": "B"}]})
    {'room': 'Double', 'hotel': None, 'guests': ['B']}
    """
    return {
        **{key: service[key] for key in SERVICE_KEYS if key in service},
        "hotel": (service.get("hotel") or {}).get("name"),
        "guests": sorted(guest.get("name") or "" for guest in service["guests"]),
    }


def _sign(text, key):
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode()
