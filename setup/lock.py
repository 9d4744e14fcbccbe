"""``./tour lock``: the exact versions and hashes of the Python packages."""

import subprocess
import sys
import tempfile
from pathlib import Path

from . import packages
from .ui import Failure, good, step

WANTED = packages.LOCK.with_suffix(".in")
# What packages ask for, and what is not to be had, or comes otherwise.
OVERRIDES = packages.LOCK.with_name("overrides.txt")
HEAD = "# Made by `./tour lock` from requirements.in.  Do not edit.\n"
# The resolver of this tool locks for all Pythons at once.
TOOL = "uv"


def run(options):
    """Lock anew; what can stay as it is locked, stays."""
    with tempfile.TemporaryDirectory() as folder:
        with step("Locking the Python packages"):
            _run(sys.executable, "-m", "venv", folder)
            _run(f"{folder}/bin/pip", "install", "--quiet", TOOL)
            draft = Path(folder) / "requirements.txt"
            draft.write_text(packages.LOCK.read_text())
            _run(
                f"{folder}/bin/{TOOL}",
                *("pip", "compile", str(WANTED), "--output-file", str(draft)),
                *("--override", str(OVERRIDES)),
                *("--universal", "--python-version", "3.11", "--generate-hashes"),
                *("--no-emit-index-url", "--no-header", "--quiet"),
            )
        packages.LOCK.write_text(HEAD + draft.read_text())
    good("Locked; the next command installs what changed")


def _run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Failure(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")
