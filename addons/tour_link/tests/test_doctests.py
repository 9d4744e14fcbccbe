import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_link import guest_form, log_filter, masks, tokens, uploads


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples in the engines are worked out by hand; they hold."""
        suite = unittest.TestSuite(
            doctest.DocTestSuite(module)
            for module in (guest_form, log_filter, masks, tokens, uploads)
        )
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures)
