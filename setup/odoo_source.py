"""Odoo 19: a copy that is there already, or one that we fetch."""

import ast
import os
import shutil
import subprocess
from pathlib import Path

from . import apt, paths, stamps
from .ui import Failure, say, step

SERIES = "19.0"
# The one address of the suite; set TOUR_ODOO_GIT to use a mirror of your own.
GIT = "https://github.com/odoo/odoo.git"

PACKAGES = [
    "odoo-19",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "gsfonts",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
# Odoo links to files of version 4; unstable's newer one has them no more.
FONT_AWESOME = "fonts-font-awesome"

# `mail` lists this file in a bundle, but Debian cannot ship it.  It blurs the
# background of a video call; with the stub the call goes on without the blur.
MISSING = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB = """\
/* Stands for a library that Debian's package of Odoo leaves out. */
window.SelfieSegmentation = class {
    setOptions() {}
    onResults() {}
    async send() {}
    reset() {}
};
"""
# What a tree cannot do without, below the directory of its add-ons.
NEEDED = [
    "sale_management/__manifest__.py",
    "account/__manifest__.py",
    "purchase/__manifest__.py",
    "web/static/src/libs/fontawesome/css/font-awesome.css",
    "web/static/src/libs/fontawesome/fonts/fontawesome-webfont.woff2",
    MISSING,
]


class Tree:
    """A copy of Odoo: ``root`` goes on Python's path, ``addons`` on Odoo's."""

    def __init__(self, root, addons=None):
        self.root = root
        self.core = root / "odoo"
        self.addons = addons or self.core / "addons"

    def version(self):
        """The series and the release, such as ``19.0``, or "" if there is none."""
        release = self.core / "release.py"
        if not release.is_file():
            return ""
        for node in ast.parse(release.read_text()).body:
            if isinstance(node, ast.Assign) and "version_info" in ast.dump(node):
                values = [v.value for v in node.value.elts if hasattr(v, "value")]
                return ".".join(str(value) for value in values[:2])
        return ""

    def key(self):
        """What tells this tree from another."""
        return paths.digest(str(self.root), self.core / "release.py", *self._state())

    def _state(self):
        """The files that change when the tree is brought up to date."""
        head = self.root / ".git" / "HEAD"
        files = [head, self.root / ".git" / "packed-refs"]
        if len(self.root.parents) > 3:
            files.append(self.root.parents[3] / ".stamp")
        if head.is_file() and head.read_text().startswith("ref: "):
            files.append(self.root / ".git" / head.read_text()[5:].strip())
        return [file for file in files if file.is_file()]

    def missing(self):
        """The files that the tree ought to have and has not."""
        listed = self.root / ".files"
        names = listed.read_text().splitlines() if listed.is_file() else []
        wanted = [self.addons / name for name in NEEDED]
        wanted += [self.root / name for name in names]
        wanted.append(self.core / "addons" / "base" / "__manifest__.py")
        return [path for path in wanted if not path.exists()]


def find():
    """Return a working tree, fetching one where there is none."""
    if os.environ.get("ODOO_HOME"):
        return _checked(_tree_at(Path(os.environ["ODOO_HOME"]).expanduser()), True)
    for tree in _installed():
        if tree.version() == SERIES and not tree.missing():
            return tree
    with stamps.lock("odoo"):
        return _from_debian() if apt.is_debian() else _from_git()


def _tree_at(home):
    """The tree of a checkout or of an installed package."""
    home = home.absolute()
    if not (home / "odoo").is_dir() and (home / "release.py").is_file():
        home = home.parent
    addons = home / "addons"
    return Tree(home, addons if (addons / "account").is_dir() else None)


def _installed():
    places = [
        Path("/usr/lib/python3/dist-packages"),
        Path("/opt/odoo"),
        paths.ROOT.parent / "odoo",
    ]
    return [_tree_at(place) for place in places if (place / "odoo").is_dir()]


def _checked(tree, named):
    """Return a tree that the user named, or say what is wrong with it."""
    if tree.version() != SERIES:
        raise Failure(
            f"ODOO_HOME holds no Odoo {SERIES}.",
            "Point it at a checkout of Odoo's 19.0 branch, or unset it.",
        )
    missing = [path for path in tree.missing() if not path.as_posix().endswith(MISSING)]
    if missing and named:
        raise Failure(
            f"The Odoo tree in ODOO_HOME lacks {len(missing)} files,"
            f" {missing[0]} first.",
            "Check it out again, or unset ODOO_HOME to have one fetched.",
        )
    return tree


def _from_debian():
    home = paths.cache() / "odoo"
    target = home / "tree"
    tree = Tree(target / "usr" / "lib" / "python3" / "dist-packages")
    if stamps.is_fresh(target, SERIES):
        missing = tree.missing()
        if not missing:
            return tree
        say(f"...   Odoo's tree lacks {len(missing)} files and is laid out anew")
    with step("Odoo 19: fetching Debian's package (130 MB)"):
        own, archives = _download(home)
    with step("Odoo 19: unpacking"):
        _lay_out(own, archives, target)
    if tree.version() != SERIES or tree.missing():
        raise Failure(
            "The Odoo tree is not whole: "
            + ", ".join(str(path) for path in tree.missing()[:3]),
            "Set ODOO_HOME to a checkout of Odoo's 19.0 branch, and run again.",
        )
    shutil.rmtree(own.archives)
    return tree


def _download(home):
    """Fetch the packages, but for what an earlier try, cut off, has fetched."""
    own = apt.OwnApt(home / "apt", ["unstable"])
    stable = apt.OwnApt(home / "apt-stable", [_font_suite()])
    try:
        own.update()
        archives = own.download(PACKAGES)
        stable.update()
        return own, archives + stable.download([FONT_AWESOME])
    except Failure as failure:
        raise Failure(
            str(failure),
            f"{failure.remedy}\nOr set ODOO_HOME to a checkout of Odoo's 19.0 branch.",
        ) from None


def _font_suite():
    """The suite with font-awesome 4: ours up to Debian 13."""
    codename = apt.os_release().get("VERSION_CODENAME", "")
    return codename if codename in ("bookworm", "trixie") else "bookworm"


def _lay_out(own, archives, target):
    """Unpack beside, then rename, so that a cut-off leaves no half tree."""
    fresh = target.with_name("tree.new")
    shutil.rmtree(fresh, ignore_errors=True)
    own.unpack(archives, fresh)
    root = fresh / "usr" / "lib" / "python3" / "dist-packages"
    stub = root / "odoo" / "addons" / MISSING
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB)
    _write_list(root)
    stamps.put(fresh, SERIES)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _write_list(root):
    """Note the Python and data files of Odoo, to notice later when one is gone."""
    names = [
        path.relative_to(root).as_posix()
        for path in (root / "odoo").rglob("*.py")
        if "addons" not in path.parts or path.name == "__manifest__.py"
    ]
    (root / ".files").write_text("\n".join(sorted(names)))


def _from_git():
    target = paths.cache() / "odoo" / "git"
    tree = Tree(target, target / "addons")
    if stamps.is_fresh(target, SERIES) and not tree.missing():
        return tree
    if not shutil.which("git"):
        raise Failure("git is missing.", "Install git, and run again.")
    fresh = target.with_name("git.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    address = os.environ.get("TOUR_ODOO_GIT", GIT)
    with step("Odoo 19: fetching a shallow clone (this may take minutes)"):
        command = ["git", "clone", "--quiet", "--depth", "1", "--branch", SERIES]
        done = subprocess.run([*command, address, str(fresh)])
        if done.returncode:
            raise Failure(
                "Odoo could not be fetched.",
                "Set TOUR_ODOO_GIT to a mirror that this machine reaches, or\n"
                "ODOO_HOME to a checkout of Odoo's 19.0 branch, and run again.",
            )
    stamps.put(fresh, SERIES)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return _checked(tree, False)


def python_path(tree):
    """The value of PYTHONPATH with which ``python -m odoo`` works."""
    rest = os.environ.get("PYTHONPATH")
    return os.pathsep.join(filter(None, [str(tree.root), rest]))
