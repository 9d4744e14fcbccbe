from io import BytesIO

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon

PATH = "/my/tour/message"
PDF = b"%PDF-1.7 x"


class _File:
    """A file as werkzeug gives it."""

    def __init__(self, filename, content):
        self.filename = filename
        stream = BytesIO(content)
        self.read, self.seek = stream.read, stream.seek


@tagged("post_install", "-at_install")
class TestPortalMessage(PortalCommon):
    def _messages(self, record):
        return record.message_ids.filtered(lambda m: m.message_type == "comment")

    def _told(self, user):
        return (
            self.env["mail.notification"]
            .search([("res_partner_id", "=", user.partner_id.id)])
            .mail_message_id
        )

    def _send(self, text="Hello", files=(), order=None, user=None):
        user = user or self.olga
        messages = self.env["tour.portal.message"].with_user(user)
        messages._send(text, files, order and order.with_user(user))

    # === Where it goes === #

    def test_about_a_booking(self):
        order = self._of(self.olga)
        self._send("Hello\0 <b>you</b>", [_File("a.pdf", PDF), _File("", b"")], order)
        message = self._messages(order)
        self.assertEqual(message.author_id, self.olga.partner_id)
        self.assertIn("&lt;b&gt;you&lt;/b&gt;", message.body)
        self.assertFalse(message.is_internal)
        self.assertEqual(message.attachment_ids.mapped("name"), ["a.pdf"])
        self.assertEqual(order.client_unread_count, 1)
        self.assertTrue(self._told(self.manager))

    def test_general_goes_to_the_manager_of_the_client(self):
        self.client_company.user_id = self.manager
        self._send(files=[_File("a.pdf", PDF)])
        message = self._messages(self.client_company)
        self.assertEqual(message.author_id, self.olga.partner_id)
        self.assertTrue(message.is_internal or message.subtype_id.internal)
        self.assertTrue(self._told(self.manager))
        self.assertFalse(self._told(self.head))
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.manager.partner_id.ids)]
        )
        self.assertEqual(mail.subject, "Message from Olga")
        self.assertIn("Hello", mail.body_html)
        self.assertIn("olga@metran.example", mail.reply_to)
        self.assertEqual(mail.attachment_ids.mapped("name"), ["a.pdf"])

    def test_general_goes_to_those_who_take_bookings(self):
        self.manager_all.may_take_bookings = True
        self._send()
        self.assertTrue(self._told(self.manager_all))
        self.assertFalse(self._told(self.head))

    def test_somebody_is_told_always(self):
        self.env["res.users"].search([("may_take_bookings", "=", True)]).write(
            {"may_take_bookings": False}
        )
        self._send()
        self.assertTrue(self._told(self.head))
        # Without any head, who administers.
        admin = self._create_staff("boss", "staff")
        admin.group_ids += self.env.ref("base.group_system")
        heads = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref("tour_partner.tour_group_head").ids)]
        )
        heads.write({"active": False})
        operators = (
            self.env["tour.portal.message"]
            .with_user(self.olga)
            ._get_operators(self.olga.partner_id, self.env.company)
        )
        self.assertIn(admin, operators)

    def test_booking_without_responsible(self):
        order = self._of(self.olga)
        order.user_id = False
        self._send(order=order)
        self.assertTrue(self._told(self.head))

    # === What is refused === #

    def test_nothing_to_send(self):
        with self.assertRaisesRegex(UserError, "write something"):
            self._send(" \0")
        with self.assertRaisesRegex(UserError, "up to 10000"):
            self._send("x" * 10_001)

    def test_files_are_checked(self):
        for name, content in (
            ("a.exe", b"MZ"),
            ("a.pdf", b"MZ"),
            ("a.html", b"<script>"),
            ("a.pdf", b""),
        ):
            with self.assertRaisesRegex(UserError, name):
                self._send(files=[_File(name, content)])
        with self.assertRaisesRegex(UserError, "11 files"):
            self._send(files=[_File("a.pdf", PDF)] * 11)
        self.assertFalse(self._messages(self.client_company))

    def test_names_of_files_are_cleaned(self):
        (checked,) = self.env["tour.portal.upload"]._check(
            [_File('../../x\u202e"<b>.pdf', PDF)]
        )
        self.assertEqual(checked, ("xb.pdf", PDF, "application/pdf"))

    # === The page === #

    def _token(self, page):
        return page.split('name="once"')[1].split('value="')[1].split('"')[0]

    def test_sent_once(self):
        order = self._of(self.olga)
        page = self._get(f"{PATH}?about={order.id}").text
        self.assertIn(f'value="{order.id}" selected', page)
        token = self._token(page)
        for _press in range(2):
            answer = self._post(PATH, about=order.id, text="Hello", once=token)
            self.assertEqual(answer.status_code, 303)
            self.assertIn(order._get_tour_path(), answer.headers["Location"])
        self.assertEqual(len(self._messages(order)), 1)
        # The token is his alone, and of this form alone.
        once = self.env["tour.portal.once"]
        self.assertTrue(once.with_user(self.boris)._begin("message", token)[1])
        self.assertTrue(once.with_user(self.olga)._begin("other", token)[1])
        self.assertFalse(once.with_user(self.olga)._begin("message", token)[1])
        # Without a token of ours each is a sending of its own.
        for _press in range(2):
            self.assertTrue(once.with_user(self.olga)._begin("message", "x")[1])

    def test_what_failed_may_be_sent_again(self):
        token = self._token(self._get(PATH).text)
        answer = self._post(PATH, text=" ", once=token)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Message: write something", answer.text)
        self.assertIn('aria-invalid="true"', answer.text)
        answer = self._post(PATH, text="Hello", once=token)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(self._messages(self.client_company)), 1)
        self.assertIn("was sent", self._get(f"{PATH}?sent=1").text)

    def test_file_comes_in(self):
        self._login(self.olga)
        answer = self.url_open(
            PATH,
            data={"csrf_token": http.Request.csrf_token(self), "text": "<i>"},
            files={"files": ("plan.pdf", PDF, "text/html")},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        attachment = self._messages(self.client_company).attachment_ids
        self.assertEqual(attachment.mimetype, "application/pdf")
        answer = self.url_open(
            PATH,
            data={"csrf_token": http.Request.csrf_token(self), "text": "<i>typed"},
            files={"files": ("plan.exe", b"MZ", "application/pdf")},
        )
        self.assertIn("plan.exe", answer.text)
        self.assertIn("&lt;i&gt;typed", answer.text)

    def test_about_what_is_not_his(self):
        foreign, colleague = self._of(self.eva), self._of(self.boris)
        ordinary = self.env["sale.order"].create(
            {"partner_id": self.olga.partner_id.id}
        )
        for about in (
            foreign.id,
            colleague.id,
            ordinary.id,
            0,
            -1,
            2**31,
            2**63,
            "x",
            "1" * 50,
        ):
            answer = self._post(PATH, about=about, text="Hello")
            self.assertEqual(answer.status_code, 200, about)
            self.assertIn("About: choose one of your bookings", answer.text)
        for order in (foreign, colleague, ordinary):
            self.assertFalse(self._messages(order))
        page = self._get(f"{PATH}?about={foreign.id}").text
        self.assertNotIn(foreign.name, page)

    def test_who_gets_the_page(self):
        for user in (self.manager, self.guest):
            self.assertEqual(self._get(PATH, user).status_code, 404)
            self.assertEqual(self._post(PATH, user, text="x").status_code, 404)
        with mute_logger("odoo.http"):
            answer = self._post(PATH, text="x", csrf_token="wrong")
        self.assertEqual(answer.status_code, 400)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(PATH).url)
