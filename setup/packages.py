"""The Python packages, in an environment of ours, at locked versions."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import paths, stamps, system
from .ui import Failure, step

LOCK = Path(__file__).with_name("requirements.txt")


def home():
    """The environment's directory, one for each lock and each Python.

    So a new lock does not pull the packages from under a server that runs.
    """
    series = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return paths.cache() / f"venv-{series}-{key()[:6]}"


def python():
    """The environment's interpreter."""
    return home() / "bin" / "python"


def key():
    """What the environment is made from."""
    # sys._base_executable: inside the environment, the Python it was made with.
    return paths.digest(LOCK, sys.version, Path(sys._base_executable).resolve())


def ensure():
    """Make the environment, or leave it as it is when it is up to date."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Failure(
            f"This is Python {sys.version.split()[0]}; the suite runs on 3.11 to 3.13.",
            "Run it with one of these, for example: python3.12 ./tour run",
        )
    if stamps.is_fresh(home(), key()):
        (home() / ".stamp").touch()
        return python()
    with stamps.lock("venv"):
        if not stamps.is_fresh(home(), key()):
            with step("Python packages"):
                _make()
                _forget_old()
    return python()


def _make():
    shutil.rmtree(home(), ignore_errors=True)
    base = sys._base_executable
    made = subprocess.run([base, "-m", "venv", str(home())], capture_output=True)
    if made.returncode:
        # Debian and Ubuntu leave ensurepip out of their Python.
        shutil.rmtree(home(), ignore_errors=True)
        _run(base, "-m", "venv", "--without-pip", str(home()))
        pip = [str(python()), f"{_pip_wheel()}/pip"]
    else:
        pip = [str(python()), "-m", "pip"]
    # The lock names all: nothing else is asked for, such as the distribution `odoo`,
    # which add-ons of OCA depend on and no index has.
    _run(*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(LOCK))
    stamps.put(home(), key())


def _forget_old():
    """Remove environments that nobody has started for a month."""
    month = 30 * 24 * 3600
    for old in paths.cache().glob("venv-*"):
        stamp = old / ".stamp"
        if old != home() and time.time() - _last_use(stamp) > month:
            shutil.rmtree(old, ignore_errors=True)


def _last_use(stamp):
    return stamp.stat().st_mtime if stamp.is_file() else 0


def _pip_wheel():
    """Debian's pip as a wheel, from which Python can run it."""
    folders = [Path("/usr/share/python-wheels")]
    if shutil.which("apt-get"):
        folders.append(system.unpacked() / "usr/share/python-wheels")
    for _attempt in range(2):
        for folder in folders:
            for wheel in sorted(folder.glob("pip-*.whl")):
                return wheel
        system.unpack(["python3-pip-whl"])
    raise Failure(
        "This Python can make no environment with pip.",
        "Install the package python3-venv, and run again.",
    )


def _run(*command):
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line.upper()]
        raise Failure(
            "The Python packages could not be installed: " + " ".join(lines[:3])[:400],
            "Check the network (and pip's configuration), and run again;\n"
            "what is there already is not fetched again.",
        )
