"""``./tour test``."""

from . import paths
from .ground import Ground
from .odoo_tests import OdooTests, Result, tags_of
from .ui import Failure, bad, say, title


def run(options):
    """Run what is asked for, and end on one plain line."""
    tests = OdooTests(Ground(browser=True), options.verbose)
    return close(_some(tests, options))


def _some(tests, options):
    """Tests of some add-ons."""
    ours = paths.our_addons()
    names = [target.split(":")[0] for target in options.targets] or ours
    for name in names:
        if name not in ours:
            raise Failure(
                f"There is no add-on {name}.", f"There are: {', '.join(ours)}"
            )
    tags = options.tags or tags_of(options.targets or ours)
    title(f"Tests {tags}")
    return tests.run(list(dict.fromkeys(names)), tags, keep=options.db)


def close(result: Result):
    """Say what came out; the last line is for people and for machines."""
    for said in dict.fromkeys(result.unexpected):
        bad(f"unexpected in the log: {said}")
    for test in result.broken:
        bad(test)
    failed = result.failed + (1 if result.unexpected and not result.failed else 0)
    say(f"{result.passed} passed, {failed} failed")
    return 1 if failed or result.unexpected else 0
