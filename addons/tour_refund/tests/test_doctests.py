import doctest

from odoo.tests import BaseCase, tagged

from .. import refund_states


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(refund_states)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)
