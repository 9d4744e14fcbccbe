"""``./tour lint``: how code, views and translations are written."""

import os
import subprocess

from . import i18n, lint_database, node, packages, paths, readme
from .ui import bad, good, say, title

MAX_LINES = 500
PYTHON = ["setup", "tour", "addons", "tests", "bench", "deploy"]


def run(options):
    """Run the checks one after the other; say what each found."""
    title("Lint")
    if options.fix:
        _fix()
    checks = [
        ("ruff", _ruff),
        ("ruff format", _ruff_format),
        ("pylint-odoo", _pylint),
        ("XML and JavaScript format (prettier)", _prettier),
        ("JavaScript (eslint)", _eslint),
        (f"files of {MAX_LINES} lines at most", _lengths),
        ("READMEs of add-ons", readme.check),
        ("no address of a registry or a mirror", _hosts),
    ]
    if not options.fast:
        checks.append(("Odoo's own checks, and texts up to date", lint_database.check))
    checks.append(("translations", _translations))
    return 1 if sum(_check(name, check) for name, check in checks) else 0


def _check(name, check):
    """Run one check; return 1 if it found something."""
    found = check()
    if not found:
        good(name)
        return 0
    bad(name)
    for line in found:
        say(f"      {line}")
    return 1


def _tool(name, *arguments):
    """The complaints of a Python tool, as lines."""
    command = [str(packages.home() / "bin" / name), *arguments]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return (lines or [f"{name} failed"]) if done.returncode else []


def _present(names):
    return [name for name in names if (paths.ROOT / name).exists()]


def _files(*endings):
    """The repository's files with some endings, as paths from its root.

    Files that git ignores do not count; new ones do.
    """
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
    )
    names = listed.stdout.splitlines() or [
        file.relative_to(paths.ROOT).as_posix()
        for file in paths.ROOT.rglob("*")
        if "node_modules" not in file.parts and ".git" not in file.parts
    ]
    return sorted(
        name
        for name in dict.fromkeys(names)
        if name.endswith(endings) and (paths.ROOT / name).is_file()
    )


def _fix():
    places = _present(PYTHON)
    _tool("ruff", "check", "--fix-only", "--quiet", *places)
    _tool("ruff", "format", "--quiet", *places)
    readme.write()
    if files := _node_files():
        node.run("prettier", "--write", "--log-level=error", *files)


def _ruff():
    return _tool("ruff", "check", "--output-format=concise", *_present(PYTHON))


def _ruff_format():
    return _tool("ruff", "format", "--check", *_present(PYTHON))


def _pylint():
    addons = [f"addons/{name}" for name in paths.all_addons()]
    if not addons:
        return []
    jobs = f"--jobs={os.cpu_count() or 1}"
    lines = _tool("pylint", "--rcfile=.pylintrc-mandatory", jobs, *addons)
    # With several jobs each finding comes more than once.
    return sorted({line for line in lines if line and not line.startswith("*")})


def _node_files():
    """XML and JavaScript of ours: no library that lies in the tree."""
    files = _files(".xml", ".js", ".cjs")
    return [name for name in files if "/static/lib/" not in name]


def _prettier():
    files = _node_files()
    if not files:
        return []
    done = node.run("prettier", "--list-different", *files)
    if not done.returncode:
        return []
    lines = (done.stdout + done.stderr).strip().splitlines()
    return [*lines, "./tour lint --fix lays them out"]


def _eslint():
    files = [name for name in _node_files() if name.startswith("addons/")]
    files = [name for name in files if name.endswith(".js")]
    if not files:
        return []
    done = node.run("eslint", "--no-warn-ignored", *files)
    return (done.stdout + done.stderr).strip().splitlines() if done.returncode else []


def _lengths():
    found = []
    for name in _files(".py"):
        if "/tests/" in name:
            continue
        with (paths.ROOT / name).open() as file:
            lines = sum(1 for _line in file)
        if lines > MAX_LINES:
            found.append(f"{name}: {lines} lines")
    return found


def _hosts():
    """Addresses that depend on the machine belong in its own configuration."""
    words = ["deb.debian", "pypi" + ".org", "registry" + ".npmjs", "pythonhosted"]
    words += ["files.python", "snapshot" + ".debian"]
    found = []
    for name in _files(".py", ".md", ".rst", ".txt", ".json", ".toml", ".conf", "tour"):
        if name == "setup/lint.py":
            continue
        text = (paths.ROOT / name).read_text(errors="replace")
        found += [f"{name}: names {word}" for word in words if word in text]
    return found


def _translations():
    return [fault for name in paths.all_addons() for fault in i18n.faults(name)]
