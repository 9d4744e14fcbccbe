"""Whom a mail is from is not what it says, but what our mail server says of it."""

import unittest

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from . import pdf_factory as factory
from .test_mail_in import MailCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestSenders(MailCommon):
    def _send_forged(self, said="", **values):
        """A mail by somebody else, in our accountant's name, as it was read."""
        content = self._make_pdf({"mark": "ИСПОЛНЕНО", **values})
        file = self._send(("orders.pdf", content), said=said)
        self.files._cron_read()
        return file

    def test_a_forged_mail_does_nothing(self):
        """Neither is it attached, nor confirmed, nor is the hotel told."""
        for number, said in enumerate(
            (
                "",
                "mx.evil.example; dkim=pass header.d=tour.example",
                "mx.tour.example; dkim=fail header.d=tour.example; spf=none",
                "mx.tour.example; dkim=pass header.d=evil.example; spf=pass"
                " smtp.mailfrom=evil.example",
            ),
            20,
        ):
            with self.subTest(said):
                file = self._send_forged(said, number=number)
                order = file.payment_order_ids
                self.assertEqual((file.state, file.is_trusted), ("done", False))
                self.assertEqual((order.state, order.is_executed), ("waiting", False))
                self.assertEqual(self._get_codes(order), ["sender"])
                self.assertIn("money@tour.example", order.reason_text)
                self.assertEqual(order.suggestion_ids.order_id, self.order)
                order.with_user(self.accountant).action_match()
                self.env["tour.payment.order"]._cron_match()
                self.assertEqual(order.state, "waiting")
                self.assertFalse(self._get_mails(order) or self._get_copies())
        self.assertEqual(self.stay.payment_order_state, "none")

    def test_without_our_servers_name_all_wait(self):
        self.company.tour_payment_mail_server = False
        file = self._send_forged("mx.tour.example; dmarc=pass header.from=tour.example")
        self.assertEqual(file.payment_order_ids.state, "waiting")

    def test_the_servers_word(self):
        for said in (
            "mx.tour.example; dmarc=pass header.from=tour.example",
            "MX.tour.example 1; spf=pass smtp.mailfrom=money@tour.example",
        ):
            with self.subTest(said):
                self.assertTrue(self._send(("a.pdf", b"%PDF-"), said=said).is_trusted)

    def test_encoded_words_are_not_the_servers(self):
        """Decoded, the name in it would say that the signature is right."""
        said = "mx.tour.example; spf=pass smtp.mailfrom="
        said += "=?utf-8?q?x=3B_dkim=3Dpass_header=2Ed=3Dtour=2Eexample_?=@evil.x"
        self.assertFalse(self._send(("a.pdf", b"%PDF-"), said=said).is_trusted)

    def test_the_mark_counts_for_nothing_attached_by_hand(self):
        order = self._send_forged().payment_order_ids
        order.with_user(self.manager)._attach(self.order, self.stay)
        self.assertEqual(self.stay.payment_order_state, "attached")
        self.assertIn("Carried out", order.trust_text)
        order.file_id.with_user(self.accountant).action_trust()
        self.assertEqual(self.stay.payment_order_state, "confirmed")
        self.assertFalse(order.trust_text)

    def test_confirmed_by_a_keeper(self):
        """Then it is as any other; the background looks for its booking."""
        file = self._send_forged()
        for user in (self.manager, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                file.with_user(user).action_trust()
        file.with_user(self.accountant).action_trust()
        order = file.payment_order_ids
        self.assertEqual(order.state, "waiting")
        self.env["tour.payment.order"]._cron_match()
        self.assertEqual((order.state, order.is_executed), ("attached", True))
        self.assertEqual(self.stay.payment_order_state, "confirmed")
        self.assertTrue(self._get_mails(order))
        self.assertIn("confirmed", file.message_ids[0].body)

    def test_a_forged_one_holds_up_no_true_one(self):
        """Number, date, sum and account may be known to whoever forges."""
        forged = self._send_forged().payment_order_ids
        order = self._read_order(mark="ИСПОЛНЕНО")
        self.assertEqual(order.order_id, self.order)
        forged.file_id.action_trust()
        self.assertEqual(forged.state, "set_aside")
        self.assertEqual(len(self._get_copies()), 1)

    def test_who_confirms_first_keeps_it_once(self):
        forged = self._send_forged().payment_order_ids
        forged.file_id.action_trust()
        self.assertFalse(self._read_order(mark="ИСПОЛНЕНО"))

    def test_uploads_need_no_word(self):
        self.assertTrue(self._receive(b"%PDF-").is_trusted)

    def test_the_gateway_is_not_anybody(self):
        """Over RPC anybody may hand a mail over, with any header."""
        # What Odoo itself notes of a mailbox that works, a clerk may not.
        self.company.tour_payment_alias_id.alias_status = "valid"
        clerk = new_test_user(self.env, "test_gateway", groups="base.group_user")
        headers = [
            [
                "Authentication-Results",
                "mx.tour.example; dkim=pass header.d=tour.example",
            ]
        ]

        def process(content):
            self.env["mail.thread"].with_user(clerk).with_context(
                tour_payment_order_headers=headers
            ).message_process(None, content)

        self.patch(type(self), "_process", lambda _self, content: process(content))
        file = self._send(("a.pdf", b"%PDF-"))
        self.assertFalse(file.is_trusted)
