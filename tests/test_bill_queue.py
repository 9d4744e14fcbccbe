"""Sixteen accountants at one queue of bills, over real connections.

``TOUR_QUEUE_BILLS`` is how many bills there are: 120 unless it says otherwise; the
whole 2,000 take a while.
"""

import os
import queue as queue_of
import re
import signal
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bench.bill_copies import copy_bills

from .conftest import _is_refusal
from .ground import Running
from .rpc import Json2, Refused

BILLS = int(os.environ.get("TOUR_QUEUE_BILLS", "120"))
# Of so many bills that an accountant is dealt, one is recalled by a manager; during
# one he goes to lunch, and his lease ends.
RECALL_EVERY, LUNCH_EVERY = 4, 7
MANAGERS = ("own", "own2", "all")
# What whoever comes too late is told: what became of the bill, or who has it.
TOLD = ("Recalled by", "is dealt to", "Somebody else is working", "Payment order made")


class Office:
    """Who works off the queue, and a diary of who had which bill, and when."""

    def __init__(self, world, server, people, bills):
        self.world, self.server, self.people = world, server, people
        self.bills = bills
        self.lock = threading.Lock()
        # Bills that managers are to recall, and what says that it is over.
        self.phone = queue_of.SimpleQueue()
        self.had = {}
        self.ordered, self.recalled = Counter(), Counter()
        self.refusals, self.faults = [], []

    def call(self, login):
        return Json2(self.server.url, self.world.name, login, self.people[login]["key"])

    def run(self, accountants, managers=MANAGERS):
        """Let all of them work until nothing is left to do."""
        begin = time.monotonic()
        workers = [self._start(self.work, login) for login in accountants]
        others = [self._start(self.recall, login) for login in managers]
        for thread in workers:
            thread.join()
        for _manager in managers:
            self.phone.put((None, None))
        for thread in others:
            thread.join()
        return time.monotonic() - begin

    def _start(self, target, login):
        def run():
            try:
                target(login)
            except Exception as fault:
                # Told at the end, whatever it is: a thread has nobody to tell.
                self.faults.append((login, repr(fault)))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    # === What an accountant does === #

    def work(self, login):
        call, dealt = self.call(login), 0
        bill = self._next(call)
        while bill:
            dealt += 1
            begin, end = time.monotonic(), None
            if dealt % RECALL_EVERY == 0:
                done = threading.Event()
                self.phone.put((bill["id"], done))
                # With every other bill it is open who comes first.
                if bill["id"] % 2:
                    done.wait()
            elif dealt % LUNCH_EVERY == 0:
                end = self._have_lunch(bill["id"])
                self._next(call)
            bill = self._order(call, login, bill, begin, end)

    def _next(self, call):
        return call("account.move", "bill_desk_next", queue="accounting")["bill"]

    def _order(self, call, login, bill, begin, end):
        end = end or time.monotonic()
        with self.lock:
            self.had.setdefault(bill["id"], []).append((begin, end, login))
        try:
            answer = call(
                "account.move",
                "bill_desk_act",
                queue="accounting",
                bill_id=bill["id"],
                act="order",
                seen=bill["seen"],
            )
        except Refused as refused:
            self._note_refusal(refused, bill["id"])
            return self._next(call)
        with self.lock:
            self.ordered[bill["id"]] += 1
        return answer["bill"]

    def _note_refusal(self, refused, bill):
        with self.lock:
            self.refusals.append((bill, refused.kind, refused.message))

    def _have_lunch(self, bill):
        """His lease ends, as if time had gone by; return until when it was his."""
        end = time.monotonic()
        self.world.sql(
            "UPDATE account_move SET tour_bill_held_until ="
            " now() AT TIME ZONE 'UTC' - interval '1 second' WHERE id = %s",
            bill,
        )
        return end

    # === What a manager does === #

    def recall(self, login):
        """Take bills back from whoever has them."""
        call = self.call(login)
        while True:
            bill, done = self.phone.get()
            if not bill:
                return
            try:
                self._recall(call, bill)
            finally:
                done.set()

    def _recall(self, call, bill):
        window = {"act": "recall", "move_ids": [[6, 0, [bill]]], "note": "no stay"}
        try:
            (wizard,) = call("tour.bill.act", "create", vals_list=[window])
            call("tour.bill.act", "action_apply", [wizard])
        except Refused as refused:
            self._note_refusal(refused, bill)
        else:
            with self.lock:
                self.recalled[bill] += 1

    # === What came of it === #

    def get_overlaps(self):
        """Bills that two had at one moment, as they were told."""
        return [
            (bill, former, latter)
            for bill, times in self.had.items()
            for former, latter in zip(sorted(times), sorted(times)[1:], strict=False)
            if latter[0] < former[1] and former[2] != latter[2]
        ]


