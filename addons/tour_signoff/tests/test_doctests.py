import doctest

from odoo.tests import BaseCase, tagged

from .. import signoff_states


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(signoff_states)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)
