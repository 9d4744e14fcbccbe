import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document import (
    formats,
    invoice_code,
    invoice_rows,
    kinds,
    papers,
    payment_qr,
    qr,
    seals,
    voucher_code,
    words,
)
from odoo.addons.tour_document.models import sale_order_facts, sale_order_line


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples in the engines are worked out by hand; they hold."""
        suite = unittest.TestSuite(
            doctest.DocTestSuite(module)
            for module in (
                formats,
                invoice_code,
                invoice_rows,
                kinds,
                papers,
                payment_qr,
                qr,
                sale_order_facts,
                sale_order_line,
                seals,
                voucher_code,
                words,
            )
        )
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures)
