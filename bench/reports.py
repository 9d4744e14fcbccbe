"""Reports: their XLSX, their lists and pivots, beside the same by hand.

By hand are the statements of `reports_sql`, which follow the rules as somebody would
who needs just this report, and `xlsxwriter` with constant memory. That both say the
same is looked at before anything is measured.
"""

import io
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import xlsxwriter

from . import metrics, odoo_process, reports_sql
from .measure import Result, details, interleave, middle, middle_ratio

ROWS = 100_000
USER = "bench0"
TARGET = 1.5
#: Lists read names with the rights of who looks, as those of bookings do.
LIST_TARGET = 3.0
MEMORY_MB = 150
CHUNK = 2000
LIMIT = 80
COUNT_LIMIT = 501
#: Of the columns by hand, where the sums are that must be those of the file.
MONEY = slice(17, 20)


def measure(pair, quick):
    """Yield what files, lists and pivots cost."""
    rounds = 3 if quick else 7
    with odoo_process.environment(pair.tour) as env:
        last, count = _find_period(env, ROWS)
    yield from _measure_file(pair.tour, rounds, last, count)
    yield _measure_memory(pair.tour, last, count)
    yield from _measure_views(pair.tour, rounds)
    yield from metrics.measure(pair, rounds)


def _find_period(env, rows):
    """Until which day there are as many services, and how many there are."""
    env.cr.execute(reports_sql.PERIOD, {"rows": rows})
    last, count = env.cr.fetchone()
    return last, int(count)


# === The file === #


def _measure_file(database, rounds, last, count):
    with odoo_process.environment(database, USER) as env:
        run = _ask(env, last)
        assert _make(run).row_count == count, "The file has other rows."
        ours, hand = _sum_up(run), _write_by_hand(env, run)[1]
        assert ours == hand, f"The sums differ: {ours} and {hand}."
        taken = interleave(
            rounds, xlsx=lambda: _make(run), raw=lambda: _write_by_hand(env, run)
        )
        env.cr.rollback()
    yield Result(
        group="reports",
        name=f"XLSX of the daily report, {count:,} services",
        ours=middle(taken["xlsx"]),
        limit=middle(taken["raw"]),
        ratio=middle_ratio(taken["xlsx"], taken["raw"]),
        target=TARGET,
        note=f"{reports_sql.WIDTH} columns; against SQL by hand and xlsxwriter with"
        " constant memory",
        details=details(**taken),
    )


def _ask(env, last):
    """The run of a daily report of all services up to a day, which waits."""
    env.cr.execute(reports_sql.FIRST_DAY)
    [first] = env.cr.fetchone()
    wizard = env["tour.report.ask"].create(
        {
            "report": "daily",
            "basis": "departure",
            "date_from": first,
            "date_to": last,
            "state_ids": [(5, 0, 0)],
            "split": False,
        }
    )
    run = wizard._start().sudo()
    env.flush_all()
    return run


def _make(run):
    """Make the file, as the cron does."""
    run.env.invalidate_all()
    run._make_file()
    run.env.flush_all()
    return run


def _sum_up(run):
    """Sums of the money of the file, from its rows."""
    rows = run._as_asked()
    domain = rows._get_domain(rows._get_period())
    names = ("client_price", "client_discount", "client_amount")
    [sums] = run.env["tour.report.service"]._read_group(
        domain, [], [f"{name}:sum" for name in names]
    )
    return [round(float(amount), 2) for amount in sums]


