"""Two at once, and a server that dies in the middle."""

import os
import signal
import threading
import time

import pytest

from .ground import Running
from .rpc import Json2, Refused


def _booking(call, facts):
    (order,) = call("sale.order", "copy", [facts["bookings"]["alpha_user"]])
    return order


def _together(*calls):
    """Start calls at the same moment; return what each ended with."""
    barrier, ends = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index, call):
        barrier.wait()
        try:
            ends[index] = call() and "done"
        except Refused as refused:
            ends[index] = refused

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


@pytest.mark.refusals
def test_two_press_the_same_button(as_user, facts, world):
    callers = [as_user("own"), as_user("head")]
    for _round in range(5):
        order = _booking(callers[0], facts)
        ends = _together(
            *(
                lambda call=call, order=order: call(
                    "sale.order", "action_move_to", [order], state="accepted"
                )
                for call in callers
            )
        )
        refusals = [end for end in ends if end != "done"]
        assert len(refusals) == 1, ends
        assert refusals[0].kind == "UserError"
        assert any(
            words in refusals[0].message
            for words in ("is Accepted already", "is changing this right now")
        )
        events = world.sql(
            "SELECT to_state FROM tour_booking_event WHERE order_id = %s"
            " AND from_state IS NOT NULL",
            order,
        )
        assert events == [("accepted",)]


@pytest.mark.refusals
def test_two_want_different_things(as_user, facts, world):
    callers = [as_user("own"), as_user("head")]
    order = _booking(callers[0], facts)
    ends = _together(
        lambda: callers[0]("sale.order", "action_move_to", [order], state="accepted"),
        lambda: callers[1](
            "sale.order", "action_move_to", [order], state="refused", reason="full"
        ),
    )
    # From Accepted it may be refused, so both may win, one after the other.
    assert "done" in ends
    history = world.sql(
        "SELECT from_state, to_state FROM tour_booking_event WHERE order_id = %s"
        " AND from_state IS NOT NULL ORDER BY id",
        order,
    )
    state = world.sql("SELECT booking_state FROM sale_order WHERE id = %s", order)[0][0]
    assert len(history) == ends.count("done")
    assert history[-1][1] == state


def _asked(manager, facts, world):
    """A booking that its client has to confirm: staff changed the price."""
    order = _booking(manager, facts)
    world.sql(
        "UPDATE sale_order SET created_by_client = TRUE WHERE id = %s RETURNING id",
        order,
    )
    lines = manager("sale.order.line", "search", domain=[("order_id", "=", order)])
    manager("sale.order.line", "write", lines, vals={"price_unit": 4711})
    return order, lines


def _get_questions(world, order):
    return world.sql(
        "SELECT state, revision, rows_at_end::text FROM tour_confirmation"
        " WHERE order_id = %s ORDER BY id",
        order,
    )


def _get_tags(world, order):
    return world.sql(
        "SELECT booking_state, needs_client_confirmation FROM sale_order WHERE id = %s",
        order,
    )[0]


