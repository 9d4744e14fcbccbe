"""What stands on the list 'Today': its sources, and the SQL of each.

Nothing here touches the ORM. A source says which records have something to be done with
them until when; `tour.today` puts the sources together. A page of the list, sorted by
deadline, takes the first rows of each source from an index of its own and merges them,
so that it costs the same for a thousand bookings and for a million.

A source is fast if its table has an index on its deadline and its row id, with its
condition word for word, as :func:`index` writes it. All text in a source is SQL that is
written in the code, never anything that was typed.

>>> late = Source("late", 3, deadline="(o.service_date_to + 1)", where="o.x IS TRUE")
>>> index(late)
'((service_date_to + 1), (id * 64 + 3)) WHERE x IS TRUE'
>>> index(late, "company_id", "user_id")
'((service_date_to + 1), (id * 64 + 3)) INCLUDE (company_id, user_id) WHERE x IS TRUE'
>>> row_id(late, 10)
643
>>> split(643)
(10, 3)
>>> "(o.id * 64 + 3) AS id" in render(late)
True

Deadlines are days. Moments fall on the day that the clock shows where they matter:

>>> day_of(datetime(2026, 12, 11, 20, 59), ZoneInfo("Europe/Moscow"))
datetime.date(2026, 12, 11)
>>> day_of(datetime(2026, 12, 11, 21, 0), ZoneInfo("Europe/Moscow"))
datetime.date(2026, 12, 12)
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

# Row ids are the ids of records, spread so that each source has its own: so many at
# most. Numbers stay as they are, since rows that were put off are kept by them.
SPREAD = 64

# What a row has, with its SQL type; a source gives what differs from a booking's.
COLUMNS = {
    "order_id": ("o.id", "int4"),
    "partner_id": ("o.partner_id", "int4"),
    "user_id": ("o.user_id", "int4"),
    "company_id": ("o.company_id", "int4"),
    "currency_id": ("o.currency_id", "int4"),
    "amount": ("NULL", "numeric"),
    "summary": ("o.service_summary", "varchar"),
    "for_managers": ("TRUE", "bool"),
    "for_accountants": ("FALSE", "bool"),
    "for_directors": ("FALSE", "bool"),
}


@dataclass(frozen=True)
class Source:
    """Records of one table with something to do until a deadline.

    :param kind: code of what is to be done
    :param number: sets the ids of its rows apart from all others', below `SPREAD`
    :param deadline: a date over the tables
    :param where: which records, over the tables
    :param tables: what stands after FROM; bookings are ``o`` there
    :param record: alias of the table whose records these are
    :param model: model of these records
    :param columns: what differs from `COLUMNS`, by name
    """

    kind: str
    number: int
    deadline: str
    where: str
    tables: str = "sale_order AS o"
    record: str = "o"
    model: str = "sale.order"
    columns: dict = field(default_factory=dict)


def render(source: Source) -> str:
    """The rows of a source, as a query."""
    given = {name: sql for name, (sql, _type) in COLUMNS.items()} | source.columns
    columns = [
        f"({source.record}.id * {SPREAD} + {source.number}) AS id",
        f"{source.deadline} AS deadline",
        f"'{source.kind}'::varchar AS kind",
        f"'{source.model}'::varchar AS res_model",
        f"{source.record}.id AS res_id",
    ]
    columns += [
        # Columns of the right type stay as they are, for the planner's sake.
        f"{sql} AS {name}"
        if sql == COLUMNS[name][0] != "NULL"
        else f"({sql})::{COLUMNS[name][1]} AS {name}"
        for name, sql in given.items()
    ]
    return f"SELECT {', '.join(columns)} FROM {source.tables} WHERE {source.where}"


def index(source: Source, *included: str) -> str:
    """Definition of the index that a source of one table is read by.

    :param included: columns that a count reads besides, so that it is made in the
        index alone: the company, who is responsible, and those of the deadline
    """
    alias = f"{source.record}."
    key = f"({source.deadline}, (id * {SPREAD} + {source.number}))"
    extra = f" INCLUDE ({', '.join(included)})" if included else ""
    return f"{key}{extra} WHERE {source.where}".replace(alias, "")


def row_id(source: Source, record_id: int) -> int:
    """The id that a record's row has on the list."""
    return record_id * SPREAD + source.number


def split(row: int) -> tuple[int, int]:
    """The id of a row's record, and the number of its source."""
    return divmod(row, SPREAD)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day that a clock shows at a moment of the ORM, which is in UTC."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
