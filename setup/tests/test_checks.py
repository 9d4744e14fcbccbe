"""What is read from logs, reports and translations."""

import doctest
from types import SimpleNamespace

import polib
import pytest

from setup import (
    demo,
    i18n,
    lint,
    logcheck,
    odoo_tests,
    outside,
    paths,
    readme,
    testing,
    ui,
)

STAMP = "2026-01-02 03:04:05,678 9"


@pytest.mark.parametrize("module", [logcheck, odoo_tests, i18n, outside])
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_a_failing_test_is_named_once():
    reader = logcheck.Reader()
    line = f"{STAMP} ERROR db odoo.addons.tour_x.tests.test_y: FAIL: TestY.test_z"
    assert reader.feed(line) == "broken"
    reader.feed("Traceback (most recent call last):")
    assert reader.broken == ["TestY.test_z"]
    assert not reader.unexpected


def test_a_line_on_the_list_is_allowed():
    reader = logcheck.Reader()
    text = "WARNING db py.warnings: x.py:1: 'werkzeug.urls.url_parse' is deprecated and"
    assert reader.feed(f"{STAMP} {text}") is None
    assert not reader.unexpected


def test_demo_data_that_fails_is_told():
    reader = logcheck.Reader()
    loading = f"{STAMP} ERROR db odoo.modules.loading: Module tour_x"
    assert reader.feed(f"{loading}: 1 failures, 0 errors of 7 tests") is None
    assert reader.feed(f"{loading} demo data failed to install") == "odd"


def test_a_warning_alone_makes_a_run_bad():
    assert not odoo_tests.Result(passed=3, unexpected=["WARNING x"]).good
    assert odoo_tests.Result(passed=3).good


def test_tags_that_name_no_test_are_told(monkeypatch):
    tests = SimpleNamespace(run=lambda *_names, keep: odoo_tests.Result())
    options = SimpleNamespace(targets=[], tags="/tour_partner:TestMistyped", db=None)
    with pytest.raises(ui.Failure, match="No test ran"):
        testing._some(tests, options)


def test_a_report_is_counted(tmp_path):
    file = tmp_path / "report.xml"
    file.write_text(
        "<testsuites><testsuite>"
        "<testcase classname='a' name='b'/>"
        "<testcase classname='a' name='c'><failure/></testcase>"
        "<testcase classname='a' name='d'><skipped/></testcase>"
        "</testsuite></testsuites>"
    )
    assert outside.read_report(file) == (1, 1, 1, ["a.c"])


@pytest.fixture
def addon(tmp_path, monkeypatch):
    """An add-on with two texts, one of them translated into Russian."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "ADDONS", tmp_path)
    (tmp_path / "tour_x").mkdir()
    (tmp_path / "tour_x" / "__manifest__.py").write_text(
        "{'name': 'X', 'depends': ['base'], 'license': 'LGPL-3'}"
    )
    return tmp_path / "tour_x"


def catalogue(**texts):
    made = polib.POFile()
    for text, translation in texts.items():
        made.append(polib.POEntry(msgid=text, msgstr=translation))
    return made


def test_translations_are_kept_when_texts_change(addon):
    i18n.write("tour_x", catalogue(Hotel="", Room=""))
    file = addon / "i18n" / "ru.po"
    po = polib.pofile(str(file))
    po.find("Hotel").msgstr = "Отель"
    po.save()
    i18n.write("tour_x", catalogue(Hotel="", Rate=""))
    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(file))}
    assert kept == {"Hotel": "Отель", "Rate": ""}


def test_what_is_not_translated_is_told(addon):
    i18n.write("tour_x", catalogue(Hotel=""))
    found = i18n.faults("tour_x")
    assert len(found) == len(i18n.LANGUAGES)
    assert "1 of 1 not translated" in found[0]


def test_a_lost_placeholder_is_told(addon):
    pot = catalogue(**{"%(who)s booked": ""})
    i18n.write("tour_x", pot)
    for language in i18n.LANGUAGES:
        file = addon / "i18n" / f"{language}.po"
        po = polib.pofile(str(file))
        po[0].msgstr = "x %(who)s" if language != "hu" else "x %(ki)s"
        po.save()
    assert i18n.faults("tour_x", pot) == [
        "tour_x/i18n/hu.po: '%(who)s booked': other placeholders or tags"
    ]


def test_a_sentence_left_as_it_was_is_told(addon):
    pot = catalogue(**{"<p>Dear you,</p><p>Look at these bookings.</p>": ""})
    i18n.write("tour_x", pot)
    for language in i18n.LANGUAGES:
        file = addon / "i18n" / f"{language}.po"
        po = polib.pofile(str(file))
        left = "Look at these bookings." if language == "fr" else "x"
        po[0].msgstr = f"<p>x,</p><p>{left}</p>"
        po.save()
    assert i18n.faults("tour_x", pot) == [
        "tour_x/i18n/fr.po: left as it was: 'Look at these bookings.'"
    ]


def test_texts_newer_than_the_template_are_told(addon):
    i18n.write("tour_x", catalogue(Hotel=""))
    found = i18n.faults("tour_x", catalogue(Hotel="", Room=""))
    assert "out of date by 1 texts" in found[0]


def test_a_long_file_is_told(addon, monkeypatch):
    (addon / "long.py").write_text("a = 1\n" * 501)
    assert lint._lengths() == ["tour_x/long.py: 501 lines"]


def test_a_readme_is_made_of_fragments(addon):
    (addon / "readme").mkdir()
    (addon / "readme" / "DESCRIPTION.md").write_text("Does X.\n")
    (addon / "readme" / "USAGE.md").write_text("Press it.\n")
    assert readme.check()
    readme.write()
    text = (addon / "README.md").read_text()
    assert "# X\n\nDoes X.\n\n## Usage\n\nPress it.\n" in text
    assert not readme.check()


def test_changed_addons_are_found(addon, monkeypatch):
    class Ground:
        pg = {}

    made = demo.Demo(Ground())
    assert made.changed() == ["tour_x"]
    made.sources.write_text(f'{{"tour_x": "{paths.digest(addon)}"}}')
    assert made.changed() == []
    (addon / "models.py").write_text("")
    assert made.changed() == ["tour_x"]


def test_tests_are_named_as_they_are_asked_for():
    reader = logcheck.Reader()
    line = (
        f"{STAMP} INFO db odoo.addons.tour_x.tests.test_y: Starting TestY.test_z ... "
    )
    assert reader.feed(line) == "start"
    assert reader.tests == {"tour_x:TestY.test_z"}


def test_each_target_has_to_name_a_test(monkeypatch):
    """One that names none among others that do, is not passed over."""
    found = odoo_tests.Result(passed=1, tests=["tour_x:TestY.test_z"])
    tests = SimpleNamespace(run=lambda *_names, keep: found)
    monkeypatch.setattr(testing.paths, "our_addons", lambda: ["tour_x"])
    monkeypatch.setattr(testing.paths, "all_addons", lambda: ["tour_x"])
    options = SimpleNamespace(targets=["tour_x:TestY"], tags="", db=None)
    assert testing._some(tests, options) is found
    options.targets.append("tour_x:TestGone")
    with pytest.raises(ui.Failure, match="TestGone"):
        testing._some(tests, options)
