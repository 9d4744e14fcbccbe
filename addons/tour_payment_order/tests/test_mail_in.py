import base64
import unittest
from email.message import EmailMessage
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import email_normalize, mute_logger

from ..engine import pdf
from . import pdf_factory as factory
from .common import PaymentOrderCommon

GATEWAY = "odoo.addons.mail.models.mail_thread"


class MailCommon(PaymentOrderCommon):
    """A mailbox, and a mail server that says that mails are from whom they say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env[
            "mail.alias.domain"
        ].create({"name": "tour.example"})
        cls.company.alias_domain_id = cls.domain
        cls.company.tour_payment_alias_name = "payments"
        cls.company.tour_payment_senders = "statements@bank.example"
        cls.company.tour_payment_mail_server = "mx.tour.example"

    def _send(self, *files, sender="money@tour.example", said=None, **headers):
        mail = EmailMessage()
        domain = email_normalize(sender or "").rpartition("@")[2] if sender else ""
        if said is None:
            said = f"mx.tour.example; dkim=pass header.d={domain}"
        mail["From"] = sender
        mail["To"] = f"payments@{self.domain.name}"
        mail["Subject"] = "Платёжки"
        mail["Message-Id"] = f"<{len(files)}.{id(mail)}@bank.example>"
        for name, value in headers.items():
            mail[name] = value
        mail.set_content("Good day")
        for name, content in files:
            mail.add_attachment(
                content, maintype="application", subtype="pdf", filename=name
            )
        before = self.files.search([])
        # As the server writes it, which asks nobody how it would be encoded.
        header = f"Authentication-Results: {said}\r\n" if said else ""
        self._process(header.encode() + mail.as_bytes())
        return (self.files.search([]) - before).sorted("id")

    def _process(self, content):
        self.env["mail.thread"].message_process(None, content)

    def _get_answer(self, file):
        return self._get_mails(file)


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestMailIn(MailCommon):
    def test_mail_is_read_and_answered(self):
        content = self._make_pdf({}, {"number": "16", "purpose": "Налог"})
        file = self._send(("orders.pdf", content))
        self.assertRecordValues(
            file,
            [
                {
                    "name": "orders.pdf",
                    "source": "mail",
                    "sender": "money@tour.example",
                    "user_id": self.accountant.id,
                    "company_id": self.company.id,
                    "is_trusted": True,
                    "state": "received",
                }
            ],
        )
        self.assertFalse(self._get_answer(file))
        self.files._cron_read()
        answer = self._get_answer(file)
        self.assertEqual(answer.email_to, "money@tour.example")
        self.assertIn("1 of 2", answer.subject)
        self.assertIn(self.order.name, answer.body_html)
        self.assertIn("No booking fits", answer.body_html)
        self.assertIn("auto-replied", answer.headers)

    def test_each_file_by_itself(self):
        files = self._send(("a.pdf", self._make_pdf()), ("b.pdf", b"nothing"))
        self.files._cron_read()
        self.assertEqual(files.mapped("name"), ["a.pdf", "b.pdf"])
        self.assertEqual(files.mapped("state"), ["done", "failed"])
        self.assertIn("no PDF", self._get_answer(files[1]).body_html)

    def test_a_corrupt_file_is_answered_and_listed(self):
        file = self._send(("a.pdf", self._make_pdf()[:500]))
        self.files._cron_read()
        self.assertEqual(file.fault, "broken")
        self.assertIn("damaged", self._get_answer(file).body_html)

    def test_whatever_comes_is_answered_and_listed(self):
        """In one mail with a good one: nothing is lost, and the good one is read."""
        self.company.tour_payment_max_mb = 1
        good = self._make_pdf()
        sent = {
            "empty.pdf": (b"", "empty", "is empty"),
            "page.pdf": (b"<html>" * 99, "type", "no PDF"),
            "cut.pdf": (good[:500], "broken", "damaged"),
            "locked.pdf": (factory.encrypt(good), "encrypted", "password"),
            "large.pdf": (good + b"%" * 2**20, "size", "larger than 1 MB"),
            "bomb.pdf": (factory.make_bomb(200 * 2**20), "bomb", "unpack"),
        }
        files = self._send(
            *((name, content) for name, (content, _fault, _text) in sent.items()),
            ("good.pdf", good),
        )
        self.files._cron_read()
        found = {file.name: file for file in files}
        self.assertEqual(set(found), {*sent, "good.pdf"})
        for name, (content, fault, text) in sent.items():
            with self.subTest(name):
                file = found[name]
                self.assertEqual((file.state, file.fault), ("failed", fault))
                self.assertEqual(file.attachment_id.raw or b"", content)
                answer = self._get_answer(file)
                self.assertEqual(answer.email_to, "money@tour.example")
                self.assertIn(text, answer.body_html)
        self.assertEqual(found["good.pdf"].attached_count, 1)

    def test_files_that_have_an_id_are_no_pictures(self):
        """Gmail and Outlook give each file one; a logo is shown in the text."""
        mail = EmailMessage()
        mail["From"], mail["To"] = "money@tour.example", f"payments@{self.domain.name}"
        mail["Message-Id"] = "<with.ids@tour.example>"
        mail.set_content("Good day")
        mail.add_alternative('<p>Hi <img src="cid:logo@x"/></p>', subtype="html")
        for name, cid in (("a.pdf", "f_1"), ("b.jpg", "f_2"), ("logo.png", "logo@x")):
            mail.add_attachment(
                b"%PDF-",
                maintype="application",
                subtype="pdf",
                filename=name,
                cid=f"<{cid}>",
            )
        before = self.files.search([])
        self._process(mail.as_bytes())
        files = self.files.search([]) - before
        self.assertEqual(sorted(files.mapped("name")), ["a.pdf", "b.jpg"])

    def test_a_mail_in_the_mail(self):
        """Forwarded as a file: what is in it is read."""
        inner, mail = EmailMessage(), EmailMessage()
        inner["Subject"] = "From the bank"
        inner.set_content("Good day")
        inner.add_attachment(
            self._make_pdf(), maintype="application", subtype="pdf", filename="a.pdf"
        )
        mail["From"], mail["To"] = "money@tour.example", f"payments@{self.domain.name}"
        mail["Message-Id"] = "<forwarded@tour.example>"
        mail.set_content("See there")
        mail.add_attachment(inner, filename="bank.eml")
        before = self.files.search([])
        self._process(mail.as_bytes())
        files = (self.files.search([]) - before).sorted("name")
        self.assertEqual(files.mapped("name"), ["a.pdf", "bank.eml"])
        self.files._cron_read()
        self.assertEqual(files.mapped("state"), ["done", "failed"])
        self.assertEqual(files.mapped("order_count"), [1, 0])

    def test_a_mail_is_not_read_while_it_arrives(self):
        """Nor counted: that is for the background, however many pages it has."""
        content = self._make_pdf(*({"number": str(n)} for n in range(1, 41)))
        with (
            patch.object(pdf, "count_pages", side_effect=AssertionError),
            patch.object(pdf, "iter_pages", side_effect=AssertionError),
        ):
            file = self._send(("many.pdf", content))
        self.assertEqual((file.state, file.page_count), ("received", 0))
        self.files._cron_read()
        self.assertEqual((file.state, file.order_count), ("done", 40))

    def test_a_mail_without_files_is_answered_and_listed(self):
        file = self._send()
        self.files._cron_read()
        self.assertEqual((file.name, file.fault), ("Платёжки", "no_file"))
        self.assertIn("no file", self._get_answer(file).body_html)

    @mute_logger(GATEWAY)
    def test_strangers_are_refused(self):
        content = ("orders.pdf", self._make_pdf())
        for sender in (
            "stranger@nowhere.example",
            "client_user@client.example",
            self.manager.email,
            "money@tour.example.nowhere.example",
            "",
        ):
            with self.subTest(sender):
                self.assertFalse(self._send(content, sender=sender))
        self.assertFalse(self._get_copies())

    @mute_logger(GATEWAY)
    def test_strangers_are_refused_by_any_alias(self):
        """Also by one that was made past the settings."""
        self.company.tour_payment_alias_id.copy({"alias_name": "other-payments"})
        self.company.tour_payment_alias_name = "unused"
        self.env["mail.alias"].search(
            [("alias_name", "=", "other-payments")]
        ).alias_name = "payments"
        content = ("a.pdf", self._make_pdf())
        self.assertFalse(self._send(content, sender="stranger@nowhere.example"))
        self.assertTrue(self._send(content))

    def test_named_addresses_are_known(self):
        file = self._send(
            ("a.pdf", self._make_pdf()), sender="Bank <Statements@Bank.example>"
        )
        self.assertEqual(file.sender, "statements@bank.example")
        self.assertFalse(file.user_id)

    def test_names_with_paths_and_tags(self):
        files = self._send(
            ("../../etc/passwd.pdf", self._make_pdf()),
            ("<img src=x onerror=alert(1)>.pdf", self._make_pdf({"number": "16"})),
        )
        self.assertEqual(files[0].name, "passwd.pdf")
        self.assertNotIn("<", files[1].name)
        self.assertEqual(files.attachment_id.mapped("name"), files.mapped("name"))

    def test_html_in_the_purpose_stays_text(self):
        purpose = "<script>alert(1)</script> <b>Оплата</b> за заявку T888888"
        file = self._send(("a.pdf", self._make_pdf({"purpose": purpose})))
        self.files._cron_read()
        order = file.payment_order_ids
        self.assertEqual(order.purpose, purpose)
        self.assertNotIn("<script", self._get_answer(file).body_html)
        order._attach(self.order)
        self.assertNotIn("<script", "".join(self.order.message_ids.mapped("body")))

    def test_settings(self):
        alias = self.company.tour_payment_alias_id
        self.assertEqual(alias.alias_model_id.model, "tour.payment.order.file")
        self.company.tour_payment_alias_name = "orders"
        self.assertEqual(alias.alias_name, "orders")
        with self.assertRaises(ValidationError):
            self.company.tour_payment_senders = "a@b.example, nobody"

    def test_uploads_are_told_in_the_bell(self):
        wizard = (
            self.env["tour.payment.order.upload"].with_user(self.accountant).create({})
        )
        wizard.attachment_ids = (
            self.env["ir.attachment"]
            .with_user(self.accountant)
            .create(
                [
                    {
                        "name": f"{name}.pdf",
                        "datas": base64.b64encode(content),
                        "res_model": wizard._name,
                    }
                    for name, content in (("a", self._make_pdf()), ("b", b"%PDF-"))
                ]
            )
        )
        wizard.action_upload()
        files = self.files.search([("user_id", "=", self.accountant.id)])
        self.files._cron_read()
        self.assertEqual(files.sorted("name").mapped("state"), ["done", "failed"])
        told = self.env["mail.message"].search(
            [("model", "=", self.files._name), ("res_id", "in", files.ids)]
        )
        self.assertIn("1 of 1", "".join(told.mapped("body")))
        self.assertFalse(self._get_mails(files))
