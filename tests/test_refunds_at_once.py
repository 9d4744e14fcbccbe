"""Refunds and the client's account, when two act in the same moment.

A booking of these tests costs 345, with its taxes: nothing of it goes back twice, and
what is on the account pays once.
"""

import pytest

from .test_at_once import _together
from .test_money_at_once import _create_shown, _open_ours

TOTAL = 345


def _create_paid(as_user, facts, world):
    """An invoice that was paid at the desk."""
    invoice = _create_shown(as_user, facts)
    accountant = as_user("accountant")
    window = _open_ours(accountant, invoice, world)
    accountant("tour.invoice.pay", "action_apply", [window])
    return invoice


def _get_desk(world):
    """A journal that pays out by hand."""
    ((journal,), *_more) = world.sql(
        "SELECT id FROM account_journal WHERE type IN ('bank', 'cash') ORDER BY id"
    )
    return journal


def _open_refund(caller, invoice, world, **values):
    journal = _get_desk(world)
    values = {"move_id": invoice, "reason": "Goodwill", "journal_id": journal, **values}
    (window,) = caller("tour.refund.make", "create", vals_list=[values])
    return window


def _choose_line(caller, window):
    (line,) = caller(
        "tour.refund.make.line", "search", domain=[("wizard_id", "=", window)]
    )
    caller("tour.refund.make.line", "write", [line], vals={"chosen": True})


def _get_refunds(world, invoice):
    """States of the refunds; what of their notes is left; what went out for them."""
    states = world.sql(
        "SELECT state FROM tour_refund WHERE move_id = %s ORDER BY id", invoice
    )
    ((left, notes),) = world.sql(
        "SELECT COALESCE(SUM(amount_residual), 0), COUNT(*) FROM account_move"
        " WHERE reversed_entry_id = %s AND state = 'posted'",
        invoice,
    )
    ((out,),) = world.sql(
        "SELECT COALESCE(SUM(p.amount), 0) FROM account_payment AS p"
        " WHERE p.payment_type = 'outbound' AND p.state IN ('in_process', 'paid')"
        " AND EXISTS (SELECT 1 FROM account_move__account_payment AS r"
        " JOIN account_move AS m ON m.id = r.invoice_id"
        " WHERE r.payment_id = p.id AND m.reversed_entry_id = %s)",
        invoice,
    )
    return [state for (state,) in states], left, notes, out


ONCE = (["done"], 0, 1, TOTAL)


@pytest.mark.refusals
@pytest.mark.parametrize("kind", ["lines", "full"])
def test_two_refund_the_same(kind, as_user, facts, world):
    """Both had their windows open; or each opened it just now."""
    callers = [as_user("accountant"), as_user("head")]
    for _round in range(3):
        invoice = _create_paid(as_user, facts, world)
        windows = [
            _open_refund(call, invoice, world, kind=kind, how="hand")
            for call in callers
        ]
        if kind == "lines":
            for call, window in zip(callers, windows, strict=True):
                _choose_line(call, window)
        ends = _together(
            *(
                lambda call=call, window=window: call(
                    "tour.refund.make", "action_apply", [window]
                )
                for call, window in zip(callers, windows, strict=True)
            )
        )
        assert ends.count("done") == 1, ends
        assert _get_refunds(world, invoice) == ONCE, ends


@pytest.mark.refusals
def test_refund_is_pressed_twice(as_user, facts, world):
    accountant = as_user("accountant")
    invoice = _create_paid(as_user, facts, world)
    window = _open_refund(accountant, invoice, world, how="hand")
    ends = _together(
        *2 * [lambda: accountant("tour.refund.make", "action_apply", [window])]
    )
    assert ends.count("done") == 1, ends
    assert _get_refunds(world, invoice) == ONCE


@pytest.mark.refusals
def test_client_asks_twice(as_user, facts, world):
    client = as_user("alpha_user")
    world.sql("UPDATE tour_service_type SET client_may_ask_refund = TRUE RETURNING id")
    invoice = _create_paid(as_user, facts, world)
    ends = _together(
        *2
        * [
            lambda: client(
                "account.move", "action_ask_refund", [invoice], reason="Illness"
            )
        ]
    )
    assert ends.count("done") == 1, ends
    assert _get_refunds(world, invoice)[0] == ["asked"]


def _open_topup(as_user, world, topup):
    journal = _get_desk(world)
    (window,) = as_user("accountant")(
        "tour.topup.pay",
        "create",
        vals_list=[{"topup_id": topup, "journal_id": journal}],
    )
    return window


def _pay_topup(as_user, world, topup):
    window = _open_topup(as_user, world, topup)
    as_user("accountant")("tour.topup.pay", "action_apply", [window])


def _create_topup(as_user, facts, amount):
    values = {"partner_id": facts["partners"]["alpha"], "amount": amount}
    (topup,) = as_user("accountant")("tour.topup", "create", vals_list=[values])
    return topup


def _get_credit(world, facts):
    ((credit,),) = world.sql(
        "SELECT COALESCE(-SUM(l.amount_residual), 0) FROM account_move_line AS l"
        " JOIN account_account AS a ON a.id = l.account_id"
        " JOIN res_partner AS p ON p.id = l.partner_id"
        " WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted'"
        " AND l.amount_residual < 0 AND p.commercial_partner_id = %s",
        facts["partners"]["alpha"],
    )
    return credit


@pytest.mark.refusals
def test_topup_is_entered_twice(as_user, facts, world):
    """The same window twice, and another one."""
    accountant = as_user("accountant")
    topup = _create_topup(as_user, facts, 50)
    window = _open_topup(as_user, world, topup)
    before = _get_credit(world, facts)
    ends = _together(
        *3 * [lambda: accountant("tour.topup.pay", "action_apply", [window])]
    )
    assert ends.count("done") == 1, ends
    assert _get_credit(world, facts) == before + 50
    assert world.sql("SELECT state FROM tour_topup WHERE id = %s", topup) == [("paid",)]


@pytest.mark.refusals
def test_client_pays_twice_from_the_account(as_user, facts, world):
    client = as_user("alpha_user")
    for _round in range(3):
        invoice = _create_shown(as_user, facts)
        _pay_topup(as_user, world, _create_topup(as_user, facts, TOTAL + 20))
        before = _get_credit(world, facts)
        ends = _together(
            *2
            * [
                lambda invoice=invoice: client(
                    "account.move", "action_pay_from_account", [invoice]
                )
            ]
        )
        assert ends.count("done") == 1, ends
        ((left,),) = world.sql(
            "SELECT amount_residual FROM account_move WHERE id = %s", invoice
        )
        assert (left, _get_credit(world, facts)) == (0, before - TOTAL)


@pytest.mark.refusals
def test_account_pays_two_invoices_at_once(as_user, facts, world):
    """What it has pays once: nothing is made of nothing."""
    client = as_user("alpha_user")
    invoices = [_create_shown(as_user, facts) for _invoice in range(2)]
    _pay_topup(as_user, world, _create_topup(as_user, facts, TOTAL + 20))
    before = _get_credit(world, facts)
    ends = _together(
        *(
            lambda invoice=invoice: client(
                "account.move", "action_pay_from_account", [invoice]
            )
            for invoice in invoices
        )
    )
    assert "done" in ends
    ((left,),) = world.sql(
        "SELECT SUM(amount_residual) FROM account_move WHERE id = ANY(%s)", invoices
    )
    assert left + before - _get_credit(world, facts) == 2 * TOTAL
