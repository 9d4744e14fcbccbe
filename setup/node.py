"""The tools written in JavaScript that check XML and JavaScript files."""

import os
import shutil
import subprocess
from pathlib import Path

from . import paths, stamps, system
from .ui import Failure, step

HERE = Path(__file__).with_name("node")


def ensure():
    """Install the locked tools; return the directory with their modules."""
    home = paths.cache() / f"node-{paths.digest(HERE)}"
    modules = home / "node_modules"
    if stamps.is_fresh(home, "1"):
        return modules
    npm = system.ensure(
        "npm (for the XML formatter)", lambda: system.which("npm"), ["npm"]
    )
    with stamps.lock("node"):
        if not stamps.is_fresh(home, "1"):
            with step("Formatter of XML and JavaScript"):
                _install(npm, home)
    return modules


def _install(npm, home):
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(HERE, home)
    done = subprocess.run(
        [str(npm), "ci", "--no-progress", "--loglevel=error"],
        cwd=home,
        env=os.environ | system.environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failure(
            f"npm failed: {done.stderr.strip()[-300:]}",
            "Check the network (and npm's configuration), and run again.",
        )
    stamps.put(home, "1")


def run(tool, *arguments):
    """Run a tool in the repository.

    :return: the finished process, with its output as text
    """
    modules = ensure()
    env = {**os.environ, **system.environment(), "TOUR_NODE_MODULES": str(modules)}
    node = shutil.which("node", path=env.get("PATH")) or str(system.which("node"))
    scripts = {
        "prettier": "prettier/bin/prettier.cjs",
        "eslint": "eslint/bin/eslint.js",
    }
    return subprocess.run(
        [node, str(modules / scripts[tool]), *arguments],
        cwd=paths.ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
