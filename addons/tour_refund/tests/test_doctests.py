import doctest

from odoo.tests import BaseCase, tagged

from .. import amounts, refund_states


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for module in (amounts, refund_states):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
