"""Rows of a table, turned by a plan into values, faults and keys, one at a time."""

from dataclasses import dataclass, field

from .builders import BUILDERS, Blame
from .convert import CONVERTERS, Conventions, clean
from .errors import Fault, ValueRefused
from .keys import Digester, Occurrences, content_key
from .kinds import KINDS

CACHE_SIZE = 4096
VALUE_CHARS = 80


@dataclass(slots=True)
class Plan:
    """How a table becomes records.

    ``columns``: column number (from 0) to field name; ``constants``: text for fields
    whose cell is empty or that have no column; ``options``: see the builders.
    """

    kind: str
    columns: dict
    conventions: Conventions = field(default_factory=Conventions)
    constants: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """A row ready to become a record, or refused (``is_good`` is False)."""

    number: int
    cells: list
    key: str = ""
    occurrence: int = 1
    values: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    # What became of it, said by who loads it: "made" or "merged".
    outcome: str = ""

    @property
    def is_good(self):
        return all(fault.warning for fault in self.faults)


class Pipeline:
    """Turns the rows of one table.

    >>> from .table import Row, Table, Format
    >>> table = Table(["City", "Lat"], 1, [Row(2, ["Sochi", "x"])], Format())
    >>> [row] = Pipeline(table, Plan("city", {0: "name", 1: "latitude"})).parse()
    >>> row.values["name"], [(f.row, f.column, f.value, f.rule) for f in row.faults]
    ('Sochi', [(2, 'Lat', 'x', 'number')])
    """

    def __init__(self, table, plan):
        self.table = table
        self.plan = plan
        self.headers = table.headers
        kind = KINDS[plan.kind]
        self._column_of = {}
        self._readers = []
        for at, name in sorted(plan.columns.items()):
            self._column_of.setdefault(name, at)
            a_field = kind.get(name)
            self._readers.append((at, a_field, CONVERTERS[a_field.type], {}))
        self._build = BUILDERS[plan.kind]
        self._digester = Digester(self.headers)
        self._constants = self._convert_constants(kind)

    def _convert_constants(self, kind):
        converted = {}
        for name, text in self.plan.constants.items():
            if a_field := kind.get(name):
                convert = CONVERTERS[a_field.type]
                converted[name] = convert(text, self.plan.conventions)
        return converted

    def parse(self, after=0):
        """Rows below line ``after``; those before are read but not turned, so that
        equal rows keep their numbers when an import goes on where it stopped."""
        with Occurrences() as seen:
            for row in self.table.rows:
                if row.fault:
                    if row.number > after:
                        yield Parsed(row.number, row.cells, faults=[row.fault])
                    continue
                parsed = self._parse_row(row) if row.number > after else None
                if parsed and not parsed.is_good:
                    # A refused row keeps its place among equal ones all the same.
                    seen.count(self._digester.digest(row.cells))
                    yield parsed
                    continue
                self._name(row, parsed, seen)
                if parsed:
                    yield parsed

    def _name(self, row, parsed, seen):
        key = self._own_key(row, parsed)
        if key:
            occurrence = seen.count(key.encode())
        else:
            digest = self._digester.digest(row.cells)
            occurrence = seen.count(digest)
            key = content_key(digest, occurrence)
        if parsed:
            parsed.key, parsed.occurrence = key, occurrence

    def _own_key(self, row, parsed):
        """The key that the row names itself by, or None when only its content can."""
        if parsed:
            return own_key(self.plan.kind, parsed.values)
        if self.plan.kind == "booking" and not (
            {"number", "external_key"} & self._column_of.keys()
        ):
            return None
        return own_key(self.plan.kind, self._parse_row(row).values)

    def _parse_row(self, row):
        parsed = Parsed(row.number, row.cells)
        values = self._convert(row, parsed)
        for name, value in self._constants.items():
            if values.get(name) is None:
                values[name] = value
        blame = Blame(is_broken=bool(parsed.faults))
        parsed.values = self._build(values, self.plan.options, blame)
        parsed.values["external_key"] = values.get("external_key")
        blamed = {fault.column for fault in parsed.faults}
        for name, refusal, warning in blame.refusals:
            fault = self._fault(row, name, refusal, warning)
            # One fault per column is enough: the rest follows from it.
            if fault.column not in blamed:
                parsed.faults.append(fault)
        return parsed

    def _convert(self, row, parsed):
        values = {}
        conventions = self.plan.conventions
        for at, a_field, convert, cache in self._readers:
            cell = row.cells[at]
            known = cache.get(cell)
            if known is None:
                try:
                    text = clean(cell, conventions)
                    known = (convert(text, conventions) if text else None,)
                except ValueRefused as refusal:
                    parsed.faults.append(self._fault(row, a_field.name, refusal, at=at))
                    continue
                if len(cache) < CACHE_SIZE:
                    cache[cell] = known
            value = known[0]
            if a_field.many:
                if value:
                    self._join(values, a_field.name, at, value)
            elif value is not None:
                values[a_field.name] = value
        return values

    def _join(self, values, name, at, value):
        """Several columns in one field: each on a line, notes with their header."""
        text = f"{self.headers[at]}: {value}" if name == "note" else value
        values[name] = f"{values[name]}\n{text}" if values.get(name) else text

    def _fault(self, row, name, refusal, warning=False, at=None):
        at = self._column_of.get(name) if at is None else at
        column = name if at is None else self.headers[at]
        value = "" if at is None else str(row.cells[at])[:VALUE_CHARS]
        return Fault(row.number, refusal.rule, column, value, refusal.details, warning)


def own_key(kind, values):
    """The key under which a record is known, from what the row says of itself.

    >>> own_key("city", {"fias_id": "0c5b", "name": "Moscow"})
    'fias:0c5b'
    >>> own_key("client", {"name": "Alpine  Ltd"})
    'name:alpine ltd'
    >>> own_key("booking", {"hotel": "Sea"})
    """
    if values.get("external_key"):
        return f"ext:{values['external_key'].lower()}"
    if kind == "booking":
        return f"number:{values['number'].lower()}" if values.get("number") else None
    if kind == "city" and values.get("fias_id"):
        return f"fias:{values['fias_id']}"
    if kind == "client" and values.get("vat"):
        kpp = f"/{values['kpp']}" if values.get("kpp") else ""
        return f"vat:{''.join(values['vat'].split())}{kpp}".lower()
    return natural_key(*(values.get(name) for name in NATURAL_KEYS[kind]))


NATURAL_KEYS = {
    "city": ("name", "region", "country"),
    "client": ("name",),
    "hotel": ("name", "city"),
    "room": ("hotel", "city", "room", "rate", "meal"),
}


def natural_key(*parts):
    """
    >>> natural_key("Sea  View", None, "Sochi")
    'name:sea view||sochi'
    """
    return "name:" + "|".join(" ".join((part or "").lower().split()) for part in parts)
