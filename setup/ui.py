"""What the person at the terminal sees."""

import sys
import time
from contextlib import contextmanager


class Failure(Exception):
    """A step that could not be done, with the way out.

    :param message: what went wrong, one sentence
    :param remedy: what to do about it
    """

    def __init__(self, message, remedy=""):
        super().__init__(message)
        self.remedy = remedy


def _paint(code, text):
    return f"\033[{code}m{text}\033[0m" if sys.stdout.isatty() else text


def say(text=""):
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def title(text):
    """Print the head of a part of the work."""
    say(_paint("1", text))


def good(text):
    """Print that something went well."""
    say(f"{_paint('32', 'ok')}    {text}")


def bad(text):
    """Print that something did not go well."""
    say(f"{_paint('31', 'FAIL')}  {text}")


def note(text):
    """Print something worth knowing."""
    say(f"{_paint('33', 'note')}  {text}")


@contextmanager
def step(text):
    """Announce a step that may take a while, and say how long it took."""
    say(f"...   {text}")
    started = time.monotonic()
    yield
    good(f"{text} ({time.monotonic() - started:.0f} s)")


def report_failure(failure):
    """Print a :class:`Failure` on stderr."""
    print(f"{_paint('31', 'FAIL')}  {failure}", file=sys.stderr)
    for line in filter(None, failure.remedy.splitlines()):
        print(f"      {line}", file=sys.stderr)
