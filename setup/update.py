"""``./tour update``."""

from . import paths
from .demo import Demo
from .ground import Ground
from .ui import Failure, good


def run(options):
    """Update the demo database's add-ons."""
    demo = Demo(Ground())
    if not demo.databases.exists(demo.name):
        raise Failure("There is no demo database yet.", "`./tour run` makes it.")
    unknown = set(options.addons) - set(paths.our_addons())
    if unknown:
        raise Failure(f"There is no add-on {', '.join(sorted(unknown))}.")
    names = options.addons or demo.changed()
    if names:
        demo.update(names)
    else:
        good("All add-ons are up to date")
