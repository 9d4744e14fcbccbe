import io
from unittest.mock import patch

from psycopg2 import OperationalError
from pypdf import PdfReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tour_document import pdf

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestReceipt(BillingCommon):
    def _get_mails(self):
        return self.env["mail.mail"].search([("subject", "ilike", "Payment received")])

    def test_mail_with_the_receipt(self):
        invoice = self._create_shown()
        before = self._get_mails()
        payment = self._mark_paid(invoice, amount=2500.5)
        mail = self._get_mails() - before
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.attachment_ids.mimetype, "application/pdf")
        text = PdfReader(io.BytesIO(mail.attachment_ids.raw)).pages[0].extract_text()
        text = text.replace("\xa0", " ")
        for part in (payment.name, "2,500.50", "7,499.50", invoice.name):
            self.assertIn(part, text)

    def test_one_receipt_per_payment(self):
        invoice = self._create_shown()
        before = self._get_mails()
        tx = self._pay_online(invoice)
        tx._post_process()
        tx.payment_id._follow_client_payments()
        self.assertEqual(len(self._get_mails() - before), 1)

    def test_money_is_entered_though_what_follows_fails(self):
        """It is tried again later, and once."""
        invoice = self._create_shown()
        before = self._get_mails()
        with (
            patch.object(
                type(self.env["account.payment"]),
                "_book_fee",
                side_effect=ValueError("no account"),
            ),
            mute_logger("odoo.addons.tour_billing.models.account_payment_follow"),
        ):
            payment = self._pay_online(invoice).payment_id
        self.assertEqual(invoice.amount_residual, 0)
        self.assertTrue(payment.tour_follow_again)
        self.assertEqual(self._get_mails(), before)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args: 60.0)
        for _time in range(2):
            payment._cron_follow_again()
        self.assertFalse(payment.tour_follow_again)
        self.assertEqual(len(self._get_mails() - before), 1)

    def test_two_at_once_begin_again(self):
        """What the database refuses is not taken for a failure of ours."""
        invoice = self._create_shown()
        with (
            patch.object(
                type(self.env["account.payment"]),
                "_book_fee",
                side_effect=OperationalError("serialization"),
            ),
            self.assertRaises(OperationalError),
        ):
            self._pay_online(invoice)

    def test_money_is_entered_though_the_receipt_fails(self):
        invoice = self._create_shown()
        with (
            patch.object(pdf, "render", side_effect=OSError("no fonts")),
            mute_logger("odoo.addons.tour_billing.models.account_payment_follow"),
        ):
            self._mark_paid(invoice)
        self.assertEqual(invoice.amount_residual, 0)
