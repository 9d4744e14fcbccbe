"""Two crons, two accountants, one export: nothing goes to accounting twice."""

import pytest

from .test_at_once import _together
from .test_money_at_once import _create_shown

FORMAT = "journal_csv"


def _get_id(admin, module, name):
    (row,) = admin(
        "ir.model.data",
        "search_read",
        domain=[("module", "=", module), ("name", "=", name)],
        fields=["res_id"],
    )
    return row["res_id"]


def _run_cron(as_user):
    admin = as_user("admin")
    cron = _get_id(admin, "tour_accounting", "ir_cron_export")
    return admin("ir.cron", "method_direct_trigger", [cron]) is not None


def _ask(caller):
    """Ask for an export of everything; say which it is."""
    (window,) = caller(
        "tour.accounting.make",
        "create",
        vals_list=[
            {"format": FORMAT, "date_from": "2000-01-01", "date_to": "2100-01-01"}
        ],
    )
    return caller("tour.accounting.make", "action_make", [window])["res_id"]


def _get_state(world, export):
    ((state,),) = world.sql(
        "SELECT state FROM tour_accounting_export WHERE id = %s", export
    )
    return state


def _get_doubles(world):
    """Revisions that went more than once, and records with two latest."""
    return world.sql(
        "SELECT res_model, res_id, revision FROM tour_accounting_item"
        " WHERE act != 'repeated'"
        " GROUP BY company_id, format, res_model, res_id, revision"
        " HAVING COUNT(*) > 1"
        " UNION ALL"
        " SELECT res_model, res_id, 0 FROM tour_accounting_item WHERE is_last"
        " GROUP BY company_id, format, res_model, res_id HAVING COUNT(*) > 1"
    )


def _finish(as_user, world, export):
    for _turn in range(5):
        if _get_state(world, export) in ("done", "failed"):
            break
        _run_cron(as_user)
    return _get_state(world, export)


@pytest.mark.refusals
def test_two_crons(as_user, facts, world):
    """They work on one export; each document is in it once."""
    accountant = as_user("accountant")
    for _round in range(3):
        invoice = _create_shown(as_user, facts)
        export = _ask(accountant)
        _together(*3 * [lambda: _run_cron(as_user)])
        assert _finish(as_user, world, export) == "done"
        went = world.sql(
            "SELECT act, revision FROM tour_accounting_item WHERE export_id = %s"
            " AND res_model = 'account.move' AND res_id = %s",
            export,
            invoice,
        )
        assert went == [("new", 1)]
        assert _get_doubles(world) == []


# What a cron does, past the lock that Odoo's own crons have.
WORK = """
env["tour.accounting.export"]._cron_export()
env.cr.commit()
"""


def test_two_workers(as_user, facts, world):
    """Two processes that know nothing of each other make one export."""
    invoices = [_create_shown(as_user, facts) for _number in range(3)]
    export = _ask(as_user("accountant"))
    ends = _together(*2 * [lambda: world.shell(WORK) or True])
    assert ends == ["done", "done"]
    assert _finish(as_user, world, export) == "done"
    went = world.sql(
        "SELECT res_id, COUNT(*) FROM tour_accounting_item WHERE export_id = %s"
        " AND res_model = 'account.move' AND res_id IN %s GROUP BY res_id",
        export,
        tuple(invoices),
    )
    assert sorted(went) == [(invoice, 1) for invoice in sorted(invoices)]
    assert _get_doubles(world) == []


@pytest.mark.refusals
def test_two_accountants_ask(as_user, facts, world):
    """One export of a format at a time: the second is told so."""
    callers = [as_user("accountant"), as_user("head")]
    _create_shown(as_user, facts)
    ends = _together(*(lambda caller=caller: _ask(caller) for caller in callers))
    assert ends.count("done") == 1, ends
    (open_one,) = world.sql(
        "SELECT id FROM tour_accounting_export"
        " WHERE state IN ('waiting', 'reading', 'writing') AND format = %s",
        FORMAT,
    )
    assert _finish(as_user, world, open_one[0]) == "done"
    assert _get_doubles(world) == []


@pytest.mark.refusals
def test_dropped_while_it_is_made(as_user, facts, world):
    """Given up or done: never half of it."""
    accountant = as_user("accountant")
    for _round in range(3):
        _create_shown(as_user, facts)
        export = _ask(accountant)
        _together(
            lambda: _run_cron(as_user),
            lambda export=export: accountant(
                "tour.accounting.export", "action_drop", [export]
            ),
        )
        state = _finish(as_user, world, export)
        ((items, files),) = world.sql(
            "SELECT (SELECT COUNT(*) FROM tour_accounting_item WHERE export_id = e.id),"
            " (SELECT COUNT(*) FROM ir_attachment"
            "   WHERE res_model = 'tour.accounting.export' AND res_id = e.id)"
            " FROM tour_accounting_export e WHERE id = %s",
            export,
        )
        assert (state, bool(items), bool(files)) in (
            ("done", True, True),
            ("failed", False, False),
        )
        assert _get_doubles(world) == []


@pytest.mark.refusals
def test_daily_export_is_asked_for_once(as_user, facts, world):
    """Two crons at the hour: one export of the day."""
    admin = as_user("admin")
    _create_shown(as_user, facts)
    (company,) = world.sql("SELECT id FROM res_company ORDER BY id LIMIT 1")[0]
    values = {"tour_accounting_format": FORMAT, "tour_accounting_hour": 0}
    admin("res.company", "write", [company], vals=values)
    admin("res.company", "write", [company], vals={"tour_accounting_auto": True})
    try:
        _together(*3 * [lambda: _run_cron(as_user)])
        _run_cron(as_user)
        days = world.sql(
            "SELECT auto_on, COUNT(*) FROM tour_accounting_export"
            " WHERE auto_on IS NOT NULL GROUP BY auto_on, company_id"
        )
        assert [count for _day, count in days] in ([1], [1, 1]), days
        assert _get_doubles(world) == []
    finally:
        admin("res.company", "write", [company], vals={"tour_accounting_auto": False})
