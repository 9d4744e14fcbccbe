import doctest

from odoo.tests import BaseCase, tagged

from .. import number_paste, operation, regularisation_states


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        for module in (number_paste, operation, regularisation_states):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(
                    module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
                )
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)
