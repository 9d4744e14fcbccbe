"""Chromium for the browser tests, behind a small script with the right flags."""

import os
import subprocess
from pathlib import Path

from . import packages, paths, stamps, system
from .ui import Failure, step

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# Without these it looks up its maker's hosts at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
]


def folder():
    """The directory with our script; it goes first on PATH."""
    return paths.cache() / "bin"


def ensure():
    """Return the script that starts Chromium."""
    browser = _found()
    if not browser:
        try:
            browser = system.ensure("Chromium", _found, ["chromium", "chromium-driver"])
        except Failure:
            # Ubuntu's is a snap, which does not run everywhere.
            browser = _from_playwright()
    script = folder() / "chromium"
    text = _script(browser)
    if not script.exists() or script.read_text() != text:
        folder().mkdir(exist_ok=True)
        fresh = script.with_suffix(f".{os.getpid()}")
        fresh.write_text(text)
        fresh.chmod(0o755)
        fresh.replace(script)
        # Odoo's tests look for this name first.
        twin = folder() / "google-chrome"
        twin.unlink(missing_ok=True)
        twin.symlink_to("chromium")
    return script


def _script(browser):
    lines = ["#!/bin/sh", "# Made by ./tour."]
    for name, value in system.environment().items():
        lines.append(f"export {name}='{value}'")
    lines.append(f"exec '{browser}' {' '.join(FLAGS)} \"$@\"")
    return "\n".join(lines) + "\n"


def _found():
    if os.environ.get("TOUR_BROWSER"):
        return Path(os.environ["TOUR_BROWSER"])
    for name in NAMES:
        # Our own script is first on the path of whatever ./tour starts.
        path = system.which(name, but=folder())
        if path and not _is_snap(path):
            return _binary(path)
    found = sorted(_playwright_home().glob("chromium-*/chrome-linux*/chrome"))
    return found[-1] if found else None


def _binary(path):
    """The program itself where the one on the path is a script in a tree of ours."""
    if system.unpacked() in path.parents:
        inner = system.unpacked() / "usr/lib/chromium/chromium"
        return inner if inner.exists() else path
    return path


def _is_snap(path):
    """Say whether a program only tells to install a snap."""
    if "/snap/" in str(path.resolve()):
        return True
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"snap" in head


def _playwright_home():
    return paths.cache() / "browsers"


def _from_playwright():
    env = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(_playwright_home())}
    with stamps.lock("browser"), step("Chromium: Playwright's own build"):
        command = [str(packages.python()), "-m", "playwright", "install", "chromium"]
        # Its libraries too, where we may install them.
        command += ["--with-deps"] if os.geteuid() == 0 else []
        done = subprocess.run(command, env=env, capture_output=True, text=True)
    browser = _found()
    if done.returncode or not browser:
        raise Failure(
            "There is no Chromium for the browser tests.",
            "Install Chromium or Chrome, or set TOUR_BROWSER to its program.",
        )
    return browser
