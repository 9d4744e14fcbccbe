"""What a row says of a booking, whichever way the file puts it.

Arrival may be a date or three columns, departure a date or a number of nights, the
price one sum or a price a night, guests names or counts. Here they become one.
"""

import datetime
import re
from decimal import Decimal

from .convert import make_date
from .errors import ValueRefused

MAX_NIGHTS = 1000
MAX_GUESTS = 500
CENT = Decimal("0.01")

STATES = {
    "new": ("new", "новая", "новый", "draft", "quotation"),
    "accepted": ("accepted", "принята", "in work", "в работе"),
    "awaiting_client": ("awaiting client", "ожидает клиента", "sent"),
    "client_confirmed": ("confirmed by client", "client confirmed"),
    "confirmed": ("confirmed", "подтверждена", "confirmed to client"),
    "booked": ("booked", "забронирована", "reserved"),
    "cancelled": ("canceled", "cancelled", "cancel", "отменена", "отмена"),
    "cancelled_penalty": (
        *("no show", "noshow", "незаезд", "cancelled with penalty"),
        *("canceled with penalty", "отменена со штрафом", "отмена со штрафом"),
    ),
    "done": (
        *("done", "check out", "checked out", "completed", "выполнена"),
        *("завершена", "выезд"),
    ),
    "refused": ("refused", "rejected", "отказ", "отказано"),
}
STATE_BY_WORD = {word: state for state, words in STATES.items() for word in words}

MEALS = {
    "ro": ("ro", "sc", "undefined", "room only", "self catering", "no meal", "oo"),
    "bb": ("bb", "bed and breakfast", "bed breakfast", "breakfast", "завтрак"),
    "hb": ("hb", "half board", "полупансион"),
    "fb": ("fb", "full board", "полный пансион"),
    "ai": ("ai", "all inclusive", "все включено", "uai"),
}
MEAL_BY_WORD = {word: meal for meal, words in MEALS.items() for word in words}
MEAL_BY_WORD |= {"без питания": "ro", "завтраки": "bb", "bez pitaniya": "ro"}
NON_REFUNDABLE = frozenset(("non refund", "non refundable", "невозвратный"))


def word(text):
    return " ".join(re.sub(r"[\W_]+", " ", text.lower().replace("ё", "е")).split())


def find_meal(text):
    """
    >>> [find_meal(text) for text in ("BB", "Undefined", "Полный пансион")]
    ['bb', 'ro', 'fb']
    """
    meal = MEAL_BY_WORD.get(word(text))
    if not meal:
        raise ValueRefused("meal")
    return meal


def find_state(values):
    """The state a booking is in; a no-show and what can't be refunded cost a penalty.

    >>> find_state({"status": "Check-Out", "is_cancelled": False})
    'done'
    >>> find_state({"status": "Canceled", "deposit": "Non Refund"})
    'cancelled_penalty'
    >>> find_state({"is_cancelled": True}), find_state({})
    ('cancelled', 'new')
    """
    cancelled = values.get("is_cancelled")
    text = values.get("status") or ""
    state = STATE_BY_WORD.get(word(text)) if text else None
    if text and not state:
        raise ValueRefused("status")
    state = state or ("cancelled" if cancelled else "new")
    ended = state in ("cancelled", "cancelled_penalty")
    if cancelled is not None and text and cancelled != ended:
        raise ValueRefused("status_contradiction")
    if state == "cancelled" and word(values.get("deposit") or "") in NON_REFUNDABLE:
        state = "cancelled_penalty"
    return state


def find_arrival(values):
    """The first day of the stay, or None where the row does not tell.

    >>> find_arrival({"arrival_year": 2015, "arrival_month": 7, "arrival_day": 1})
    datetime.date(2015, 7, 1)
    """
    if values.get("date_from"):
        return values["date_from"]
    parts = [values.get(f"arrival_{part}") for part in ("year", "month", "day")]
    return make_date(*parts) if all(parts) else None


