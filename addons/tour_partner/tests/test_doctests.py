import doctest

from odoo.tests import BaseCase, tagged

from .. import contract_states


@tagged("post_install", "-at_install")
class TestContractStates(BaseCase):
    def test_doctests(self):
        result = doctest.testmod(contract_states)
        self.assertGreater(result.attempted, 0)
        self.assertEqual(result.failed, 0)
