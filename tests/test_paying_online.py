"""A client pays by Odoo's own demo provider, whose word comes twice, late, or at once.

What it leaves on the accounts is worked out by hand: three nights at 100, and 15 % of
tax on top of them.
"""

import pytest

from .demo_provider import enter_payments, notice
from .test_at_once import _together
from .test_money_at_once import _create_shown, _get_paid, _open_ours

TOTAL = 345
SOLD = {"income": -300, "liability_current": -45}
OWED = {"asset_receivable": TOTAL, **SOLD}
PAID = {"asset_current": TOTAL, **SOLD}


def _pay(window, url, invoice, status="done"):
    """Press the client's buttons, until the provider has answered as it is told."""
    page = window.page
    page.goto(f"{url}/my/invoices")
    page.click(f"td a[href*='/my/invoices/{invoice}?']:not([role=button])")
    # Scripts come after the page: before that the button does nothing.
    window.settle()
    page.click("a[data-bs-target='#pay_with']")
    page.wait_for_selector("#pay_with.show #simulated_payment_state")
    page.fill("#pay_with #customer_input", "4111 1111 1111 1111")
    page.select_option("#pay_with #simulated_payment_state", status)
    page.click("#pay_with button[name=o_payment_submit_button]")
    page.wait_for_url("**/payment/status")
    if status != "pending":
        _land(window, invoice)


def _land(window, invoice):
    """Wait until the page of the payment's status leads back to the invoice."""
    window.page.wait_for_url(lambda it: f"/my/invoices/{invoice}?" in it)
    window.settle()


def _get_transactions(world, invoice):
    """References and states of what the client began, the first one first."""
    return world.sql(
        "SELECT t.reference, t.state FROM payment_transaction AS t"
        " JOIN account_invoice_transaction_rel AS r ON r.transaction_id = t.id"
        " WHERE r.invoice_id = %s ORDER BY t.id",
        invoice,
    )


def test_paid_and_told_twice(as_user, facts, world, server, visit, moved):
    invoice = _create_shown(as_user, facts)
    assert moved() == OWED
    window = visit("alpha_user", "/my")
    _pay(window, server.url, invoice)
    assert "Paid" in window.page.inner_text(".o_portal_sidebar")
    assert (moved(), _get_paid(world, invoice)) == (PAID, (0, 0))
    ((reference, state),) = _get_transactions(world, invoice)
    assert state == "done"
    for _time in range(2):
        notice(server, reference)
        enter_payments(as_user)
    assert (moved(), _get_paid(world, invoice)) == (PAID, (0, 0))
    assert _get_transactions(world, invoice) == [(reference, "done")]


@pytest.mark.refusals
def test_told_late(as_user, facts, world, server, visit, moved):
    """Pending: nobody takes the money another way. Then the notice, and it is paid."""
    invoice = _create_shown(as_user, facts)
    client = visit("alpha_user", "/my")
    _pay(client, server.url, invoice, "pending")
    ((reference, state),) = _get_transactions(world, invoice)
    assert state == "pending"
    accountant = as_user("accountant")
    window = _open_ours(accountant, invoice, world)
    (end,) = _together(lambda: accountant("tour.invoice.pay", "action_apply", [window]))
    assert "on its way" in end.message
    assert moved() == OWED
    notice(server, reference)
    # His page has waited for it.
    _land(client, invoice)
    enter_payments(as_user)
    assert moved() == PAID
    assert _get_paid(world, invoice) == (0, 0)


@pytest.mark.refusals
def test_told_twice_at_once(as_user, facts, world, server, visit, moved):
    """Two notices and the cron in the same moment; the client has left."""
    invoice = _create_shown(as_user, facts)
    client = visit("alpha_user", "/my")
    _pay(client, server.url, invoice, "pending")
    client.page.goto(f"{server.url}/my")
    ((reference, _state),) = _get_transactions(world, invoice)
    _together(
        lambda: notice(server, reference),
        lambda: notice(server, reference),
        lambda: enter_payments(as_user),
    )
    enter_payments(as_user)
    assert moved() == PAID
    assert _get_paid(world, invoice) == (0, 0)


@pytest.mark.refusals
def test_told_too_late(as_user, facts, world, server, visit, moved):
    """Refused, and paid at the desk; then it was paid after all: it is his credit."""
    invoice = _create_shown(as_user, facts)
    _pay(visit("alpha_user", "/my"), server.url, invoice, "error")
    ((reference, state),) = _get_transactions(world, invoice)
    assert state == "error"
    accountant = as_user("accountant")
    window = _open_ours(accountant, invoice, world)
    accountant("tour.invoice.pay", "action_apply", [window])
    assert moved() == PAID
    notice(server, reference)
    enter_payments(as_user)
    assert _get_transactions(world, invoice) == [(reference, "done")]
    assert moved() == {
        "asset_current": 2 * TOTAL,
        "asset_receivable": -TOTAL,
        **SOLD,
    }
    left, _linked = _get_paid(world, invoice)
    assert left == 0
