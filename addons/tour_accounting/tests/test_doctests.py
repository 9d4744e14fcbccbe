import doctest

from odoo.tests import BaseCase, tagged

from ..engine import (
    commerceml,
    documents,
    enterprise_data,
    enterprise_parts,
    journal,
    rules,
    taxes,
    tree,
)

ENGINES = (documents, enterprise_data, enterprise_parts, journal, rules, taxes, tree)


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for engine in ENGINES:
            result = doctest.testmod(engine)
            self.assertGreater(result.attempted, 0, engine.__name__)
            self.assertEqual(result.failed, 0, engine.__name__)
        self.assertEqual(doctest.testmod(commerceml).failed, 0)
