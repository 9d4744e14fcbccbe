import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_bank.engine import (
    camt,
    client_bank,
    client_bank_format,
    client_bank_write,
    files,
    matching,
    result,
    swift,
    table,
    text,
)

MODULES = (
    *(camt, client_bank, client_bank_format, client_bank_write, files),
    *(matching, result, swift, table, text),
)


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples were worked out by hand; they hold."""
        suite = unittest.TestSuite(map(doctest.DocTestSuite, MODULES))
        outcome = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(outcome.testsRun)
        self.assertTrue(outcome.wasSuccessful(), outcome.failures + outcome.errors)
