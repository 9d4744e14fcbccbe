import doctest

from odoo.tests import BaseCase, tagged

from .. import registration_form, registration_states
from ..models import tour_registration


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        for module in (registration_form, registration_states, tour_registration):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
