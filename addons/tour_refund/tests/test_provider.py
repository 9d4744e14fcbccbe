from unittest.mock import patch

import requests

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RefundCommon


@tagged("post_install", "-at_install")
class TestProvider(RefundCommon):
    """Through the provider: asked once, told twice, or late, or not at all."""

    def _start(self, **values):
        invoice = self._create_paid(online=True)
        refund = self._refund(invoice, **values)
        self.assertEqual((refund.state, refund.how), ("approved", "provider"))
        return refund

    def _get_back(self, refund):
        """Payments that went back, and what is left to refund."""
        payments = refund.transaction_ids.payment_id
        return sum(payments.mapped("amount")), refund.move_id._get_refundable()

    def test_whole(self):
        refund = self._start()
        order = refund.move_id.tour_booking_ids
        # Promised: nothing more can be, though nothing is in the books.
        self.assertEqual(
            (refund.note_id.state, self._get_back(refund)), ("draft", (0, 0))
        )
        self.assertEqual(order.refund_state, "in_progress")
        with self._refunding("done") as asked:
            self._send()
        self.assertEqual(asked, [-10000])
        self.assertEqual(refund.state, "done")
        self.assertEqual(self._get_back(refund), (10000, 0))
        self.assertEqual(refund.note_id.amount_residual, 0)
        self.assertEqual(refund.move_id.client_payment_state, "refunded")
        self.assertEqual(order.refund_state, "done")

    def test_asked_once(self):
        refund = self._start(kind="amount", amount=100)
        with self._refunding("pending") as asked:
            self._send()
            self._send()
            refund._send()
        self.assertEqual(asked, [-100])
        self.assertEqual(refund.state, "waiting")

    def test_notice_twice(self):
        refund = self._start(kind="amount", amount=4000)
        with self._refunding("pending"):
            self._send()
        tx = refund.transaction_ids
        for _notice in range(2):
            tx._set_done()
            tx._post_process()
        refund._follow_transactions()
        self.assertEqual(refund.state, "done")
        self.assertEqual(self._get_back(refund), (4000, 6000))
        self.assertEqual(
            self.env["account.payment"].search_count(
                [("payment_transaction_id", "=", tx.id)]
            ),
            1,
        )

    @mute_logger("odoo.addons.tour_refund.models.tour_refund_move")
    def test_in_the_books_though_nobody_can_be_told(self):
        """A template that somebody broke keeps no money out of the books."""
        refund = self._start()
        broken = patch.object(type(refund), "_mail_client", side_effect=ValueError)
        with broken, self._refunding("done"):
            self._send()
        self.assertEqual(refund.state, "done")
        self.assertEqual(self._get_back(refund), (10000, 0))

    def test_provider_that_was_disabled(self):
        invoice = self._create_paid(online=True)
        self.provider.state = "disabled"
        self.assertEqual(self._open_refund(invoice).how, "hand")

    def test_refused(self):
        refund = self._start()
        with self._refunding("Card expired"):
            self._send()
        self.assertEqual((refund.state, refund.message), ("failed", "Card expired"))
        self.assertEqual(refund.note_id.state, "cancel")
        self.assertEqual(self._get_back(refund), (0, 10000))
        self.assertFalse(refund.move_id.tour_booking_ids.refund_state)
        self._refund(refund.move_id, how="hand")
        self.assertEqual(refund.move_id.client_payment_state, "refunded")

    @mute_logger("odoo.addons.tour_billing.models.payment_transaction")
    def test_no_answer(self):
        """It may have gone back: nothing more can, until somebody looked."""
        refund = self._start()
        with self._refunding(requests.ReadTimeout()):
            self._send()
        self.assertEqual(refund.state, "waiting")
        with self._refused("nothing left"):
            self._refund(refund.move_id, how="hand")
        refund.sudo(False).with_user(self.accountant).action_not_refunded()
        self.assertEqual(refund.state, "failed")
        self.assertEqual(self._get_back(refund), (0, 10000))

    def test_somebody_saw_that_it_went_back(self):
        refund = self._start()
        with self._refunding("pending"):
            self._send()
        refund.sudo(False).with_user(self.head).action_refunded()
        self.assertEqual(refund.state, "done")
        self.assertEqual(self._get_back(refund), (10000, 0))

    def test_late_notice(self):
        """Given up, and refunded nevertheless: the note comes back with the money."""
        refund = self._start()
        with self._refunding("pending"):
            self._send()
        refund.sudo(False).with_user(self.accountant).action_not_refunded()
        tx = refund.transaction_ids
        tx._set_done()
        tx._post_process()
        self.assertEqual((refund.state, refund.note_id.state), ("done", "posted"))
        self.assertEqual(self._get_back(refund), (10000, 0))
        self.assertEqual(refund.note_id.amount_residual, 0)

    def test_too_late_notice(self):
        """Given back by hand meanwhile: the client has it twice, and owes it."""
        refund = self._start()
        with self._refunding("pending"):
            self._send()
        refund.sudo(False).with_user(self.accountant).action_not_refunded()
        self._refund(refund.move_id, how="hand")
        tx = refund.transaction_ids
        tx._set_done()
        tx._post_process()
        self.assertEqual((refund.state, refund.note_id.state), ("done", "cancel"))
        self.assertIn("owes", refund.message)
        self.assertFalse(tx.payment_id.is_reconciled)
        # Once is enough.
        tx._post_process()
        self.assertEqual(len(refund.transaction_ids.payment_id), 1)

    def test_deposit_and_balance(self):
        """3,000 and 7,000 by card: 8,000 go back to the later and to the earlier."""
        invoice = self._create_shown()
        self._pay_online(invoice, 3000)
        self._pay_online(invoice)
        refund = self._refund(invoice, kind="amount", amount=8000)
        with self._refunding("done") as asked:
            self._send()
        self.assertEqual(sorted(asked), [-7000, -1000])
        self.assertEqual(refund.state, "done")
        self.assertEqual(invoice._get_refundable(), 2000)

    def test_half_of_it_went_back(self):
        """What did not go stands to the client's credit, and is not refunded twice."""
        invoice = self._create_shown()
        self._pay_online(invoice, 3000)
        self._pay_online(invoice)
        refund = self._refund(invoice)
        first, second = refund.transaction_ids.sorted("amount")
        with self._refunding("pending"):
            self._send()
        first._set_done()
        first._post_process()
        self.assertEqual(refund.state, "waiting")
        second._set_error("No")
        second._post_process()
        self.assertEqual(refund.state, "failed")
        self.assertEqual(refund.note_id.amount_residual, 3000)
        self.assertEqual(invoice._get_refundable(), 0)

    def test_not_more_than_the_card_paid(self):
        invoice = self._create_shown()
        self._pay_online(invoice, 3000)
        self._mark_paid(invoice)
        with self._refused("3,000"):
            self._refund(invoice, kind="amount", amount=3000.01)
        self._refund(invoice, kind="amount", amount=3000, how="provider")
        self._refund(invoice, how="hand")
        self.assertEqual(invoice._get_refundable(), 0)

    def test_providers_that_cannot(self):
        type(self).support = "none"
        self.addCleanup(setattr, type(self), "support", "partial")
        invoice = self._create_paid(online=True)
        self.provider.invalidate_recordset(["support_refund"])
        self.assertEqual(self._open_refund(invoice).how, "hand")
        with self._refused("by hand"):
            self._refund(invoice, how="provider")

    def test_odoos_own_refund_is_refused(self):
        invoice = self._create_paid(online=True)
        with self._refused("for a booking"):
            invoice.transaction_ids.action_refund(10)
