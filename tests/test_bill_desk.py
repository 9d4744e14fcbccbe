"""Director and accountant at their desks, in Chromium: what others do meanwhile.

No test waits for a lease to end: its end is set in the past, or the browser's clock
is put forward.
"""

import base64
import io
import itertools
import uuid
from datetime import date

import pytest
from pypdf import PdfWriter

from .russian import find_english
from .test_at_once import _booking

DESK = "/odoo/accountant-desk"
NAME = ".o_tour_bill_name"
NUMBERS = itertools.count(1)
# Sums that nobody else enters: the same twice would be an alarm.
SUMS = itertools.count(1000)


def _draw_pdf():
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    # The same file would be the same bill.
    writer.add_metadata({"/Subject": uuid.uuid4().hex})
    writer.write(content)
    return base64.b64encode(content.getvalue()).decode()


def _hand_over(as_user, facts, amount=None, lang="en_US", **values):
    """A bill that a manager uploads, prepares and hands over: its id and number."""
    manager = as_user("own")
    order = _booking(manager, facts)
    file = {
        "name": "bill.pdf",
        "datas": _draw_pdf(),
        "res_model": "sale.order",
        "res_id": order,
        "tour_incoming_type": "bill",
    }
    manager("ir.attachment", "create", vals_list=[file])
    # A supplier of its own: what another test does with one is no alarm here.
    supplier = {"name": f"Desk {order}", "is_company": True, "tour_supplier": True}
    (partner,) = manager("res.partner", "create", vals_list=[supplier])
    domain = [("tour_order_ids", "in", [order]), ("tour_bill_state", "!=", False)]
    (bill,) = manager("account.move", "search", domain=domain)
    number = f"D-{order}-{next(NUMBERS)}"
    (wizard,) = manager(
        "tour.bill.prepare",
        "create",
        vals_list=[
            {
                "move_id": bill,
                "partner_id": partner,
                "ref": number,
                "invoice_date": str(date.today()),
                "wanted_date": str(date.today()),
                "amount": amount or next(SUMS),
                **values,
            }
        ],
    )
    manager(
        "tour.bill.prepare",
        "action_apply_and_hand_over",
        [wizard],
        context={"lang": lang},
    )
    return bill, number


def _recall(as_user, bill):
    manager = as_user("own")
    (wizard,) = manager(
        "tour.bill.act",
        "create",
        vals_list=[
            {"act": "recall", "move_ids": [[6, 0, [bill]]], "note": "another hotel"}
        ],
    )
    return manager("tour.bill.act", "action_apply", [wizard])


def _get_state(world, bill):
    ((state,),) = world.sql(
        "SELECT tour_bill_state FROM account_move WHERE id = %s", bill
    )
    return state


def _count_payments(world, bill):
    ((count,),) = world.sql(
        "SELECT count(*) FROM tour_bill_event WHERE move_id = %s AND act = 'order'",
        bill,
    )
    return count


@pytest.fixture(autouse=True)
def no_others(world, facts):
    """Bills of other tests are somebody else's for the day."""
    world.sql(
        "UPDATE account_move SET tour_bill_holder_id = %s,"
        " tour_bill_held_until = now() AT TIME ZONE 'UTC' + interval '1 day'"
        " WHERE tour_bill_state IN ('director', 'accounting')",
        facts["users"]["admin"],
    )


def _open(visit, login="accountant", path=DESK, **options):
    window = visit(login, path, **options)
    window.page.wait_for_selector(".o_tour_bill_desk")
    window.settle()
    return window


def _wait_for(window, number):
    window.page.wait_for_selector(f"{NAME}:has-text('{number}')")
    window.settle()


def test_a_recall_is_heard_of_at_once(as_user, facts, world, visit):
    bill, number = _hand_over(as_user, facts)
    _next, other = _hand_over(as_user, facts)
    window = _open(visit)
    _wait_for(window, number)
    _recall(as_user, bill)
    window.page.wait_for_selector(".o_tour_bill_gone")
    assert "another hotel" in window.page.inner_text(".o_tour_bill_error")
    assert window.page.locator("button[name=order]").is_disabled()
    window.page.keyboard.press("Alt+n")
    _wait_for(window, other)
    assert window.page.locator(".o_tour_bill_error").count() == 0
    assert (_get_state(world, bill), _count_payments(world, bill)) == ("prepared", 0)


@pytest.mark.refusals
def test_a_recall_that_was_not_heard_of(as_user, facts, world, visit):
    bill, number = _hand_over(as_user, facts)
    _next, other = _hand_over(as_user, facts)
    window = _open(visit)
    _wait_for(window, number)
    window.page.evaluate("odoo.__WOWL_DEBUG__.root.env.services.bus_service.stop()")
    _recall(as_user, bill)
    window.page.keyboard.press("Alt+q")
    window.page.wait_for_selector(".o_tour_bill_error:has-text('another hotel')")
    _wait_for(window, other)
    assert (_get_state(world, bill), _count_payments(world, bill)) == ("prepared", 0)
    # The next one is done as if nothing had been.
    window.page.keyboard.press("Alt+q")
    window.page.wait_for_selector(".o_view_nocontent_neutral_face")
    assert window.page.locator(".o_tour_bill_error").count() == 0


