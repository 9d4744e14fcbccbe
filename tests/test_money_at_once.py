"""Two accountants, two windows, one invoice: it is paid once."""

import json

import pytest

from .test_at_once import _booking, _together


def _create_shown(as_user, facts):
    """An invoice of a booking that was sold, shown to the client."""
    manager, accountant = as_user("own"), as_user("accountant")
    order = _booking(manager, facts)
    for state in ("accepted", "confirmed"):
        manager("sale.order", "action_move_to", [order], state=state)
    (wizard,) = manager(
        "sale.advance.payment.inv",
        "create",
        vals_list=[{"sale_order_ids": [[6, 0, [order]]]}],
    )
    manager("sale.advance.payment.inv", "create_invoices", [wizard])
    (invoice,) = accountant(
        "account.move", "search", domain=[("tour_booking_ids", "in", [order])]
    )
    manager("account.move", "action_show_to_client", [invoice])
    return invoice


def _open_window(caller, invoice):
    context = {"active_model": "account.move", "active_ids": [invoice]}
    (window,) = caller(
        "account.payment.register", "create", vals_list=[{}], context=context
    )
    return window


def _open_ours(caller, invoice, world):
    ((journal,), *_more) = world.sql(
        "SELECT id FROM account_journal WHERE type IN ('bank', 'cash') ORDER BY id"
    )
    (window,) = caller(
        "tour.invoice.pay",
        "create",
        vals_list=[{"move_id": invoice, "journal_id": journal}],
    )
    return window


def _get_paid(world, invoice):
    """What is left of the invoice, and the payments that it got."""
    ((left, total),) = world.sql(
        "SELECT amount_residual, amount_total FROM account_move WHERE id = %s", invoice
    )
    payments = world.sql(
        "SELECT p.amount FROM account_payment AS p"
        " JOIN account_move__account_payment AS r ON r.payment_id = p.id"
        " WHERE r.invoice_id = %s AND p.state IN ('in_process', 'paid')",
        invoice,
    )
    return left, sum(amount for (amount,) in payments) - total


@pytest.mark.refusals
def test_two_windows_of_odoo(as_user, facts, world):
    callers = [as_user("accountant"), as_user("boss")]
    for _round in range(3):
        invoice = _create_shown(as_user, facts)
        windows = [_open_window(caller, invoice) for caller in callers]
        ends = _together(
            *(
                lambda caller=caller, window=window: caller(
                    "account.payment.register", "action_create_payments", [window]
                )
                for caller, window in zip(callers, windows, strict=True)
            )
        )
        assert ends.count("done") == 1, ends
        assert _get_paid(world, invoice) == (0, 0), json.dumps(str(ends))


@pytest.mark.refusals
def test_odoos_window_and_ours(as_user, facts, world):
    accountant, head = as_user("accountant"), as_user("head")
    for _round in range(3):
        invoice = _create_shown(as_user, facts)
        theirs = _open_window(accountant, invoice)
        ours = _open_ours(head, invoice, world)
        ends = _together(
            lambda theirs=theirs: accountant(
                "account.payment.register", "action_create_payments", [theirs]
            ),
            lambda ours=ours: head("tour.invoice.pay", "action_apply", [ours]),
        )
        assert ends.count("done") == 1, ends
        assert _get_paid(world, invoice) == (0, 0), ends


@pytest.mark.refusals
def test_double_click(as_user, facts, world):
    """The same window, twice."""
    accountant = as_user("accountant")
    invoice = _create_shown(as_user, facts)
    window = _open_ours(accountant, invoice, world)
    ends = _together(
        *2 * [lambda: accountant("tour.invoice.pay", "action_apply", [window])]
    )
    assert ends.count("done") == 1, ends
    assert _get_paid(world, invoice) == (0, 0), ends
