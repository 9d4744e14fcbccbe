import doctest

from odoo.tests import BaseCase, tagged

from .. import order_form, question_states


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for module in (order_form, question_states):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