def _write_by_hand(env, run):
    """The same rows by SQL for this one purpose; return the size, and sums of money."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    look = {
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
        "datetime": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
        "number": book.add_format({"num_format": "#,##0.00"}),
    }
    writers = [
        (
            place,
            {
                "text": sheet.write_string,
                "number": sheet.write_number,
            }.get(kind, sheet.write_datetime),
            look.get(kind),
        )
        for place, kind in enumerate(reports_sql.KINDS)
    ]
    number, sums = 0, [0.0] * (MONEY.stop - MONEY.start)
    with env.cr._cnx.cursor("bench_reports") as cr:
        cr.itersize = CHUNK
        cr.execute(
            reports_sql.DAILY,
            {
                "company": env.company.id,
                "start": run.date_from,
                "end": run.date_to,
            },
        )
        for number, row in enumerate(cr, 1):
            for place, write, cell_format in writers:
                if (value := row[place]) is not None:
                    write(number, place, value, cell_format)
            for place, value in enumerate(row[MONEY]):
                sums[place] += float(value)
    book.close()
    return file.tell(), [round(amount, 2) for amount in sums]


# === Memory === #


def _measure_memory(database, last, count):
    """In a process of its own, whose peak is that of this file alone."""
    odoo_process.release(database)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        before, peak = pool.submit(_get_peak, database, last).result()
    return Result(
        group="reports",
        name=f"memory that {count:,} services took at their peak, MB",
        ours=0.0,
        ratio=peak - before,
        target=MEMORY_MB,
        note=f"from {before:.0f} to {peak:.0f} MB, file and attachment included",
        details={"memory_mb": [round(before, 1), round(peak, 1)]},
    )


def _get_peak(database, last):
    """MB of a process before it makes the file, and at most while it does."""
    odoo_process.start()
    with odoo_process.environment(database, USER) as env:
        # What any file needs once: code, and what Odoo knows of models and views.
        env.cr.execute(reports_sql.FIRST_DAY)
        _make(_ask(env, env.cr.fetchone()[0]))
        run = _ask(env, last)
        env.invalidate_all()
        Path("/proc/self/clear_refs").write_text("5")
        before = _read_status("VmRSS")
        _make(run)
        peak = _read_status("VmHWM")
        env.cr.rollback()
    return before, peak


def _read_status(name):
    """A size that the system keeps of this process, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise KeyError(name)


# === Lists and pivots === #


def _measure_views(database, rounds):
    days = reports_sql.get_year()
    domain = [
        ("service_day", ">=", days["start"]),
        ("service_day", "<=", days["end"]),
    ]
    sold = [*domain, ("counts_in_turnover", "=", True), ("in_reposting", "=", False)]
    for name, statement, ours in (
        (
            "list: a page of a year, and its count",
            reports_sql.PAGE,
            lambda env: _read_page(env, domain),
        ),
        (
            "pivot: a year, month by departure",
            reports_sql.BY_MONTH,
            lambda env: _group(env, sold, "service_day:month"),
        ),
        (
            "pivot: a year, by manager",
            reports_sql.BY_MANAGER,
            lambda env: _group(env, sold, "user_id"),
        ),
    ):
        values = {"limit": LIMIT, "count_limit": COUNT_LIMIT, **days}
        _check_same(database, name, ours, statement, values)
        taken = interleave(
            rounds,
            ours=lambda ours=ours: _read(database, ours),
            hand=lambda s=statement, v=values: _by_hand(database, s, v),
        )
        yield Result(
            group="reports: database time against SQL by hand",
            name=name,
            ours=middle(taken["ours"], "sql"),
            limit=middle(taken["hand"], "sql"),
            ratio=middle_ratio(taken["ours"], taken["hand"], "sql"),
            target=LIST_TARGET if statement == reports_sql.PAGE else TARGET,
            note=f"whole answer {middle(taken['ours']) * 1000:.0f} ms",
            details=details(**taken),
        )


def _read(database, function):
    with odoo_process.environment(database, USER) as env:
        return function(env)


def _read_page(env, domain):
    """What the list asks for: a page, and how many there are."""
    specification = {
        name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
        for name in reports_sql.LIST
    }
    found = env["tour.report.service"].web_search_read(
        domain, specification, limit=LIMIT, count_limit=COUNT_LIMIT
    )
    return [found["length"], *(row["id"] for row in found["records"])]


def _group(env, domain, name):
    """What the pivot asks for: sums by group."""
    sums = [f"{each}:sum" for each in ("nights", "turnover", "commission_amount")]
    rows = env["tour.report.service"].formatted_read_group(
        domain, [name], ["__count", "order_id:count_distinct", *sums]
    )
    return sorted(
        (row["__count"], row["order_id:count_distinct"], *(row[each] for each in sums))
        for row in rows
    )


def _by_hand(database, statements, values):
    with odoo_process.environment(database) as env:
        found = []
        for statement in statements:
            env.cr.execute(statement, {"company": env.company.id, **values})
            found.append(env.cr.fetchall())
        return found


def _check_same(database, name, ours, statements, values):
    """Both say the same, or there is nothing to compare."""
    mine, hand = _read(database, ours), _by_hand(database, statements, values)
    if len(hand) == 2:
        [[length]], rows = hand
        same = mine == [length, *(row[0] for row in rows)]
    else:
        rounded = [[round(float(value), 2) for value in row] for row in sorted(mine)]
        same = rounded == sorted(
            [round(float(value), 2) for value in row[1:]] for row in hand[0]
        )
    assert same, f"{name}: the figures differ."
