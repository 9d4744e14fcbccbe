"""``./tour reset`` and ``./tour stop``."""

import shutil

from . import paths, postgres
from .databases import Databases
from .ground import Ground
from .ui import good, note


def run(options):
    """Drop databases, or stop the private server."""
    if options.command == "stop":
        return _stop()
    databases = Databases(Ground())
    names = databases.names()
    if options.all:
        rows = databases.run("SELECT datname FROM pg_database")
        names += [name for (name,) in rows if name.startswith("tour_template_")]
    for name in names:
        if databases.is_being_tested(name) and not options.all:
            note(f"{name} is left: a run of tests uses it")
            continue
        databases.drop(name)
        (paths.data_dir() / f"{name}.sources.json").unlink(missing_ok=True)
        good(f"Dropped {name}")
    if options.all:
        _stop()
        cluster = _cluster()
        if cluster:
            shutil.rmtree(cluster.data, ignore_errors=True)
            good("Removed the private cluster")


def _cluster():
    binaries = postgres.find_binaries()
    return postgres.Cluster(binaries) if binaries else None


def _stop():
    cluster = _cluster()
    if cluster and cluster.answers():
        cluster.stop()
        good("PostgreSQL stopped")
