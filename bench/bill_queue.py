"""Dealing bills to 16 accountants through a server with 2 workers.

Beside it stands the same by one bare statement with SKIP LOCKED, called the same way:
over JSON-2, each by his own key.
"""

import threading
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from setup import paths
from setup.databases import Databases
from setup.ground import Ground
from setup.server import Server, free_port
from tests.rpc import Json2, Refused

from . import odoo_process
from .bill_copies import copy_bills
from .measure import Result

ADDONS = Path(__file__).parent / "addons"
ADDON = "tour_bench_queue"
SIZES = (2_000, 20_000)
ACCOUNTANTS = 16
WORKERS = 2
# Of its throughput, what ours may not fall below.
SHARE = 0.5


class BenchGround(Ground):
    """The ground, with the add-on whose methods are measured."""

    def __init__(self, ground):
        vars(self).update(vars(ground))

    def odoo(self, *arguments):
        return [
            f"{text},{ADDONS}" if text.startswith("--addons-path=") else text
            for text in super().odoo(*arguments)
        ]


class Queue:
    """A copy of the database with a queue of bills, and a server on it."""

    def __init__(self, pair):
        self.databases = Databases(BenchGround(pair.databases.ground))
        self.name = f"{pair.tour}_queue"
        self.source = pair.tour
        self.server = self.log = None
        self.keys, self.bills = [], []

    def __enter__(self):
        odoo_process.release(self.source)
        self.databases.drop(self.name)
        self.databases.clone(self.source, self.name)
        with odoo_process.environment(self.name) as env:
            self.keys = _make_keys(env)
        odoo_process.release(self.name)
        self.databases.odoo(self.name, "-i", ADDON)
        self.log = (paths.log_dir() / "bench-queue.log").open("w")
        self.server = Server(
            self.databases.ground,
            self.name,
            free_port(),
            log=self.log,
            arguments=["--max-cron-threads=0"],
            workers=WORKERS,
        )
        self.server.wait()
        return self

    def __exit__(self, *_exception):
        if self.server:
            self.server.stop()
        if self.log:
            self.log.close()
        self.databases.drop(self.name)

    def sql(self, statement, *args):
        return self.databases.run(statement, args=list(args), db=self.name)

    def fill(self, count):
        """Let so many bills wait, some days' worth of them."""
        [(bill,)] = self.sql(
            "SELECT min(id) FROM account_move WHERE move_type = 'in_invoice'"
        )
        self.bills += copy_bills(self.sql, bill, count - len(self.bills))
        # Whatever else waits there is none of this queue.
        self.sql(
            "UPDATE account_move SET tour_bill_state = 'closed'"
            " WHERE tour_bill_state = 'accounting' AND id <> ALL(%s)",
            self.bills,
        )
        self.sql(
            "UPDATE account_move SET tour_bill_pay_date = %s - (id %% 10)::int"
            " WHERE id = ANY(%s)",
            date.today(),
            self.bills,
        )
        self.reset()
        self.sql("VACUUM (ANALYZE) account_move")

    def reset(self):
        """All wait, and nobody has any."""
        self.sql(
            "UPDATE account_move SET tour_bill_state = 'accounting',"
            " tour_bill_holder_id = NULL, tour_bill_held_until = NULL"
            " WHERE id = ANY(%s) AND (tour_bill_holder_id IS NOT NULL"
            " OR tour_bill_state IS DISTINCT FROM 'accounting')",
            self.bills,
        )
        self.sql("VACUUM account_move")

    def call(self, key, method, **values):
        caller = Json2(self.server.url, self.name, "accountant", key)
        return caller("account.move", method, **values)

    def go(self, method, calls):
        """Deal so many; return the seconds, and how often somebody was sent away."""
        self.reset()
        tickets, dealt, late, faults = iter(range(calls)), [], [], []
        lock = threading.Lock()

        def work(key):
            while True:
                with lock:
                    if not list(islice(tickets, 1)):
                        return
                try:
                    dealt.extend(self._deal(key, method, late))
                except Exception as fault:
                    # Told at the end, whatever it is: a thread has nobody to tell.
                    faults.append(fault)
                    return

        threads = [threading.Thread(target=work, args=[key]) for key in self.keys]
        begin = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begin
        if faults or len(set(dealt)) != calls:
            raise AssertionError(f"{method}: {len(set(dealt))} of {calls}, {faults}")
        return seconds, len(late)

    def _deal(self, key, method, late):
        """Ask until something is dealt: whoever came too late too often asks anew."""
        for _attempt in range(50):
            try:
                return self.call(key, method)
            except Refused as refused:
                late.append(refused)
        raise late[-1]


def _make_keys(env):
    """Keys of accountants."""
    group = env.ref("tour_partner.tour_group_accountant")
    users = env["res.users"].create(
        [
            {
                "name": f"Queue {n}",
                "login": f"bench_q{n}",
                "group_ids": [(6, 0, group.ids)],
            }
            for n in range(ACCOUNTANTS)
        ]
    )
    end = date.today() + timedelta(days=2)
    return [
        env(user=user.id)["res.users.apikeys"].sudo()._generate("rpc", "bench", end)
        for user in users
    ]


def measure(pair, quick):
    """Yield the throughput of dealing beside the bare statement's, and the plan."""
    calls, rounds = (160, 3) if quick else (480, 5)
    with Queue(pair) as queue:
        for size in SIZES:
            queue.fill(size)
            yield _get_plan(queue, size)
            yield _measure(queue, size, calls, rounds)
            yield _measure_desk(queue, size, calls)


def _measure(queue, size, calls, rounds):
    taken = {"bench_deal": [], "bench_bare": []}
    late = dict.fromkeys(taken, 0)
    for number in range(-1, rounds):
        for method in sorted(taken, reverse=bool(number % 2)):
            seconds, sent_away = queue.go(method, calls)
            if number >= 0:
                taken[method].append(seconds)
                late[method] += sent_away
    ours, bare = taken["bench_deal"], taken["bench_bare"]
    return Result(
        group="queue of bills",
        name=f"{size:,} bills, {ACCOUNTANTS} accountants: dealing one",
        ours=median(ours) / calls,
        limit=median(bare) / calls,
        ratio=median(b / o for o, b in zip(ours, bare, strict=True)),
        target=SHARE,
        at_least=True,
        note=f"{calls / median(ours):.0f} per second against {calls / median(bare):.0f}"
        f" of a bare SKIP LOCKED; sent away {late['bench_deal']} and"
        f" {late['bench_bare']} times",
        details={"seconds": taken, "calls": calls, "sent_away": late},
    )


def _measure_desk(queue, size, calls):
    """The same with all that the accountant's screen shows, for one after the other."""
    queue.reset()
    times = []
    for number in range(calls // 8):
        begin = time.perf_counter()
        queue.call(
            queue.keys[number % ACCOUNTANTS], "bill_desk_next", queue="accounting"
        )
        times.append(time.perf_counter() - begin)
    return Result(
        group="queue of bills",
        name=f"{size:,} bills: the work screen's next bill, alone",
        ours=median(times),
    )


def _get_plan(queue, size):
    lines = queue.call(queue.keys[0], "bench_explain")
    used = any("tour_bill_queue_idx" in line for line in lines)
    seconds = float(lines[-1].split()[-2]) / 1000
    return Result(
        group="queue of bills",
        name=f"{size:,} bills: the query uses the queue's own index",
        ours=seconds,
        ratio=float(used),
        target=1.0,
        at_least=True,
        details={"plan": lines},
    )
