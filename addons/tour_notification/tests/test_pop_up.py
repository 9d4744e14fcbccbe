from markupsafe import Markup

from odoo.tests import tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestPopUp(NotificationCommon):
    def setUp(self):
        super().setUp()
        self.bus = []
        Users = type(self.env["res.users"])

        def bus_send(user, notification_type, message, **kwargs):
            self.bus.append((user, notification_type, message))

        self.patch(Users, "_bus_send", bus_send)

    def _tell(self, users, title="Title", body="Body", record=None):
        return self.Category._tell_users(
            "test_staff", users, title, body, record or self.company_partner
        )

    def _get_pop_ups(self):
        return [
            (user, message)
            for user, kind, message in self.bus
            if kind == "tour_notification.popup"
        ]

    def test_unread_in_the_bell_whatever_the_preference(self):
        self.assertEqual(self.staff_user.notification_type, "email")
        message = self._tell(self.staff_user)
        self.assertRecordValues(
            message.notification_ids,
            [
                {
                    "res_partner_id": self.staff_user.partner_id.id,
                    "notification_type": "inbox",
                    "is_read": False,
                }
            ],
        )
        self.assertRecordValues(
            message,
            [
                {
                    "model": "res.partner",
                    "res_id": self.company_partner.id,
                    "message_type": "user_notification",
                    "is_internal": True,
                    "subject": "Title",
                }
            ],
        )
        self.assertTrue(message.with_user(self.staff_user).needaction)
        self.assertFalse(message.mail_ids)

    def test_pop_up_leads_to_the_record(self):
        message = self._tell(self.staff_user)
        self.assertEqual(
            self._get_pop_ups(),
            [
                (
                    self.staff_user,
                    {
                        "message": "Body",
                        "message_id": message.id,
                        "model": "res.partner",
                        "res_id": self.company_partner.id,
                        "title": "Title",
                    },
                )
            ],
        )

    def test_only_staff_who_want_it(self):
        other = mail_new_test_user(
            self.env, login="tour_other", groups="base.group_user"
        )
        gone = mail_new_test_user(self.env, login="tour_gone", groups="base.group_user")
        gone.active = False
        self._choose(other.partner_id, "dont_send", self.staff_category)
        message = self._tell(self.staff_user | other | gone | self.portal_user)
        self.assertEqual(message.partner_ids, self.staff_user.partner_id)

    def test_nobody_to_tell(self):
        self.assertFalse(self._tell(self.portal_user))
        self.assertFalse(self.bus)

    def test_each_in_his_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        russian = mail_new_test_user(
            self.env, login="tour_ru", groups="base.group_user", lang="ru_RU"
        )
        messages = self._tell(
            self.staff_user | russian,
            title=lambda env: f"Title {env.lang}",
            body=lambda env: f"Body {env.lang}",
        )
        by_partner = messages.grouped("partner_ids")
        self.assertEqual(by_partner[russian.partner_id].subject, "Title ru_RU")
        self.assertEqual(by_partner[self.staff_user.partner_id].subject, "Title en_US")

    def test_text_is_escaped_and_markup_is_kept(self):
        message = self._tell(self.staff_user, "<b>T</b>", "<i>one</i>\ntwo")
        self.assertIn("&lt;b&gt;T&lt;/b&gt;", message.body)
        self.assertIn("&lt;i&gt;one&lt;/i&gt;<br>two", message.body)
        [(_user, pop_up)] = self._get_pop_ups()
        self.assertEqual(
            (pop_up["title"], pop_up["message"]), ("<b>T</b>", "<i>one</i>\ntwo")
        )
        message = self._tell(self.staff_user, "T", Markup("<p><i>one</i></p>"))
        self.assertIn("<i>one</i>", message.body)

    def test_record_without_a_thread(self):
        record = self.env["res.country"].search([], limit=1)
        message = self._tell(self.staff_user, record=record)
        self.assertEqual((message.model, message.res_id), ("res.country", record.id))
