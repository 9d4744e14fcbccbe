import doctest

from odoo.tests import BaseCase, tagged

from .. import acquiring, collecting, gift_code, invoice_states, plan_days

ENGINES = (acquiring, collecting, gift_code, invoice_states, plan_days)


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for engine in ENGINES:
            result = doctest.testmod(engine)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
