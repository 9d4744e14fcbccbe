import re
from ast import literal_eval

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestMails(NotificationCommon, MailCommon):
    def _send(self, partners, record=None, **email_values):
        return self.Category._send_mail(
            "test_client",
            self.template,
            record or self.company_partner,
            partners,
            email_values=email_values or None,
        )

    def _get_token(self, mail):
        return re.search(r"/notification/unsubscribe/([\w-]+)", mail.body_html)[1]

    def test_one_queued_mail_for_each_recipient(self):
        mails = self._send(self.ann | self.bob)
        self.assertRecordValues(
            mails,
            [
                {
                    "state": "outgoing",
                    "recipient_ids": self.ann.ids,
                    "subject": "About Client Ltd",
                },
                {
                    "state": "outgoing",
                    "recipient_ids": self.bob.ids,
                    "subject": "About Client Ltd",
                },
            ],
        )
        self.assertIn("Hello of Client Ltd", mails[0].body_html)
        self.assertNotEqual(self._get_token(mails[0]), self._get_token(mails[1]))

    def test_queue_is_woken_up(self):
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        trigger = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(trigger)
        self._send(self.ann)
        self.assertEqual(self.env["ir.cron.trigger"].search_count(trigger), before + 1)

    def test_nobody_wants_it(self):
        self._choose(self.ann, "dont_send")
        self.assertFalse(self._send(self.ann))

    def test_recipients_without_address_or_with_the_same_one(self):
        self.bob.email = "Ann <ANN@client.test>"
        mute = self.env["res.partner"].create({"name": "Mute", "email": False})
        gone = self.env["res.partner"].create(
            {"name": "Gone", "email": "gone@client.test", "active": False}
        )
        mails = self._send(self.ann | self.bob | mute | gone)
        self.assertEqual(mails.recipient_ids, self.ann)

    def test_footer_says_why_and_how_to_end_it(self):
        mail = self._send(self.ann)
        self.assertIn("Test subject", mail.body_html)
        self.assertIn(self.env.company.name, mail.body_html)
        self.assertNotIn("/my/notifications", mail.body_html)
        self.assertEqual(
            self.Category._parse_unsubscribe_token(self._get_token(mail)),
            (self.category, self.ann),
        )

    def test_footer_leads_users_to_all_their_choices(self):
        mail = self._send(self.portal_user.partner_id)
        self.assertIn("/my/notifications", mail.body_html)

    def test_message_in_the_record_keeps_the_link_for_the_recipient(self):
        message = self._send(self.ann | self.bob).mail_message_id
        self.assertRecordValues(
            message,
            [
                {
                    "model": "res.partner",
                    "res_id": self.company_partner.id,
                    "partner_ids": (self.ann | self.bob).ids,
                    "is_internal": True,
                }
            ],
        )
        self.assertIn("Hello of Client Ltd", message.body)
        self.assertNotIn("unsubscribe", message.body)

    def test_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.category.with_context(lang="ru_RU").name = "Проверка"
        self.template.with_context(lang="ru_RU").write(
            {"subject": "О {{ object.name }}", "body_html": "<p>Привет</p>"}
        )
        self.ann.lang = "ru_RU"
        self.bob.lang = "en_US"
        mails = self._send(self.ann | self.bob).grouped("recipient_ids")
        self.assertEqual(mails[self.ann].subject, "О Client Ltd")
        self.assertIn("Привет", mails[self.ann].body_html)
        self.assertIn("Проверка", mails[self.ann].body_html)
        self.assertEqual(mails[self.bob].subject, "About Client Ltd")
        self.assertIn("Test subject", mails[self.bob].body_html)

    def test_language_that_is_not_installed(self):
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", [self.ann.id]
        )
        self.ann.invalidate_recordset(["lang"])
        self.assertIn("Test subject", self._send(self.ann).body_html)

    def test_headers_let_the_mail_program_unsubscribe(self):
        mail = self._send(self.ann)
        headers = literal_eval(mail.headers)
        token = self._get_token(mail)
        base_url = self.company_partner.get_base_url()
        self.assertEqual(
            headers["List-Unsubscribe"],
            f"<{base_url}/notification/unsubscribe/{token}>",
        )
        self.assertEqual(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        with self.mock_mail_gateway():
            mail.send()
        sent = self._mails[-1]
        self.assertEqual(sent["email_to"], ['"Ann" <ann@client.test>'])
        self.assertEqual(
            sent["headers"]["List-Unsubscribe"], headers["List-Unsubscribe"]
        )
        self.assertIn(f"{base_url}/notification/unsubscribe/{token}", sent["body"])

    def test_delivery_shows_in_the_record(self):
        mail = self._send(self.ann)
        notification = mail.mail_message_id.notification_ids
        self.assertEqual(notification.notification_status, "ready")
        with self.mock_mail_gateway():
            mail.send()
        self.assertEqual(notification.notification_status, "sent")

    def test_values_of_the_caller_replace_the_rendered_ones(self):
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        mail = self._send(
            self.ann,
            subject="Other",
            email_from="desk@tour.test",
            attachment_ids=attachment.ids,
        )
        self.assertEqual(mail.subject, "Other")
        self.assertEqual(mail.email_from, "desk@tour.test")
        self.assertEqual(mail.attachment_ids, attachment)

    def test_layout_of_the_template(self):
        self.template.email_layout_xmlid = "mail.mail_notification_light"
        body = self._send(self.ann).body_html
        self.assertLess(body.index("Hello of"), body.index("unsubscribe"))

    def test_many_records_at_once(self):
        records = self.company_partner | self.staff_user.partner_id
        mails = self.Category._send_mails(
            "test_client",
            self.template,
            {record: self.ann | self.bob for record in records},
        )
        self.assertEqual(
            mails.mapped("subject"),
            ["About Client Ltd"] * 2 + ["About Staff Member"] * 2,
        )
        self.assertEqual(len(mails.mail_message_id), 2)

    def test_a_client_may_cause_a_mail(self):
        partner = self.portal_user.partner_id
        mails = self.Category.with_user(self.portal_user)._send_mail(
            "test_client",
            self.template.with_user(self.portal_user),
            partner.with_user(self.portal_user),
            partner,
        )
        self.assertEqual(mails.recipient_ids, partner)
