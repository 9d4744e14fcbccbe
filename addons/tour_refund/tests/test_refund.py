from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import RefundCommon


@tagged("post_install", "-at_install")
class TestRefund(RefundCommon):
    """By hand: whole, some rows, an amount; never more than was paid."""

    def test_whole(self):
        invoice = self._create_paid()
        order = invoice.tour_booking_ids
        refund = self._refund(invoice)
        self.assertRecordValues(
            refund, [{"state": "done", "amount": 10000, "how": "hand"}]
        )
        self.assertEqual(refund.note_id.payment_state, "paid")
        self.assertEqual(invoice.client_payment_state, "refunded")
        self.assertEqual((order.refund_amount, order.refund_state), (10000, "done"))
        self.assertEqual(invoice._get_refundable(), 0)
        # What was refunded is not to be invoiced again.
        self.assertEqual(order.invoice_status, "invoiced")

    def test_amounts_until_nothing_is_left(self):
        invoice = self._create_paid()
        refund = self._refund(invoice, kind="amount", amount=3333.33)
        self.assertEqual(refund.note_id.amount_total, 3333.33)
        self.assertEqual(invoice.client_payment_state, "partly_refunded")
        with self._refused("6,666.67"):
            self._refund(invoice, kind="amount", amount=6666.68)
        self._refund(invoice, kind="full")
        self.assertEqual(invoice.client_payment_state, "refunded")
        with self._refused("nothing left"):
            self._refund(invoice)

    def test_rows_and_quantities(self):
        """One of two nights; then a part of the price of the other; then too much."""
        invoice = self._create_nights()
        line = invoice.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit), (2, 5000))
        refund = self._refund(invoice, kind="lines", rows={0: (1, 5000)})
        self.assertEqual(refund.amount, 5000)
        self._refund(invoice, kind="lines", rows={0: (1, 4000)})
        with self._refused("not more than"):
            self._refund(invoice, kind="lines", rows={0: (1, 1000.01)})
        with self._refused("than was invoiced"):
            self._refund(invoice, kind="lines", rows={0: (3, 10)})
        with self._refused("Tick"):
            self._refund(invoice, kind="lines")
        self.assertEqual(invoice._get_refundable(), 1000)

    def test_row_is_refunded_once(self):
        """Another row was paid, too: its money does not go back for this one."""
        invoice = self._create_nights(rows=2)
        self.assertEqual(len(invoice._get_product_lines()), 2)
        self._refund(invoice, kind="lines", rows={0: (2, 5000)})
        with self._refused("more would be refunded"):
            self._refund(invoice, kind="lines", rows={0: (1, 5000)})
        self._refund(invoice, kind="lines", rows={1: (2, 5000)})

    def test_two_windows(self):
        invoice = self._create_paid()
        first, second = (
            self._open_refund(invoice, kind="amount", amount=4000),
            self._open_refund(invoice, kind="amount", amount=4000),
        )
        first.action_apply()
        with self._refused("since this window was opened"):
            second.action_apply()

    def test_partly_paid(self):
        invoice = self._create_shown()
        self.assertFalse(invoice.tour_may_refund)
        self._mark_paid(invoice, amount=2500)
        refund = self._refund(invoice)
        self.assertEqual(refund.amount, 2500)
        self.assertEqual(invoice.amount_residual, 7500)

    def test_reason_and_journal_are_needed(self):
        invoice = self._create_paid()
        with self._refused("why"):
            self._refund(invoice, reason=" ")
        general = self.env["account.journal"].search(
            [("type", "=", "general")], limit=1
        )
        with self._refused("pays nothing out"):
            self._refund(invoice, journal_id=general.id)

    def test_window(self):
        invoice = self._create_paid().sudo(False).with_user(self.head)
        context = invoice.action_refund()["context"]
        Wizard = self.env["tour.refund.make"].with_user(self.head)
        with Form(Wizard.with_context(**context)) as form:
            self.assertEqual(
                (form.kind, form.amount, form.how), ("full", 10000, "hand")
            )
            form.kind = "amount"
            form.amount = 10
            form.reason = "Tea"
        form.record.action_apply()
        self.assertEqual(invoice.sudo().tour_refund_ids.amount, 10)

    def test_note_by_hand_counts(self):
        """A credit note of Odoo's own takes from what can go back."""
        invoice = self._create_paid()
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        self.assertEqual(invoice._get_refundable(), 0)
        note.button_cancel()
        self.assertEqual(invoice._get_refundable(), 10000)

    def test_what_was_refunded_stays_in_the_books(self):
        invoice = self._create_paid()
        self._refund(invoice, kind="amount", amount=100)
        with self._refused("was refunded"):
            invoice.sudo(False).with_user(self.accountant).action_cancel_invoice()
        with self._refused("was refunded"):
            invoice.button_draft()
        self.assertEqual(invoice.state, "posted")

    # === Who === #

    def test_money_roles_only(self):
        invoice = self._create_paid()
        for user in (self.manager, self.director):
            with self.assertRaises(AccessError):
                invoice.sudo(False).with_user(user).action_refund()
            with self.assertRaises(AccessError):
                self.env["tour.refund.make"].with_user(user).create(
                    {"move_id": invoice.id}
                )
        with self.assertRaises(AccessError):
            invoice.sudo(False).with_user(self.olga).action_refund()

    def test_nobody_writes_one(self):
        refund = self._refund(self._create_paid())
        for user in (self.accountant, self.head, self.manager, self.olga):
            with self.assertRaises(AccessError):
                refund.sudo(False).with_user(user).write({"state": "asked"})
            with self.assertRaises(AccessError):
                self.env["tour.refund"].with_user(user).create(
                    {"move_id": refund.move_id.id, "amount": 1, "state": "done"}
                )
        # Nor does the administrator.
        with self.assertRaises(AccessError):
            refund.write({"state": "asked"})

    def test_managers_see_their_own(self):
        refund = self._refund(self._create_paid())
        invoice = self._create_paid()
        invoice.invoice_user_id = self.manager_all
        other = self._refund(invoice)
        Refund = self.env["tour.refund"]
        seen = Refund.with_user(self.manager).search([])
        self.assertIn(refund, seen)
        self.assertNotIn(other, seen)
        self.assertIn(other, Refund.with_user(self.director).search([]))

    def test_each_role_opens_it(self):
        """Whoever may read refunds may read whatever of them is for him."""
        refund = self._refund(self._create_paid()).sudo(False)
        for user in (self.manager_all, self.head, self.director, self.accountant):
            with self.subTest(user=user.login):
                self.assertTrue(refund.with_user(user).read())

    def test_clients_do_not_see_why(self):
        refund = self._refund(self._create_paid()).sudo(False).with_user(self.olga)
        self.assertEqual(refund.read(["amount"])[0]["amount"], 10000)
        for name in ("reason", "decided_by_id", "how", "message", "transaction_ids"):
            with self.assertRaises(AccessError):
                refund.read([name])
        self.assertNotIn(
            refund, self.env["tour.refund"].with_user(self.boris).search([])
        )
