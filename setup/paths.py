"""Where things lie: this checkout, and the cache that clones share."""

import hashlib
import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
# Add-ons beside the suite: the website changes every page, and nobody has to have it.
# They run by themselves (``./tour test tour_website``), and are linted with the rest.
BESIDE = ("tour_website",)


def cache():
    """The directory for all that is fetched or built, shared by clones."""
    if os.environ.get("TOUR_CACHE"):
        path = Path(os.environ["TOUR_CACHE"]).expanduser().absolute()
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
        path = Path(base).expanduser().absolute() / "tour"
    path.mkdir(parents=True, exist_ok=True)
    return path


def checkout_id(root=ROOT):
    """A short name of this checkout, so that clones do not share databases."""
    return digest(str(root))[:8]


def data_dir():
    """Odoo's files (attachments, sessions) of this checkout's databases."""
    path = cache() / "data"
    path.mkdir(exist_ok=True)
    return path


def log_dir():
    """The logs of this checkout's runs."""
    path = cache() / "log" / checkout_id()
    path.mkdir(parents=True, exist_ok=True)
    return path


def digest(*parts):
    """A short hash of texts, of files and of what directories hold."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            files = sorted(part.rglob("*")) if part.is_dir() else [part]
            for file in files:
                if file.is_file() and "__pycache__" not in file.parts:
                    total.update(str(file.relative_to(part.parent)).encode())
                    total.update(file.read_bytes())
        else:
            total.update(str(part).encode())
        total.update(b"\0")
    return total.hexdigest()[:12]


def our_addons():
    """The names of the suite's add-ons, those below first."""
    return [name for name in all_addons() if name not in BESIDE]


def all_addons():
    """`our_addons`, and those beside the suite."""
    found = {
        path.parent.name: _depends(path) for path in ADDONS.glob("*/__manifest__.py")
    }
    ordered = []

    def visit(name):
        for below in sorted(found[name] & found.keys()):
            visit(below)
        if name not in ordered:
            ordered.append(name)

    for name in sorted(found):
        visit(name)
    return ordered


def named_addons():
    """Those of `our_addons` that are installed by name: Odoo adds the bridges between
    add-ons itself, where what they connect is there."""
    return [name for name in our_addons() if not _is_bridge(name)]


def oca_addons():
    """The names of OCA's add-ons that ours stand on."""
    text = (ROOT / "requirements-addons.txt").read_text()
    packages = re.findall(r"^odoo-addon-([\w-]+)==", text, re.MULTILINE)
    return [package.replace("-", "_") for package in packages]


def _is_bridge(name):
    manifest = (ADDONS / name / "__manifest__.py").read_text()
    return bool(re.search(r"""["']auto_install["']\s*:\s*[^F\s]""", manifest))


def _depends(manifest):
    """The names in a manifest's ``depends``."""
    match = re.search(r"""["']depends["']\s*:\s*\[([^\]]*)\]""", manifest.read_text())
    return set(re.findall(r"""["'](\w+)["']""", match[1])) if match else set()
