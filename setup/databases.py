"""Databases: cached templates, and clones of them.

A template holds Odoo and the base add-ons, and is made once for each combination of
what it is made from.  Its name says which; so clones of the repository share it.
"""

import os
import re
import shutil
import subprocess

import psycopg2
from psycopg2 import sql

from . import packages, paths, postgres, stamps
from .ui import Failure, step

# What our add-ons stand on.  With `skip_auto_install` all of it is named here.
BASE = """
    account account_payment auth_signup auth_totp base_import base_setup contacts
    html_editor mail payment phone_validation portal portal_rating privacy_lookup
    product purchase rating resource_mail rpc sale sale_management sale_purchase
    sales_team web web_tour
""".split()
LANGUAGES = ["ru_RU", "fr_FR", "hu_HU"]
# To be raised when the making itself changes.
RECIPE = "1"


class Databases:
    """The databases on a server.

    :param ground: what the databases stand on
    """

    def __init__(self, ground):
        self.ground = ground
        self.prefix = f"tour_{paths.checkout_id()}"

    def connect(self, name="postgres"):
        """Open a connection on which each statement commits by itself."""
        keep = {key: os.environ.get(key) for key in self.ground.pg}
        os.environ.update(self.ground.pg)
        try:
            connection = psycopg2.connect(dbname=name)
        except psycopg2.OperationalError as error:
            raise Failure(
                f"PostgreSQL refuses: {str(error).strip()}",
                "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset them to have\n"
                "a private cluster.",
            ) from None
        finally:
            for key, value in keep.items():
                if value is None:
                    os.environ.pop(key, None)
        connection.autocommit = True
        return connection

    def run(self, statement, *names, args=None, db="postgres"):
        """Run one statement, with names of databases for its ``{}``."""
        connection = self.connect(db)
        try:
            with connection.cursor() as cr:
                query = sql.SQL(statement).format(*map(sql.Identifier, names))
                cr.execute(query, args)
                return cr.fetchall() if cr.description else []
        except psycopg2.errors.InsufficientPrivilege as error:
            raise Failure(
                f"PostgreSQL: {str(error).strip()}",
                "The role needs the right CREATEDB; with PGHOST and the like unset,\n"
                "there is a private cluster.",
            ) from None
        except psycopg2.Error as error:
            raise Failure(f"PostgreSQL: {str(error).strip()}") from None
        finally:
            connection.close()

    def exists(self, name):
        """Say whether there is a database of this name."""
        rows = "SELECT 1 FROM pg_database WHERE datname = %s"
        return bool(self.run(rows, args=[name]))

    def names(self):
        """The databases of this checkout."""
        rows = self.run("SELECT datname FROM pg_database ORDER BY 1")
        return [name for (name,) in rows if name.startswith(self.prefix)]

    def drop(self, name):
        """Drop a database and its files, ending its connections."""
        if self.exists(name):
            self.run("ALTER DATABASE {} IS_TEMPLATE false", name)
            self.run("DROP DATABASE {} WITH (FORCE)", name)
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def filestore(self, name):
        """The directory of a database's attachments."""
        return paths.data_dir() / "filestore" / name

    def clone(self, source, target):
        """Copy a database with its files, which never change and so are linked."""
        [(version,)] = self.run("SELECT current_setting('server_version_num')::int")
        # Copying files is quicker than logging pages; older servers do nothing else.
        how = " STRATEGY FILE_COPY" if version >= 150000 else ""
        self.run(f"CREATE DATABASE {{}} TEMPLATE {{}}{how}", target, source)
        shutil.rmtree(self.filestore(target), ignore_errors=True)
        if self.filestore(source).is_dir():
            shutil.copytree(
                self.filestore(source), self.filestore(target), copy_function=os.link
            )

    def installed(self, name):
        """Names of the add-ons that a database of Odoo has."""
        rows = self.run(
            "SELECT name FROM ir_module_module WHERE state IN ('installed',"
            " 'to upgrade')",
            db=name,
        )
        return {addon for (addon,) in rows}

    def clean(self):
        """Drop the test databases that killed runs left behind."""
        for name in self.names():
            if self._get_tester(name) and not self.is_being_tested(name):
                self.drop(name)

    def is_being_tested(self, name):
        """Whether a run of tests that goes on uses this database."""
        tester = self._get_tester(name)
        return bool(tester) and os.path.exists(f"/proc/{tester}")

    def _get_tester(self, name):
        """The process whose test database this is; empty for those that are kept."""
        match = re.fullmatch(rf"{self.prefix}_t(\d+)", name)
        return match[1] if match else ""

    def temporary(self):
        """A name for this process's test database."""
        return f"{self.prefix}_t{os.getpid()}"

    def template(self, languages=False):
        """Return the name of the template, making it where there is none."""
        key = paths.digest(
            RECIPE,
            self.ground.tree.key(),
            packages.LOCK,
            " ".join(BASE),
            *(LANGUAGES if languages else []),
            # On a server that several caches share, each has files of its own.
            *([] if postgres.is_private(self.ground.pg) else [str(paths.cache())]),
        )
        name = f"tour_template_{key}"
        if not self.exists(name):
            with stamps.lock(name):
                if not self.exists(name):
                    self._make_template(name, languages)
        return name

    def _make_template(self, name, languages):
        draft = f"{name}_draft"
        self.drop(draft)
        source = self.template() if languages else None
        what = "languages" if languages else "Odoo and its base add-ons"
        with step(f"Template database: {what} (once; a minute or two)"):
            if source:
                self.clone(source, draft)
                self.odoo(draft, "-u", "web", f"--load-language={','.join(LANGUAGES)}")
            else:
                self.odoo(draft, "-i", ",".join(BASE))
            shutil.rmtree(self.filestore(name), ignore_errors=True)
            if self.filestore(draft).is_dir():
                self.filestore(draft).rename(self.filestore(name))
            self.run("ALTER DATABASE {} RENAME TO {}", draft, name)
            self.run("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        self._forget_old()

    def _forget_old(self):
        """Drop templates of times past; each takes some 100 MB."""
        rows = (
            "SELECT datname FROM pg_database"
            " WHERE datname ~ '^tour_template_[0-9a-f]+$' ORDER BY oid DESC OFFSET 6"
        )
        for (name,) in self.run(rows):
            self.drop(name)

    def odoo(self, name, *arguments):
        """Run Odoo once on a database, for an installation or an update."""
        log = paths.log_dir() / f"{name}.log"
        command = self.ground.odoo(
            f"--database={name}",
            *arguments,
            "--stop-after-init",
            "--no-http",
            "--max-cron-threads=0",
        )
        with log.open("w") as file:
            done = subprocess.run(
                command, env=self.ground.env(), stdout=file, stderr=subprocess.STDOUT
            )
        if done.returncode:
            lines = log.read_text(errors="replace").splitlines()
            said = [line for line in lines if re.search(r"Error|ERROR|CRITICAL", line)]
            raise Failure(
                "Odoo failed: " + (said or lines or ["no word"])[-1][-400:],
                f"Its log is {log}.",
            )
        return log
