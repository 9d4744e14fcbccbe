"""Do reports say what the bookings say? The real ones of a hotel, from end to end.

    ./tour bench --check-reports PATH     the demand data set, as CSV or CSV packed

The bookings are imported by the suite into a database of their own, and reports of them
are made as files (see `real_world`). What must be in these is worked out from the CSV
alone (`check_figures`). Compared are, with nothing of the suite's code:

- the tables that reports read, with the CSV: bookings, services, guests, rates;
- each cell of each row of the files, the number of rows, and their order;
- totals: each is a formula over just these rows, and its stored value their sum.

Ends with an error if anything differs. The database and the files stay for a look.
"""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from setup import paths
from setup.databases import Databases
from setup.ui import bad, good, note, say, step, title

from . import odoo_process, real_bookings, real_world
from .check_figures import SUMMED, Asked, get_sheets

SOLD = ("done", "reposting", "cancelled_penalty")
DAILY = ("booked", "done", "cancelled_penalty")
YEARS = (2015, 2016, 2017)
_ALL = date(2013, 1, 1), date(2017, 12, 31)
#: The last sheet, which tells what the columns mean.
ABOUT = "Columns"
MAX_SHOWN = 10
#: What the tables must say of each service, for `check_tables`.
TABLES = """
    SELECT booking.name, client.name, partner.name, currency.name,
           booking.currency_rate, booking.date_order,
           line.service_kind, line.date_from, line.date_to, line.nights, line.rooms,
           line.price_unit * line.product_uom_qty, line.client_discount_amount,
           line.supplier_price_total, line.commission_percent, line.commission_amount,
           line.settlement, booking.booking_state,
           COALESCE(booking.is_reposting, FALSE),
           booking.penalty_from, booking.penalty_when = 'during',
           booking.penalty_amount, booking.nights_stayed, booking.counts_in_turnover,
           (SELECT COUNT(*) FROM tour_guest guest WHERE guest.line_id = line.id)
      FROM sale_order booking
      JOIN sale_order_line line ON line.order_id = booking.id
      JOIN res_partner client ON client.id = booking.partner_id
      JOIN res_users manager ON manager.id = booking.user_id
      JOIN res_partner partner ON partner.id = manager.partner_id
      JOIN res_currency currency ON currency.id = booking.currency_id
     WHERE booking.is_tour_booking
  ORDER BY booking.name, line.id
"""


def check(ground, path):
    """Make the database and the files, and compare them; return 1 if they differ."""
    odoo_process.start()
    databases = Databases(ground)
    name = f"{databases.prefix}_bench_real"
    with step(f"Real bookings: reading {path}"):
        bookings = real_bookings.read(path)
    real_world.make(databases, name, bookings)
    folder = paths.data_dir() / "bench_reports"
    folder.mkdir(parents=True, exist_ok=True)
    asked = list(_get_asked(bookings))
    with step(f"Real bookings: {len(asked)} files"):
        for each in asked:
            _write_file(name, folder / f"{each.name}.xlsx", each)
    odoo_process.release(name)
    return compare(databases, name, folder, bookings, asked)


def compare(databases, name, folder, bookings, asked):
    """Compare all, and print what agrees; return 1 if anything differs."""
    title(f"Reports of {len(bookings):,} bookings")
    connection = databases.connect(name)
    try:
        with connection.cursor() as cr:
            found = [("tables", *check_tables(cr, bookings))]
    finally:
        connection.close()
    for each in asked:
        found.append(
            (each.name, *check_file(folder / f"{each.name}.xlsx", each, bookings))
        )
    width = max(len(what) for what, *_rest in found)
    for what, counts, faults in found:
        said = ", ".join(f"{count:,} {of}" for of, count in counts.items())
        say(f"  {what.ljust(width)}  {'DIFFERS' if faults else 'agrees'}  {said}")
        for fault in faults[:MAX_SHOWN]:
            bad(fault)
        if more := faults[MAX_SHOWN:]:
            bad(f"and {len(more):,} more")
    note(f"The files are in {folder}")
    wrong = sum(1 for _what, _counts, faults in found if faults)
    if wrong:
        bad(f"{wrong} of {len(found)} differ")
        return 1
    good(f"All {len(found)} agree")
    return 0


