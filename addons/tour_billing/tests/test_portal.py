from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPortal(BillingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga.password = "tour_olga_secret"

    def _open(self, url):
        self.authenticate("tour_olga", "tour_olga_secret")
        return self.url_open(url)

    def test_list_and_page(self):
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        shown = self._create_shown()
        page = self._open("/my/invoices").text
        self.assertIn(shown.name, page)
        self.assertNotIn(hidden.name, page)
        self.assertIn(shown.name, self._open(f"/my/invoices/{shown.id}").text)
        self.assertNotIn(hidden.name, self._open(f"/my/invoices/{hidden.id}").text)

    def test_page_of_the_booking(self):
        invoice = self._invoice(self._create_sold()).sudo()
        invoice.action_post()
        url = f"/my/orders/{invoice.tour_booking_ids.id}"
        self.assertNotIn(invoice.name, self._open(url).text)
        invoice.action_show_to_client()
        self.assertIn(invoice.name, self._open(url).text)

    def test_refund_is_told(self):
        invoice = self._create_shown()
        self._mark_paid(invoice)
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.action_post()
        register = self.env["account.payment.register"]
        register.with_context(active_model="account.move", active_ids=note.ids).create(
            {"journal_id": self.cash.id}
        )._create_payments()
        self.assertIn("Refunded", self._open("/my/invoices").text)

    def test_what_a_saved_card_is_kept_for_is_told(self):
        invoice = self._create_shown()
        words = "collected from the card"
        url = f"/my/invoices/{invoice.id}"
        self.assertNotIn(words, self._open(url).text)
        plan = self.env["account.payment.term"].create({"name": "Plan"})
        plan.tour_auto_collect = True
        invoice.tour_booking_ids.payment_term_id = plan
        self.assertIn(words, self._open(url).text)

    # === Paying === #

    def _pay(self, invoice, amount):
        """Ask for a payment as the page does."""
        self.authenticate("tour_olga", "tour_olga_secret")
        return self.make_jsonrpc_request(
            f"/invoice/transaction/{invoice.id}",
            {
                "access_token": invoice._portal_ensure_token(),
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "token_id": None,
                "amount": amount,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/my/invoices",
                "is_validation": False,
            },
        )

    def _get_transactions(self, invoice):
        return invoice.sudo().transaction_ids

    def _assert_refused(self, invoice, amount):
        before = self._get_transactions(invoice)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as refused:
            self._pay(invoice, amount)
        self.assertIn("ValidationError", str(refused.exception))
        self.assertEqual(self._get_transactions(invoice), before)

    def test_pays_what_is_left_and_once(self):
        invoice = self._create_shown()
        self._pay(invoice, 4000)
        tx = self._get_transactions(invoice)
        self.assertEqual((tx.amount, tx.partner_id), (4000, self.olga.partner_id))
        tx._set_pending()
        self._assert_refused(invoice, 4000)
        tx._set_done()
        tx._post_process()
        self._assert_refused(invoice, 6000.01)
        self._assert_refused(invoice, "6000")
        self._pay(invoice, 6000)
        self.assertEqual(len(self._get_transactions(invoice)), 2)

    def test_pays_nothing_that_was_not_shown(self):
        invoice = self._invoice(self._create_sold()).sudo()
        invoice.action_post()
        self._assert_refused(invoice, 10000)
        self.assertFalse(self._get_transactions(invoice))
