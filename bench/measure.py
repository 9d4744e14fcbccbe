"""Time things, one beside the other, so that what disturbs one disturbs the other."""

import gc
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from . import odoo_process


@dataclass(frozen=True)
class Sample:
    """What one go took: seconds on the clock, of our processor, in SQL.

    ``server`` is what PostgreSQL's processes spent on the processor, where they can be
    looked at. With ``cpu`` it says what a go costs, whatever else the machine does.
    """

    wall: float
    cpu: float
    sql: float
    queries: int
    server: float


@dataclass
class Result:
    """A line of the report.

    ``ours`` and the others are seconds; ``target`` is how much ``ratio`` may be at
    most, or must be at least where ``at_least`` is set. Without a target the line
    only informs.
    """

    group: str
    name: str
    ours: float
    plain: float | None = None
    limit: float | None = None
    ratio: float | None = None
    target: float | None = None
    at_least: bool = False
    note: str = ""
    details: dict = field(default_factory=dict)

    @property
    def passed(self):
        if self.target is None or self.ratio is None:
            return None
        if self.at_least:
            return self.ratio >= self.target
        return self.ratio <= self.target


def sample(function, *args):
    """Run a function once; return what it took and what it returned."""
    thread = threading.current_thread()
    thread.query_count = thread.query_time = 0
    gc.collect()
    # Collecting in the middle would hit one go and spare the other.
    gc.disable()
    server = _server_time()
    cpu, wall = time.process_time(), time.perf_counter()
    value = function(*args)
    taken = Sample(
        time.perf_counter() - wall,
        time.process_time() - cpu,
        thread.query_time,
        thread.query_count,
        _server_time() - server,
    )
    gc.enable()
    return taken, value


def _server_time():
    """Seconds of the processor that the server's processes for us took so far."""
    total = 0
    for pid in odoo_process.backends:
        try:
            total += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        except OSError:
            # It ended, or runs on another machine.
            continue
    return total / 1e9


def interleave(rounds, warm_up=1, **functions):
    """Run each of the functions in turn, some rounds; return their samples by name.

    The order turns with each round, and rounds to warm up are not counted.
    """
    samples = {name: [] for name in functions}
    names = list(functions)
    for number in range(-warm_up, rounds):
        for name in names if number % 2 else reversed(names):
            taken, _value = sample(functions[name])
            if number >= 0:
                samples[name].append(taken)
    return samples


def middle(samples, what="wall"):
    """The median of one of the numbers of samples."""
    return median(getattr(one, what) for one in samples)


def middle_ratio(ours, others, what="wall"):
    """The median of the ratios of goes that were made side by side."""
    return median(
        getattr(one, what) / max(getattr(other, what), 1e-9)
        for one, other in zip(ours, others, strict=True)
    )


def details(**samples):
    """What the report keeps of samples: medians, by name."""
    return {
        name: {
            what: round(middle(taken, what), 5)
            for what in ("wall", "cpu", "sql", "queries", "server")
        }
        for name, taken in samples.items()
    }


def get_memory():
    """MB that this process has in memory now."""
    return psutil.Process().memory_info().rss / 2**20


def growth(memory):
    """How much more the second half took than the first, in MB.

    >>> growth([100, 120, 110, 125]), growth([100, 120, 120, 118])
    (5, 0)
    """
    half = len(memory) // 2
    return max(memory[half:]) - max(memory[: half or 1])
