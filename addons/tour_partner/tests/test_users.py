from odoo.exceptions import AccessError, RedirectWarning, ValidationError
from odoo.tests import new_test_user, tagged

from .common import TourPartnerCommon


@tagged("post_install", "-at_install")
class TestUsers(TourPartnerCommon):
    def test_staff_user_chooses_his_default_client(self):
        manager = self.users["manager_own"]
        manager.with_user(manager).default_client_id = self.client
        self.assertEqual(manager.default_client_id, self.client)

    def test_client_user_chooses_no_default_client(self):
        with self.assertRaisesRegex(ValidationError, "staff"):
            self.client_user.with_user(self.client_user).write(
                {"default_client_id": self.supplier.id}
            )

    def test_nobody_makes_himself_a_curator_or_a_taker(self):
        for user, name in (
            (self.client_user, "is_curator"),
            (self.users["manager_own"], "may_take_bookings"),
        ):
            with self.assertRaises(AccessError):
                user.with_user(user).write({name: True})

    def test_client_user_takes_no_bookings(self):
        with self.assertRaises(ValidationError):
            self.client_user.may_take_bookings = True

    def test_takers_are_active_managers_with_the_flag(self):
        manager, head = self.users["manager_own"], self.users["head"]
        (manager + head + self.users["director"]).may_take_bookings = True
        archived = new_test_user(
            self.env,
            "archived",
            groups="tour_partner.tour_group_manager_own",
            may_take_bookings=True,
        )
        archived.active = False
        self.assertEqual(self.env["res.users"]._get_booking_takers(), manager + head)

    def test_user_in_use_is_deactivated_instead_of_deleted(self):
        user = self.client_user
        self.patch(type(user), "_filter_in_use", lambda users: users)
        with self.assertRaises(RedirectWarning) as caught:
            user.with_user(self.users["admin"]).unlink()
        message, action, _button, context = caught.exception.args
        self.assertIn(user.name, message)
        self.env["ir.actions.server"].browse(action).with_user(
            self.users["admin"]
        ).with_context(**context).run()
        self.assertFalse(user.active)

    def test_user_not_in_use_is_deleted(self):
        user = new_test_user(self.env, "unused", groups="base.group_portal")
        user.unlink()
        self.assertFalse(user.exists())
