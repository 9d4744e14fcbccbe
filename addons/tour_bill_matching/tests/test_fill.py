from odoo.tests import tagged

from .. import fill
from .common import MatchCommon


@tagged("post_install", "-at_install")
class TestFill(MatchCommon):
    def test_sql_says_what_the_fields_say(self):
        """What is there when the add-on comes: bookings of which nothing is billed."""
        cancelled = self._force_state(self._create_due(700), "cancelled")
        free = self._create_due(0)
        orders = self.booking | cancelled | free | self._create_due(100, 250)
        names = (
            "supplier_billed_amount",
            "supplier_billing_difference",
            "supplier_billing_state",
        )
        self.env.flush_all()
        line_names = (*names, "supplier_to_bill")
        said = orders.read(names), orders.order_line.read(line_names)
        # All of it is wrong at first: what is right then was written.
        self.env.cr.execute(
            "UPDATE sale_order_line SET supplier_to_bill = 9,"
            " supplier_billed_amount = 9, supplier_billing_difference = 9,"
            " supplier_billing_state = 'over' WHERE order_id IN %s",
            [tuple(orders.ids)],
        )
        self.env.cr.execute(
            "UPDATE sale_order SET supplier_billed_amount = 9,"
            " supplier_billing_difference = 9, supplier_billing_state = 'over'"
            " WHERE id IN %s",
            [tuple(orders.ids)],
        )
        self.env.cr.execute(fill.FILL_SERVICES)
        self.env.cr.execute(fill.FILL_BOOKINGS)
        self.env.invalidate_all()
        self.assertEqual((orders.read(names), orders.order_line.read(line_names)), said)