@pytest.mark.refusals
def test_time_over_and_another_has_it(as_user, facts, world, visit):
    bill, number = _hand_over(as_user, facts)
    _next, other = _hand_over(as_user, facts)
    window = _open(visit)
    _wait_for(window, number)
    world.sql(
        "UPDATE account_move SET tour_bill_held_until ="
        " now() AT TIME ZONE 'UTC' - interval '1 minute' WHERE id = %s",
        bill,
    )
    shown = as_user("boss")("account.move", "bill_desk_next", queue="accounting")
    assert shown["bill"]["id"] == bill
    window.page.keyboard.press("Alt+q")
    window.page.wait_for_selector(".o_tour_bill_error:has-text('Boss Person')")
    _wait_for(window, other)
    assert (_get_state(world, bill), _count_payments(world, bill)) == ("accounting", 0)


def test_the_time_is_counted_down_and_its_end_said(as_user, facts, world, visit):
    _bill, number = _hand_over(as_user, facts)
    window = visit("accountant", "/odoo/tour-bills")
    page = window.page
    page.wait_for_selector(".o_list_view")
    window.settle()
    page.clock.install()
    page.goto(window.browser.url + DESK)
    _wait_for(window, number)
    page.clock.fast_forward("06:10")
    page.wait_for_selector(".o_tour_bill_lease.text-bg-warning")
    page.clock.fast_forward("01:00")
    page.wait_for_selector(".o_tour_bill_over")
    assert page.locator("button[name=order]").is_disabled()
    page.click(".o_tour_bill_over button:has-text('Keep it')")
    page.wait_for_selector("button[name=order]:enabled")
    assert page.locator(".o_tour_bill_over").count() == 0
    page.click("button[name=order]")
    page.wait_for_selector(".o_tour_bill_done")
    assert _count_payments(world, _bill) == 1


def test_keys_work_also_after_a_click_into_the_file(as_user, facts, visit):
    _first, number = _hand_over(as_user, facts)
    _second, other = _hand_over(as_user, facts)
    window = _open(visit)
    _wait_for(window, number)
    frame = window.page.frame_locator(".o_tour_bill_file iframe")
    frame.locator(".page .textLayer").first.click()
    window.settle()
    window.page.keyboard.press("Alt+n")
    _wait_for(window, other)


def test_what_is_typed_at_the_bank_is_copied(as_user, facts, visit):
    _bill, number = _hand_over(as_user, facts, amount=1234.5)
    window = _open(visit, permissions=["clipboard-read", "clipboard-write"])
    _wait_for(window, number)
    read = "navigator.clipboard.readText()"
    window.page.click(".o_tour_bill_wording + button")
    assert number in window.page.evaluate(read)
    window.page.click(".o_tour_bill_pay_amount + button")
    assert window.page.evaluate(read) == "1234.50"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (820, 1180)])
def test_it_fits(as_user, facts, visit, size):
    _bill, number = _hand_over(as_user, facts, amount=200_000 + next(SUMS))
    window = _open(visit, "director", "/odoo/director-desk")
    width, height = size
    window.page.set_viewport_size({"width": width, "height": height})
    _wait_for(window, number)
    content = window.page.locator(".o_tour_bill_desk .o_content")
    assert content.evaluate("node => node.scrollWidth <= node.clientWidth")
    button = window.page.locator("button[name=approve]")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= height and box["x"] + box["width"] <= width


def test_a_bar_of_the_week_opens_its_bills(as_user, facts, visit):
    _bill, number = _hand_over(as_user, facts, amount=300_000 + next(SUMS))
    window = _open(visit, "director", "/odoo/director-desk")
    _wait_for(window, number)
    # Today's bar, above the line of the days.
    box = window.page.locator(".o_tour_bill_week canvas").bounding_box()
    bar = window.page.evaluate(
        """() => {
            const chart = Chart.getChart(document.querySelector(
                ".o_tour_bill_week canvas"));
            const {x, y, base} = chart.getDatasetMeta(0).data[1];
            return {x, y: (y + base) / 2};
        }"""
    )
    window.page.mouse.click(box["x"] + bar["x"], box["y"] + bar["y"])
    window.page.wait_for_selector(f".o_list_view .o_data_row:has-text('{number}')")
    window.settle()


def test_no_english_is_left(as_user, facts, visit, english):
    """Both desks, and the state in which nothing is left."""
    admin, boss = as_user("admin"), facts["users"]["boss"]
    _hand_over(as_user, facts, lang="ru_RU", note="Привет")
    _hand_over(as_user, facts, lang="ru_RU", amount=400_000 + next(SUMS))
    admin("res.users", "write", [boss], vals={"lang": "ru_RU"})
    try:
        for path in (DESK, "/odoo/director-desk"):
            window = _open(visit, "boss", path)
            window.page.wait_for_selector(NAME)
            assert _get_left_over(window, english) == set()
            window.page.keyboard.press("Alt+n")
            window.page.wait_for_selector(".o_tour_bill_restart")
            assert _get_left_over(window, english) == set()
    finally:
        admin("res.users", "write", [boss], vals={"lang": "en_US"})


def _get_left_over(window, english):
    window.settle()
    # The history says why in the company's language, as it was then.
    said = window.page.locator(".o_tour_bill_history .text-muted").all_inner_texts()
    return find_english(window.page, english) - set(said)
