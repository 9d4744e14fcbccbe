import doctest
import unittest

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_payment_order import payment_order_states
from odoo.addons.tour_payment_order.engine import (
    fields,
    matching,
    names,
    packing,
    pdf,
    senders,
    trust,
)


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_doctests(self):
        """The examples were worked out by hand; they hold."""
        suite = unittest.TestSuite(
            doctest.DocTestSuite(module)
            for module in (
                payment_order_states,
                fields,
                matching,
                names,
                packing,
                pdf,
                senders,
                trust,
            )  # fmt: skip
        )
        result = unittest.TextTestRunner(verbosity=0).run(suite)
        self.assertTrue(result.testsRun)
        self.assertTrue(result.wasSuccessful(), result.failures + result.errors)