def find_departure(values, arrival):
    """The last day of the stay, or None where the row does not tell.

    >>> day = datetime.date(2015, 7, 1)
    >>> find_departure({"weekend_nights": 2, "week_nights": 1}, day)
    datetime.date(2015, 7, 4)
    """
    nights = values.get("nights")
    parts = [values.get("weekend_nights"), values.get("week_nights")]
    if nights is None and any(part is not None for part in parts):
        nights = sum(part or 0 for part in parts)
    if nights is not None and nights > MAX_NIGHTS:
        raise ValueRefused("too_many_nights", limit=MAX_NIGHTS)
    departure = values.get("date_to")
    if departure is None:
        if nights is None:
            return None
        return arrival + datetime.timedelta(days=nights)
    if departure < arrival:
        raise ValueRefused("departure_before_arrival", arrival=arrival.isoformat())
    if nights is not None and (departure - arrival).days != nights:
        raise ValueRefused("nights_differ", nights=(departure - arrival).days)
    if (departure - arrival).days > MAX_NIGHTS:
        raise ValueRefused("too_many_nights", limit=MAX_NIGHTS)
    return departure


def find_price(values, nights):
    """The client's price of the stay: a sum as it is, a price a night times nights.

    >>> find_price({"price_night": Decimal("37.8")}, 3)
    Decimal('113.40')
    """
    price = values.get("price_total")
    if price is None and values.get("price_night") is not None:
        price = values["price_night"] * max(nights, 1)
    if price is None:
        return None
    if not 0 <= price < Decimal("1e11"):
        raise ValueRefused("negative_price")
    return price.quantize(CENT)


def find_guests(values, options):
    """Guests as dicts of last_name, first_name, middle_name, guest_type and age.

    Names of a cell stand one per line or between semicolons. Guests that are only
    counted get a placeholder for a name. A child's age comes from the file, else from
    ``options`` (what the import's settings assume), else the row is refused: hotels
    price children by age.

    >>> [g["last_name"] for g in find_guests({"guests": "Ivanov Ivan; Petrova A"}, {})]
    ['Ivanov', 'Petrova']
    >>> counts = {"adults": 1, "children": 1, "babies": 1}
    >>> guests = find_guests(counts, {"child_age": 10, "baby_age": 1})
    >>> [(g["last_name"], g["guest_type"], g["age"]) for g in guests]
    [('Guest 1', 'adult', None), ('Guest 2', 'child', 10), ('Guest 3', 'child', 1)]
    """
    names = _names(values.get("guests") or "")
    adults, children, babies = (
        values.get(name) or 0 for name in ("adults", "children", "babies")
    )
    count = adults + children + babies
    if names and count and len(names) > count:
        raise ValueRefused("guests_differ", names=len(names), count=count)
    if max(count, len(names)) > MAX_GUESTS:
        raise ValueRefused("too_many_guests", limit=MAX_GUESTS)
    ages = _child_ages(values.get("child_ages") or "", children + babies)
    if not ages:
        ages = [options.get("child_age")] * children
        ages += [options.get("baby_age")] * babies
    if None in ages:
        raise ValueRefused("child_without_age")
    total = max(count, len(names))
    ages = [None] * (total - len(ages)) + ages
    return [_guest(names, at, age) for at, age in enumerate(ages)]


def _names(text):
    return [name for part in re.split(r"[;\n]", text) if (name := part.strip())]


def _child_ages(text, count):
    if not text:
        return []
    ages = [int(age) for age in re.findall(r"\d+", text)]
    if len(ages) != count or any(age > 17 for age in ages):
        raise ValueRefused("child_ages", count=count)
    return ages


def _guest(names, at, age):
    name = names[at].split() if at < len(names) else [f"Guest {at + 1}"]
    if at >= len(names):
        parts = [name[0], "", ""]
    else:
        parts = [*name[:2], " ".join(name[2:]), "", ""]
    return {
        "last_name": parts[0],
        "first_name": parts[1],
        "middle_name": parts[2],
        "guest_type": "adult" if age is None else "child",
        "age": age,
    }


def find_booked_on(values, arrival):
    """The day the booking was made: told, or so many days before arrival.

    >>> find_booked_on({"lead_days": 7}, datetime.date(2015, 7, 8))
    datetime.date(2015, 7, 1)
    """
    if values.get("booked_on"):
        return values["booked_on"]
    if values.get("lead_days") is not None:
        return arrival - datetime.timedelta(days=values["lead_days"])
    return None
