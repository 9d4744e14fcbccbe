import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document_ru import vat_form


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples in the form are worked out by hand; they hold."""
        suite = unittest.TestSuite([doctest.DocTestSuite(vat_form)])
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures)
