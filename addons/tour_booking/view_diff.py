"""What differs between two views of a booking, as rows of one readable table.

A view is plain data (see ``sale.order._client_view``): values, and lists of parts that
have an ``id``: services, and their guests. Nothing here touches the ORM.

Parts are matched first by being alike, then by their ``id``. So a guest who was deleted
and entered again as he was makes no difference, nor does the order of parts, and there
are no rows exactly when nothing that is seen differs.

>>> guest = {"id": 5, "last_name": "Orlov", "type": "adult"}
>>> stay = {
...     "id": 1, "kind": "accommodation", "type": "Stay", "hotel": "Alpina",
...     "room": "Standard", "date_from": "2026-01-03", "date_to": "2026-01-05",
...     "price": 100.0, "guests": [guest],
... }
>>> before = {"client": "Metran", "services": [stay]}
>>> compare(before, {"client": "Metran", "services": [stay | {"id": 9}]})
[]
>>> after = {"client": "Metran", "services": [
...     stay | {"date_to": "2026-01-06", "room": "Suite", "price": 150.0}
... ]}
>>> for row in compare(before, after):
...     print(row.label_code, row.detail, row.before, "->", row.after)
room  Standard -> Suite
date_to  2026-01-05 -> 2026-01-06
price  100.0 -> 150.0
night 2026-01-03/2026-01-05 Alpina, Standard -> Alpina, Suite
night 2026-01-05/2026-01-06 None -> Alpina, Suite
>>> compare(before, after)[0].path, compare(before, after)[0].group
('services/1/room', 'Stay: Alpina')

A guest is changed, one comes, one goes:

>>> new = {"id": 6, "last_name": "Petrov", "type": "child", "age": 4}
>>> after = {"client": "Metran", "services": [stay | {"guests": [new]}]}
>>> for row in compare(before, after):
...     print(row.group, "|", row.label_code, row.before, "->", row.after)
Stay: Alpina | guest None -> Petrov
Stay: Alpina · Petrov | type None -> child
Stay: Alpina · Petrov | age None -> 4
Stay: Alpina | guest Orlov -> None
>>> after = {"client": "Metran", "services": [stay | {"guests": [
...     guest | {"last_name": "Orlova"}
... ]}]}
>>> compare(before, after) == [
...     Row("services/1/guests/5/last_name", "last_name", "Orlov", "Orlova",
...         "Stay: Alpina · Orlova")
... ]
True
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

# Name of one part of each list of parts.
PART_CODES = {"services": "service", "guests": "guest"}
# What a part is called by, and so needs no row of its own when it comes or goes.
NAME_KEYS = ("last_name", "first_name", "middle_name")
PRECISION = 6
# Says that a part or a night is there of which there is nothing more to say.
THERE = "✓"


class Row(NamedTuple):
    """One difference.

    ``path`` says where it is; ``label_code`` and ``detail`` what the field is called
    (an extra field by its own name, nights by their first day and the day after);
    ``group`` which service and guest it belongs to.
    """

    path: str
    label_code: str
    before: Any
    after: Any
    group: str = ""
    detail: str = ""


def compare(before: dict, after: dict, skip: tuple[str, ...] = ()) -> list[Row]:
    """Rows of what differs.

    :param skip: keys of the whole booking that are left out

    >>> compare({"manager": "A"}, {"manager": "B"}, skip=("manager",))
    []
    >>> compare({}, {"terms": "", "age": None, "extra": {"VIP": True}})
    [Row(path='extra/VIP', label_code='extra', before=None, after=True, group='', \
detail='VIP')]
    """
    kept = [
        {k: v for k, v in view.items() if k not in skip} for view in (before, after)
    ]
    return _compare_parts(*kept, path="", group="")


def is_same(before: Any, after: Any) -> bool:
    """Whether two values look the same.

    >>> is_same(0.1 + 0.2, 0.3), is_same(None, ""), is_same(None, 0), is_same(True, 1)
    (True, True, False, False)
    """
    return _normalize(before) == _normalize(after)


def get_title(part: dict) -> str:
    """What a service or a guest is called.

    >>> get_title({"type": "Transfer", "route": "Airport"})
    'Transfer: Airport'
    >>> get_title({"last_name": "Orlov", "first_name": "Oleg"})
    'Orlov Oleg'
    """
    name = " ".join(part[key] for key in NAME_KEYS if part.get(key))
    if name or "last_name" in part:
        return name
    text = (part.get("text") or "").partition("\n")[0]
    what = part.get("hotel") or part.get("route") or text
    return ": ".join(filter(None, (part.get("type"), what)))


def _normalize(value: Any) -> Any:
    """What of a value is seen, without ids and order, as something comparable."""
    if isinstance(value, dict):
        items = ((k, _normalize(v)) for k, v in value.items() if k != "id")
        seen = tuple(sorted((k, v) for k, v in items if v != ("none",)))
        return ("dict", seen) if seen else ("none",)
    if isinstance(value, list | tuple):
        if not value:
            return ("none",)
        return ("list", tuple(sorted(map(_normalize, value))))
    if value is None or value == "":
        return ("none",)
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int | float):
        return ("number", round(value, PRECISION) + 0.0)
    return ("text", str(value))


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _compare_parts(before: dict, after: dict, path: str, group: str) -> list[Row]:
    """Rows of two views of the same thing, in the order of its keys."""
    rows, nested = [], []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if key == "id" or is_same(old, new):
            continue
        own_path = f"{path}{key}"
        if _is_parts(old) or _is_parts(new):
            nested += _compare_lists(old or [], new or [], key, own_path, group)
        elif isinstance(old, dict) or isinstance(new, dict):
            rows += _compare_details(old or {}, new or {}, key, own_path, group)
        else:
            rows.append(Row(own_path, key, old, new, group))
    return rows + _compare_nights(before, after, path, group) + nested


def _compare_details(old: dict, new: dict, key: str, path: str, group: str):
    return [
        Row(f"{path}/{name}", key, old.get(name), new.get(name), group, name)
        for name in dict.fromkeys((*new, *old))
        if not is_same(old.get(name), new.get(name))
    ]


def _compare_lists(old: list, new: list, key: str, path: str, group: str):
    """Rows of what comes, goes and changes among parts."""
    rows = []
    code = PART_CODES.get(key, key)
    for before, after in _match(old, new):
        part = after or before
        own_path = f"{path}/{part.get('id', '')}"
        own_group = " · ".join(filter(None, (group, get_title(part))))
        if before is None:
            rows.append(Row(own_path, code, None, get_title(part) or THERE, group))
        elif after is None:
            rows.append(Row(own_path, code, get_title(part) or THERE, None, group))
        known = _get_known(part) if before is None or after is None else {}
        rows += _compare_parts(
            known if before is None else before,
            known if after is None else after,
            own_path + "/",
            own_group,
        )
    return rows


def _get_known(part: dict) -> dict:
    """What the title of a part says already: no row tells it again."""
    keys = NAME_KEYS if "last_name" in part else ("kind",)
    known = {key: part[key] for key in keys if key in part}
    if part.get("type") == "adult":
        known["type"] = "adult"
    # Zero and No of what is not there say nothing.
    return known | {
        key: value for key, value in part.items() if value is False or value == 0
    }


def _match(old: list[dict], new: list[dict]) -> list[tuple[dict | None, dict | None]]:
    """Pairs of parts that differ; with None for what comes or goes.

    >>> _match([{"id": 1, "a": 1}, {"id": 2, "a": 2}], [{"id": 3, "a": 2}])
    [({'id': 1, 'a': 1}, None)]
    """
    left = list(old)
    changed = []
    for part in new:
        same = [other for other in left if is_same(other, part)]
        if same:
            own = [other for other in same if other.get("id") == part.get("id")]
            left.remove((own or same)[0])
        else:
            changed.append(part)
    by_id = {part["id"]: part for part in left if part.get("id")}
    pairs = [(by_id.get(part.get("id")), part) for part in changed]
    matched = {id(before) for before, _after in pairs if before is not None}
    return pairs + [(part, None) for part in left if id(part) not in matched]


# === Nights === #


def _compare_nights(before: dict, after: dict, path: str, group: str) -> list[Row]:
    """Rows of nights of a stay that come, go or move, those alike in one row.

    A stay that comes or goes as a whole has its dates, and no rows of nights.
    """
    old, new = _get_nights(before), _get_nights(after)
    if not (old and new):
        return []
    spans = []
    for day in sorted({*old, *new}):
        places = (old.get(day), new.get(day))
        if places[0] == places[1]:
            continue
        if spans and spans[-1][1] == day and spans[-1][2] == places:
            spans[-1][1] = day + timedelta(days=1)
        else:
            spans.append([day, day + timedelta(days=1), places])
    return [
        Row(f"{path}nights/{start}", "night", *places, group, f"{start}/{end}")
        for start, end, places in spans
    ]


def _get_nights(stay: dict) -> dict[date, str]:
    """Where the guests sleep, by night."""
    first, last = stay.get("date_from"), stay.get("date_to")
    if stay.get("kind") != "accommodation" or not (first and last):
        return {}
    start = date.fromisoformat(first)
    place = ", ".join(filter(None, (stay.get("hotel"), stay.get("room"))))
    count = (date.fromisoformat(last) - start).days
    return {start + timedelta(days=number): place or THERE for number in range(count)}
