"""A client with two windows: a line is answered once, a statement signed once.

And a journey has one rating.
"""

import html
import re
from functools import partial

import pytest

from .pages import Visitor
from .rpc import Refused
from .test_at_once import _booking
from .test_new_booking_at_once import _together

ROUNDS = 3
LOGIN = "alpha_curator"
PATH = "/my/tour/settlements"


@pytest.fixture
def windows(server, facts):
    password = facts["passwords"][LOGIN]
    return [Visitor(server.url, LOGIN, password) for _number in range(2)]


@pytest.fixture
def accountant(as_user):
    return as_user("accountant")


def _ask(accountant, facts, world, day):
    """A statement of the client, of a period of its own."""
    call = partial(accountant, "tour.signoff.ask")
    values = {
        "partner_ids": [[6, 0, [facts["partners"]["alpha"]]]],
        "date_from": "2000-01-01",
        "date_to": f"2090-01-{day:02}",
    }
    (window,) = call("create", vals_list=[values])
    signoff = call("action_apply", [window])["res_id"]
    lines = world.sql(
        "SELECT id FROM tour_signoff_line WHERE signoff_id = %s ORDER BY number",
        signoff,
    )
    assert lines, "Alpha has an invoice."
    return signoff, [line for (line,) in lines]


def _get_answers(world, signoff):
    return world.sql(
        "SELECT state, comment, revision FROM tour_signoff_line"
        " WHERE signoff_id = %s ORDER BY number",
        signoff,
    )


def _withdraw(accountant, signoff):
    """So that the next one can be asked for."""
    values = {"signoff_id": signoff, "kind": "withdraw", "text": "x"}
    (window,) = accountant("tour.signoff.act", "create", vals_list=[values])
    accountant("tour.signoff.act", "action_apply", [window])


def test_a_line_is_answered_in_two_windows(windows, accountant, facts, world):
    """One answer counts, the other window is told; nothing of both is mixed."""
    for day in range(1, ROUNDS + 1):
        signoff, lines = _ask(accountant, facts, world, day)
        path = f"{PATH}/{signoff}"
        first = {"act": "answer", f"answer_{lines[0]}": "agreed"}
        second = {**first, f"answer_{lines[0]}": "disputed"}
        second[f"comment_{lines[0]}"] = "Not ours"
        seen = {f"seen_{lines[0]}": 0}
        ends = _together(
            partial(windows[0].post, path, {**first, **seen}),
            partial(windows[1].post, path, {**second, **seen}),
        )
        assert [end.status for end in ends] == [200, 200]
        told = ["in the meantime" in end.text for end in ends]
        assert sorted(told) == [False, True], told
        (answer, *_rest) = _get_answers(world, signoff)
        kept = ("disputed", "Not ours", 1) if told[0] else ("agreed", None, 1)
        assert answer == kept
        _withdraw(accountant, signoff)


def test_signed_in_two_windows(windows, accountant, facts, world):
    """It is signed once; the other window says by whom."""
    for day in range(11, 11 + ROUNDS):
        signoff, _lines = _ask(accountant, facts, world, day)
        path = f"{PATH}/{signoff}"
        page = windows[0].post(path, {"act": "rest"}).text
        content = html.unescape(re.search(r'name="hash" value="([0-9a-f]+)"', page)[1])
        values = {"act": "sign", "hash": content, "confirm": 1}
        ends = _together(*[partial(one.post, path, values) for one in windows])
        assert [end.status for end in ends] == [200, 200]
        told = ["already" in end.text for end in ends]
        assert sorted(told) == [False, True], told
        messages = world.sql(
            "SELECT count(*) FROM mail_message WHERE model = 'tour.signoff'"
            " AND res_id = %s AND message_type = 'user_notification'",
            signoff,
        )
        assert messages == [(1,)]
        state = world.sql("SELECT state FROM tour_signoff WHERE id = %s", signoff)
        assert state == [("signed",)]


@pytest.mark.refusals
def test_asked_for_in_two_windows(accountant, as_user, facts, world):
    """Two accountants ask for the same: one statement is before the client."""
    for day in range(21, 21 + ROUNDS):
        values = {
            "partner_ids": [[6, 0, [facts["partners"]["alpha"]]]],
            "date_from": "2000-01-01",
            "date_to": f"2090-01-{day}",
        }
        calls = []
        for caller in (accountant, as_user("head")):
            (window,) = caller("tour.signoff.ask", "create", vals_list=[values])
            calls.append(partial(_try, caller, window))
        _together(*calls)
        made = world.sql(
            "SELECT state FROM tour_signoff WHERE date_to = %s", values["date_to"]
        )
        assert made == [("waiting",)]


def _try(caller, window):
    try:
        return caller("tour.signoff.ask", "action_apply", [window])
    except Refused as refused:
        return refused


def test_rated_in_two_windows(server, as_user, facts, world):
    """A booking has one rating, the one that came last."""
    password = facts["passwords"]["alpha_user"]
    two = [Visitor(server.url, "alpha_user", password) for _number in range(2)]
    for _round in range(ROUNDS):
        order = _booking(as_user("own"), facts)
        world.sql(
            "UPDATE sale_order SET booking_state = 'done', state = 'sale'"
            " WHERE id = %s RETURNING id",
            order,
        )
        path = f"/my/tour/bookings/{order}"
        ends = _together(
            *(
                partial(one.post, path, {"act": "rate", "rating": rate})
                for one, rate in zip(two, (3, 5), strict=True)
            )
        )
        assert all("?done=rate" in end.url for end in ends), ends
        rows = world.sql(
            "SELECT rating FROM rating_rating WHERE tour_order_id = %s", order
        )
        assert len(rows) == 1 and rows[0][0] in (3, 5)
