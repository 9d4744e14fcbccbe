"""Stamps: which steps are done, and from what; locks: one process per step."""

import fcntl
from contextlib import contextmanager

from . import paths


def is_fresh(path, key):
    """Say whether the step with this stamp was done from the same things."""
    stamp = path / ".stamp"
    return stamp.is_file() and stamp.read_text() == str(key)


def put(path, key):
    """Mark a step as done.  To be called last."""
    (path / ".stamp").write_text(str(key))


@contextmanager
def lock(name):
    """Let one process at a time do a step, and the others wait for it."""
    folder = paths.cache() / "lock"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
