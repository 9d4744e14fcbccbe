"""The demo database of this checkout: made once, updated when files change."""

import json
import os

from . import paths, stamps
from .databases import LANGUAGES, Databases
from .ui import Failure, good, step


class Demo:
    """The database that ``./tour run`` shows.

    :param ground: what it stands on
    :param name: another database than this checkout's own
    """

    def __init__(self, ground, name=None):
        self.ground = ground
        self.databases = Databases(ground)
        self.name = name or self.databases.prefix
        self.sources = paths.data_dir() / f"{self.name}.sources.json"

    def ensure(self):
        """Make the database, or update in it the add-ons whose files changed."""
        if self.databases.exists(self.name):
            changed = self.changed()
            if changed:
                self.update(changed)
            return
        master = self.ensure_master()
        with stamps.lock(self.name):
            draft = f"{self.name}_draft"
            self.databases.drop(draft)
            self.databases.clone(master, draft)
            self._make_unique(draft)
            self._rename(draft)
            self.sources.write_text(json.dumps(_keys()))

    def ensure_master(self):
        """Return the database that others are copied from, made anew if outdated.

        Nobody works in it, so it holds exactly what today's files make.
        """
        master = Demo(self.ground, f"{self.databases.prefix}_demo")
        with stamps.lock(master.name):
            if master.changed() or not self.databases.exists(master.name):
                master._make()
        return master.name

    def changed(self):
        """The add-ons whose files are not those that the database was made from."""
        known = self._known()
        return [name for name, key in _keys().items() if known.get(name) != key]

    def _known(self):
        return json.loads(self.sources.read_text()) if self.sources.is_file() else {}

    def update(self, names):
        """Update add-ons that are installed, and install those that are not."""
        rows = "SELECT name FROM ir_module_module WHERE state = 'installed'"
        installed = {name for (name,) in self.databases.run(rows, db=self.name)}
        keys = _keys()
        old = [name for name in names if name in installed]
        new = [name for name in names if name not in installed]
        with step(f"Demo database: updating {', '.join(names)}"):
            arguments = ["-u", ",".join(old)] if old else []
            arguments += ["-i", ",".join(new), "--with-demo"] if new else []
            if new:
                self._let_demo_in(self.name)
            self.databases.odoo(self.name, *arguments)
            self._keep_demo_out(self.name)
        self.sources.write_text(json.dumps(self._known() | {n: keys[n] for n in names}))

    def _make(self):
        ours = paths.named_addons()
        if not ours:
            raise Failure(
                "There are no add-ons in addons/.", "Check out the whole tree."
            )
        template = self.databases.template(languages=True)
        draft = f"{self.name}_draft"
        keys = _keys()
        with step("Demo database: the suite and its demo data (a minute or two)"):
            self.databases.drop(draft)
            self.databases.clone(template, draft)
            self._let_demo_in(draft)
            self.databases.odoo(
                draft,
                "-i",
                ",".join(ours),
                "--with-demo",
                f"--load-language={','.join(LANGUAGES)}",
            )
            self._keep_demo_out(draft)
            self._rename(draft)
        self.sources.write_text(json.dumps(keys))

    def _rename(self, draft):
        """Give the finished database its name: one cut off before has none."""
        self.databases.drop(self.name)
        self.databases.run("ALTER DATABASE {} RENAME TO {}", draft, self.name)
        if self.databases.filestore(draft).is_dir():
            os.rename(
                self.databases.filestore(draft), self.databases.filestore(self.name)
            )

    def _let_demo_in(self, name):
        """Odoo loads demo data only on add-ons that are marked as having theirs.

        OCA's are installed before: their demo names contacts of Odoo's own, which is
        not here.
        """
        self.databases.odoo(name, "-i", ",".join(paths.oca_addons()))
        self.databases.run("UPDATE ir_module_module SET demo = true", db=name)

    def _keep_demo_out(self, name):
        """Unmark Odoo's add-ons: an update would load their demo data."""
        self.databases.run(
            "UPDATE ir_module_module SET demo = false WHERE name != ALL(%s)",
            args=[paths.our_addons()],
            db=name,
        )

    def _make_unique(self, name):
        """Give the copy secrets of its own."""
        self.databases.run(
            "UPDATE ir_config_parameter SET value = gen_random_uuid()::text"
            " WHERE key IN ('database.uuid', 'database.secret')",
            db=name,
        )


def _keys():
    return {name: paths.digest(paths.ADDONS / name) for name in paths.our_addons()}


def logins():
    """The demo's users: dicts with ``role``, ``login`` and ``password``."""
    file = paths.ADDONS / "tour" / "demo" / "logins.json"
    if file.is_file():
        return json.loads(file.read_text())
    return [{"role": "administrator", "login": "admin", "password": "admin"}]


def show_logins():
    """Print the demo's users as a table."""
    good("Log in as")
    rows = [(who["role"], who["login"], who["password"]) for who in logins()]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("      " + "  ".join(cells).rstrip(), flush=True)
