import doctest

from odoo.tests import BaseCase, tagged

from ..engine import expecting


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(expecting)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)
