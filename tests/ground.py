"""The database and the server that the tests from outside talk to."""

import json
import os
import re
import subprocess
import urllib.request
from pathlib import Path

from setup import logcheck, paths, server, stamps
from setup.databases import Databases
from setup.ground import Ground

HERE = Path(__file__).resolve().parent
# Odoo's provider of payments that says what one tells it to.
EXTRA = ["payment_demo"]
# What a test may provoke on purpose; matched like `setup/allowed_log.txt`.
ALLOWED = [
    # XML-RPC goes away in Odoo 20; until then it must be as safe as JSON-2.
    r"^WARNING odoo\.addons\.rpc\.controllers\.(xmlrpc|jsonrpc): The /xmlrpc, ",
]


class World:
    """A database with the suite and the people and bookings of ``world.py``."""

    def __init__(self):
        self.ground = Ground(browser=True)
        self.databases = Databases(self.ground)
        self.kept = os.environ.get("TOUR_OUTSIDE_DB")
        self.name = self.kept or self.databases.temporary()

    def make(self):
        """Clone the prepared database, preparing it where its sources changed."""
        self.databases.clean()
        if not (self.kept and self.databases.exists(self.kept)):
            self.databases.clone(self._prepared(), self.name)

    def drop(self):
        if not self.kept:
            self.databases.drop(self.name)

    def facts(self, name="world"):
        """What ``world.py`` made and saw: ids, keys, models, methods."""
        rows = "SELECT value FROM ir_config_parameter WHERE key = %s"
        key = f"tour.outside.{name}"
        return json.loads(self.databases.run(rows, args=[key], db=self.name)[0][0])

    def sql(self, statement, *args):
        """Look into the database, past Odoo."""
        return self.databases.run(statement, args=list(args), db=self.name)

    def shell(self, script, name=None):
        """Run a Python file in Odoo's shell."""
        done = subprocess.run(
            self.ground.odoo("shell", f"--database={name or self.name}", "--no-http"),
            env=self.ground.env(),
            input=script,
            capture_output=True,
            text=True,
        )
        if done.returncode or "Traceback" in done.stderr:
            raise RuntimeError(done.stderr[-4000:])
        return done.stdout

    def _prepared(self):
        """The database to clone, kept until what it is made from changes."""
        addons = paths.our_addons()
        key = paths.digest(
            self.databases.template(languages=True),
            *(paths.ADDONS / name for name in addons),
            *EXTRA,
            HERE / "world.py",
            HERE / "surface.py",
        )
        prefix = f"{self.databases.prefix}_outside_"
        name = prefix + key
        with stamps.lock(f"{self.databases.prefix}_outside"):
            if not self.databases.exists(name):
                for old in self.databases.names():
                    if old.startswith(prefix):
                        self.databases.drop(old)
                self._prepare(f"{prefix}draft", name, addons)
        return name

    def _prepare(self, draft, name, addons):
        self.databases.drop(draft)
        self.databases.clone(self.databases.template(languages=True), draft)
        log = self.databases.odoo(draft, "-i", ",".join([*addons, *EXTRA]))
        self.databases.run(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)",
            args=["tour.outside.installation", json.dumps(unexpected(log))],
            db=draft,
        )
        scripts = [(HERE / f"{name}.py").read_text() for name in ("surface", "world")]
        # Two scripts, one start of Odoo.
        self.shell("\n\n".join(scripts), draft)
        self.databases.run("ALTER DATABASE {} RENAME TO {}", draft, name)
        if self.databases.filestore(draft).is_dir():
            self.databases.filestore(draft).rename(self.databases.filestore(name))


class Running:
    """A server on the world, with its log.

    It runs no scheduled actions: mails wait in the queue, where they are looked at.

    :param int workers: processes that answer; 0 is one, with threads
    """

    def __init__(self, world, log_name="outside", workers=0):
        self.world = world
        self.workers = workers
        self.port = server.free_port()
        self.log = paths.log_dir() / f"{log_name}-{os.getpid()}.log"
        self.file = self.log.open("w")
        self.server = None
        self.reader = _reader()
        self.read_until = 0
        self.start()

    def start(self):
        """Start it, or start it again."""
        self.server = server.Server(
            self.world.ground,
            self.world.name,
            self.port,
            log=self.file,
            arguments=["--max-cron-threads=0"],
            workers=self.workers,
        )
        self.server.wait()

    @property
    def url(self):
        return self.server.url

    def stop(self):
        self.server.stop()
        self.file.close()

    def odd(self):
        """Warnings, errors and tracebacks since the last time that this was asked."""
        with self.log.open(errors="replace") as file:
            file.seek(self.read_until)
            for line in iter(file.readline, ""):
                self.reader.feed(line.rstrip())
            self.read_until = file.tell()
        odd, self.reader.unexpected = self.reader.unexpected, []
        return list(dict.fromkeys(odd))

    def get(self, path):
        """Fetch a page as nobody."""
        return urllib.request.urlopen(self.url + path, timeout=60)


def _reader():
    reader = logcheck.Reader()
    reader.allowed += map(re.compile, ALLOWED)
    return reader


def unexpected(log):
    """Read a whole log for what should not be in it."""
    reader = _reader()
    for line in log.read_text(errors="replace").splitlines():
        reader.feed(line)
    return reader.unexpected
