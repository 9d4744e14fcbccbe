"""The two databases that are compared: plain Odoo, and Odoo with the suite.

Both hold the same clients, orders and lines, made by SQL from the same numbers. They
are made once, and kept; add-ons that changed since are updated in place.
"""

import json

from setup import paths
from setup.ui import step

from . import odoo_process, populate, seeds


class Pair:
    """The databases for a number of bookings.

    :param databases: the `setup.databases.Databases` to make them on
    :param Size size: how much is in them
    """

    def __init__(self, databases, size):
        self.databases = databases
        self.size = size
        base = f"{databases.prefix}_bench_{size.bookings}"
        self.plain = f"{base}_plain"
        self.tour = f"{base}_tour"
        self._record = paths.data_dir() / f"{base}.json"

    def ensure(self, anew=False):
        """Make the databases, or bring the add-ons in them up to date."""
        made_from = populate.key(self.size)
        known = json.loads(self._record.read_text()) if self._record.is_file() else {}
        there = all(map(self.databases.exists, (self.plain, self.tour)))
        if anew or not there or known.get("data") != made_from:
            self._record.unlink(missing_ok=True)
            self._make()
        else:
            self._update(known["addons"])
        # What a run before left behind would make lists read what they need not.
        for name in (self.plain, self.tour):
            self.databases.run("VACUUM (ANALYZE)", db=name)
        keys = _addon_keys()
        self._record.write_text(json.dumps({"data": made_from, "addons": keys}))

    def _make(self):
        template = self.databases.template()
        for name in (self.plain, self.tour):
            self.databases.drop(name)
        with step("Bench database: Odoo with the suite"):
            self.databases.clone(template, self.tour)
            self.databases.odoo(self.tour, "-i", ",".join(_addon_keys()))
        with step("Bench database: plain Odoo"):
            self.databases.clone(template, self.plain)
        for name, has_suite in ((self.plain, False), (self.tour, True)):
            what = "bookings" if has_suite else "sales orders"
            with step(f"Bench database: {self.size.bookings:,} {what}"):
                self._fill(name, has_suite)

    def _fill(self, name, has_suite):
        with odoo_process.environment(name, mail_auto_subscribe_no_notify=True) as env:
            ids = seeds.make(env, has_suite)
        odoo_process.release(name)
        connection = self.databases.connect(name)
        try:
            with connection.cursor() as cr:
                populate.fill(cr, self.size, ids)
        finally:
            connection.close()

    def _update(self, known):
        changed = [
            name for name, key in _addon_keys().items() if known.get(name) != key
        ]
        if changed:
            with step(f"Bench database: updating {', '.join(changed)}"):
                old = [name for name in changed if name in known]
                new = [name for name in changed if name not in known]
                arguments = ["-u", ",".join(old)] if old else []
                arguments += ["-i", ",".join(new)] if new else []
                self.databases.odoo(self.tour, *arguments)


def _addon_keys():
    """The add-ons and what their files are, demo data and tests left out."""
    return {name: paths.digest(paths.ADDONS / name) for name in paths.our_addons()}
