"""PostgreSQL: the environment's server, or a private cluster.

The private cluster listens on a Unix socket only, in a directory that nobody else
may enter, so it can neither clash with another server's port nor be reached from
outside.  Its writes are durable, as in production.
"""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import paths, stamps, system
from .ui import Failure, note, step

USER = "tour"
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    # What follows suits disks without moving parts.
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    # Odoo's many small queries are dearer to compile than to run.
    "jit": "off",
    "logging_collector": "off",
}
# Any of these says that the environment has a server of its own.
FOREIGN = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE")


def ensure():
    """Return the variables with which libpq, and so Odoo, finds the server."""
    if any(os.environ.get(name) for name in FOREIGN):
        own = os.environ.get("TOUR_PG_SOCKET")
        if not own or own != os.environ.get("PGHOST"):
            return {name: os.environ[name] for name in os.environ if name[:2] == "PG"}
    binaries = system.ensure("PostgreSQL", find_binaries, ["postgresql"])
    with stamps.lock("postgres"):
        cluster = Cluster(binaries)
        cluster.start()
    return cluster.variables()


def find_binaries():
    """The directory of the newest server on the machine."""
    roots = [Path("/usr/lib/postgresql"), system.unpacked() / "usr/lib/postgresql"]
    found = [path for root in roots for path in root.glob("*/bin/postgres")]
    found.sort(key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    if found:
        return found[-1].parent
    program = shutil.which("postgres")
    return Path(program).resolve().parent if program else None


def is_private(variables):
    """Say whether these variables lead to the private cluster."""
    return variables.get("PGHOST") == variables.get("TOUR_PG_SOCKET", "")


class Cluster:
    """The private cluster of this cache."""

    def __init__(self, binaries):
        self.binaries = binaries
        self.owner = _owner()
        self.version = binaries.parent.name
        self.data = self._home() / f"pg-{self.version}"
        self.socket = self._socket()

    def _home(self):
        """The cache, or a place that the server's user can reach."""
        if not self.owner:
            return paths.cache()
        # PostgreSQL refuses to run as root, and root's cache is closed to others.
        tag = hashlib.sha256(str(paths.cache()).encode()).hexdigest()[:8]
        return Path("/var/lib/tour") / tag

    def _socket(self):
        """A directory for the socket: the system limits its path to 107 bytes."""
        inside = self.data.parent / "run"
        if len(str(inside)) < 90:
            return inside
        tag = hashlib.sha256(str(inside).encode()).hexdigest()[:8]
        return Path(tempfile.gettempdir()) / f"tour-{os.getuid()}-{tag}"

    def variables(self):
        """The variables with which to reach it."""
        return {
            "PGHOST": str(self.socket),
            "PGPORT": "5432",
            "PGUSER": USER,
            "TOUR_PG_SOCKET": str(self.socket),
        }

    def start(self):
        """Make the cluster where there is none, and start it unless it runs."""
        if self.answers():
            return
        if not (self.data / ".stamp").exists():
            with step(f"PostgreSQL {self.version}: a private cluster"):
                self._create()
        self._folder(self.socket)
        self._clear_stale()
        with step("PostgreSQL: starting"):
            self._start()

    def answers(self):
        """Say whether the server takes connections."""
        command = [self.binaries / "pg_isready", "-q", "-h", self.socket, "-p", "5432"]
        return not self._run(command, check=False).returncode

    def stop(self):
        """Stop the server, ending its connections."""
        command = [self.binaries / "pg_ctl", "stop", "-D", self.data, "-m", "fast"]
        self._run(command, check=False)

    def _folder(self, path):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)
            path.chmod(0o700)

    def _create(self):
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.owner:
            self.data.parent.chmod(0o755)
            self.data.parent.parent.chmod(0o755)
        self._folder(self.data)
        self._run(
            [self.binaries / "initdb", "-D", self.data, "-U", USER, "--auth=trust"]
            + ["--encoding=UTF8", "--locale=C.UTF-8"]
        )
        lines = [f"{name} = {value}\n" for name, value in SETTINGS.items()]
        lines.append(f"unix_socket_directories = '{self.socket}'\n")
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(["\n# The suite's settings.\n", *lines])
        stamps.put(self.data, self.version)

    def _clear_stale(self):
        """Drop the lock file of a server that was killed.

        PostgreSQL does so itself unless another process has got the same number.
        """
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        pid = int((lock.read_text().split() or ["0"])[0])
        if is_postgres(pid, self.data):
            return
        note("PostgreSQL was cut off; it recovers by itself")
        lock.unlink(missing_ok=True)
        for left in self.socket.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _start(self):
        log = self.data / "server.log"
        command = [self.binaries / "pg_ctl", "start", "-D", self.data, "-l", log]
        command += ["-w", "-t", "60", "-s"]
        done = self._run(command, check=False)
        for _attempt in range(50):
            if self.answers():
                return
            if done.returncode:
                break
            time.sleep(0.2)
        tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
        raise Failure(
            "PostgreSQL does not start: " + " / ".join(tail)[-500:],
            f"Its log is {log}.\n`./tour reset --all` makes a new, empty cluster.",
        )

    def _run(self, command, check=True):
        extra = {}
        if self.owner:
            extra = {"user": self.owner.pw_uid, "group": self.owner.pw_gid}
            extra["extra_groups"] = []
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        # Its own session: Ctrl-C in the terminal must not reach the server.
        done = subprocess.run(
            [str(part) for part in command],
            env=env | system.environment() | {"LC_ALL": "C.UTF-8"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if check else subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            **extra,
        )
        if check and done.returncode:
            raise Failure(f"{Path(command[0]).name} failed: {done.stderr[-400:]}")
        return done


def _owner():
    """As root, the user to run the server as."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("root cannot run PostgreSQL.", "Create the user `postgres`.")


def is_postgres(pid, data):
    """Say whether a process is the server of a data directory."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return False
    return bool(re.search(r"postgres|postmaster", words[0])) and str(data) in words