def _get_asked(bookings):
    """Whole years and single months of each report."""
    hotels = {}
    for booking in bookings:
        if booking.client.is_agent:
            booked = hotels.setdefault(booking.client.name, set())
            booked.add(booking.services[0].hotel)
    widest = max(hotels, key=lambda name: (len(hotels[name]), name))
    for year in YEARS:
        days = date(year, 1, 1), date(year, 12, 31)
        yield Asked("daily", "departure", *days, DAILY, split=True)
        yield Asked("salary", "created", *days, SOLD)
        yield Asked("turnover", "departure", *days)
        yield Asked("agents", "departure", *days, ("done",))
    year = date(2016, 1, 1), date(2016, 12, 31)
    # In any status, by the other days, and for one client.
    yield Asked("daily", "arrival", *year, split=True)
    yield Asked("daily", "created", date(2016, 2, 1), date(2016, 2, 29), split=False)
    yield Asked("salary", "departure", date(2016, 8, 1), date(2016, 8, 31), SOLD)
    yield Asked("turnover", "created", *_ALL, clients=(widest,))


def _write_file(name, path, asked):
    with odoo_process.environment(name) as env:
        statuses = env["tour.booking.status"].search([("state", "in", asked.states)])
        values = {
            "basis": asked.basis,
            "date_from": asked.start,
            "date_to": asked.end,
            "state_ids": [(6, 0, statuses.ids)],
            "split": asked.split,
        }
    if asked.clients:
        values["clients"] = list(asked.clients)
    real_world.write_file(name, path, asked.report, **values)


# === The tables === #


def check_tables(cr, bookings):
    """What reports read is what the CSV says: else they agree about the wrong."""
    cr.execute(TABLES)
    found = [tuple(map(_plain, row)) for row in cr.fetchall()]
    wanted = [
        tuple(map(_plain, row))
        for booking in bookings
        for row in _get_table_rows(booking)
    ]
    faults = [
        f"a service is {mine}, not {right}"
        for mine, right in zip(found, wanted, strict=False)
        if mine != right
    ]
    if len(found) != len(wanted):
        faults.append(f"there are {len(found):,} services, not {len(wanted):,}")
    return {"bookings": len(bookings), "services": len(found)}, faults


def _get_table_rows(booking):
    has_penalty = booking.state == "cancelled_penalty"
    for service in booking.services:
        yield (
            booking.number,
            booking.client.name,
            booking.manager,
            booking.currency,
            booking.rate,
            booking.ordered,
            service.kind,
            service.date_from,
            service.date_to,
            service.nights,
            service.rooms,
            service.price,
            service.discount,
            service.supplier_price,
            service.commission_percent,
            service.commission,
            service.settlement,
            "archive" if booking.is_archived else booking.state,
            booking.in_reposting,
            booking.penalty_from,
            booking.penalty_during if has_penalty else None,
            booking.penalty,
            booking.nights_stayed,
            booking.state != "cancelled",
            len(service.guests.split(", ")) if service.guests else 0,
        )


# === The files === #


