import doctest

from odoo.tests import BaseCase, tagged

from .. import portal_lists, steps
from ..controllers import inputs


@tagged("post_install", "-at_install")
class TestPortalEngines(BaseCase):
    def test_doctests(self):
        for module in (inputs, portal_lists, steps):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)
