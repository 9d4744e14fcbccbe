import doctest
import importlib
import pkgutil

from odoo.tests import BaseCase, tagged

from .. import engine
from ..engine.kinds import KINDS


@tagged("post_install", "-at_install")
class TestEngineDoctests(BaseCase):
    def test_doctests(self):
        attempted = 0
        for info in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
            with self.subTest(info.name):
                module = importlib.import_module(info.name)
                result = doctest.testmod(
                    module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
                )
                self.assertFalse(result.failed)
                attempted += result.attempted
        self.assertGreater(attempted, 50)

    def test_no_module_needs_the_orm(self):
        for info in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
            source = importlib.import_module(info.name).__loader__.get_source(info.name)
            self.assertNotIn("import odoo", source, info.name)
            self.assertNotIn("from odoo", source, info.name)

    def test_aliases_are_told_apart(self):
        """Within a kind, no two fields go by the same alias."""
        for kind in KINDS.values():
            seen = {}
            for field in kind.fields:
                for alias in field.aliases:
                    self.assertEqual(seen.setdefault(alias, field.name), field.name)
