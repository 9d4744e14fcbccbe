import unittest

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from . import pdf_factory as factory
from .common import FRONT_MAIL, HOTEL_MAIL, PaymentOrderCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestAttach(PaymentOrderCommon):
    def _get_mark(self, line=None):
        self.env.invalidate_all()
        return (line or self.stay).payment_order_state

    # By itself

    def test_attached_by_itself(self):
        """File, mark, note and mail to the hotel."""
        order = self._read_order()
        copy = self._get_copies()
        self.assertEqual(copy.raw, order.attachment_id.raw)
        self.assertEqual(copy.tour_payment_order_id, order)
        self.assertEqual(copy.tour_line_id, self.stay)
        self.assertEqual(self._get_mark(), "attached")
        self.assertEqual(self._get_mark(self.transfer), "none")
        self.assertEqual(self.order.payment_order_state, "attached")
        self.assertEqual(self.order.payment_order_count, 1)
        note = self.order.message_ids[0]
        self.assertIn("No. 15", note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_the_hotel_is_mailed_the_order(self):
        order = self._read_order()
        mail = self._get_mails(order)
        self.assertEqual(mail.email_to, f"{HOTEL_MAIL}, {FRONT_MAIL}")
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.attachment_ids.raw, order.attachment_id.raw)
        self.assertIn(self.order.name, mail.subject)
        self.assertIn(self.hotel.name, mail.body_html)
        self.assertNotIn("SECRET", mail.body_html)
        self.assertTrue(order.mailed_on)
        self.assertEqual(order.mailed_to, mail.email_to)

    def test_no_consolidators_hotel_is_mailed(self):
        self.supplier.tour_consolidator = True
        order = self._read_order()
        self.assertEqual(order.state, "attached")
        self.assertFalse(self._get_mails(order) or order.mailed_on)

    def test_nor_that_of_a_branch_of_a_consolidator(self):
        head = self._create_company("Consolidator", tour_consolidator=True)
        self.supplier.write({"parent_id": head.id, "is_company": False})
        self.assertFalse(self._get_mails(self._read_order()))

    def test_suppliers_address_where_the_hotel_has_none(self):
        self.hotel.email = False
        self.assertEqual(
            self._get_mails(self._read_order()).email_to, "s@hotel.example"
        )

    def test_carried_out_by_the_bank(self):
        order = self._read_order(mark="ИСПОЛНЕНО 06.10.2026")
        self.assertTrue(order.is_executed)
        self.assertEqual(self._get_mark(), "confirmed")

    def test_a_part_confirms_nothing(self):
        self._read_order(amount="12799-00", mark="ИСПОЛНЕНО")
        self.assertEqual(self._get_mark(), "attached")

    def test_carried_out_by_hand(self):
        order = self._read_order()
        with self.assertRaises(AccessError):
            order.with_user(self.manager).action_confirm()
        order.with_user(self.accountant).action_confirm()
        self.assertEqual(self._get_mark(), "confirmed")

    # By hand

    def test_attached_by_hand_is_not_mailed(self):
        order = self._read_order(purpose="Оплата за проживание")
        order.suggestion_ids.with_user(self.accountant).action_attach()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "attached",
                    "order_id": self.order.id,
                    "line_ids": self.stay.ids,
                    "is_attached_by_hand": True,
                    "attached_by_id": self.accountant.id,
                    "mailed_on": False,
                }
            ],
        )
        self.assertFalse(self._get_mails(order))
        self.assertEqual(self._get_mark(), "attached")

    def test_a_scan_is_attached_by_the_dialog(self):
        order = self._read_order(picture=True)
        wizard = (
            self.env["tour.payment.order.move"]
            .with_user(self.head)
            .create(
                {
                    "payment_order_ids": order.ids,
                    "state": "attached",
                    "order_id": self.order.id,
                }
            )
        )
        self.assertEqual(wizard.line_ids, self.stay | self.transfer)
        wizard.line_ids = self.transfer
        wizard.action_move()
        self.assertEqual(order.order_id, self.order)
        self.assertEqual(self._get_mark(), "none")
        self.assertEqual(self._get_mark(self.transfer), "attached")

    def test_services_of_another_booking_are_refused(self):
        other = self._create_booking()
        order = self._read_order(picture=True)
        with self.assertRaisesRegex(UserError, "it has none else"):
            order._attach(self.order, other.order_line)

    def test_attached_is_not_attached_again(self):
        order = self._read_order()
        with self.assertRaisesRegex(UserError, "cannot become"):
            order._attach(self._create_booking())
        self.assertEqual(order.order_id, self.order)

    # Back

    def test_detaching_undoes_all_and_says_so(self):
        order = self._read_order()
        order.with_user(self.accountant).action_detach()
        self.assertEqual((order.state, order.order_id.id), ("waiting", False))
        self.assertFalse(self._get_copies() or order.line_ids)
        self.assertEqual(self._get_mark(), "none")
        self.assertIn("detached", self.order.message_ids[0].body)
        self.assertTrue(order.attachment_id.raw)

    def test_detaching_one_of_two_leaves_the_mark(self):
        first = self._read_order()
        self._read_order(number="16")
        first.action_detach()
        self.assertEqual(self._get_mark(), "attached")

    def test_mailed_once_though_attached_twice(self):
        order = self._read_order()
        order.action_detach()
        order.action_match()
        self.assertEqual(order.state, "attached")
        self.assertEqual(len(self._get_mails(order)), 1)

    def test_the_hotel_of_the_right_booking_is_told_too(self):
        """Though that of the wrong one has had a mail before."""
        order = self._read_order()
        order.action_detach()
        right = self._create_booking()
        self._move_to(right, "booked")
        order._move_to("attached", booking=right, by_hand=False)
        mails = self._get_mails(order)
        self.assertEqual(len(mails), 2)
        self.assertIn(right.name, "".join(mails.mapped("subject")))
        self.assertEqual(order.mailed_order_id, right)

    @mute_logger("odoo.addons.tour_payment_order.models.tour_payment_order_mail")
    def test_attached_though_no_mail_can_be_made(self):
        template = self.env.ref("tour_payment_order.mail_template_hotel")
        template.subject = "{{ object.no_such_field }}"
        order = self._read_order()
        self.assertEqual((order.state, order.mailed_on), ("attached", False))
        self.assertEqual(self._get_mark(), "attached")
        self.assertIn("could not be mailed", order.message_ids[0].body)

    def test_defaults_of_the_caller_reach_nothing(self):
        order = self._read_order(purpose="Оплата за проживание")
        order.suggestion_ids.with_user(self.manager).with_context(
            default_public=True, default_access_token="known", default_active=False
        ).action_attach()
        copy = self._get_copies()
        self.assertEqual((copy.public, copy.access_token), (False, False))
        self.assertEqual(copy.tour_payment_order_id, order)

    def test_set_aside_and_taken_up(self):
        order = self._read_order(purpose="Налог").with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "say why"):
            order._move_to("set_aside")
        order._move_to("set_aside", "A tax")
        self.assertEqual((order.state, order.set_aside_reason), ("set_aside", "A tax"))
        with self.assertRaises(UserError):
            order._attach(self.order)
        order.action_take_back()
        self.assertEqual((order.state, order.set_aside_reason), ("waiting", False))

    def test_a_paid_booking_is_not_deleted(self):
        self._read_order()
        with self.assertRaisesRegex(UserError, "detach"):
            self.order.unlink()


