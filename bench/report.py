"""The table on the screen, the numbers as JSON, the summary for the documents."""

import json
import os
import platform
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

from setup.ui import say, title

RESULTS = Path(__file__).parent / "results"
_HEAD = ("what", "ours", "plain", "limit", "ratio", "target", "")


def show(results):
    """Print a table per group."""
    for group in dict.fromkeys(result.group for result in results):
        title(group)
        rows = [_HEAD, *(_cells(r) for r in results if r.group == group)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
        for row in rows:
            cells = [row[0].ljust(widths[0])]
            cells += [c.rjust(w) for c, w in zip(row[1:6], widths[1:6], strict=True)]
            say(f"  {'  '.join(cells)}  {row[6]}".rstrip())


def write(results, size, name):
    """Write the results as JSON; return the file."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(timezone.utc)
    file = RESULTS / f"{now:%Y%m%d-%H%M%S}-{name}.json"
    data = {
        "made": now.isoformat(timespec="seconds"),
        "bookings": size.bookings,
        "hotels": size.hotels,
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "results": [asdict(r) | {"passed": r.passed} for r in results],
    }
    file.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return file


def seconds(value):
    """A time with the unit that suits it.

    >>> seconds(0.00123), seconds(0.25), seconds(75.0), seconds(None)
    ('1.2 ms', '250 ms', '75 s', '')
    """
    if value is None:
        return ""
    if value < 0.01:
        return f"{value * 1000:.1f} ms"
    if value < 10:
        return f"{value * 1000:.0f} ms"
    return f"{value:.0f} s"


def _cells(result):
    sign = "≥" if result.at_least else "≤"
    target = "" if result.target is None else f"{sign} {result.target:g}"
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    verdict = {True: "pass", False: "MISSED", None: ""}[result.passed]
    return (
        result.name,
        seconds(result.ours),
        seconds(result.plain),
        seconds(result.limit),
        ratio,
        target,
        f"{verdict}  {result.note}".strip(),
    )
