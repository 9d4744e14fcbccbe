"""Odoo's own tests with the suite installed, against those without it.

Only what fails with the suite and not without counts: some of Odoo's tests need what
no machine of ours has.
"""

import json

from . import packages, paths
from .odoo_tests import Result, tags_of
from .ui import bad, good, note, say, title

ADDONS = ["sale", "sale_management", "account", "portal", "purchase", "mail"]


def difference(ground, tests, addons):
    """Run Odoo's tests twice, and compare.

    :param addons: names of Odoo's add-ons; none: those that we build on most
    """
    addons = addons or ADDONS
    result = Result()
    for addon in addons:
        title(f"Odoo's tests of {addon}, without the suite")
        plain = _plain(ground, tests, addon)
        title(f"Odoo's tests of {addon}, with the suite")
        ours = _with_suite(tests, addon)
        result += _compare(addon, plain, ours)
    return result


def _plain(ground, tests, addon):
    """The failures without the suite, remembered per version of Odoo."""
    key = paths.digest(ground.tree.key(), packages.LOCK, addon)
    file = paths.cache() / "plain" / f"{addon}-{key}.json"
    if file.is_file():
        said = json.loads(file.read_text())
        say(f"      remembered: {said['passed']} passed")
        return said
    found = tests.run([], tags_of([addon]), update=[addon], quiet=True)
    said = {"passed": found.passed, "broken": sorted(set(found.broken))}
    if _is_whole(found):
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(said))
    return said


def _is_whole(found):
    """Whether a run came to its end: classes that cannot begin are no wonder where
    its database was dropped meanwhile, and would hide what fails with the suite."""
    began = not any(name.startswith("setUpClass") for name in found.broken)
    return began and found.passed > found.failed


def _with_suite(tests, addon):
    """The failures in a database where the suite was installed before."""
    return tests.run(
        paths.named_addons(), tags_of([addon]), update=[addon], apart=True, quiet=True
    )


def _compare(addon, plain, ours):
    known = set(plain["broken"])
    new = sorted(set(ours.broken) - known)
    for test in sorted(known):
        note(f"fails without the suite too: {test}")
    for test in new:
        bad(f"fails with the suite only: {test}")
    if ours.failed and not ours.broken:
        new = [f"{addon}: the run broke off"]
    text = f"{addon}: {plain['passed']} passed without, {ours.passed} with the suite"
    (bad if new else good)(text)
    return Result(ours.passed, len(new), broken=new)
