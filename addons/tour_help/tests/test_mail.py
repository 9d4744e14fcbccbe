from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCommon

from .common import HelpCommon

MAIL = """Return-Path: <{sender}>
To: {to}
From: {sender}
Subject: {subject}
Message-Id: <{number}@mail.example>
{extra}MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>{body}</p>
"""


@tagged("post_install", "-at_install")
class TestMail(HelpCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alias = cls.env.ref("tour_help.mail_alias_help")
        cls.alias.write(
            {"alias_name": "help", "alias_domain_id": cls.mail_alias_domain.id}
        )
        cls.number = 0

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def _receive(self, sender, to=None, subject="The bus", extra="", body="Where?"):
        type(self).number += 1
        before = self.requests.search([], limit=1)
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(
                None,
                MAIL.format(
                    sender=sender,
                    to=to or self.alias.alias_full_name,
                    subject=subject,
                    number=f"tour{self.number}",
                    extra=extra,
                    body=body,
                ),
            )
            self.env.flush_all()
        return self.requests.search([("id", ">", before.id or 0)])

    def _reply_to(self, request, message, sender, **values):
        return self._receive(
            sender,
            extra=f"In-Reply-To: {message.message_id}\n"
            f"References: {message.message_id}\n",
            **values,
        )

    def test_client_s_user(self):
        request = self._receive("Olga <olga@metran.example>")
        self.assertRecordValues(
            request,
            [
                {
                    "partner_id": self.client_company.id,
                    "client_user_id": self.olga.id,
                    "subject": "The bus",
                    "description": "Where?",
                    "by_client": True,
                    "staff_unread": True,
                    "state": "new",
                }
            ],
        )
        (message,) = self._as_client(request)._get_client_messages()[0]
        self.assertEqual((message["author"], message["is_mine"]), ("Olga", True))
        self.assertEqual(message["body"], "<p>Where?</p>")
        self.assertIn(request.name, self._new_mails.mapped("subject")[0])
        self.assertEqual(len(self._get_told(request, self.head)), 1)

    def test_unknown_sender_waits_for_staff(self):
        self.head.may_take_help = True
        request = self._receive("stranger@nowhere.example", subject="")
        self.assertFalse(request.partner_id or request.user_id or request.by_client)
        self.assertEqual(request.email_from, "stranger@nowhere.example")
        self.assertEqual(request.subject, "Without a subject")
        self.assertFalse(self._new_mails)
        self.assertEqual(
            self._get_told(request, self.head),
            [f"{request.name}: nobody is responsible"],
        )
        for user in (self.olga, self.curator, self.boris):
            self.assertFalse(self.requests.with_user(user)._find_of_client(request.id))
        request.with_user(self.manager).write(
            {"partner_id": self.client_company.id, "client_user_id": self.olga.id}
        )
        self.assertTrue(self.requests.with_user(self.olga)._find_of_client(request.id))

    def test_contact_without_a_login_is_unknown(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Ivan",
                "email": "ivan@metran.example",
                "parent_id": self.client_company.id,
            }
        )
        request = self._receive("ivan@metran.example")
        self.assertFalse(request.partner_id)
        self.assertEqual(request.contact_id, contact)

    def test_user_of_no_client_is_unknown(self):
        user = self._create_client_user("sup", parent=self.supplier)
        request = self._receive(user.email)
        self.assertFalse(request.partner_id or request.client_user_id)

    def test_answer_goes_to_the_client(self):
        request = self._ask(order_id=self.booking.id)
        with self.mock_mail_gateway():
            message = self._answer(request)
        self.assertIn(self.olga.partner_id, message.notified_partner_ids)
        (mail,) = [
            mail for mail in self._mails if "olga@metran.example" in mail["email_to"][0]
        ]
        self.assertIn(f"/my/tour/help/{request.id}", mail["body"])
        self.assertNotIn("/mail/view", mail["body"])

    def test_client_replies_by_mail(self):
        request = self._ask(order_id=self.booking.id)
        answer = self._answer(request)
        made = self._reply_to(request, answer, "olga@metran.example", body="Which?")
        self.assertFalse(made)
        self.assertEqual((request.state, request.staff_unread), ("in_work", True))
        messages, _earlier = self._as_client(request)._get_client_messages()
        self.assertEqual(messages[-1]["body"], "<p>Which?</p>")

    def test_what_others_write_stays_with_staff(self):
        request = self._ask(order_id=self.booking.id)
        answer = self._answer(request)
        for sender in ("boris@metran.example", "hotel@alpina.example"):
            self._reply_to(request, answer, sender, body="Our net price is 40")
        self.assertEqual((request.state, request.staff_unread), ("answered", False))
        messages, _earlier = self._as_client(request)._get_client_messages()
        self.assertEqual(len(messages), 2)
        self.assertEqual(len(self._get_told(request, self.manager)), 3)

    def test_reply_opens_a_closed_one_again(self):
        request = self._ask(order_id=self.booking.id)
        answer = self._answer(request)
        request.action_close()
        self._reply_to(request, answer, "olga@metran.example")
        self.assertEqual((request.state, request.reopened_count), ("in_work", 1))
        request.action_close()
        self.env.company.tour_help_reopen_days = 0
        self._reply_to(request, answer, "olga@metran.example")
        self.assertEqual((request.state, request.staff_unread), ("closed", True))

    def test_alias_gives_what_it_may(self):
        self.alias.alias_defaults = str(
            {"kind_id": self.complaint.id, "partner_id": self.rival.id, "state": "x"}
        )
        request = self._receive("olga@metran.example")
        self.assertEqual(request.kind_id, self.complaint)
        self.assertEqual(request.partner_id, self.client_company)
