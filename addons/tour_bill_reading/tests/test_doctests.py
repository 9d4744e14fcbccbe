import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_bill_reading.engine import (
    cells,
    checks,
    codes,
    hints,
    kinds,
    layouts,
)


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples were worked out by hand; they hold."""
        suite = unittest.TestSuite(
            doctest.DocTestSuite(module)
            for module in (cells, checks, codes, hints, kinds, layouts)
        )
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures + result.errors)
