"""Translations: each add-on's .pot and its .po files.

``./tour i18n`` exports the texts and merges them into the languages' files, keeping
what is translated; ``./tour lint`` checks that nothing is missing.
"""

import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import polib

from . import paths
from .databases import Databases
from .ground import Ground
from .ui import Failure, bad, good, step, title

LANGUAGES = ["ru", "fr", "hu"]
_EXPORT = """
from odoo.tools.translate import trans_export
for name in {names!r}:
    with open(f"{folder}/{{name}}.pot", "wb") as file:
        trans_export(None, [name], file, "po", env)
"""
# What a translation must carry over: placeholders, and tags of markup.
_WORDS = re.compile("[a-z]{3,}")
_HOLES = re.compile(
    r"%\(\w+\)[a-z]|(?<!%)%[sdifgr]|\{\{.*?\}\}|\{\w*\}|</?[a-zA-Z][\w-]*|\$\{\w+\}"
)
# An export's own moment is no news: leave it out, so that files change only with texts.
_HEADER = {
    "Project-Id-Version": "Odoo Server 19.0",
    "Report-Msgid-Bugs-To": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "",
    "Plural-Forms": "",
}


def run(options):
    """Export the texts and merge them; list what is to be translated."""
    ground = Ground()
    names = paths.our_addons()
    with tempfile.TemporaryDirectory() as folder:
        databases = Databases(ground)
        name = databases.temporary()
        databases.clean()
        databases.clone(databases.template(), name)
        try:
            with step("Installing the add-ons"):
                databases.odoo(name, "-i", ",".join(names))
            pots = export(ground, name, names, Path(folder))
            # After the suite: what they bring along changes none of its texts.
            with step("Installing those beside the suite"):
                databases.odoo(name, "-i", ",".join(paths.BESIDE))
            pots |= export(ground, name, paths.BESIDE, Path(folder))
        finally:
            databases.drop(name)
    for addon, pot in pots.items():
        write(addon, pot)
    return report(pots)


def export(ground, database, names, folder):
    """Export add-ons' texts from a database that has them installed.

    :return: for each add-on with texts, its catalogue
    """
    code = _EXPORT.format(names=names, folder=folder)
    command = ground.odoo("shell", f"--database={database}", "--no-http")
    done = subprocess.run(
        [*command, "--log-level=error"],
        env=ground.env(),
        input=code,
        capture_output=True,
        text=True,
    )
    pots = {}
    for name in names:
        file = folder / f"{name}.pot"
        if not file.is_file():
            raise Failure(
                f"The texts of {name} could not be exported.", done.stderr[-500:]
            )
        pot = polib.pofile(str(file))
        pot.metadata = dict(_HEADER)
        pot.header = f"Translation of Odoo Server.\nThis file contains {name}'s texts."
        if len(pot):
            pots[name] = pot
    return pots


def write(addon, pot):
    """Write an add-on's .pot, and merge it into its .po files."""
    folder = paths.ADDONS / addon / "i18n"
    folder.mkdir(exist_ok=True)
    _save(pot, folder / f"{addon}.pot")
    for language in LANGUAGES:
        file = folder / f"{language}.po"
        po = polib.pofile(str(file)) if file.is_file() else polib.POFile()
        _save(merged(po, pot, language), file)


def merged(po, pot, language):
    """A catalogue with the template's texts and the translations known so far."""
    known = {entry.msgid: entry.msgstr for entry in po if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=78)
    fresh.header = pot.header
    fresh.metadata = {**_HEADER, "Language": language}
    for entry in pot:
        fresh.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.get(entry.msgid, ""),
                comment=entry.comment,
                occurrences=entry.occurrences,
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
            )
        )
    return fresh


def _save(catalogue, file):
    text = str(catalogue).rstrip() + "\n"
    if not file.is_file() or file.read_text() != text:
        file.write_text(text)


def report(pots):
    """List what is not translated."""
    title("Translations")
    missing = 0
    for addon in pots:
        for fault in faults(addon):
            missing += 1
            bad(fault)
    if not missing:
        good("complete")
    return 1 if missing else 0


def faults(addon, pot=None):
    """What is wrong with an add-on's translations, a line each.

    :param pot: its texts of today; None: those in its .pot
    """
    folder = paths.ADDONS / addon / "i18n"
    file = folder / f"{addon}.pot"
    if not file.is_file():
        return [f"{addon}: no {file.relative_to(paths.ROOT)}; run ./tour i18n"] * bool(
            pot
        )
    kept = polib.pofile(str(file))
    found = []
    if pot is not None:
        new = {entry.msgid for entry in pot} ^ {entry.msgid for entry in kept}
        if new:
            text = sorted(new)[0][:60]
            found.append(
                f"{addon}: the .pot is out of date by {len(new)} texts, such as"
                f" {text!r}; run ./tour i18n"
            )
    for language in LANGUAGES:
        found += _language_faults(addon, folder / f"{language}.po", kept)
    return found


def _language_faults(addon, file, pot):
    where = f"{addon}/i18n/{file.name}"
    if not file.is_file():
        return [f"{where}: missing; run ./tour i18n, and translate"]
    entries = {entry.msgid: entry for entry in polib.pofile(str(file))}
    found, lacking = [], []
    for wanted in pot:
        entry = entries.get(wanted.msgid)
        if entry is None or not entry.msgstr.strip() or "fuzzy" in entry.flags:
            lacking.append(wanted.msgid)
        elif holes(entry.msgid) != holes(entry.msgstr):
            found.append(f"{where}: {entry.msgid[:60]!r}: other placeholders or tags")
        elif left := texts(entry.msgid) & texts(entry.msgstr):
            found.append(f"{where}: left as it was: {min(left)[:60]!r}")
    if lacking:
        found.append(
            f"{where}: {len(lacking)} of {len(pot)} not translated, such as"
            f" {lacking[0][:60]!r}"
        )
    return found


def holes(text):
    """The placeholders and tags in a text, counted.

    >>> holes("%(who)s has <b>%s</b>") == holes("<b>%s</b>: %(who)s")
    True
    >>> holes("%(who)s") == holes("%(whom)s")
    False
    """
    return Counter(_HOLES.findall(text))


def texts(text):
    """The sentences between tags, without samples; a text without tags has none.

    >>> texts("<p>Dear <b>you</b>,</p><p>Look at these bookings.</p>")
    {'Look at these bookings.'}
    """
    plain = re.sub(r"<t t-out.*?</t>", "", text, flags=re.DOTALL)
    parts = (" ".join(part.split()) for part in re.split(r"<[^>]+>", plain))
    is_html = "<" in text
    return {part for part in parts if is_html and len(_WORDS.findall(part)) > 2}