@tagged("post_install", "-at_install")
class TestIncoming(PaymentOrderCommon):
    """Typed files of bookings (DOC-6)."""

    def _add_file(self, user=None, **values):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.manager)
            .create(
                {
                    "name": "paper.pdf",
                    "raw": b"%PDF-1.4",
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                    **values,
                }
            )
        )

    def _get_mark(self, line):
        self.env.invalidate_all()
        return line.payment_order_state

    def test_a_bill_from_a_service_is_typed_by_itself(self):
        self.stay.with_user(self.manager).write(
            {"tour_bill_file_ids": [(0, 0, {"name": "b.pdf", "raw": b"%PDF-1.4"})]}
        )
        file = self.stay.tour_bill_file_ids
        self.assertEqual(file.tour_incoming_type, "bill")
        self.assertEqual((file.res_model, file.res_id), ("sale.order", self.order.id))
        self.assertEqual(self._get_mark(self.stay), "none")

    def test_an_untyped_file_stays_so(self):
        self.assertFalse(self._add_file().tour_incoming_type)

    def test_a_payment_order_added_by_hand_marks_and_is_not_mailed(self):
        mails = self.env["mail.mail"].search_count([])
        file = self._add_file(tour_incoming_type="payment_order")
        self.assertEqual(self._get_mark(self.stay), "attached")
        self.assertEqual(self._get_mark(self.transfer), "attached")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        file.unlink()
        self.assertEqual(self._get_mark(self.stay), "none")

    def test_the_type_is_edited(self):
        file = self._add_file(tour_incoming_type="other")
        file.tour_incoming_type = "payment_order"
        self.assertEqual(self._get_mark(self.stay), "attached")
        file.tour_incoming_type = "confirmation"
        self.assertEqual(self._get_mark(self.stay), "none")

    def test_confirmed_by_hand_stays_while_a_file_is_there(self):
        file = self._add_file(tour_incoming_type="payment_order")
        self.stay.payment_order_state = "confirmed"
        second = self._add_file(tour_incoming_type="payment_order")
        second.unlink()
        self.assertEqual(self._get_mark(self.stay), "confirmed")
        file.unlink()
        self.assertEqual(self._get_mark(self.stay), "none")

    def test_types_are_for_bookings(self):
        with self.assertRaises(ValidationError):
            self._add_file(
                self.env.user,
                res_model="res.partner",
                res_id=self.client.id,
                tour_incoming_type="bill",
            )

    def test_a_service_of_another_booking(self):
        other = self._create_booking()
        file = self._add_file()
        with self.assertRaises(ValidationError):
            file.tour_line_id = other.order_line[0]

    def test_the_list_shows_own_bookings_only(self):
        self._add_file(tour_incoming_type="other")
        domain = [("tour_incoming_type", "!=", False)]
        files = self.env["ir.attachment"]
        self.assertTrue(files.with_user(self.manager).search(domain))
        self.assertFalse(files.with_user(self.other_manager).search(domain))
        self.assertTrue(files.with_user(self.director).search(domain))
