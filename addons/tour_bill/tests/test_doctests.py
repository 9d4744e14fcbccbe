import doctest

from odoo.tests import BaseCase, tagged

from .. import bill_states
from ..models import account_move_bill_alarm

ENGINES = (bill_states, account_move_bill_alarm)


@tagged("post_install", "-at_install")
class TestEngines(BaseCase):
    def test_doctests(self):
        for engine in ENGINES:
            result = doctest.testmod(engine)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
