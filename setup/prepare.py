"""``./tour setup``."""

from .databases import Databases
from .ground import Ground
from .ui import good


def run(options):
    """Fetch and make all, the template databases included."""
    ground = Ground(browser=True)
    good(f"Odoo {ground.tree.version()} in {ground.tree.root}")
    good(f"Template database {Databases(ground).template()}")
