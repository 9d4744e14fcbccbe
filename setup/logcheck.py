"""Read Odoo's log: tests counted, and lines that nobody expected.

>>> from setup import logcheck
>>> reader = logcheck.Reader()
>>> line = "2026-01-02 03:04:05,678 9 INFO db odoo.tests.result: %s"
>>> reader.feed(line % "1 failed, 0 error(s) of 7 tests when loading database 'db'")
>>> reader.ran, reader.failed
(7, 1)
>>> reader.feed("2026-01-02 03:04:05,678 9 WARNING db odoo.x: Something is odd")
'odd'
>>> reader.unexpected
['WARNING odoo.x: Something is odd']
"""

import re
from pathlib import Path

ALLOWED = Path(__file__).with_name("allowed_log.txt")

_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<db>\S+) (?P<logger>\S+): (?P<text>.*)"
)
_RESULT = re.compile(
    r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database"
)
_SUM = re.compile(
    r"odoo\.(tests\.(result|stats): .*fail"
    r"|modules\.loading: .*\d+ failures, \d+ errors of \d+ tests)"
)
_BROKEN = re.compile(r"^(FAIL|ERROR): (.*)")
_STARTING = re.compile(r"Starting (\w+\.\w+)")
_ADDON = re.compile(r"odoo\.addons\.(\w+)\.tests\b")
_SKIPPED = re.compile(r"^(?:skip|SKIP)\w*:? (.*)")


def allowed():
    """The patterns of lines that may come, each noted with its reason."""
    lines = ALLOWED.read_text().splitlines()
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


class Reader:
    """Takes the lines of a log and keeps what matters."""

    def __init__(self):
        self.allowed = allowed()
        self.ran = 0
        self.failed = 0
        self.broken = []
        self.unexpected = []
        self.tests = set()

    def feed(self, line):
        """Read a line.

        :return: None, or what kind of line it was: "broken", "odd", "start"
        """
        match = _LINE.match(line)
        if not match:
            if line.startswith("Traceback (most recent call last)"):
                self._odd("Traceback without a log line", line)
            return None
        level, logger, text = match["level"], match["logger"], match["text"]
        if result := _RESULT.search(text):
            failed, errors, ran = map(int, result.groups())
            self.ran += ran
            self.failed += failed + errors
            return None
        if level == "INFO":
            return self._start(logger, text)
        if level == "ERROR" and (test := _BROKEN.match(text)):
            self.broken.append(test[2])
            return "broken"
        if level in ("WARNING", "ERROR", "CRITICAL"):
            return self._odd(f"{level} {logger}: {text}", line)
        return None

    def _start(self, logger, text):
        """Note a test that begins, named as `./tour test` names it."""
        test, addon = _STARTING.match(text), _ADDON.match(logger)
        if not (test and addon):
            return None
        self.tests.add(f"{addon[1]}:{test[1]}")
        return "start"

    def _odd(self, said, line):
        # A test that fails is counted already; Odoo sums up at the end.
        if _SUM.search(said):
            return None
        if "Traceback" in said or any(rule.search(said) for rule in self.allowed):
            return None
        self.unexpected.append(said)
        return "odd"
