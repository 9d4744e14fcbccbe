from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestClientMails(BookingCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_user = cls._create_client_user("olga")
        cls.order = cls._create_booking(
            cls._stay(confirmation_number="A-1"), client_user_id=cls.client_user.id
        )

    def _move(self, *states):
        """Move and return the mails that went to the client."""
        with self.mock_mail_gateway():
            for state in states:
                self.order.with_user(self.manager)._move_to(state, "Because")
            self.env.flush_all()
        return self._new_mails

    def test_mail_when_the_clients_status_changes(self):
        mails = self._move("accepted")
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.recipient_ids, self.client_user.partner_id)
        self.assertEqual(mails.subject, f"Your booking {self.order.name} is accepted")
        self.assertIn("Alpina", mails.body_html)
        self.assertIn("/notification/unsubscribe/", mails.body_html)
        self.assertIn("List-Unsubscribe", mails.headers)
        self.assertEqual(mails.state, "outgoing")

    def test_no_mail_when_only_the_inner_status_changes(self):
        """Confirmed to client and Booked are Booked to the client."""
        self._move("accepted")
        self.assertEqual(len(self._move("confirmed")), 1)
        self.assertFalse(self._move("booked"))
        self.assertEqual(len(self._move("done")), 1)
        self.assertFalse(self._move("reposting", "done"))

    def test_mapping_is_data(self):
        accepted = self.env.ref("tour_booking.client_status_accepted")
        self.env["tour.booking.status"].search(
            [("state", "=", "confirmed")]
        ).client_status_id = accepted
        self._move("accepted")
        self.assertFalse(self._move("confirmed"))
        self.assertEqual(len(self._move("booked")), 1)

    def test_no_mail_without_a_template(self):
        self.env.ref("tour_booking.client_status_accepted").mail_template_id = False
        self.assertFalse(self._move("accepted"))

    def test_reason_is_not_told_to_the_client(self):
        with self.mock_mail_gateway():
            self.order.with_user(self.manager)._move_to("cancelled", "He is a pain")
        self.assertEqual(len(self._new_mails), 1)
        self.assertNotIn("pain", self._new_mails.body_html)

    def test_client_without_a_user(self):
        self.order.client_user_id = False
        self.assertEqual(self._move("accepted").recipient_ids, self.client_company)

    def test_in_the_clients_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.client_user.lang = "fr_FR"
        template = self.env.ref("tour_booking.mail_template_client_accepted")
        template.with_context(lang="fr_FR").subject = "Acceptée : {{ object.name }}"
        self.assertEqual(
            self._move("accepted").subject, f"Acceptée : {self.order.name}"
        )

    def test_client_who_wants_no_mails(self):
        category = self.env["tour.notification.category"]._get_by_code("booking_status")
        category._set_choices(self.client_user.partner_id, {category.id: "dont_send"})
        self.assertFalse(self._move("accepted"))


@tagged("post_install", "-at_install")
class TestStaffTold(BookingCommon, MailCase):
    def _inbox(self, user):
        notifications = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("notification_type", "=", "inbox"),
            ]
        )
        return notifications.mail_message_id

    def test_responsible_is_told_of_others_moves(self):
        order = self._create_booking(user=self.manager)
        order.with_user(self.head)._move_to("cancelled", "Client fell ill")
        message = self._inbox(self.manager)
        self.assertEqual(message.subject, f"{order.name}: Cancelled")
        self.assertIn("Client fell ill", message.body)
        self.assertFalse(self._inbox(self.head))

    def test_own_moves_are_not_told(self):
        order = self._create_booking(user=self.manager)
        order._move_to("accepted")
        self.assertFalse(self._inbox(self.manager))

    def test_new_and_old_responsible_are_told_by_bell_and_mail(self):
        order = self._create_booking(user=self.manager)
        with self.mock_mail_gateway():
            order.with_user(self.head).user_id = self.manager_all
            self.env.flush_all()
        new, old = self._inbox(self.manager_all), self._inbox(self.manager)
        self.assertIn(f"{order.name}: you are responsible now", new.mapped("subject"))
        self.assertIn(
            f"{order.name}: Manager All is responsible now", old.mapped("subject")
        )
        self.assertEqual(
            self._new_mails.recipient_ids,
            (self.manager | self.manager_all).partner_id,
        )
        self.assertIn("Manager All", self._new_mails[0].body_html)

    def test_who_acts_is_not_told(self):
        order = self._create_booking(user=self.manager)
        with self.mock_mail_gateway():
            order.with_user(self.head).user_id = self.head
        self.assertEqual(self._new_mails.recipient_ids, self.manager.partner_id)
        self.assertFalse(self._inbox(self.head))

    def test_manager_is_told_of_a_booking_made_for_him(self):
        order = self._create_booking(user=self.head)
        self.assertEqual(
            self._inbox(self.manager).subject,
            f"{order.name}: you are responsible now",
        )

    def test_many_moves_are_told_once(self):
        orders = self._create_booking(user=self.manager)
        orders += self._create_booking(user=self.manager)
        orders.with_user(self.head)._move_to("accepted")
        message = self._inbox(self.manager)
        self.assertEqual(len(message), 1)
        self.assertIn(orders[0].name, message.subject)
        self.assertIn(orders[1].name, message.subject)


