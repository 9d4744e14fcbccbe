"""Each add-on's README.md, put together from the fragments in its ``readme/``."""

import ast

from . import paths

FRAGMENTS = [
    ("DESCRIPTION", ""),
    ("CONTEXT", "Context"),
    ("INSTALL", "Installation"),
    ("CONFIGURE", "Configuration"),
    ("USAGE", "Usage"),
    ("ROADMAP", "Known limits"),
    ("HISTORY", "Changes"),
    ("CREDITS", "Credits"),
    ("CONTRIBUTORS", "Contributors"),
]


def text(addon):
    """The README of an add-on, or "" if it has no fragments."""
    folder = paths.ADDONS / addon / "readme"
    parts = []
    for name, heading in FRAGMENTS:
        file = folder / f"{name}.md"
        if file.is_file():
            parts += [f"## {heading}"] * bool(heading) + [file.read_text().strip()]
    if not parts:
        return ""
    manifest = ast.literal_eval((folder.parent / "__manifest__.py").read_text())
    note = "<!-- Made from readme/ by ./tour lint --fix; edit there. -->"
    parts = [note, f"# {manifest['name']}", *parts, f"Licence: {manifest['license']}."]
    return "\n\n".join(parts) + "\n"


def write():
    """Write the READMEs that are not up to date."""
    for addon in outdated():
        (paths.ADDONS / addon / "README.md").write_text(text(addon))


def outdated():
    """The add-ons whose README differs from their fragments."""
    names = []
    for addon in paths.all_addons():
        file = paths.ADDONS / addon / "README.md"
        now = text(addon)
        if now and (not file.is_file() or file.read_text() != now):
            names.append(addon)
    return names


def check():
    """Complaints, a line each."""
    return [f"addons/{name}/README.md: run ./tour lint --fix" for name in outdated()]
