"""Charts of the metrics beside SQL by hand, and whether they read bookings at all."""

from datetime import date, datetime

from . import odoo_process, reports_sql
from .measure import Result, details, interleave, middle, middle_ratio

LOGIN = "bench_head"
TARGET = 1.5
# With fewer bookings, what any call needs (who asks, what opens the records: some 4 ms)
# is as much as what is drawn.
MANY = 1_000_000
#: Of bookings, by month or by who is responsible.
_MADE = """
    FROM sale_order WHERE is_tour_booking IS TRUE AND company_id = %(company)s
     AND date_order >= %(start)s AND date_order < %(after)s GROUP BY 1
"""
_ENDED = """
    FROM sale_order WHERE is_tour_booking IS TRUE AND company_id = %(company)s
     AND service_date_to BETWEEN %(start)s AND %(end)s AND counts_in_turnover IS TRUE
"""
CHARTS = {
    "made_by_manager": f"SELECT user_id, COUNT(*) {_MADE}",
    "made_by_day": f"""
        SELECT date_trunc('month', date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s),
               COUNT(*) {_MADE}
    """,
    "finished": f"""
        SELECT date_trunc('month', service_date_to), COUNT(*), SUM(planned_income)
        {_ENDED} AND has_penalty IS NOT TRUE
             AND booking_state IN ('done', 'reposting', 'archive') GROUP BY 1
    """,
    "hotels": """
        SELECT create_uid, COUNT(*) FROM tour_hotel
         WHERE create_date >= %(start)s AND create_date < %(after)s
           AND (company_id = %(company)s OR company_id IS NULL) GROUP BY 1
    """,
    "commission": reports_sql.COMMISSION,
    "year": f"""
        SELECT date_trunc('month', service_date_to), SUM(planned_income),
               SUM(planned_profit) {_ENDED} GROUP BY 1
    """,
}


def measure(pair, rounds):
    """Yield what each chart of a year costs."""
    database = pair.tour
    target = TARGET if pair.size.bookings >= MANY else None
    _make_head(database)
    for chart, statement in CHARTS.items():
        # Hotels were all made when the database was.
        year = date.today().year - (chart != "hotels")
        params = {
            "preset": "custom",
            "date_from": f"{year}-01-01",
            "date_to": f"{year}-12-31",
            "interval": "month",
        }
        values = {
            "start": date(year, 1, 1),
            "end": date(year, 12, 31),
            "after": datetime(year + 1, 1, 1),
        }
        _check_same(database, chart, params, statement, values)
        taken = interleave(
            rounds,
            ours=lambda c=chart, p=params: _read(database, c, p),
            hand=lambda s=statement, v=values: _by_hand(database, s, v),
        )
        yield Result(
            group="metrics: database time against SQL by hand",
            name=f"{chart}, a year",
            ours=middle(taken["ours"], "sql"),
            limit=middle(taken["hand"], "sql"),
            ratio=middle_ratio(taken["ours"], taken["hand"], "sql"),
            target=target,
            note=f"whole answer {middle(taken['ours']) * 1000:.0f} ms",
            details=details(**taken),
        )
        if chart == "year":
            yield _measure_plan(database, chart, params, middle(taken["ours"], "sql"))


def _make_head(database):
    """Who sees all charts."""
    with odoo_process.environment(database) as env:
        users = env["res.users"].with_context(no_reset_password=True)
        if not users.search_count([("login", "=", LOGIN)]):
            groups = ("base.group_user", "tour_partner.tour_group_head")
            users.create(
                {
                    "name": "Head",
                    "login": LOGIN,
                    "tz": "UTC",
                    "group_ids": [(4, env.ref(name).id) for name in groups],
                }
            )


def _read(database, chart, params):
    with odoo_process.environment(database, LOGIN) as env:
        return env["tour.report.metric"].get_figures(chart, params)


def _by_hand(database, statement, values):
    with odoo_process.environment(database) as env:
        zone = str(env.company._get_report_zone())
        env.cr.execute(statement, {"company": env.company.id, "zone": zone, **values})
        return env.cr.fetchall()


def _check_same(database, chart, params, statement, values):
    """Both say the same, or there is nothing to compare."""
    found = _read(database, chart, params)
    points = zip(*(measure["values"] for measure in found["measures"]), strict=True)
    ours = sorted(tuple(round(float(v), 2) for v in point) for point in points)
    hand = sorted(
        tuple(round(float(value), 2) for value in row[1:])
        for row in _by_hand(database, statement, values)
    )
    assert ours == hand, f"{chart}: the figures differ."


def _measure_plan(database, chart, params, seconds):
    """A year is drawn from an index: bookings themselves are not read."""
    with odoo_process.environment(database, LOGIN) as env:
        statements, execute = [], env.cr.execute

        def note(query, *args, **kwargs):
            statements.append((query, args))
            return execute(query, *args, **kwargs)

        env.cr.execute = note
        env["tour.report.metric"].get_figures(chart, params)
        env.cr.execute = execute
        plans = [
            plan
            for query, args in statements
            if "GROUP BY" in (text := _get_text(query)) and '"sale_order"' in text
            for plan in [_explain(env.cr, query, args)]
        ]
    lines = [line for plan in plans for line in plan]
    only = [line for line in lines if "Index Only Scan" in line]
    reading = [
        line
        for line in lines
        if " on sale_order" in line and line not in only and "Scan" in line
    ]
    assert plans and only, f"The chart is not drawn from an index: {lines}"
    return Result(
        group="metrics: database time against SQL by hand",
        name=f"{chart}: how often its plan reads the table of bookings",
        ours=seconds,
        ratio=float(len(reading)),
        target=0.0,
        note=only[0].strip().split("  (")[0].lstrip("-> "),
        details={"plan": lines},
    )


def _get_text(query):
    return getattr(query, "code", query)


def _explain(cr, query, args):
    params = args[0] if args else getattr(query, "params", None)
    cr.execute(f"EXPLAIN {_get_text(query)}", params or None)
    return [line for (line,) in cr.fetchall()]