@tagged("post_install", "-at_install")
class TestConversation(BookingCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_user = cls._create_client_user("olga")
        cls.order = cls._create_booking(client_user_id=cls.client_user.id)

    def _write_as_client(self, body="When is check-in?"):
        # As the portal does, once it has checked the client's access.
        order = self.order.with_user(self.client_user).sudo()
        return order.message_post(
            body=body,
            author_id=self.client_user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _answer(self, **values):
        return self.order.with_user(self.manager).message_post(
            body="At 14:00.",
            message_type="comment",
            **{"subtype_xmlid": "mail.mt_comment", **values},
        )

    def test_unread_until_read_or_answered(self):
        self.assertEqual(self.order.client_unread_count, 0)
        self._write_as_client()
        self._write_as_client("And breakfast?")
        self.assertEqual(self.order.client_unread_count, 2)
        self._answer(subtype_xmlid="mail.mt_note")
        self.assertEqual(self.order.client_unread_count, 2, "A note is no answer.")
        self._answer()
        self.assertEqual(self.order.client_unread_count, 0)
        self._write_as_client()
        self.order.with_user(self.manager).action_mark_read()
        self.assertEqual(self.order.client_unread_count, 0)

    def test_responsible_is_told_of_clients_messages(self):
        self._write_as_client()
        message = self.env["mail.message"].search(
            [
                ("notification_ids.res_partner_id", "=", self.manager.partner_id.id),
                ("subject", "ilike", "message from Olga"),
            ]
        )
        self.assertEqual(len(message), 1)

    def test_answers_reach_the_client_and_notes_do_not(self):
        self.assertIn(self.client_user.partner_id, self._answer().partner_ids)
        note = self._answer(subtype_xmlid="mail.mt_note")
        self.assertNotIn(self.client_user.partner_id, note.partner_ids)

    def _write_by_mail(self, author):
        return self.order.message_post(
            body="Our net price is 4,000.",
            author_id=author.id,
            email_from=author.email or "somebody@nowhere.example",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.client_user.partner_id.ids,
        )

    def test_mails_of_others_are_not_the_clients(self):
        """A supplier answers to the booking: the client is neither mailed nor shown it,
        though he follows; the responsible is told."""
        self.order.message_subscribe(self.client_user.partner_id.ids)
        for author in (self.supplier, self.env["res.partner"]):
            message = self._write_by_mail(author)
            self.assertTrue(message.is_internal)
            self.assertNotIn(
                self.client_user.partner_id, message.notification_ids.res_partner_id
            )
            seen = self.env["mail.message"].with_user(self.client_user)
            self.assertFalse(seen.search([("id", "=", message.id)]))
        told = self.env["mail.message"].search(
            [
                ("notification_ids.res_partner_id", "=", self.manager.partner_id.id),
                ("subject", "like", "mail from Alpina LLC"),
            ]
        )
        self.assertEqual(len(told), 1)

    def test_mails_of_the_client_are_his(self):
        for author in (self.client_user.partner_id, self.client_company):
            message = self._write_by_mail(author)
            self.assertFalse(message.is_internal)
        self.assertEqual(self.order.client_unread_count, 2)
        by_staff = self._write_by_mail(self.manager.partner_id)
        self.assertFalse(by_staff.is_internal)

    def test_client_cannot_mark_as_read(self):
        self._write_as_client()
        with self.assertRaises(Exception):  # noqa: B017
            self.order.with_user(self.client_user).action_mark_read()
        self.assertEqual(self.order.client_unread_count, 1)
