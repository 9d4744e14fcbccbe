"""Work beside other work."""

import subprocess
import time

import pytest

from setup.aside import beside
from setup.ui import Failure, say


def test_both_are_done(capfd):
    def work():
        say("beside")
        return 42

    with beside(work) as wait:
        say("here")
        assert wait() == 42
    assert capfd.readouterr().out == "here\nbeside\n"


def test_a_failure_is_told():
    def work():
        raise Failure("No paper.", "Buy some.")

    with pytest.raises(Failure, match="No paper") as caught, beside(work) as wait:
        wait()
    assert caught.value.remedy == "Buy some."


def test_what_breaks_is_shown(capfd):
    def work():
        raise ZeroDivisionError

    with pytest.raises(Failure, match="ended early"), beside(work) as wait:
        wait()
    assert "ZeroDivisionError" in capfd.readouterr().out


def test_it_ends_with_the_block(tmp_path):
    """With all that it started: nothing goes on after an error here."""
    number = tmp_path / "pid"

    def work():
        sleeper = subprocess.Popen(["sleep", "600"])
        number.with_suffix(".draft").write_text(str(sleeper.pid))
        number.with_suffix(".draft").rename(number)
        sleeper.wait()

    with pytest.raises(ZeroDivisionError), beside(work):
        _wait_until(number.exists)
        raise ZeroDivisionError
    _wait_until(lambda: not _lives(int(number.read_text())))


def _lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(happens):
    end = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.01)