@pytest.mark.refusals
def test_client_accepts_and_declines_at_once(as_user, facts, world):
    """From two windows: one answer counts, the other is told so."""
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(3):
        order, _lines = _asked(manager, facts, world)
        ends = _together(
            lambda order=order: client("sale.order", "action_client_accept", [order]),
            lambda order=order: client("sale.order", "action_client_decline", [order]),
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        state = "new" if ends[0] == "done" else "cancelled"
        assert _get_tags(world, order) == (state, False)


@pytest.mark.refusals
def test_client_accepts_in_two_windows(as_user, facts, world):
    """It is accepted once; the other window is told so."""
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(3):
        order, _lines = _asked(manager, facts, world)
        ends = _together(
            *2
            * [
                lambda order=order: client(
                    "sale.order", "action_client_accept", [order], revision=1
                )
            ]
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        assert _get_tags(world, order) == ("new", False)
        assert [row[0] for row in _get_questions(world, order)] == ["accepted"]
        back = world.sql(
            "SELECT COUNT(*) FROM tour_booking_event WHERE order_id = %s"
            " AND from_state = 'changed'",
            order,
        )
        assert back == [(1,)]


@pytest.mark.refusals
def test_client_accepts_while_staff_change(as_user, facts, world):
    """He agrees to what he saw, or is told; and is asked about what comes after."""
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(5):
        order, lines = _asked(manager, facts, world)
        accepted, changed = _together(
            lambda order=order: client(
                "sale.order", "action_client_accept", [order], revision=1
            ),
            lambda lines=lines: manager(
                "sale.order.line", "write", lines, vals={"price_unit": 5822}
            ),
        )
        questions = _get_questions(world, order)
        told = [(state, revision) for state, revision, _rows in questions]
        for end in (accepted, changed):
            assert end == "done" or end.kind == "UserError", end
        if changed != "done":
            assert told == [("accepted", 1)]
            assert _get_tags(world, order) == ("new", False)
        elif accepted != "done":
            assert told == [("pending", 2)]
            assert _get_tags(world, order) == ("changed", True)
        else:
            assert told == [("accepted", 1), ("pending", 1)]
            assert _get_tags(world, order) == ("changed", True)
        if accepted == "done":
            # What he agreed to is what he saw; with 15 % of taxes.
            assert "5417.65" in questions[0][2] and "6695.3" not in questions[0][2]


def _get_applied(world, change, lines):
    return world.sql(
        "SELECT (SELECT COUNT(*) FROM tour_change_event WHERE change_id = %s"
        " AND to_state = 'applied'), rooms FROM sale_order_line WHERE id = %s",
        change,
        lines[0],
    )


def _request(client, manager, facts):
    """A request of the client's for more rooms, which is priced."""
    order = _booking(manager, facts)
    domain = [("order_id", "=", order), ("service_type_id", "!=", False)]
    lines = manager("sale.order.line", "search", domain=domain)
    (before,) = manager("sale.order.line", "read", lines[:1], fields=["rooms"])
    wish = {"service_id": lines[0], "rooms": before["rooms"] + 1}
    change = client(
        "sale.order",
        "action_request_change",
        [order],
        comment="One more room",
        services=[wish],
    )["id"]
    manager("tour.change", "action_price", [change])
    return order, lines, change, wish["rooms"]


@pytest.mark.refusals
def test_a_request_is_applied_in_two_windows(as_user, facts, world):
    callers, client = [as_user("own"), as_user("head")], as_user("alpha_user")
    for _round in range(3):
        _order, lines, change, rooms = _request(client, callers[0], facts)
        ends = _together(
            *(
                lambda call=call, change=change: call(
                    "tour.change", "action_apply", [change]
                )
                for call in callers
            )
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        assert _get_applied(world, change, lines) == [(1, rooms)]


@pytest.mark.refusals
def test_an_offer_is_accepted_in_two_windows(as_user, facts, world):
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(3):
        order, lines, change, rooms = _request(client, manager, facts)
        manager("tour.change", "action_ask_client", [change])
        (shown,) = client("sale.order", "get_change_requests", [order])
        ends = _together(
            *2
            * [
                lambda order=order, shown=shown: client(
                    "sale.order",
                    "action_accept_change",
                    [order],
                    change_id=shown["id"],
                    fingerprint=shown["offer"]["fingerprint"],
                )
            ]
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        assert _get_applied(world, change, lines) == [(1, rooms)]


@pytest.mark.refusals
def test_vat_invoices_are_numbered_once_and_without_gaps(as_user, facts, world):
    """Each of two papers is drawn by two people, all at the same moment."""
    callers = [as_user("own"), as_user("head")]
    world.sql(
        "UPDATE res_partner SET vat = '7712345671' WHERE id IN"
        " (SELECT partner_id FROM res_company)"
    )
    papers = []
    for _round in range(3):
        orders = [_booking(callers[0], facts) for _ in range(2)]
        drafts = [
            callers[0](
                "sale.order",
                "action_make_document",
                [order],
                context={"tour_document_kind": "vat_invoice"},
            )["res_id"]
            for order in orders
        ]
        world.sql(
            "UPDATE sale_order SET state = 'sale', booking_state = 'done'"
            " WHERE id = ANY(%s)",
            orders,
        )
        ends = _together(
            *(
                lambda call=call, draft=draft: call(
                    "tour.document", "action_draw", [draft]
                )
                for call in callers
                for draft in drafts
            )
        )
        assert ends == ["done"] * 4
        papers += drafts
    numbers = world.sql(
        "SELECT vat_number::int FROM tour_document WHERE id = ANY(%s) ORDER BY 1",
        papers,
    )
    first = numbers[0][0]
    assert numbers == [(first + i,) for i in range(len(papers))]
    versions = world.sql(
        "SELECT COUNT(*) FROM tour_document_version WHERE document_id = ANY(%s)", papers
    )
    # As a draft, and with its number.
    assert versions == [(2 * len(papers),)]


@pytest.mark.refusals
def test_the_same_is_asked_for_in_two_windows(as_user, facts, world):
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(3):
        order = _booking(manager, facts)
        ends = _together(
            *2
            * [
                lambda order=order: client(
                    "sale.order", "action_request_cancel", [order], comment="Ill"
                )
            ]
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        asked = world.sql("SELECT kind FROM tour_change WHERE order_id = %s", order)
        assert asked == [("cancel",)]


@pytest.mark.refusals
def test_a_refund_is_entered_in_two_windows(as_user, facts, world):
    """Two enter the same payment of the supplier: it counts once."""
    manager, callers = as_user("own"), [as_user("accountant"), as_user("head")]
    for _round in range(3):
        order = _booking(manager, facts)
        domain = [("order_id", "=", order), ("service_type_id", "!=", False)]
        lines = manager("sale.order.line", "search", domain=domain)
        values = {"order_id": order, "line_id": lines[0]}
        values |= {"paid_amount": 900, "due_amount": 100}
        (owed,) = manager("tour.overpayment", "create", vals_list=[values])
        window = {
            "overpayment_ids": [(6, 0, [owed])],
            "payment_date": "2026-10-05",
            "payment_reference": "1841",
            "settled_amount": 300,
        }
        ends = _together(
            *(
                lambda call=call, ids=ids: call(
                    "tour.overpayment.close", "action_apply", ids
                )
                for call, ids in [
                    (call, call("tour.overpayment.close", "create", vals_list=[window]))
                    for call in callers
                ]
            )
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        parts = world.sql(
            "SELECT amount FROM tour_overpayment_part WHERE overpayment_id = %s", owed
        )
        assert parts == [(300,)]


def test_a_server_killed_in_mid_move_leaves_the_booking_as_it_was(world, facts):
    """Its end is held up by a lock of ours, so that the kill comes in the middle."""
    second = Running(world, "killed")
    try:
        call = Json2(second.url, world.name, "own", facts["keys"]["own"])
        order = _booking(call, facts)
        holder = world.databases.connect(world.name)
        holder.autocommit = False
        with holder.cursor() as cr:
            # What the mover writes last; until we let go, it waits there.
            cr.execute("LOCK TABLE tour_booking_event IN SHARE MODE")
        thread = threading.Thread(
            target=_ignoring_errors(call),
            args=("sale.order", "action_move_to", [order]),
        )
        thread.start()
        _wait_for_waiter(world)
        os.kill(second.server.process.pid, signal.SIGKILL)
        second.server.process.wait()
        thread.join()
        holder.rollback()
        holder.close()
        rows = world.sql(
            "SELECT booking_state, state FROM sale_order WHERE id = %s", order
        )
        assert rows == [("new", "draft")]
        assert not world.sql(
            "SELECT id FROM tour_booking_event WHERE order_id = %s"
            " AND to_state = 'accepted'",
            order,
        )
        assert not world.sql(
            "SELECT m.id FROM mail_mail JOIN mail_message m ON m.id = mail_message_id"
            " WHERE m.model = 'sale.order' AND m.res_id = %s",
            order,
        )
        second.start()
        call = Json2(second.url, world.name, "own", facts["keys"]["own"])
        assert call("sale.order", "action_move_to", [order], state="accepted")
    finally:
        second.stop()


def _ignoring_errors(call):
    def run(model, method, ids):
        try:
            call(model, method, ids, state="accepted")
        except OSError:
            pass

    return run


def _wait_for_waiter(world):
    for _attempt in range(200):
        waiting = world.sql(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s"
            " AND wait_event_type = 'Lock' AND query ILIKE %s",
            world.name,
            "%tour_booking_event%",
        )
        if waiting:
            return
        time.sleep(0.05)
    raise AssertionError("The move did not come to the lock.")
