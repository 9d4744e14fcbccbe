"""The conversation on the page of a booking: messages, files, who has read."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.models.mail_message import MailMessage

from .booking_page_common import BookingPageCommon

ONCE = "0123456789abcdef" * 2
PDF = b"%PDF-1.4 passport"


@tagged("post_install", "-at_install")
class TestBookingPageTalk(BookingPageCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_own()

    def _get_messages(self):
        self.env.invalidate_all()
        return self.order.message_ids.filtered(
            lambda message: message.message_type == "comment"
        )

    def _answer(self, text="We look at it.", **values):
        return self.order.with_user(self.manager).message_post(
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **values,
        )

    def test_client_writes(self):
        text = 'When do we "arrive" <b>there</b>?\nIn the morning?'
        response = self._press(self.order, "message", message=text, once=ONCE)
        self._assert_done(response, self.order, "message")
        message = self._get_messages()
        self.assertEqual(message.author_id, self.olga.partner_id)
        self.assertIn("&lt;b&gt;there&lt;/b&gt;", message.body)
        self.assertFalse(message.is_internal)
        self.assertEqual(self.order.client_unread_count, 1)
        self.assertNotIn(self.olga.partner_id, self.order.message_partner_ids)
        told = self.env["mail.message"].search(
            [
                ("res_id", "=", self.order.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.manager.partner_id.ids),
            ]
        )
        self.assertTrue(told)
        page = self._open(self.order)
        self.assertIn("<strong> You </strong>", page)
        self.assertIn("<b>there</b>", page)  # Unescaped by `_read`.
        self.assertIn("Not read by us yet", page)

    def test_read_marks_both_ways(self):
        self._press(self.order, "message", message="Hello")
        self._open(self.order)
        self.order.with_user(self.manager).action_mark_read()
        page = self._open(self.order)
        self.assertIn("We have read it", page)
        self.assertNotIn("Not read by us yet", page)
        self.assertTrue(self.order.client_read_on)
        self._press(self.order, "message", message="And this?")
        page = self._open(self.order)
        self.assertIn("We have read it", page)
        self.assertIn("Not read by us yet", page)
        self._answer()
        # All of a test happens at one moment.
        for day, count in (("2020-01-01", 1), ("2100-01-01", 0)):
            self.cr.execute(
                "UPDATE tour_portal_mark SET read_on = %s WHERE order_id = %s",
                [day, self.order.id],
            )
            self.assertEqual(self._open(self.order).count("o_tour_new"), count)

    def test_nothing_too_much_and_odd(self):
        self._login(self.olga)
        for text, refusal in (
            ("", "write something"),
            (" \n\x00 ", "write something"),
            ("x" * 10_001, "longer than 10000"),
        ):
            page = self._assert_refused(
                self._post(self.order, "message", message=text), refusal
            )
            self.assertIn('aria-invalid="true"', page)
            self.assertIn('href="#tour_message"', page)
        self.assertFalse(self._get_messages())
        response = self._post(self.order, "message", message="A\x00B")
        self._assert_done(response, self.order, "message")
        self.assertIn("AB", self._get_messages().body)

    def test_sent_twice_is_sent_once(self):
        for _time in range(2):
            response = self._press(self.order, "message", message="Hello", once=ONCE)
            self._assert_done(response, self.order, "message")
        self.assertEqual(len(self._get_messages()), 1)
        # What was refused may be sent again.
        once = ONCE[::-1]
        self._press(self.order, "message", message="", once=once)
        self._press(self.order, "message", message="Now", once=once)
        self.assertEqual(len(self._get_messages()), 2)

    def test_tokens_of_forms_differ(self):
        page = self._open(self.order)
        once = self._hidden(page, "once")
        self.assertRegex(once, "^[0-9a-f]{32}$")
        self.assertNotEqual(once, self._hidden(self._open(self.order), "once"))

    def test_files(self):
        self._login(self.olga)
        response = self._post(
            self.order,
            "message",
            message="",
            files=[
                ("files", ("passport.pdf", PDF, "application/pdf")),
                ("files", ("../visa.pdf", PDF, "application/pdf")),
            ],
        )
        self._assert_done(response, self.order, "message")
        files = self._get_messages().attachment_ids.sorted("name")
        self.assertEqual(files.mapped("name"), ["passport.pdf", "visa.pdf"])
        page = self._open(self.order)
        url = f"{self._url(self.order)}/files/{files[0].id}"
        self.assertIn(url, page)
        response = self.url_open(url)
        self.assertEqual(response.content, PDF)
        self.assertTrue(
            response.headers["Content-Disposition"].startswith("attachment")
        )
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("no-store", response.headers["Cache-Control"])
        self._login(self.curator)
        self.assertEqual(self.url_open(url).status_code, 200)
        for user in (self.boris, self.stranger):
            self._login(user)
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_files_that_are_not_taken(self):
        self._login(self.olga)
        for name, content in (
            ("program.exe", b"MZ"),
            ("page.html", b"<script>"),
            ("lie.pdf", b"MZ"),
            ("empty.pdf", b""),
        ):
            page = self._assert_refused(
                self._post(
                    self.order,
                    "message",
                    message="See the file",
                    files=[("files", (name, content, "application/pdf"))],
                ),
                name,
            )
            self.assertIn('href="#tour_files"', page)
            self.assertIn("See the file", page)
        self.assertFalse(self._get_messages())

    def test_files_of_staff(self):
        """Those of messages to the client, and no others."""
        shown, noted, inner = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{name}.pdf",
                    "raw": PDF,
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                }
                for name in ("shown", "noted", "inner")
            ]
        )
        self._answer(attachment_ids=shown.ids)
        self._answer(attachment_ids=inner.ids, is_internal=True)
        self.order.message_post(body="Note", attachment_ids=noted.ids)
        page = self._open(self.order)
        self.assertIn("shown.pdf", page)
        self.assertNotIn("noted.pdf", page)
        self.assertNotIn("inner.pdf", page)
        for attachment, status in ((shown, 200), (noted, 404), (inner, 404)):
            url = f"{self._url(self.order)}/files/{attachment.id}"
            self.assertEqual(self.url_open(url).status_code, status)
        other = self._create_own()
        url = f"{self._url(other)}/files/{shown.id}"
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(
            self.url_open(f"{self._url(self.order)}/files/{2**31 - 1}").status_code, 404
        )

    def test_long_conversations(self):
        for number in range(32):
            self._answer(f"Message {number}.")
        page = self._open(self.order)
        self.assertNotIn("Message 1.", page)
        self.assertIn("Message 2.", page)
        self.assertIn("Show earlier messages", page)
        page = self._open(self.order, query="?messages=all")
        self.assertIn("Message 0.", page)
        self.assertNotIn("Show earlier messages", page)

    def test_only_clients_write_here(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.manager)._post_client_message("Hello")
        with self.assertRaises(AccessError):
            self.order.with_user(self.stranger)._post_client_message("Hello")

    def test_client_without_an_address(self):
        self.olga.partner_id.email = False
        response = self._press(self.order, "message", message="Hello")
        self._assert_done(response, self.order, "message")

    def test_cut_off_in_the_midst(self):
        """Nothing is left of a message that could not be kept, nor is it once more."""
        with patch.object(
            MailMessage, "create", side_effect=AccessError("No place left")
        ):
            response = self._press(self.order, "message", message="Hello", once=ONCE)
        self._assert_refused(response, "No place left")
        response = self._press(self.order, "message", message="Hello", once=ONCE)
        self._assert_done(response, self.order, "message")
        self.assertEqual(len(self._get_messages()), 1)
