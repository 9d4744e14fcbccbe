import doctest

from odoo.tests import BaseCase, tagged

from .. import amounts, city_rules, hotel_rules, price


@tagged("post_install", "-at_install")
class TestEngine(BaseCase):
    """The examples in the engines' documentation are their tests."""

    def test_documented_examples_are_true(self):
        for module in (amounts, city_rules, hotel_rules, price):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
