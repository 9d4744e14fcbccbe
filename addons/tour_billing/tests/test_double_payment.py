from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestDoublePayment(BillingCommon):
    """Two windows, opened before either of them pays."""

    def _open(self, moves):
        """Odoo's window as the web client opens it; nothing is saved yet."""
        Register = self.env["account.payment.register"].with_user(self.accountant)
        return Form(
            Register.with_context(active_model="account.move", active_ids=moves.ids)
        )

    def test_invoice_is_paid_once(self):
        invoice = self._create_shown()
        first, second = self._open(invoice).save(), self._open(invoice).save()
        first.action_create_payments()
        with self.assertRaisesRegex(UserError, "paid or changed"):
            second.action_create_payments()
        self.assertEqual(invoice._get_reconciled_payments().amount, 10000)

    def test_nor_the_rest_with_the_whole_sum(self):
        """4,000 of the first window, and 10,000 of the second."""
        invoice = self._create_shown()
        first, second = self._open(invoice), self._open(invoice)
        first.amount = 4000
        first.save().action_create_payments()
        with self.assertRaisesRegex(UserError, "6,000"):
            second.save().action_create_payments()
        self._open(invoice).save().action_create_payments()
        self.assertEqual(invoice.amount_residual, 0)

    def test_our_window_and_odoos(self):
        invoice = self._create_shown()
        ours, theirs = self._open_pay(invoice), self._open(invoice)
        theirs.save().action_create_payments()
        with self.assertRaisesRegex(UserError, "cannot be marked as paid"):
            ours.action_apply()

    def test_our_window_twice(self):
        invoice = self._create_shown()
        first, second = self._open_pay(invoice, amount=4000), self._open_pay(invoice)
        first.action_apply()
        with self.assertRaisesRegex(UserError, "since this window was opened"):
            second.action_apply()

    def test_suppliers_bill_is_paid_once(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "invoice_date": self.today,
                "tour_order_ids": [Command.link(self._create_sold().id)],
                "invoice_line_ids": [
                    Command.create({"name": "Stay", "price_unit": 9000, "tax_ids": []})
                ],
            }
        )
        bill.action_post()
        first, second = self._open(bill).save(), self._open(bill).save()
        first.action_create_payments()
        with self.assertRaisesRegex(UserError, "paid or changed"):
            second.action_create_payments()

    def test_one_window_for_several(self):
        invoices = self._create_shown() | self._create_shown()
        self._open(invoices).save().action_create_payments()
        self.assertEqual(sum(invoices.mapped("amount_residual")), 0)

    def test_other_invoices_are_odoos(self):
        """What is no booking's is paid as Odoo does, twice if need be."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_company.id,
                "invoice_date": self.today,
                "invoice_line_ids": [
                    Command.create({"name": "Desk", "price_unit": 70, "tax_ids": []})
                ],
            }
        )
        invoice.action_post()
        first, second = self._open(invoice).save(), self._open(invoice).save()
        first.action_create_payments()
        second.action_create_payments()

    # === The provider's notices === #

    def test_notice_that_comes_twice(self):
        invoice = self._create_shown()
        tx = self._pay_online(invoice)
        payment = tx.payment_id
        tx._set_done()
        tx._post_process()
        self.assertEqual(tx.payment_id, payment)
        self.assertEqual(invoice._get_reconciled_payments(), payment)

    def test_notice_that_comes_late(self):
        """Paid at the desk meanwhile: the money is the client's, and somebody knows."""
        invoice = self._create_shown()
        tx = self._create_transaction(invoice)
        self._mark_paid(invoice)
        tx._set_done()
        tx._post_process()
        self.assertFalse(tx.payment_id.is_reconciled)
        self.assertEqual(tx.payment_id.state, "in_process")
        self.assertIn("credit", invoice.message_ids[0].body)
        told = self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.manager.partner_id.ids),
                ("model", "=", "account.move"),
                ("res_id", "=", invoice.id),
            ]
        )
        self.assertEqual(len(told), 1)

    def test_notice_for_what_is_cancelled(self):
        invoice = self._create_shown()
        tx = self._create_transaction(invoice)
        invoice.with_user(self.accountant).action_cancel_invoice()
        tx._set_done()
        tx._post_process()
        self.assertEqual(invoice.state, "cancel")
        self.assertFalse(tx.payment_id.is_reconciled)
        self.assertIn("credit", invoice.message_ids[0].body)
