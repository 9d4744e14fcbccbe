"""``./tour test``."""

from . import demo_test, outside, paths
from .aside import beside
from .ground import Ground
from .odoo_difference import difference
from .odoo_tests import OdooTests, Result, tags_of
from .ui import Failure, bad, good, say, title


def run(options):
    """Run what is asked for, and end on one plain line."""
    ground = Ground(browser=True)
    tests = OdooTests(ground, options.verbose)
    if options.odoo is not None:
        return close(difference(ground, tests, options.odoo))
    if options.each:
        return close(_each(tests))
    if options.targets or options.tags or options.db:
        return close(_some(tests, options))
    return close(_all(ground, tests))


def _all(ground, tests):
    """Everything: the add-ons together; beside them the ground, the demo, outside."""
    # Made before both begin, as both stand on it.
    tests.databases.template()
    with beside(lambda: _others(ground)) as wait:
        ours = paths.our_addons()
        title(f"Tests of the add-ons {', '.join(ours)}")
        return tests.run(ours, tags_of(ours)) + wait()


def _others(ground):
    """What is not inside of Odoo: the ground's own tests, the demo, from outside."""
    title("Tests of the ground (setup/tests)")
    result = outside.run_pytest(ground.python, ["setup"], ground.env())
    title("The demo")
    result += demo_test.run(ground)
    title("Tests from outside (tests)")
    return result + outside.e2e(ground)


def _each(tests):
    """Each add-on by itself, in a database with nothing above it."""
    result = Result()
    for name in paths.our_addons():
        title(f"Tests of {name} alone")
        found = tests.run([name], tags_of([name]))
        (good if found.good else bad)(f"{name}: {found.passed} passed")
        result += found
    return result


def _some(tests, options):
    """Tests of some add-ons."""
    ours, known = paths.our_addons(), paths.all_addons()
    names = [target.split(":")[0] for target in options.targets] or ours
    for name in names:
        if name not in known:
            raise Failure(
                f"There is no add-on {name}.", f"There are: {', '.join(known)}"
            )
    tags = options.tags or tags_of(options.targets or ours)
    title(f"Tests {tags}")
    result = tests.run(list(dict.fromkeys(names)), tags, keep=options.db)
    idle = [target for target in options.targets if not result.has_run(target)]
    if idle or (options.tags and not result.passed + result.failed):
        raise Failure(
            f"No test ran of {', '.join(idle) or options.tags}.",
            "Look at the names of add-on, class and method, and at tags.",
        )
    return result


def close(result: Result):
    """Say what came out; the last line is for people and for machines."""
    for said in dict.fromkeys(result.unexpected):
        bad(f"unexpected in the log: {said}")
    for test in dict.fromkeys(result.broken):
        bad(test)
    failed = result.failed + (1 if result.unexpected and not result.failed else 0)
    say(f"{result.passed} passed, {failed} failed")
    return 1 if failed else 0
