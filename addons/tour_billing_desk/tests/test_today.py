import doctest
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.tour_billing.tests.test_collection import TODAY, CollectionCommon

from .. import today_sources


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestToday(CollectionCommon):
    """30 % on June 3rd, the rest on June 21st, from a card that is empty."""

    def _get_rows(self, order, kind):
        self.env.flush_all()
        today = self.env["tour.today"].with_user(self.manager)
        today.invalidate_model()
        return today.search([("order_id", "=", order.id), ("kind", "=", kind)])

    def test_doctests(self):
        self.assertEqual(doctest.testmod(today_sources).failed, 0)

    def test_instalment_until_it_is_paid(self):
        invoice = self._create_planned()
        order = invoice.tour_booking_ids
        row = self._get_rows(order, "instalment")
        self.assertEqual((row.deadline, row.amount), (date(2026, 6, 3), 3000))
        self.assertEqual(row.action_do()["res_id"], invoice.id)
        self._mark_paid(invoice, amount=3000)
        self.assertFalse(self._get_rows(order, "instalment"))

    def test_card_that_did_not_pay(self):
        invoice = self._create_saved()
        order = invoice.tour_booking_ids
        with self._answering("The card is empty."):
            self._run()
            self._run("2026-06-23")
        row = self._get_rows(order, "collection")
        self.assertEqual((row.amount, row.summary), (7000, "The card is empty."))
        self.assertEqual(row.action_do()["domain"], [("order_id", "=", order.id)])
        self._mark_paid(invoice)
        self.assertFalse(self._get_rows(order, "collection"))
