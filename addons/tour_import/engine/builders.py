"""From the values of a row to what a record is made of, one builder per kind.

A builder gets the converted values by field name and answers with plain data; what it
cannot accept it tells through ``blame``, which knows the column a field came from.
"""

import contextlib

from . import booking
from .countries import find_country
from .errors import ValueRefused

CLIENT_KINDS = {
    "agent": ("agent", "агент", "агентство", "agency", "travel agent", "ta", "to"),
    "corporate": ("corporate", "company", "корпоративный", "корпорат", "клиент"),
    "supplier": ("supplier", "поставщик", "hotel", "отель"),
}
KIND_BY_WORD = {word: kind for kind, words in CLIENT_KINDS.items() for word in words}
RATE_KINDS = {
    "rack": ("rack", "стойка", "открытый", "брутто", "gross"),
    "net": ("net", "нетто"),
    "dynamic": ("dynamic", "динамический"),
}
RATE_KIND_BY_WORD = {word: kind for kind, words in RATE_KINDS.items() for word in words}
SETTLEMENTS = {
    "full": "full",
    "less": "less",
    "полностью": "full",
    "за вычетом": "less",
    "за вычетом комиссии": "less",
}


class Blame:
    """Collects what builders refuse.

    ``is_broken``: a cell of the row could not be read, so that what is missing for it
    need not be told.
    """

    def __init__(self, is_broken=False):
        self.is_broken = is_broken
        self.refusals = []

    @contextlib.contextmanager
    def field(self, name):
        """What is refused inside is the fault of this field's column."""
        try:
            yield
        except ValueRefused as refusal:
            self.refusals.append((name, refusal, False))

    def refuse(self, name, rule, **details):
        self.refusals.append((name, ValueRefused(rule, **details), False))

    def warn(self, name, rule, **details):
        self.refusals.append((name, ValueRefused(rule, **details), True))


def pick(words, text, rule):
    """A word of a closed list.

    >>> pick(RATE_KIND_BY_WORD, " Нетто", "rate_kind")
    'net'
    """
    found = words.get(" ".join(text.lower().split()))
    if not found:
        raise ValueRefused(rule)
    return found


def _country(values, blame, name="country"):
    text = values.get(name)
    if not text:
        return None
    code = find_country(text)
    if not code:
        blame.refuse(name, "country")
    return code


def build_city(values, options, blame):
    """A city's name is the most exact of what the register says: a settlement, else
    the city, else an area or region that is itself a city (Moscow, Klin)."""
    name = values.get("name") or values.get("settlement") or values.get("city")
    if not name and _is_city(values.get("area_type")):
        name = values.get("area")
    if not name and _is_city(values.get("region_type")):
        name = values.get("region")
    if not name:
        blame.refuse("name", "required")
    return {
        "name": name,
        "region": values.get("region"),
        "country": _country(values, blame),
        "tz": values.get("tz"),
        "latitude": values.get("latitude"),
        "longitude": values.get("longitude"),
        "fias_id": (values.get("fias_id") or "").lower() or None,
    }


def _is_city(area_type):
    return (area_type or "").lower().rstrip(".") in ("г", "город", "city")


def build_client(values, options, blame):
    """A client company, or a supplier."""
    built = dict(values, country=_country(values, blame))
    kinds = set()
    for word in (values.get("client_kind") or "").replace(";", ",").split(","):
        if word.strip():
            with blame.field("client_kind"):
                kinds.add(pick(KIND_BY_WORD, word, "client_kind"))
    built["kinds"] = kinds or {options.get("client_kind") or "corporate"}
    if not values.get("name"):
        blame.refuse("name", "required")
    _check_mail(values, blame)
    return built


def _check_mail(values, blame):
    for mail in (values.get("email") or "").replace(";", ",").split(","):
        mail = mail.strip()
        if mail and ("@" not in mail[1:-1] or " " in mail):
            blame.refuse("email", "email")


def build_hotel(values, options, blame):
    """A hotel, its city and its supplier by name."""
    built = dict(values, country=_country(values, blame))
    for name in ("name", "city"):
        if not values.get(name):
            blame.refuse(name, "required")
    if values.get("stars"):
        digits = [c for c in values["stars"] if c.isdigit()]
        count = values["stars"].count("*") + values["stars"].count("★")
        stars = digits[0] if digits else str(count)
        built["stars"] = stars
        if stars not in "012345" or (not digits and not count) or len(digits) > 1:
            blame.refuse("stars", "stars")
    if values.get("settlement"):
        with blame.field("settlement"):
            built["settlement"] = pick(SETTLEMENTS, values["settlement"], "settlement")
    _check_mail(values, blame)
    return built


