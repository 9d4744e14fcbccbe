"""Two accountants, two windows, one invoice: it is paid once."""

import http.cookiejar
import json
import re
import urllib.parse
import urllib.request

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


def _create_cheque(as_user, world, value):
    """A gift cheque that somebody bought and paid for; return its id and code."""
    accountant = as_user("accountant")
    (buyer,) = accountant("res.partner", "search", domain=[], limit=1)
    (cheque,) = accountant(
        "tour.gift.cheque", "create", vals_list=[{"value": value, "partner_id": buyer}]
    )
    accountant("tour.gift.cheque", "action_issue", [cheque])
    ((code, move),) = world.sql(
        "SELECT code, move_id FROM tour_gift_cheque WHERE id = %s", cheque
    )
    window = _open_window(accountant, move)
    accountant("account.payment.register", "action_create_payments", [window])
    return cheque, code


def _open_page(server, world, invoice):
    """Open the invoice by its link; return a function that types a code there."""
    ((token,),) = world.sql(
        "SELECT access_token FROM account_move WHERE id = %s", invoice
    )
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    address = f"{server.url}/my/invoices/{invoice}"
    page = browser.open(f"{address}?access_token={token}", timeout=60).read().decode()
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def type_code(code):
        values = {"csrf_token": csrf, "access_token": token, "code": code}
        data = urllib.parse.urlencode(values).encode()
        with browser.open(f"{address}/gift_cheque", data, timeout=60) as answer:
            return answer.url

    return type_code


def _get_left(world, table, column, record):
    ((left,),) = world.sql(f"SELECT {column} FROM {table} WHERE id = %s", record)
    return left


@pytest.mark.refusals
def test_one_gift_cheque_on_two_pages(as_user, facts, world, server):
    """400 of a cheque for two invoices of 345: never more than that is paid."""
    for _round in range(3):
        cheque, code = _create_cheque(as_user, world, 400)
        invoices = [_create_shown(as_user, facts) for _client in range(2)]
        pages = [_open_page(server, world, invoice) for invoice in invoices]
        _together(*(lambda page=page, code=code: page(code) for page in pages))
        left = _get_left(world, "tour_gift_cheque", "remaining", cheque)
        owed = [
            _get_left(world, "account_move", "amount_residual", invoice)
            for invoice in invoices
        ]
        assert 690 - sum(owed) == 400 - left > 0
        # Who was held up types it again.
        for page in pages:
            page(code)
        owed = [
            _get_left(world, "account_move", "amount_residual", invoice)
            for invoice in invoices
        ]
        assert sorted(owed) == [0, 290]
        assert _get_left(world, "tour_gift_cheque", "remaining", cheque) == 0


@pytest.mark.refusals
def test_gift_cheque_by_double_click(as_user, facts, world, server):
    cheque, code = _create_cheque(as_user, world, 1000)
    invoice = _create_shown(as_user, facts)
    page = _open_page(server, world, invoice)
    _together(*2 * [lambda: page(code)])
    assert _get_left(world, "account_move", "amount_residual", invoice) == 0
    assert _get_left(world, "tour_gift_cheque", "remaining", cheque) == 655
