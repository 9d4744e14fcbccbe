from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestContacts(BookingCommon):
    """Bookings in the contact log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_booking()
        cls.foreign = cls._create_booking(user_id=cls.head.id)

    def _get_log(self, user):
        self.env.flush_all()
        report = self.env["tour.contact.report"].with_user(user)
        report.invalidate_model()
        return report.search([("client_id", "=", self.client_company.id)])

    def _say(self, order, user):
        order.with_user(user).message_post(
            body="Good morning", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def _log(self, order, user):
        action = order.with_user(user).action_log_contact()
        contacts = self.env["tour.contact"].with_user(user)
        return Form(contacts.with_context(**action["context"])).save()

    def test_conversations_of_bookings_are_in_the_log(self):
        self._say(self.order, self.manager)
        row = self._get_log(self.manager)
        self.assertRecordValues(
            row,
            [
                {
                    "kind": "message",
                    "user_id": self.manager.id,
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                }
            ],
        )
        self.assertIn(self.order.name, row.record_name)
        self.assertEqual(self.order.with_user(self.manager).contact_count, 1)
        domain = self.order.with_user(self.manager).action_view_contacts()["domain"]
        self.assertEqual(self.env["tour.contact.report"].search(domain), row)

    def test_ordinary_orders_are_not(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self._say(order, self.env.user)
        self.assertFalse(self._get_log(self.head))

    def test_logged_from_the_booking(self):
        contact = self._log(self.order, self.manager)
        self.assertEqual(contact.order_id, self.order)
        self.assertEqual(contact.partner_id, self.client_company)
        row = self._get_log(self.manager)
        self.assertEqual((row.res_model, row.res_id), ("sale.order", self.order.id))
        self.assertEqual(row.action_open()["res_id"], contact.id)

    def test_booking_is_of_the_client(self):
        with self.assertRaises(ValidationError):
            self.env["tour.contact"].create(
                {"partner_id": self.supplier.id, "order_id": self.order.id}
            )

    def test_who_sees_what_was_said_of_others_bookings(self):
        self._say(self.foreign, self.head)
        contact = self._log(self.foreign, self.head)
        self.assertFalse(self._get_log(self.manager))
        contacts = self.env["tour.contact"]
        self.assertFalse(contacts.with_user(self.manager).search([]) & contact)
        for user in (self.manager_all, self.head):
            self.assertEqual(len(self._get_log(user)), 2, user.name)
            self.assertIn(contact, contacts.with_user(user).search([]))
        self.foreign.user_id = False
        self.assertEqual(len(self._get_log(self.manager)), 2)
