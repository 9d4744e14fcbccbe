"""The ground as a whole: what every command stands on."""

import os

from . import chromium, odoo_source, packages, paths, pdf, postgres, system


class Ground:
    """What is ready: Odoo, Python, PostgreSQL, and the environment for them."""

    def __init__(self, browser=False):
        self.tree = odoo_source.find()
        self.python = packages.ensure()
        pdf.ensure()
        self.pg = postgres.ensure()
        self.browser = chromium.ensure() if browser else None

    def env(self, **more):
        """The environment in which to start programs on this ground."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("ODOO_")}
        env.update(system.environment())
        env.update(self.pg)
        env["PYTHONPATH"] = odoo_source.python_path(self.tree)
        env["VIRTUAL_ENV"] = str(packages.home())
        path = [str(packages.home() / "bin"), env.get("PATH", os.defpath)]
        if self.browser:
            path.insert(0, str(self.browser.parent))
            env["TOUR_CHROMIUM"] = str(self.browser)
        env["PATH"] = os.pathsep.join(path)
        # Odoo reckons in UTC; a name that depends on the machine would mislead.
        env["TZ"] = "UTC"
        env["PYTHONUNBUFFERED"] = "1"
        env.update(more)
        return env

    def odoo(self, *arguments):
        """The command line of Odoo with our configuration."""
        places = [str(paths.ADDONS)]
        core = self.tree.core / "addons"
        if self.tree.addons != core:
            places.append(str(self.tree.addons))
        return [
            str(self.python),
            "-m",
            "odoo",
            *arguments,
            f"--config={paths.ROOT / 'odoo.conf'}",
            f"--addons-path={','.join(places)}",
            f"--data-dir={paths.data_dir()}",
        ]
