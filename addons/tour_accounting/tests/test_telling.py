"""The mail with the file, and the bell."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AccountingCommon


@tagged("post_install", "-at_install")
class TestTelling(AccountingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["res.partner"].create(
            {"name": "Accounting Office", "email": "office@accounting.example"}
        )

    def _get_mails(self, export):
        return self.env["mail.mail"].search(
            [("model", "=", export._name), ("res_id", "=", export.id)]
        )

    def _get_told(self, export):
        """Who was told in the bell, and of what."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", export._name),
                ("res_id", "=", export.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        return messages.partner_ids, set(messages.mapped("subject"))

    def test_daily_report_is_mailed_and_told(self):
        self.company.write(
            {
                "tour_accounting_auto": True,
                "tour_accounting_hour": 0,
                "tour_export_partner_ids": self.office.ids,
            }
        )
        self._create_move()
        self.exports._cron_export()
        export = self.exports.search([("auto_on", "!=", False)])
        mail = self._get_mails(export)
        self.assertEqual(mail.recipient_ids, self.office)
        self.assertEqual(mail.attachment_ids, export.attachment_id)
        self.assertIn("Supplier bill", mail.body_html)
        self.assertEqual(export.sent_count, 1)
        partners, subjects = self._get_told(export)
        self.assertEqual(subjects, {"The daily report has been sent to accounting"})
        for user in (self.accountant, self.head, self.director):
            self.assertIn(user.partner_id, partners)
        self.assertNotIn(self.manager.partner_id, partners)

    def test_who_does_not_want_it(self):
        category = self.env.ref("tour_accounting.category_accounting_export")
        category._set_choices(self.director.partner_id, {category.id: "dont_send"})
        self._create_move()
        partners, _subjects = self._get_told(self._export())
        self.assertNotIn(self.director.partner_id, partners)
        self.assertIn(self.accountant.partner_id, partners)

    def test_nothing_to_send_is_not_told(self):
        export = self._export()
        self.assertFalse(self._get_told(export)[0])

    def test_same_file_again(self):
        self._create_move()
        export = self._export(recipient_ids=self.office.ids)
        self.assertEqual(len(self._get_mails(export)), 1)
        content = export.attachment_id.raw
        export.with_user(self.accountant).action_send()
        mails = self._get_mails(export)
        self.assertEqual(len(mails), 2)
        self.assertEqual(mails.attachment_ids, export.attachment_id)
        self.assertEqual(export.attachment_id.raw, content)
        self.assertEqual(export.sent_count, 2)

    def test_mail_to_nobody(self):
        self._create_move()
        export = self._export().with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "Nobody is named"):
            export.action_send()

    def test_what_was_left_out_is_told(self):
        self._create_move("in_refund")
        export = self._export()
        self.assertFalse(export.attachment_id)
        self.assertTrue(self._get_told(export)[0])
