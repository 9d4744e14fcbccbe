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


@pytest.mark.refusals
def test_client_accepts_and_declines_at_once(as_user, facts, world):
    """From two windows: one answer counts, the other is told so."""
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(3):
        order = _booking(manager, facts)
        world.sql(
            "UPDATE sale_order SET created_by_client = TRUE WHERE id = %s RETURNING id",
            order,
        )
        lines = manager("sale.order.line", "search", domain=[("order_id", "=", order)])
        manager("sale.order.line", "write", lines, vals={"price_unit": 4711})
        ends = _together(
            lambda order=order: client("sale.order", "action_client_accept", [order]),
            lambda order=order: client("sale.order", "action_client_decline", [order]),
        )
        assert ends.count("done") == 1, ends
        (refused,) = (end for end in ends if end != "done")
        assert refused.kind == "UserError"
        state, tag = world.sql(
            "SELECT booking_state, needs_client_confirmation FROM sale_order"
            " WHERE id = %s",
            order,
        )[0]
        assert state == ("new" if ends[0] == "done" else "cancelled")
        assert not tag


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