def check_file(path, asked, bookings):
    wanted = get_sheets(asked, bookings)
    values = openpyxl.load_workbook(path, read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(path, read_only=True)
    names = [name for name in values.sheetnames if name != ABOUT]
    counts, faults = Counter(), []
    if "" in wanted:
        wanted = {names[0]: wanted[""]}
    if names != list(wanted):
        faults.append(f"the sheets are {names}, not {list(wanted)}")
    for name in set(names) & set(wanted):
        sheet = _Sheet(values[name], formulas[name], list(wanted[name]))
        faults += [f"{name}: {fault}" for fault in sheet.compare(asked)]
        counts += sheet.counts
    return counts, faults


class _Sheet:
    """A sheet as it is read: head, rows, totals."""

    def __init__(self, values, formulas, wanted):
        self.wanted = wanted
        cells = [list(row) for row in values.iter_rows(values_only=True)]
        self.at = self._find_head(cells)
        self.head = [label for label in cells[self.at] if label is not None]
        width = len(self.head)
        self.rows = [
            dict(zip(self.head, map(_plain, row[:width]), strict=True))
            for row in cells[self.at + 1 : -1]
        ]
        self.totals = cells[-1][:width]
        self.formulas = list(list(formulas.iter_rows(values_only=True))[-1])[:width]
        self.counts = Counter()

    @staticmethod
    def _find_head(cells):
        """The first row after the empty one below title and parameters."""
        empty = next(at for at, row in enumerate(cells) if not any(row))
        return empty + 1

    def compare(self, asked):
        """Yield what differs."""
        if self.wanted and self.head != list(self.wanted[0]):
            yield f"the columns are {self.head}, not {list(self.wanted[0])}"
            return
        yield from self._compare_rows()
        yield from self._compare_totals()
        if asked.report in ("daily", "agents"):
            yield from self._compare_order()

    def _compare_rows(self):
        found = Counter(tuple(row.values()) for row in self.rows)
        wanted = Counter(tuple(map(_plain, row.values())) for row in self.wanted)
        self.counts["rows"] = len(self.rows)
        self.counts["cells"] = sum(
            value is not None for row in found.elements() for value in row
        )
        surplus = sorted((found - wanted).elements(), key=str)
        missing = sorted((wanted - found).elements(), key=str)
        for mine, right in zip(surplus, missing, strict=False):
            yield self._describe(mine, right)
        if len(surplus) != len(missing):
            yield f"{len(surplus)} rows are too many, {len(missing)} are missing"

    def _describe(self, found, wanted):
        """What of two rows differs."""
        differing = [
            f"{label} is {mine!r}, not {right!r}"
            for label, mine, right in zip(self.head, found, wanted, strict=True)
            if mine != right
        ]
        return f"{found[0]}: {'; '.join(differing)}"

    def _compare_totals(self):
        first, last = self.at + 2, self.at + 1 + len(self.rows)
        for place, label in enumerate(self.head):
            formula, stored = self.formulas[place], self.totals[place]
            if label not in SUMMED:
                if place and formula is not None:
                    yield f"below {label} stands {formula!r}"
                continue
            self.counts["totals"] += 1
            letter = openpyxl.utils.get_column_letter(place + 1)
            right = f"=SUBTOTAL(109,{letter}{first}:{letter}{last})"
            if formula != (right if self.rows else "=0"):
                yield f"the total of {label} is {formula!r}, not {right!r}"
            total = sum((row[label] or Decimal(0) for row in self.rows), Decimal(0))
            wanted = sum(
                (_plain(row[label]) or Decimal(0) for row in self.wanted), Decimal(0)
            )
            if not (_plain(stored) or Decimal(0)) == total == wanted:
                yield (
                    f"the total of {label} is {stored}, its cells are {total}, and"
                    f" should be {wanted}"
                )

    def _compare_order(self):
        days = [row["Departure"] or row["Arrival"] for row in self.rows]
        if days != sorted(days):
            yield "the rows are not in the order of their days"


def _plain(value):
    """A value of a cell, of a table or of ours, as all can be compared.

    Of no amount and of nothing nobody sees a difference.

    >>> _plain(0.1 + 0.2), _plain(0), _plain(datetime(2016, 1, 2)), _plain("")
    (Decimal('0.30'), None, datetime.date(2016, 1, 2), None)
    >>> _plain(datetime(2016, 1, 2, 3, 4)), _plain(False)
    (datetime.datetime(2016, 1, 2, 3, 4), False)
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return round(Decimal(str(value)), 2) or None
    if isinstance(value, datetime):
        # Cells hold moments to the minute, and days as their midnight.
        moment = value.replace(second=0, microsecond=0)
        return moment if moment.hour or moment.minute else moment.date()
    return value if value != "" else None
