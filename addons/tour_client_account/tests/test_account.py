from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AccountCommon


@tagged("post_install", "-at_install")
class TestAccount(AccountCommon):
    """Paying invoices from what the client has with us."""

    def test_pays_as_far_as_it_goes(self):
        self._top_up(15000)
        self.assertEqual(self._get_credit(), 15000)
        first, second = self._create_shown(), self._create_shown()
        self.assertEqual(first.tour_account_amount, 15000)
        self._pay(first)
        self.assertEqual((first.amount_residual, self._get_credit()), (0, 5000))
        self.assertEqual(first.client_payment_state, "paid")
        self._pay(second)
        self.assertEqual((second.amount_residual, self._get_credit()), (5000, 0))
        self.assertEqual(second.tour_stage, "partly")
        with self._refused("nothing on account"):
            self._pay(second)

    def test_twice(self):
        self._top_up(15000)
        invoice = self._create_shown()
        self._pay(invoice)
        with self._refused("cannot be marked as paid"):
            self._pay(invoice)
        self.assertEqual(self._get_credit(), 5000)

    def test_several_payments_oldest_first(self):
        for amount in (4000, 3000, 5000.5):
            self._top_up(amount)
        self._pay(self._create_shown())
        self.assertEqual(self._get_credit(), 2000.5)

    def test_ledger(self):
        """Nothing but the payment and the invoice is in the books."""
        account = self.env["account.move.line"].search_count([])
        self._top_up(10000)
        invoice = self._create_shown()
        made = self.env["account.move.line"].search_count([]) - account
        self._pay(invoice)
        self.assertEqual(made, 4)
        self.assertEqual(self.env["account.move.line"].search_count([]) - account, 4)

    def test_refund_to_the_account(self):
        """A credit note that is not paid out is the client's, too."""
        invoice = self._create_paid()
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.action_post()
        self.assertEqual(self._get_credit(), 10000)
        other = self._create_shown()
        self._pay(other)
        self.assertEqual((other.amount_residual, self._get_credit()), (0, 0))

    def test_what_is_on_its_way_to_a_card_is_spent(self):
        invoice = self._create_shown()
        self._pay_online(invoice, 3000)
        self._pay_online(invoice)
        refund = self._refund(invoice)
        with self._refunding("pending"):
            self._send()
        first = refund.transaction_ids.sorted("amount")[0]
        first._set_done()
        first._post_process()
        # 7,000 went, 3,000 of the note wait for the provider.
        self.assertEqual(refund.note_id.amount_residual, 3000)
        self.assertEqual(self._get_credit(), 0)

    def test_other_currency_stays(self):
        currency = self.setup_other_currency("HRK")
        self._top_up(10000, currency_id=currency.id)
        self.assertEqual(self._get_credits(), {currency: 10000})
        with self._refused("nothing on account"):
            self._pay(self._create_shown())

    # === Who === #

    def test_staff(self):
        self._top_up(20000)
        invoice = self._create_shown()
        for user in (self.manager, self.director):
            with self.assertRaises(AccessError):
                self._pay(invoice, user)
        self._pay(invoice, self.head)
        self.assertEqual(invoice.amount_residual, 0)

    def test_clients_pay_what_they_were_shown(self):
        self._top_up(20000)
        invoice = self._create_shown()
        with self.assertRaises(AccessError):
            self._pay(invoice, self.boris)
        self._pay(invoice, self.olga)
        self.assertEqual(invoice.amount_residual, 0)
        with self._refused("cannot be paid"):
            self._pay(invoice, self.olga)
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        with self.assertRaises(AccessError):
            self._pay(hidden, self.olga)

    def test_account_is_shown_to_who_works_for_the_client(self):
        self._top_up(1500)
        other = self._create_staff("other", "manager_own")
        client = self.client_company
        self._create_sold()
        for user in (self.accountant, self.head, self.director, self.manager):
            self.assertIn("1,500", client.with_user(user).tour_account_text)
            client.with_user(user).action_open_account()
        self.assertFalse(client.with_user(other).tour_account_text)
        with self.assertRaises(AccessError):
            client.with_user(other).action_open_account()
