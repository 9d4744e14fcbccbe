from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .test_collection import CollectionCommon
from .test_plan import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestChain(CollectionCommon):
    """From any amount to the booking, and from the booking to its money (BIL-20)."""

    def _as_staff(self, record):
        return record.sudo(False).with_user(self.accountant)

    def test_from_a_payment_to_the_booking(self):
        invoice = self._create_shown()
        payment = self._as_staff(self._mark_paid(invoice))
        opened = payment.button_open_invoices()
        self.assertEqual(opened["res_id"], invoice.id)
        invoice = self._as_staff(invoice)
        order = invoice.tour_booking_ids
        self.assertEqual(invoice.sale_order_count, 1)
        opened = invoice.action_view_source_sale_orders()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("sale.order", order.id)
        )
        view = self.env.ref("tour_booking.sale_order_view_form_booking")
        self.assertEqual(opened["views"], [(view.id, "form")])
        self.assertEqual(order.order_line.invoice_lines.move_id, invoice)

    def test_from_a_collected_sum_to_the_booking_and_back(self):
        invoice = self._create_saved()
        order = self._as_staff(invoice.tour_booking_ids)
        with self._answering("done"):
            self._run()
        attempt = self._get_attempts(invoice).with_user(self.accountant)
        self.assertEqual((attempt.order_id, attempt.move_id), (order, invoice))
        self.assertIn(attempt.line_id, order.due_line_ids)
        payment = attempt.transaction_id.sudo().payment_id
        self.assertEqual(payment.amount, attempt.amount)
        self.assertEqual(payment.reconciled_invoice_ids, invoice)
        opened = order.action_view_client_invoices()
        self.assertEqual(opened["res_id"], invoice.id)

    def test_from_what_was_invoiced_by_hand(self):
        """For two bookings together: the button leads to both."""
        first, second = self._create_sold(), self._create_sold()
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": first.partner_id.id,
                "tour_booking_ids": [Command.set((first | second).ids)],
                "invoice_line_ids": [
                    Command.create({"name": "Visa", "price_unit": 70})
                ],
            }
        )
        invoice = self._as_staff(invoice)
        self.assertEqual(invoice.sale_order_count, 2)
        opened = invoice.action_view_source_sale_orders()
        found = self.env["sale.order"].search(opened["domain"])
        self.assertEqual(found, first | second)

    def test_from_what_is_no_bookings_as_odoo_says(self):
        product = self.accommodation.product_id
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "price_unit": 70})
                ],
            }
        )
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = self._as_staff(order._create_invoices())
        opened = invoice.action_view_source_sale_orders()
        self.assertEqual(opened["res_id"], order.id)
