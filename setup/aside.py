"""Work beside other work: machines have two cores at least, and tests wait a lot."""

import multiprocessing
import os
import signal
import sys
import tempfile
from contextlib import contextmanager

from .ui import Failure, say


@contextmanager
def beside(work):
    """Do some work in a process of its own while the block runs.

    What the work says is shown in one piece when it is asked for.  Its process, and all
    that it started, ends with the block.

    :param work: a function without arguments, whose result can be pickled
    :return: a function that waits for the work and gives its result, or raises the
        :class:`Failure` with which it ended
    """
    # Not spawned: the work may be a closure, and finds all as it is here.
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        sys.stdout.flush()
        process = fork.Process(target=_do, args=(work, sender, said))
        process.start()
        sender.close()
        try:
            yield lambda: _wait(process, receiver, said)
        finally:
            _end(process)


def _do(work, sender, said):
    # A group of its own, so that it ends with all that it started.
    os.setsid()
    for stream in (1, 2):
        os.dup2(said.fileno(), stream)
    sys.stdout = sys.stderr = open(1, "w", buffering=1, closefd=False)
    try:
        sender.send((work(), None))
    except Failure as failure:
        sender.send((None, (str(failure), failure.remedy)))


def _wait(process, receiver, said):
    try:
        result, failure = receiver.recv()
    except EOFError:
        result, failure = None, ("The work beside ended early.", "Its words are above.")
    process.join()
    said.seek(0)
    say(said.read().rstrip())
    if failure:
        raise Failure(*failure)
    return result


def _end(process):
    try:
        os.killpg(process.pid, signal.SIGTERM)
    except ProcessLookupError:
        # It ended by itself, or has no group yet.
        process.terminate()
    process.join()
