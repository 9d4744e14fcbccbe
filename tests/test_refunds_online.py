"""Refunds through Odoo's demo provider, whose word comes twice, late, or at once."""

import time

import pytest

from .demo_provider import enter_payments, notice, run_cron
from .test_at_once import _together
from .test_money_at_once import _create_shown, _get_paid
from .test_refunds_at_once import ONCE, TOTAL, _get_refunds, _open_refund

# What came went: nothing is left on any account.
SETTLED = {}


def _create_paid_online(as_user, facts, world, server):
    """An invoice that was paid by Odoo's demo provider."""
    invoice = _create_shown(as_user, facts)
    admin = as_user("admin")
    ((provider, method, partner, currency),) = world.sql(
        "SELECT p.id, m.id, i.partner_id, i.currency_id FROM payment_provider AS p,"
        " payment_method AS m, account_move AS i"
        " WHERE p.code = 'demo' AND m.code = 'demo' AND i.id = %s"
        # Each company has providers of its own.
        " AND p.company_id = i.company_id",
        invoice,
    )
    reference = f"T{invoice}-{time.monotonic_ns()}"
    values = {
        "provider_id": provider,
        "payment_method_id": method,
        "partner_id": partner,
        "currency_id": currency,
        "amount": TOTAL,
        "operation": "online_direct",
        "reference": reference,
        "invoice_ids": [[6, 0, [invoice]]],
    }
    admin("payment.transaction", "create", vals_list=[values])
    notice(server, reference)
    enter_payments(as_user)
    assert _get_paid(world, invoice) == (0, 0)
    return invoice


def _refund_online(as_user, facts, world, server):
    """A refund that is approved, of which the provider was not asked yet."""
    accountant = as_user("accountant")
    invoice = _create_paid_online(as_user, facts, world, server)
    window = _open_refund(accountant, invoice, world, how="provider")
    refund = accountant("tour.refund.make", "action_apply", [window])["res_id"]
    ((reference,),) = world.sql(
        "SELECT reference FROM payment_transaction WHERE tour_refund_id = %s", refund
    )
    return invoice, refund, reference


def _send(as_user):
    return run_cron(as_user, "tour_refund", "ir_cron_send")


@pytest.mark.refusals
def test_sent_and_told_twice(as_user, facts, world, server, moved):
    invoice, _refund, reference = _refund_online(as_user, facts, world, server)
    _together(
        lambda: _send(as_user),
        lambda: _send(as_user),
        lambda: enter_payments(as_user),
    )
    _together(*2 * [lambda: notice(server, reference)])
    enter_payments(as_user)
    assert _get_refunds(world, invoice) == ONCE
    assert moved() == SETTLED


def _time_out(world, refund):
    """As the request leaves them when the provider did not answer in time."""
    world.sql(
        "UPDATE payment_transaction SET state = 'pending' WHERE tour_refund_id = %s"
        " RETURNING id",
        refund,
    )
    world.sql(
        "UPDATE tour_refund SET state = 'waiting' WHERE id = %s RETURNING id", refund
    )


@pytest.mark.refusals
def test_answered_after_the_time_out(as_user, facts, world, server, moved):
    """Two notices, while an accountant gives it up: it went back, and once."""
    accountant = as_user("accountant")
    for _round in range(2):
        invoice, refund, reference = _refund_online(as_user, facts, world, server)
        _time_out(world, refund)
        # It is not asked again, and cannot be given another way.
        _send(as_user)
        assert _get_refunds(world, invoice)[0] == ["waiting"]
        _together(
            lambda reference=reference: notice(server, reference),
            lambda reference=reference: notice(server, reference),
            lambda refund=refund: accountant(
                "tour.refund", "action_not_refunded", [refund]
            ),
            lambda: enter_payments(as_user),
        )
        # The provider tells again until it is heard.
        notice(server, reference)
        enter_payments(as_user)
        assert _get_refunds(world, invoice) == ONCE
    assert moved() == SETTLED


@pytest.mark.refusals
def test_two_answer_for_the_provider(as_user, facts, world, server):
    """One saw that it went back, the other that it did not: the first is heard."""
    accountant, head = as_user("accountant"), as_user("head")
    invoice, refund, _reference = _refund_online(as_user, facts, world, server)
    _time_out(world, refund)
    ends = _together(
        lambda: accountant("tour.refund", "action_refunded", [refund]),
        lambda: head("tour.refund", "action_not_refunded", [refund]),
    )
    assert ends.count("done") == 1, ends
    expected = ONCE if ends[0] == "done" else (["failed"], 0, 0, 0)
    assert _get_refunds(world, invoice) == expected
