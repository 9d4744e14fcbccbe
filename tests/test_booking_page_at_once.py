"""A client with two windows on the page of his booking: what he does, he does once."""

import re
from functools import partial

import pytest

from .pages import Visitor
from .test_agreements_at_once import _ask, _get_agreed
from .test_new_booking_at_once import _together

ROUNDS = 4
LOGIN = "alpha_user"


def _windows(server, facts):
    password = facts["passwords"][LOGIN]
    return [Visitor(server.url, LOGIN, password) for _number in range(2)]


def test_one_message_sent_twice(server, facts, world):
    """A double click, or the same page sent from a window that was copied."""
    windows = _windows(server, facts)
    order = facts["bookings"][LOGIN]
    path = f"/my/tour/bookings/{order}"
    for number in range(ROUNDS):
        page = windows[0].get(path).text
        once = re.search(r'name="once"[^>]*value="([0-9a-f]+)"', page)[1]
        text = f"At once, number {number}"
        values = {"act": "message", "message": text, "once": once}
        ends = _together(*[partial(one.post, path, values) for one in windows])
        assert [end.status for end in ends] == [200, 200]
        assert all("?done=message" in end.url for end in ends), ends
        ((count,),) = world.sql(
            "SELECT count(*) FROM mail_message"
            " WHERE model = 'sale.order' AND res_id = %s AND body LIKE %s"
            # What tells the manager of it has its text, too.
            " AND message_type = 'comment'",
            order,
            f"%{text}%",
        )
        assert count == 1


@pytest.mark.parametrize("is_about", [True, False])
def test_one_message_to_the_operator_sent_twice(is_about, server, facts, world):
    """The same from the page of messages: about a booking, and about nothing."""
    windows = _windows(server, facts)
    order = facts["bookings"][LOGIN]
    kept_on = ("sale.order", order)
    if not is_about:
        kept_on = ("res.partner", facts["partners"]["alpha"])
    for number in range(ROUNDS):
        page = windows[0].get("/my/tour/message").text
        once = re.search(r'name="once"[^>]*value="([0-9a-f]+)"', page)[1]
        text = f"To the operator at once, {is_about}, {number}"
        values = {"about": order if is_about else "", "text": text, "once": once}
        ends = _together(
            *[partial(one.post, "/my/tour/message", values) for one in windows]
        )
        assert [end.status for end in ends] == [200, 200]
        assert all("?sent=1" in end.url for end in ends), ends
        found = world.sql(
            "SELECT model, res_id FROM mail_message"
            " WHERE body LIKE %s AND message_type = 'comment'",
            f"%{text}%",
        )
        assert found == [kept_on]


def test_agreed_to_twice(server, facts, world, as_user):
    """Both windows are told that it is done, and it is noted once."""
    windows = _windows(server, facts)
    for _round in range(ROUNDS):
        order, papers = _ask(as_user("own"), facts)
        path = f"/my/tour/bookings/{order}"
        values = {"act": "agree", "document_id": papers[0], "version": 1}
        ends = _together(*[partial(one.post, path, values) for one in windows])
        assert [end.status for end in ends] == [200, 200]
        assert any("?done=agree" in end.url for end in ends), ends
        assert _get_agreed(world, order) == [(papers[0],)]
