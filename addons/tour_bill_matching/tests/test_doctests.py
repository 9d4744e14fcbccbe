import doctest

from odoo.tests import BaseCase, tagged

from ..engine import matching, spreading, words


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for module in (matching, spreading, words):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
