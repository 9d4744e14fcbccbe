"""``./tour e2e`` and ``./tour bench``: tests and measurements from outside.

They find their way by variables:

======================= ======================================================
``TOUR_ODOO``           the command line of Odoo, as a JSON list
``TOUR_TEMPLATE``       the template database with Odoo and its base add-ons
``TOUR_LOGINS``         the file with the demo's users, as JSON
``TOUR_CHROMIUM``       the program to drive as a browser
``TOUR_AXE``            the script that finds what keeps people out of a page
``TOUR_PICTURES``       a folder for pictures of each step; none are taken without it
``PGHOST`` ...          the database server
======================= ======================================================
"""

import json
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from . import node, paths
from .databases import Databases
from .ground import Ground
from .odoo_tests import Result
from .ui import Failure, say

LOGINS = paths.ADDONS / "tour" / "demo" / "logins.json"


def run(options):
    """Run what the command names, with what was passed on."""
    ground = Ground(browser=True)
    if options.command == "bench":
        return bench(ground, options.rest)
    from .testing import close

    return close(e2e(ground, options.rest))


def bench(ground, rest):
    """Measure."""
    if not (paths.ROOT / "bench" / "run.py").is_file():
        raise Failure("There is no bench/run.py.", "Check out the whole tree.")
    command = [str(ground.python), "-m", "bench.run", *rest]
    return subprocess.run(command, cwd=paths.ROOT, env=_env(ground)).returncode


def e2e(ground, rest=()):
    """Run the tests in tests/, which start servers of their own."""
    if not list((paths.ROOT / "tests").glob("**/test_*.py")):
        return Result()
    env = _env(ground)
    return run_pytest(ground.python, _named(rest), env)


def _named(rest):
    """The files that are named, or else all of them.

    >>> _named(["-k", "status"])
    ['tests', '-k', 'status']
    >>> _named(["tests/test_guards.py::test_who_may_delete_a_booking", "-x"])
    ['tests/test_guards.py::test_who_may_delete_a_booking', '-x']
    """
    names_any = any((paths.ROOT / text.split("::")[0]).is_file() for text in rest)
    return [*rest] if names_any else ["tests", *rest]


def _env(ground):
    return ground.env(
        TOUR_ODOO=json.dumps(ground.odoo()),
        TOUR_TEMPLATE=Databases(ground).template(),
        TOUR_LOGINS=str(LOGINS),
        TOUR_AXE=str(node.ensure() / "axe-core" / "axe.min.js"),
    )


def run_pytest(python, arguments, env):
    """Run pytest in the repository, and count what came out."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(python), "-m", "pytest", "-q", f"--junitxml={report}"]
        done = subprocess.run([*command, *arguments], cwd=paths.ROOT, env=env)
        if not report.is_file():
            return Result(
                failed=1, broken=[f"pytest {' '.join(arguments)} did not run"]
            )
        passed, failed, skipped, broken = read_report(report)
    if skipped:
        say(f"      {skipped} skipped")
    # 5: pytest found no test among those asked for.
    if done.returncode not in (0, 1, 5) and not failed:
        failed, broken = 1, [f"pytest ended with {done.returncode}"]
    return Result(passed, failed, broken=broken)


def read_report(file):
    """Read a JUnit report.

    :return: how many passed, failed and were skipped, and the names of the failed
    """
    passed = skipped = 0
    broken = []
    for case in ElementTree.parse(file).iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            broken.append(f"{case.get('classname')}.{case.get('name')}")
        elif "skipped" in kinds:
            skipped += 1
        else:
            passed += 1
    return passed, len(broken), skipped, broken
