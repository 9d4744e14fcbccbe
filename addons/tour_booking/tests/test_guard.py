from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestStatusGuard(BookingCommon):
    def test_status_is_not_written_past_the_mover(self):
        order = self._create_booking()
        for user in (self.manager, self.head, self.env.user):
            for context in ({}, {"tour_booking_mover": True}, {"install_mode": True}):
                orders = order.with_user(user).with_context(**context)
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    orders.write({"booking_state": "done"})
        self.assertEqual(order.booking_state, "new")

    def test_booking_begins_as_new(self):
        self.assertEqual(self._create_booking().booking_state, "new")
        with self.assertRaisesRegex(AccessError, "begins as New"):
            self._create_booking(booking_state="done", user=self.head)

    def test_copy_begins_as_new(self):
        order = self._create_booking(self._stay(guests=[{"last_name": "Orlov"}]))
        self._force_state(order, "booked")
        copy = order.copy()
        self.assertTrue(copy.is_tour_booking)
        self.assertEqual(copy.booking_state, "new")
        self.assertEqual(copy.state, "draft")
        self.assertNotEqual(copy.name, order.name)
        self.assertEqual(copy.order_line.supplier_price_total, 10000)
        self.assertEqual(copy.guest_ids.last_name, "Orlov")
        self.assertEqual(order.guest_ids.last_name, "Orlov")

    def test_orders_and_bookings_do_not_turn_into_each_other(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        with self.assertRaises(UserError):
            order.is_tour_booking = True
        with self.assertRaises(UserError):
            self._create_booking().is_tour_booking = False

    def test_odoos_status_is_not_written_past_the_mover(self):
        order = self._create_booking()
        with self.assertRaisesRegex(UserError, "Change status"):
            order.state = "sale"
        with self.assertRaisesRegex(UserError, "Change status"):
            order.state = "cancel"
        order.state = "sent"
        self.assertEqual(order.booking_state, "new")

    def test_odoos_confirm_is_a_move(self):
        order = self._create_booking()
        with self.assertRaisesRegex(UserError, "New and cannot become Confirmed"):
            order.action_confirm()
        order._move_to("accepted")
        order.action_confirm()
        self.assertEqual(order.booking_state, "confirmed")
        self.assertEqual(order.state, "sale")

    def test_odoos_cancel_and_draft_are_refused(self):
        order = self._create_booking()
        for button in ("action_cancel", "_action_cancel", "action_draft"):
            with self.subTest(button), self.assertRaisesRegex(UserError, "reason"):
                getattr(order, button)()
        wizard = self.env["sale.mass.cancel.orders"].create(
            {"sale_order_ids": [Command.set(order.ids)]}
        )
        with self.assertRaises(UserError):
            wizard.action_mass_cancel()
        self.assertEqual(order.state, "draft")

    def test_what_moves_rely_on_is_not_written(self):
        order = self._create_booking(user=self.manager)
        for name in ("invoices_paid", "has_supplier_bill", "payment_order_state"):
            value = "confirmed" if name == "payment_order_state" else True
            for user in (self.manager, self.head):
                with self.subTest(name), self.assertRaisesRegex(AccessError, "follows"):
                    order.with_user(user).write({name: value})
            with self.subTest(name), self.assertRaisesRegex(AccessError, "follows"):
                self._create_booking(user=self.manager, **{name: value})

    def test_nothing_of_it_comes_in_as_a_default(self):
        """The context is the caller's to choose."""
        values = {
            "partner_id": self.client_company.id,
            "is_tour_booking": True,
            "order_line": [self._stay()],
        }
        orders = self.env["sale.order"].with_user(self.manager)
        order = orders.with_context(
            default_booking_state="done",
            default_state="sale",
            default_invoices_paid=True,
            default_payment_order_state="confirmed",
        ).create(values)
        self.assertRecordValues(
            order,
            [
                {
                    "booking_state": "new",
                    "state": "draft",
                    "invoices_paid": False,
                    "payment_order_state": "none",
                }
            ],
        )

    def test_lock_and_unlock_keep_the_status(self):
        order = self._force_state(self._create_booking(), "booked")
        order.action_lock()
        self.assertTrue(order.locked)
        order.action_unlock()
        self.assertEqual((order.booking_state, order.state), ("booked", "sale"))

    def test_client_neither_signs_nor_pays_a_booking_into_confirmation(self):
        self.env.company.portal_confirmation_sign = True
        self.env.company.portal_confirmation_pay = True
        order = self._create_booking()
        self.assertFalse(order._has_to_be_signed())
        self.assertFalse(order._has_to_be_paid())
        self.assertFalse(order._is_confirmation_amount_reached())
        self.assertFalse(order._can_be_edited_on_portal())
        self.assertFalse(order.is_expired)

    def test_ordinary_orders_go_their_way(self):
        product = self.accommodation.product_id
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        self.assertFalse(order.booking_state)
        self.assertRegex(order.name, "^S")
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        order.action_draft()
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.status_event_ids)
        order.unlink()

    def test_mixed_batch_keeps_its_order(self):
        vals_list = [
            {"partner_id": self.client_company.id, "is_tour_booking": flag}
            for flag in (False, True, False, True)
        ]
        orders = self.env["sale.order"].create(vals_list)
        self.assertEqual(orders.mapped("is_tour_booking"), [False, True, False, True])

    def test_services_belong_in_bookings(self):
        with self.assertRaisesRegex(UserError, "Services belong in bookings"):
            self.env["sale.order"].create(
                {"partner_id": self.client_company.id, "order_line": [self._stay()]}
            )

    def test_history_is_not_written_by_anybody(self):
        order = self._create_booking()
        order._move_to("accepted")
        event = order.status_event_ids
        admin = self._create_staff("admin", "admin")
        for user in (self.manager, self.head, admin):
            own = event.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    own.write({"comment": "Nothing happened"})
                with self.assertRaises(AccessError):
                    own.unlink()
                with self.assertRaises(AccessError):
                    own.create({"order_id": order.id, "to_state": "done"})

    def test_made_by_client_stays(self):
        order = self._create_booking()
        with self.assertRaises(AccessError):
            order.with_user(self.head).created_by_client = True


