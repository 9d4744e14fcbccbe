import doctest

from odoo.tests import BaseCase, tagged

from .. import booking_states, guest_paste, view_diff


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for module in (booking_states, guest_paste, view_diff):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
