import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_correction import (
    accounting_docx,
    correction_states,
    refund_letter,
)


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples were worked out by hand; they hold."""
        suite = unittest.TestSuite(
            doctest.DocTestSuite(module)
            for module in (accounting_docx, correction_states, refund_letter)
        )
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures)