def build_room(values, options, blame):
    """A room category, with one rate of it where the row has one."""
    built = dict(values)
    for name in ("hotel", "room"):
        if not values.get(name):
            blame.refuse(name, "required")
    if values.get("meal"):
        with blame.field("meal"):
            built["meal"] = booking.find_meal(values["meal"])
    if values.get("rate_kind"):
        with blame.field("rate_kind"):
            built["rate_kind"] = pick(
                RATE_KIND_BY_WORD, values["rate_kind"], "rate_kind"
            )
    for name in ("rack_price", "net_price"):
        if (values.get(name) or 0) < 0:
            blame.refuse(name, "negative_price")
    has_price = any(
        values.get(name) is not None for name in ("rack_price", "net_price")
    )
    built["has_rate"] = bool(values.get("rate")) or has_price
    return built


def build_booking(values, options, blame):
    """A booking of one stay."""
    built = {
        "number": values.get("number"),
        "client": _booking_client(values, options, blame),
        "hotel": values.get("hotel"),
        "hotel_city": values.get("hotel_city"),
        "hotel_country": find_country(options.get("hotel_country") or ""),
        "room": _named(options.get("room_pattern"), values.get("room")),
        "rooms": values.get("rooms") or 1,
        "rate": values.get("rate"),
        "manager": values.get("manager"),
        "client_reference": values.get("client_reference"),
        "supplier_total": values.get("supplier_total"),
        "commission_percent": values.get("commission_percent"),
        "currency": (values.get("currency") or "").upper() or None,
        "hour_from": values.get("hour_from"),
        "hour_to": values.get("hour_to"),
        "status_date": values.get("status_date"),
        "note": values.get("note"),
        "guests": (),
        "meal": None,
        "state": None,
        "price": None,
        "date_from": None,
        "date_to": None,
        "booked_on": None,
        "day_use": False,
        "nationality": _country(values, blame, "nationality"),
    }
    if not built["hotel"]:
        blame.refuse("hotel", "required")
    if values.get("meal"):
        with blame.field("meal"):
            built["meal"] = booking.find_meal(values["meal"])
    with blame.field("status"):
        built["state"] = booking.find_state(values)
    guests_field = "guests" if values.get("guests") else "children"
    with blame.field(guests_field):
        built["guests"] = booking.find_guests(values, options)
        if not built["guests"]:
            blame.warn("adults", "no_guests")
    built["penalty"] = values.get("penalty")
    _build_stay(values, built, options, blame)
    _build_penalty(values, built)
    return built


def _build_stay(values, built, options, blame):
    arrival_field = "date_from" if "date_from" in values else "arrival_day"
    arrival = None
    with blame.field(arrival_field):
        arrival = booking.find_arrival(values)
    if not arrival:
        if not blame.refusals and not blame.is_broken:
            blame.refuse(arrival_field, "required")
        return
    departure_field = "date_to" if values.get("date_to") else "nights"
    departure = None
    with blame.field(departure_field):
        departure = booking.find_departure(values, arrival)
        if not departure and not blame.is_broken:
            blame.refuse(departure_field, "required")
    if not departure:
        return
    nights = (departure - arrival).days
    if not nights:
        built["day_use"] = True
        if options.get("zero_nights") != "day_use":
            blame.refuse(departure_field, "no_nights")
    built.update(date_from=arrival, date_to=departure, nights=nights)
    built["booked_on"] = booking.find_booked_on(values, arrival)
    price_field = "price_total" if "price_total" in values else "price_night"
    with blame.field(price_field):
        built["price"] = booking.find_price(values, nights)


def _build_penalty(values, built):
    """Where nothing is paid back, the penalty is the price of the stay; a no-show's
    penalty the file does not tell, unless it has a column for it."""
    if built["state"] == "cancelled_penalty" and built["penalty"] is None:
        deposit = booking.word(values.get("deposit") or "")
        if deposit in booking.NON_REFUNDABLE:
            built["penalty"] = built["price"]


def _booking_client(values, options, blame):
    """Who ordered: the client by name, else the agent, else the company, else the
    client that the import's settings give to bookings without one."""
    if values.get("client"):
        kind = None
        if values.get("client_kind"):
            with blame.field("client_kind"):
                kind = pick(KIND_BY_WORD, values["client_kind"], "client_kind")
        return _client(
            "name", values["client"], values["client"], kind, values.get("client_vat")
        )
    for name, kind in (("agent", "agent"), ("company", "corporate")):
        if values.get(name):
            label = _named(options.get(f"{name}_pattern"), values[name])
            return _client(name, values[name], label, kind)
    if options.get("default_client"):
        return _client(
            "name", options["default_client"], options["default_client"], None
        )
    blame.refuse("client", "required")
    return None


def _client(source, code, name, kind, vat=None):
    key = f"{source}:{code.lower()}"
    return {"key": key, "name": name, "kind": kind or "corporate", "vat": vat}


def _named(pattern, text):
    """Short codes get a speaking name: 'A' with 'Category %s' is 'Category A'."""
    if text and pattern and "%s" in pattern and len(text) <= 6:
        return pattern.replace("%s", text)
    return text


BUILDERS = {
    "city": build_city,
    "client": build_client,
    "hotel": build_hotel,
    "room": build_room,
    "booking": build_booking,
}
