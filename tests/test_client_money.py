"""A client's own path: tops up, pays from his account, asks his money back."""

from .test_money_at_once import _create_shown
from .test_refunds_at_once import _get_refunds, _open_refund, _pay_topup


def test_tops_up_pays_and_asks_back(as_user, facts, world, server, visit):
    world.sql("UPDATE tour_service_type SET client_may_ask_refund = TRUE RETURNING id")
    invoice = _create_shown(as_user, facts)
    window = visit("alpha_user", "/my")
    page = window.page
    # The account is found on the home page; what is on it by an invoice of his own.
    page.click("a[href='/my/tour/account']")
    page.fill("form[name=tour_topup] input[name=amount]", "310.50")
    page.click("form[name=tour_topup] button")
    page.wait_for_selector("#topups a")
    number = page.inner_text("#topups a").strip()
    ((topup,),) = world.sql("SELECT id FROM tour_topup WHERE name = %s", number)
    _pay_topup(as_user, world, topup)
    # It pays his invoice, when he has seen how much.
    page.goto(f"{server.url}/my/invoices/{invoice}")
    page.click("a[name=tour_pay_from_account]")
    page.click("form[name=tour_pay_from_account] button")
    page.wait_for_selector("a.o_tour_ask_refund")
    assert "your account has paid" in page.inner_text("#invoice_content")
    # A part of it he asks back; an amount that is too much is refused by name.
    page.click("a.o_tour_ask_refund")
    page.check("form.o_tour_refund_form input[value=part]")
    page.fill("form.o_tour_refund_form input[name=amount]", "120.25")
    page.fill("form.o_tour_refund_form textarea", "Illness")
    page.click("form.o_tour_refund_form button")
    page.wait_for_selector("div[name=tour_refund]")
    window.settle()
    assert "120.25" in page.inner_text("div[name=tour_refund]")
    assert _get_refunds(world, invoice)[0] == ["asked"]
    # Staff give it back, and he sees so.
    accountant = as_user("accountant")
    ((refund,),) = world.sql("SELECT id FROM tour_refund WHERE move_id = %s", invoice)
    wizard = _open_refund(accountant, invoice, world, refund_id=refund, how="hand")
    accountant("tour.refund.make", "action_apply", [wizard])
    page.goto(f"{server.url}/my/invoices/{invoice}")
    assert "Paid back on" in page.inner_text("div[name=tour_refund]")
    window.settle()