def _get_ends(world, bills):
    """How each bill ended: (state, payments that live, what they and the rest make)."""
    rows = world.sql(
        "SELECT m.id, m.tour_bill_state, count(p.id),"
        " m.amount_residual + coalesce(sum(p.amount), 0) = m.amount_total"
        " FROM account_move AS m LEFT JOIN tour_bill_event AS e"
        " ON e.move_id = m.id AND e.act = 'order'"
        " LEFT JOIN account_payment AS p ON p.id = e.payment_id"
        " AND p.state IN ('in_process', 'paid') WHERE m.id = ANY(%s) GROUP BY m.id",
        bills,
    )
    return {bill: (state, payments, agrees) for bill, state, payments, agrees in rows}


def _get_broken_histories(world, bills):
    """Events that do not begin where the one before ended."""
    return world.sql(
        "SELECT * FROM (SELECT move_id, id, act, from_state, lag(to_state) OVER"
        " (PARTITION BY move_id ORDER BY id) AS former, row_number() OVER"
        " (PARTITION BY move_id ORDER BY id) AS place FROM tour_bill_event"
        " WHERE move_id = ANY(%s)) AS e WHERE place > 1 AND from_state <> former",
        bills,
    )


@pytest.fixture(scope="module")
def queue(world, facts):
    """The accountants and managers with their keys, and the bill to copy."""
    script = Path(__file__).with_name("bill_queue_world.py").read_text()
    world.shell(script)
    known = world.facts("queue")
    for login in MANAGERS:
        known["people"][login] = {
            "id": facts["users"][login],
            "key": facts["keys"][login],
        }
    return known


@pytest.fixture
def copy(world, queue, facts):
    """Return a function that fills the queue; other bills are somebody else's."""

    def fill(count):
        world.sql(
            "UPDATE account_move SET tour_bill_holder_id = %s,"
            " tour_bill_held_until = now() AT TIME ZONE 'UTC' + interval '1 day'"
            " WHERE tour_bill_state IN ('director', 'accounting')",
            facts["users"]["admin"],
        )
        return copy_bills(world.sql, queue["bill"], count)

    return fill


@pytest.fixture
def running(world, request):
    """A server with as many workers as the test asks for; its log must be clean."""
    it = Running(world, f"queue{request.param}", workers=request.param)
    yield it
    it.stop()
    odd = [line for line in it.odd() if not _is_expected(line)]
    assert not odd, "The server said:\n" + "\n".join(odd)
    # Of what the database refused, only what Odoo tries again.
    said = re.findall(r"^ERROR: (.*)", it.log.read_text(errors="replace"), re.MULTILINE)
    assert all(text.startswith("could not serialize") for text in said), set(said)


def _is_expected(line):
    """Whether somebody was refused, or came too late: see below how that ended."""
    return _is_refusal(line) or line.startswith("ERROR odoo.sql_db: bad query: ")


@pytest.mark.parametrize("running", [2, 0], indirect=True, ids=["workers", "threads"])
def test_sixteen_accountants(world, running, queue, copy):
    """Each bill is paid once or recalled; nobody has another's; none is forgotten."""
    accountants = [login for login in queue["people"] if login.startswith("queue")]
    # Threads are there for those who run a single process: a smaller office.
    bills = copy(BILLS if running.workers else min(BILLS, 120))
    office = Office(world, running, queue["people"], bills)
    seconds = office.run(accountants)
    assert not office.faults, office.faults
    assert not office.get_overlaps()
    assert set(office.had) <= set(bills)
    ends = _get_ends(world, bills)
    counts = Counter(ends.values())
    recalled = {bill for bill in bills if office.recalled[bill]}
    for bill in bills:
        expected = ("prepared", 0) if bill in recalled else ("ordered", 1)
        assert ends[bill][:2] == expected, (bill, ends[bill], office.had.get(bill))
        assert ends[bill][2] or bill in recalled
        assert office.ordered[bill] <= 1
    assert not _get_broken_histories(world, bills)
    assert any("Recalled by" in message for _bill, _kind, message in office.refusals)
    for _bill, kind, message in office.refusals:
        assert kind == "UserError", message
        assert any(words in message for words in TOLD), message
    print(
        f"\n{len(bills)} bills, {running.workers} workers: {seconds:.0f} s,"
        f" {dict(counts)}, {len(office.refusals)} refusals,"
        f" {sum(len(times) for times in office.had.values())} deals"
    )


