from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestAccess(NotificationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._choose(cls.ann, "dont_send")
        cls.choice = cls.env["tour.notification.choice"].search(
            [("partner_id", "=", cls.ann.id)]
        )
        cls.public_user = cls.env.ref("base.public_user")

    def _create_choice(self, user):
        return (
            self.env["tour.notification.choice"]
            .with_user(user)
            .create(
                {
                    "category_id": self.category.id,
                    "partner_id": self.bob.id,
                    "choice": "dont_send",
                }
            )
        )

    def _assert_refused(self, user):
        choice = self.choice.with_user(user)
        with self.assertRaises(AccessError):
            choice.read(["choice"])
        with self.assertRaises(AccessError):
            choice.write({"choice": "send"})
        with self.assertRaises(AccessError):
            choice.unlink()
        with self.assertRaises(AccessError):
            self._create_choice(user)
        with self.assertRaises(AccessError):
            self.category.with_user(user).write({"default_send": False})

    def test_public(self):
        self._assert_refused(self.public_user)
        with self.assertRaises(AccessError):
            self.category.with_user(self.public_user).read(["name"])

    def test_portal(self):
        self._assert_refused(self.portal_user)
        self.assertTrue(self.category.with_user(self.portal_user).read(["name"]))
        with self.assertRaises(AccessError):
            self.staff_category.with_user(self.portal_user).read(["name"])

    def test_portal_reads_his_own(self):
        partner = self.portal_user.partner_id
        self._choose(partner, "send")
        Choice = self.env["tour.notification.choice"].with_user(self.portal_user)
        self.assertEqual(Choice.search([]).partner_id, partner)
        with self.assertRaises(AccessError):
            Choice.search([]).write({"choice": "dont_send"})

    def test_portal_speaks_for_himself_over_rpc_too(self):
        """As on the portal page: his own choices, of the subjects of clients."""
        user = self.portal_user.with_user(self.portal_user)
        row = {"category_id": self.category.id, "choice": "dont_send"}
        user.write({"tour_notification_choices": [row]})
        choices = self.env["tour.notification.choice"].search(
            [("category_id", "=", self.category.id), ("id", "!=", self.choice.id)]
        )
        self.assertEqual(choices.partner_id, self.portal_user.partner_id)
        row["category_id"] = self.staff_category.id
        with self.assertRaises(ValidationError):
            user.write({"tour_notification_choices": [row]})
        with self.assertRaises(AccessError):
            self.ann.with_user(self.portal_user).read(["tour_notification_choices"])

    def test_staff(self):
        self._assert_refused(self.staff_user)
        self.assertTrue(self.staff_category.with_user(self.staff_user).read(["name"]))

    def test_who_keeps_partners_keeps_their_choices(self):
        user = mail_new_test_user(
            self.env,
            login="tour_contacts",
            groups="base.group_user,base.group_partner_manager",
        )
        self.assertEqual(self._create_choice(user).partner_id, self.bob)
        self.choice.with_user(user).unlink()
        with self.assertRaises(AccessError):
            self.category.with_user(user).write({"name": "No"})

    def test_categories_are_worded_not_made_by_the_administrator(self):
        admin = mail_new_test_user(
            self.env, login="tour_system", groups="base.group_system"
        )
        category = self.category.with_user(admin)
        category.write({"name": "Other", "default_send": False})
        with self.assertRaises(AccessError):
            category.unlink()
        with self.assertRaises(AccessError):
            self.Category.with_user(admin).create({"code": "x", "name": "x"})
