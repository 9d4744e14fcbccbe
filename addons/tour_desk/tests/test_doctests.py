import doctest

from odoo.tests import BaseCase, tagged

from .. import checklist_states, today, today_sources


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        for module in (checklist_states, today, today_sources):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