@pytest.mark.parametrize("running", [2], indirect=True)
def test_a_recall_tells_whoever_had_the_bill(world, running, queue, copy):
    """He is told what became of it, and by whom."""
    (bill,) = copy(1)
    office = Office(world, running, queue["people"], [bill])
    call = office.call("queue0")
    dealt = office._next(call)
    assert dealt["id"] == bill
    office._recall(office.call(MANAGERS[0]), bill)
    assert office.recalled == {bill: 1}
    office._order(call, "queue0", dealt, 0, 1)
    ((_bill, kind, message),) = office.refusals
    assert kind == "UserError"
    assert "Recalled by Own Person" in message
    assert "no stay" in message
    assert _get_ends(world, [bill])[bill][:2] == ("prepared", 0)


@pytest.mark.parametrize("running", [2], indirect=True)
def test_a_lease_ends_and_moves_on(world, running, queue, copy):
    (bill,) = copy(1)
    office = Office(world, running, queue["people"], [bill])
    first, second = office.call("queue0"), office.call("queue1")
    dealt = office._next(first)
    assert not office._next(second)
    office._have_lunch(bill)
    again = office._next(second)
    assert again["id"] == bill
    office._order(first, "queue0", dealt, 0, 1)
    assert "is dealt to Accountant 1" in office.refusals[0][2]
    office._order(second, "queue1", again, 0, 1)
    assert office.ordered == {bill: 1}
    assert _get_ends(world, [bill])[bill] == ("ordered", 1, True)


@pytest.mark.parametrize("running", [2], indirect=True)
@pytest.mark.parametrize("place", ["tour_bill_event", "account_partial_reconcile"])
def test_a_worker_killed_in_mid_act(world, running, queue, copy, place):
    """Nothing is half done, the lease is still there, and the same act goes on."""
    (bill,) = copy(1)
    office = Office(world, running, queue["people"], [bill])
    call = office.call("queue0")
    dealt = office._next(call)
    before = _count_payments(world)
    with _holding_up(world, place):
        thread = office._start(
            lambda login: office._order(call, login, dealt, 0, 1), "queue0"
        )
        backend = _wait_for_backend(world, place)
        os.kill(_find_worker(running), signal.SIGKILL)
        thread.join()
    _wait_until_gone(world, backend)
    assert office.faults, "The connection broke."
    assert _get_ends(world, [bill])[bill] == ("accounting", 0, True)
    assert _count_payments(world) == before
    # Another asks: it is still the first one's. He comes back, and pays it.
    assert not office._next(office.call("queue1"))
    again = office._next(call)
    assert (again["id"], again["seen"]) == (bill, dealt["seen"])
    office._order(call, "queue0", again, 0, 1)
    assert office.ordered == {bill: 1}
    assert _get_ends(world, [bill])[bill] == ("ordered", 1, True)
    assert _count_payments(world) == before + 1


@contextmanager
def _holding_up(world, table):
    """Until this is over, whatever writes into the table waits."""
    holder = world.databases.connect(world.name)
    holder.autocommit = False
    try:
        with holder.cursor() as cr:
            cr.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield
    finally:
        holder.rollback()
        holder.close()


def _count_payments(world):
    return world.sql("SELECT count(*) FROM account_payment")[0][0]


def _find_worker(running):
    """The process that answers just now: the others have no connection open."""
    (worker,) = (
        child.pid
        for child in psutil.Process(running.server.process.pid).children()
        for socket in child.connections("tcp")
        if socket.laddr.port == running.port and socket.status == "ESTABLISHED"
    )
    return worker


def _wait_for_backend(world, table):
    """PostgreSQL's process that waits for our lock."""
    for _attempt in range(600):
        waiting = world.sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s"
            " AND wait_event_type = 'Lock' AND query ILIKE %s",
            world.name,
            f"%{table}%",
        )
        if waiting:
            return waiting[0][0]
        time.sleep(0.05)
    raise AssertionError("The act did not come to the lock.")


def _wait_until_gone(world, backend):
    """PostgreSQL sees that nobody is there any more, and forgets what he began."""
    for _attempt in range(600):
        if not world.sql("SELECT 1 FROM pg_stat_activity WHERE pid = %s", backend):
            return
        time.sleep(0.05)
    raise AssertionError("The killed worker's transaction goes on.")