@tagged("post_install", "-at_install")
class TestResponsible(BookingCommon):
    def test_only_with_the_right(self):
        order = self._create_booking(user_id=self.manager_all.id)
        with self.assertRaisesRegex(AccessError, "Ask a head of department"):
            order.with_user(self.manager_all).user_id = self.manager
        order.with_user(self.head).user_id = self.manager
        self.assertEqual(order.user_id, self.manager)

    def test_free_booking_is_taken_but_not_given(self):
        order = self._create_booking(user_id=False)
        with self.assertRaises(AccessError):
            order.with_user(self.manager_all).user_id = self.manager
        order.with_user(self.manager).user_id = self.manager
        self.assertEqual(order.user_id, self.manager)

    def test_writing_the_same_is_no_change(self):
        order = self._create_booking()
        order.with_user(self.manager).write({"user_id": self.manager.id})
        self.assertEqual(order.user_id, self.manager)

    def test_other_staff_make_no_bookings_theirs(self):
        accountant = self._create_staff("accountant", "accountant")
        order = self._create_booking()
        with self.assertRaises(AccessError):
            order.with_user(accountant).user_id = accountant


@tagged("post_install", "-at_install")
class TestDeleting(BookingCommon):
    def test_only_with_the_right(self):
        order = self._create_booking()
        for user in (self.manager, self.manager_all):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                order.with_user(user).unlink()
        order.with_user(self.head).unlink()
        self.assertFalse(order.exists())

    def test_with_the_right_alone(self):
        self.manager.group_ids += self.env.ref(
            "tour_partner.tour_group_right_delete_booking"
        )
        order = self._create_booking()
        order.with_user(self.manager).unlink()
        self.assertFalse(order.exists())

    def test_sold_bookings_are_kept(self):
        order = self._force_state(self._create_booking(), "booked")
        with self.assertRaisesRegex(UserError, "first cancel"):
            order.with_user(self.head).unlink()

    def test_salespeople_do_not_delete_bookings(self):
        """The right of Odoo's sales manager is for ordinary orders."""
        user = self._create_staff("seller", "manager_all")
        user.group_ids += self.env.ref("sales_team.group_sale_manager")
        order = self._create_booking(user_id=user.id)
        with self.assertRaisesRegex(AccessError, "right to delete bookings"):
            order.with_user(user).unlink()

    def test_service_goes_until_it_is_invoiced(self):
        order = self._create_booking(self._stay(), self._stay())
        self._force_state(order, "booked")
        order.order_line[0].with_user(self.manager).unlink()
        order._create_invoices()
        with self.assertRaises(UserError):
            order.order_line.unlink()

    def test_user_with_bookings_is_deactivated_instead(self):
        client_user = self._create_client_user("olga")
        self._create_booking(client_user_id=client_user.id)
        free = self._create_staff("free", "manager_own")
        for user in (self.manager, client_user):
            with self.subTest(user=user.login):
                with self.assertRaises(RedirectWarning) as caught:
                    user.unlink()
                self.assertIn("Deactivate", caught.exception.args[0])
        free.unlink()

    def test_user_in_the_history_is_kept(self):
        order = self._create_booking(user_id=self.manager_all.id)
        order.with_user(self.head)._move_to("accepted")
        with self.assertRaises(RedirectWarning):
            self.head.unlink()
