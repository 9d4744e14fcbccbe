"""Odoo's server with ``test_lint`` narrowed to the add-ons in TOUR_ADDONS.

Runs inside Odoo's Python, in place of ``python -m odoo``.
"""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

# Started as a script: what lies beside it is no business of Odoo's.
sys.path.remove(str(Path(__file__).resolve().parent))

import odoo.cli  # noqa: E402
from odoo import tools  # noqa: E402
from odoo.modules import Manifest  # noqa: E402
from odoo.modules.module import initialize_sys_path  # noqa: E402

OURS = os.environ["TOUR_ADDONS"].split(",")


class OurManifest:
    """Stands for ``Manifest`` in the checks."""

    for_addon = Manifest.for_addon

    @staticmethod
    def all_addon_manifests():
        """The manifests of our add-ons."""
        return [Manifest.for_addon(name) for name in OURS]


def narrow():
    """Make the checks look at our add-ons only."""
    from odoo.addons.test_lint.tests import (
        lint_case,
        test_manifests,
        test_override_signatures,
        test_pofile,
        test_pylint,
    )

    lint_case.Manifest = OurManifest
    test_manifests.Manifest = OurManifest
    test_pylint.Manifest = OurManifest
    test_pofile.get_modules = lambda: OURS
    # OCA's account_statement_import_file names an argument as Odoo did before.
    test_override_signatures.MODEL_METHODS_TO_IGNORE.add(
        ("account.journal", "default_get")
    )
    # This check adds Odoo's own directory to what it looks at.
    test_pylint.tools = SimpleNamespace(
        parse_version=tools.parse_version,
        constants=tools.constants,
        config=_Config(addons_path=tools.config["addons_path"]),
    )


class _Config(dict):
    """What one check reads of Odoo's configuration."""

    @property
    def root_path(self):
        """One of the directories that the check has from elsewhere anyway."""
        return Manifest.for_addon(OURS[0]).path


if __name__ == "__main__":
    tools.config.parse_config(sys.argv[1:], setup_logging=False)
    initialize_sys_path()
    narrow()
    odoo.cli.main()
