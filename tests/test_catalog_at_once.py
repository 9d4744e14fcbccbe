"""The catalogue pressed twice at the same moment: what is ordered is ordered once."""

import re
from functools import partial

import pytest

from .pages import Visitor
from .rpc import outcome
from .test_new_booking_at_once import _together

ROUNDS = 4
LOGIN = "alpha_user"


@pytest.fixture(scope="module")
def visa(as_user):
    """A prepaid service, with questions; its id."""
    call = as_user("head")
    (category,) = call("tour.catalog.category", "create", vals_list=[{"name": "Kiwi"}])
    (service,) = call(
        "tour.catalog.service",
        "create",
        vals_list=[
            {
                "name": "Visa",
                "category_id": category,
                "list_price": 50,
                "payment": "prepaid",
                "day_mode": "none",
            }
        ],
    )
    return service


def _windows(server, facts):
    password = facts["passwords"][LOGIN]
    return [Visitor(server.url, LOGIN, password) for _number in range(2)]


def _read_once(page):
    return re.search(r'name="once"[^>]*value="([0-9a-f]+)"', page)[1]


def _count(world, service):
    """Orders of the service, and their invoices."""
    return world.sql(
        "SELECT count(DISTINCT line.id), count(DISTINCT entry.move_id)"
        "  FROM sale_order_line line"
        "  LEFT JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id"
        "  LEFT JOIN account_move_line entry ON entry.id = rel.invoice_line_id"
        " WHERE line.catalog_service_id = %s",
        service,
    )[0]


def test_two_windows_press_order(server, facts, world, visa):
    """One order, one invoice, and both windows are led to it."""
    windows = _windows(server, facts)
    path = f"/my/tour/catalogue/service/{visa}/order"
    for _round in range(ROUNDS):
        lines, moves = _count(world, visa)
        values = {"once": _read_once(windows[0].get(path).text)}
        ends = _together(*[partial(one.post, path, values) for one in windows])
        assert [end.status for end in ends] == [200, 200]
        assert "/my/invoices/" in ends[0].url
        assert ends[0].url == ends[1].url
        assert _count(world, visa) == (lines + 1, moves + 1)


def test_two_orders_into_one_booking(server, facts, world, visa, as_user):
    """Each is made or refused in words; what is made has its invoice."""
    windows = _windows(server, facts)
    path = f"/my/tour/catalogue/service/{visa}/order"
    # A booking of its own: others copy the first, and count its money.
    own = {"client_user_id": facts["users"][LOGIN]}
    (order,) = as_user("own")(
        "sale.order", "copy", [facts["bookings"][LOGIN]], default=own
    )
    lines, moves = _count(world, visa)
    forms = [
        {"once": _read_once(one.get(path).text), "booking": str(order)}
        for one in windows
    ]
    ends = _together(
        *[
            partial(one.post, path, values)
            for one, values in zip(windows, forms, strict=True)
        ]
    )
    assert [end.status for end in ends] == [200, 200]
    made = ["/my/invoices/" in end.url for end in ends].count(True)
    for end in ends:
        assert "/my/invoices/" in end.url or 'role="alert"' in end.text
    assert _count(world, visa) == (lines + made, moves + made)


def test_one_question_sent_twice(server, facts, world, visa):
    windows = _windows(server, facts)
    path = f"/my/tour/catalogue/service/{visa}/question"
    for number in range(ROUNDS):
        text = f"At once, number {number}"
        values = {"once": _read_once(windows[0].get(path).text), "text": text}
        ends = _together(*[partial(one.post, path, values) for one in windows])
        assert [end.status for end in ends] == [200, 200]
        ((count,),) = world.sql(
            "SELECT count(*) FROM tour_catalog_question WHERE text = %s", text
        )
        assert count == 1


@pytest.mark.refusals
def test_two_of_staff_make_the_order(server, facts, world, visa, as_user):
    """Of two windows on one question, one makes the order."""
    window = _windows(server, facts)[0]
    path = f"/my/tour/catalogue/service/{visa}/question"
    head = as_user("head")
    for number in range(ROUNDS):
        text = f"Order it for me, number {number}"
        values = {"once": _read_once(window.get(path).text), "text": text}
        window.post(path, values)
        (question,) = head(
            "tour.catalog.question", "search", domain=[("text", "=", text)]
        )
        calls = []
        for login in ("head", "all"):
            call = as_user(login)
            (wizard,) = call(
                "tour.catalog.make", "create", vals_list=[{"question_id": question}]
            )
            calls.append(
                partial(outcome, call, "tour.catalog.make", "action_apply", [wizard])
            )
        lines, moves = _count(world, visa)
        ends = _together(*calls)
        assert sorted(ends) == ["UserError", "done"], ends
        assert _count(world, visa) == (lines + 1, moves + 1)
