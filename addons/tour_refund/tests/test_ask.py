from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RefundCommon


@tagged("post_install", "-at_install")
class TestAsk(RefundCommon):
    """The client asks; staff approve, or reject with a reason that he reads."""

    def test_asked_and_approved(self):
        invoice = self._create_paid()
        order = invoice.tour_booking_ids
        refund = self._ask(invoice, amount=2500.5)
        self.assertRecordValues(
            refund, [{"state": "asked", "amount": 2500.5, "by_client": True}]
        )
        self.assertEqual((order.refund_amount, order.refund_state), (2500.5, "asked"))
        # Nothing is in the books yet.
        self.assertFalse(invoice.reversal_move_ids)
        self.assertEqual(invoice.client_payment_state, "paid")
        self._refund(invoice, refund=refund)
        self.assertEqual((refund.state, refund.amount), ("done", 2500.5))
        self.assertEqual(refund.decided_by_id, self.accountant)
        self.assertEqual((order.refund_amount, order.refund_state), (2500.5, "done"))
        self.assertEqual(invoice.client_payment_state, "partly_refunded")

    def test_staff_may_give_less(self):
        refund = self._ask(self._create_paid())
        self.assertEqual(refund.amount, 10000)
        self._refund(refund.move_id, refund=refund, kind="amount", amount=7000)
        self.assertEqual((refund.state, refund.amount), ("done", 7000))

    def test_rejected_once_and_for_all(self):
        invoice = self._create_paid()
        refund = self._ask(invoice)
        mails = self.env["mail.mail"].sudo().search([])
        self._reject(refund, "The hotel keeps it.")
        self.assertEqual(refund.state, "rejected")
        seen = refund.sudo(False).with_user(self.olga)
        self.assertEqual(seen.reject_reason, "The hotel keeps it.")
        mail = self.env["mail.mail"].sudo().search([]) - mails
        self.assertIn("The hotel keeps it.", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.olga.partner_id)
        with self._refused("was rejected"):
            self._ask(invoice)
        self.assertFalse(invoice.tour_booking_ids.refund_state)
        # Staff may think better of it.
        self._refund(invoice)
        # Another invoice of his is another matter.
        self._ask(self._create_paid())

    def _reject(self, refund, reason, user=None):
        user = user or self.accountant
        action = refund.sudo(False).with_user(user).action_reject()
        self.env["tour.refund.reject"].with_user(user).with_context(
            **action["context"]
        ).create({"reason": reason}).action_apply()

    def test_no_reason_no_rejection(self):
        refund = self._ask(self._create_paid())
        with self._refused("say why"):
            self._reject(refund, "  ")
        with self.assertRaises(AccessError):
            self._reject(refund, "No", user=self.manager)

    def test_where_the_service_allows_it(self):
        self.accommodation.client_may_ask_refund = False
        with self._refused("Ask your manager"):
            self._ask(self._create_paid())

    def test_one_at_a_time(self):
        invoice = self._create_paid()
        self._ask(invoice, amount=100)
        with self._refused("on its way"):
            self._ask(invoice, amount=100)
        with self._refused("approve or reject"):
            wizard = self._open_refund(invoice)
            wizard.refund_id = False
            wizard.action_apply()

    def test_what_is_asked_for(self):
        invoice = self._create_paid()
        for amount in (0, -1, 10000.01, "10", True, float("nan"), float("inf"), []):
            with self._refused("more than nothing"):
                self._ask(invoice, amount=amount)
        for reason in ("", "  ", None, 5):
            with self._refused("why"):
                self._ask(invoice, reason=reason)

    def test_of_what_is_paid(self):
        with self._refused("nothing left"):
            self._ask(self._create_shown())

    def test_own_invoices_only(self):
        invoice = self._create_paid()
        with self.assertRaises(AccessError):
            self._ask(invoice, user=self.boris)
        self._ask(invoice, user=self.curator)

    def test_manager_is_told(self):
        refund = self._ask(self._create_paid())
        told = self.env["mail.message"].search(
            [
                ("partner_ids", "in", self.manager.partner_id.ids),
                ("model", "=", "tour.refund"),
                ("res_id", "=", refund.id),
            ]
        )
        self.assertEqual(len(told), 1)
        self.assertIn("Illness", told.body)
