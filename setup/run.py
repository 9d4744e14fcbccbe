"""``./tour run`` and ``./tour serve``."""

import os
import signal
import sys
import time

from . import demo, paths, server
from .databases import Databases
from .ground import Ground
from .ui import Failure, good, note, say

ENDED_BY = (signal.SIGTERM, signal.SIGHUP)


def run(options):
    """Start a server, and keep it until Ctrl-C."""
    ground = Ground()
    if options.command == "serve":
        name = options.db
        if not Databases(ground).exists(name):
            raise Failure(
                f"There is no database {name}.",
                f"`./tour test ADDON --db {name}` makes one.",
            )
    else:
        database = demo.Demo(ground)
        database.ensure()
        name = database.name
    return _serve(ground, name, options)


def _serve(ground, name, options):
    # Ended by another program, or by its terminal's end, it takes Odoo with it.
    for number in ENDED_BY:
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    port = server.free_port(options.port)
    if port != options.port:
        note(f"port {options.port} is in use; taking {port}")
    log = paths.log_dir() / f"server-{port}.log"
    with log.open("w") as file:
        running = server.Server(ground, name, port, log=file)
        try:
            running.wait()
            _show(running.url, log, options.command == "run")
            if not options.check:
                return running.process.wait()
        finally:
            running.stop()
    return 0


def _show(url, log, with_logins):
    started = float(os.environ.get("TOUR_STARTED") or time.time())
    good(f"The server answers ({time.time() - started:.0f} s); its log is {log}")
    if with_logins:
        demo.show_logins()
    good("Ctrl-C stops it")
    say()
    say(f"      {url}")
