"""Odoo's test runs: each on a clone of the template, in a process of its own."""

import os
import subprocess

from . import logcheck, paths, server
from .databases import Databases
from .ui import Failure, bad, say


class Result:
    """What came out of some tests."""

    def __init__(self, passed=0, failed=0, unexpected=(), broken=(), tests=()):
        self.passed = passed
        self.failed = failed
        self.unexpected = list(unexpected)
        self.broken = list(broken)
        self.tests = set(tests)

    def __add__(self, other):
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.unexpected + other.unexpected,
            self.broken + other.broken,
            self.tests | other.tests,
        )

    @property
    def good(self):
        """Say whether all went well, the log included."""
        return not self.failed and not self.unexpected

    def has_run(self, target):
        """Whether a test ran of an add-on, a class or a method.

        >>> found = Result(tests=["tour_hotel:TestCity.test_name"])
        >>> [found.has_run(name) for name in ("tour_hotel", "tour_hotel:TestCity")]
        [True, True]
        >>> found.has_run("tour_hotel:TestCit")
        False
        """
        return any(
            test == target or test.startswith((f"{target}:", f"{target}."))
            for test in self.tests
        )


class OdooTests:
    """Runs tests of add-ons.

    :param ground: what they stand on
    :param verbose: show Odoo's whole log
    """

    def __init__(self, ground, verbose=False):
        self.ground = ground
        self.databases = Databases(ground)
        self.verbose = verbose

    def run(self, install, tags, keep=None, update=(), apart=False, quiet=False):
        """Install add-ons in a database, and run the tests with some tags.

        :param install: names of add-ons
        :param tags: Odoo's ``--test-tags``
        :param keep: the name of a database to keep, and to update the next time
        :param update: add-ons to update, so that their tests run
        :param apart: install first, and test in a process that finds all installed
        :param quiet: show no failures as they come
        """
        self.databases.clean()
        name = keep or self.databases.temporary()
        fresh = not self.databases.exists(name)
        if fresh:
            self.databases.clone(self.databases.template(), name)
        if apart:
            self.databases.odoo(name, "-i", ",".join(install))
        if update:
            arguments = ["-u", ",".join(update)]
        else:
            arguments = self._get_arguments(name, install, fresh)
        try:
            return self._run(name, [*arguments, f"--test-tags={tags}"], quiet)
        finally:
            if not keep:
                self.databases.drop(name)

    def _get_arguments(self, name, install, fresh):
        """How the add-ons come into a database, or are updated where they are."""
        there = set() if fresh else self.databases.installed(name)
        arguments = []
        for option, names in (
            ("-i", [addon for addon in install if addon not in there]),
            ("-u", [addon for addon in install if addon in there]),
        ):
            if names:
                arguments += [option, ",".join(names)]
        return arguments

    def _run(self, name, arguments, quiet=False):
        command = self.ground.odoo(
            f"--database={name}",
            *arguments,
            "--stop-after-init",
            "--max-cron-threads=0",
            "--workers=0",
            f"--http-port={server.free_port()}",
        )
        log = paths.log_dir() / f"test-{os.getpid()}.log"
        say(f"...   log: {log}")
        process = subprocess.Popen(
            command,
            env=self.ground.env(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        reader = logcheck.Reader()
        try:
            self._follow(process, reader, log, quiet)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        return self._result(process, reader, log)

    def _follow(self, process, reader, log, quiet):
        """Read the log as it comes, and show what matters."""
        showing = False
        with log.open("w") as file:
            for line in process.stdout:
                file.write(line)
                kind = reader.feed(line.rstrip())
                if line[:2] == "20":
                    # What follows a bad line, such as a traceback, belongs to it.
                    showing = kind in ("broken", "odd")
                if self.verbose or (showing and not quiet):
                    say(line.rstrip())

    def _result(self, process, reader, log):
        if process.returncode and not reader.ran and not reader.failed:
            tail = log.read_text(errors="replace").splitlines()[-30:]
            say("\n".join(tail))
            raise Failure("Odoo ended before the tests ran.", f"Its log is {log}.")
        if process.returncode and not reader.failed:
            reader.failed += 1
            bad(f"Odoo ended with {process.returncode}; its log is {log}")
        return Result(
            reader.ran - reader.failed,
            reader.failed,
            reader.unexpected,
            reader.broken,
            reader.tests,
        )


def tags_of(targets):
    """Odoo's test tags for add-ons, or for classes and methods of theirs.

    >>> tags_of(["tour_hotel", "tour_booking:TestBooking.test_create"])
    '/tour_hotel,/tour_booking:TestBooking.test_create'
    """
    return ",".join(f"/{target}" for target in targets)
