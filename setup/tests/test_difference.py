"""Odoo's own tests with the suite and without: only what is new counts."""

from types import SimpleNamespace

import pytest

from setup import odoo_difference, packages
from setup.odoo_tests import Result


class FakeTests:
    """Stands for runs of Odoo's tests: answers in turn, and notes what was asked."""

    def __init__(self, *results):
        self.results = list(results)
        self.asked = []

    def run(self, install, tags, **options):
        self.asked.append((install, tags, options))
        return self.results.pop(0)


@pytest.fixture
def ground(monkeypatch, tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("")
    monkeypatch.setattr(packages, "LOCK", lock)
    monkeypatch.setattr(odoo_difference.paths, "named_addons", lambda: ["tour_x"])
    return SimpleNamespace(tree=SimpleNamespace(key=lambda: "19.0"))


def test_what_fails_without_the_suite_too_does_not_count(ground):
    tests = FakeTests(
        Result(passed=9, failed=1, broken=["TestOld.test_xls"]),
        Result(passed=9, failed=1, broken=["TestOld.test_xls"]),
    )
    found = odoo_difference.difference(ground, tests, ["sale"])
    assert (found.passed, found.failed) == (9, 0)
    assert tests.asked[0][0] == []
    assert tests.asked[1][0] == ["tour_x"]
    assert tests.asked[1][2]["apart"]


def test_what_fails_with_the_suite_only_counts(ground):
    tests = FakeTests(
        Result(passed=10), Result(passed=9, failed=1, broken=["TestSale.test_new"])
    )
    found = odoo_difference.difference(ground, tests, ["sale"])
    assert found.failed == 1
    assert found.broken == ["TestSale.test_new"]


def test_the_run_without_the_suite_is_remembered(ground):
    tests = FakeTests(Result(passed=10), Result(passed=10), Result(passed=10))
    odoo_difference.difference(ground, tests, ["sale"])
    odoo_difference.difference(ground, tests, ["sale"])
    assert len(tests.asked) == 3


def test_a_suite_that_breaks_the_run_counts(ground):
    """Fewer tests than without, and none named: something stopped them."""
    tests = FakeTests(Result(passed=10), Result(passed=0, failed=1))
    assert odoo_difference.difference(ground, tests, ["sale"]).failed == 1


def test_a_run_that_broke_off_is_not_remembered(ground):
    broken = ["setUpClass (odoo.addons.sale.tests.test_x.TestX)", "TestX.test_y"]
    tests = FakeTests(
        Result(passed=-40, failed=60, broken=broken),
        Result(passed=10),
        Result(passed=10),
        Result(passed=9, failed=1, broken=["TestX.test_y"]),
    )
    odoo_difference.difference(ground, tests, ["sale"])
    assert odoo_difference.difference(ground, tests, ["sale"]).failed == 1
    assert len(tests.asked) == 4
