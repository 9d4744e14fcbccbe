"""``./tour shell``."""

import os

from .databases import Databases
from .ground import Ground
from .ui import Failure


def run(options):
    """Open Odoo's shell on a database."""
    ground = Ground()
    databases = Databases(ground)
    name = options.db or databases.prefix
    if not databases.exists(name):
        raise Failure(f"There is no database {name}.", "`./tour run` makes the demo's.")
    command = ground.odoo("shell", f"--database={name}", "--no-http")
    os.execvpe(command[0], command, ground.env())
