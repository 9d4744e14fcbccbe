"""The checks that need the add-ons installed: Odoo's test_lint, and the texts.

Odoo's checks go over all add-ons that it finds; ``lint_odoo.py`` narrows them to ours.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from . import i18n, paths, server
from .databases import Databases
from .ground import Ground
from .logcheck import Reader

# The classes of test_lint that judge add-ons, and judge ours at low cost.
CLASSES = """
    TestDunderinit ManifestLinter TestNaming TestOnchangeDomains TestPyLint
    TestLintOverrideSignatures RoutesLinter PotLinter TestIndex TestJsTranslations
    TestI18n TestTestHoles TestDocstring
""".split()


def check():
    """Install the add-ons in a clone, run Odoo's checks, compare the texts."""
    ours = paths.our_addons()
    if not ours:
        return []
    ground = Ground()
    databases = Databases(ground)
    databases.clean()
    name = databases.temporary()
    databases.clone(databases.template(), name)
    try:
        found = _odoo_checks(ground, name, ours)
        with tempfile.TemporaryDirectory() as folder:
            pots = i18n.export(ground, name, ours, Path(folder))
        for addon, pot in pots.items():
            found += [line for line in i18n.faults(addon, pot) if ".pot" in line]
        return found
    finally:
        databases.drop(name)


def _odoo_checks(ground, name, ours):
    tags = ",".join(f"/test_lint:{case}" for case in CLASSES)
    command = ground.odoo(
        f"--database={name}",
        "-i",
        ",".join([*ours, "test_lint"]),
        f"--test-tags={tags}",
        "--stop-after-init",
        "--max-cron-threads=0",
        f"--http-port={server.free_port()}",
    )
    # The same command line, with our narrowing in place of Odoo's own start.
    script = Path(__file__).with_name("lint_odoo.py")
    command = [command[0], str(script), *command[3:]]
    log = paths.log_dir() / "lint.log"
    with log.open("w") as file:
        done = subprocess.run(
            command,
            env=ground.env(TOUR_ADDONS=",".join(ours)),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    return _read(log, done.returncode)


def _read(log, code):
    """The findings in a log, each with the lines that explain it."""
    reader, found, keep = Reader(), [], False
    for line in log.read_text(errors="replace").splitlines():
        kind = reader.feed(line)
        if re.match(r"\d{4}-\d\d-\d\d ", line):
            keep = kind in ("broken", "odd")
            line = line.split(": ", 1)[-1] if keep else line
        if (
            keep
            and line.strip()
            and not line.lstrip().startswith(("File ", "Traceback"))
        ):
            found.append(line)
    if not reader.ran:
        found.append(f"Odoo ran no check (it ended with {code}); its log is {log}")
    return found
