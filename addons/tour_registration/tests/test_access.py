"""Who sees what; clients and visitors get AccessError, also for what is not there."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RegistrationCommon

MODELS = (
    "tour.registration",
    "tour.registration.approve",
    "tour.registration.reject",
    "tour.registration.try",
    "tour.password.set",
    "tour.usage.agreement",
    "tour.usage.text",
    "tour.usage.acceptance",
)


@tagged("post_install", "-at_install")
class TestAccess(RegistrationCommon):
    def test_roles(self):
        request, agreement = self._register(), self._publish()
        self._accept(self.client_user, agreement)
        readers = {
            "tour.registration": {"head", "admin"},
            "tour.registration.try": {"admin"},
            "tour.usage.agreement": {"head", "director", "admin"},
            "tour.usage.text": {"head", "director", "admin"},
            "tour.usage.acceptance": {"head", "director", "admin"},
        }
        self.assertTrue(request)
        for model, roles in readers.items():
            for role, user in self.users.items():
                with self.subTest(model=model, role=role):
                    may = self.env[model].with_user(user).has_access("read")
                    self.assertEqual(may, role in roles)

    def test_clients_and_visitors_reach_nothing(self):
        self._publish()
        for user in (self.client_user, self.public, self.users["hotel_editor"]):
            for name in MODELS:
                model = self.env[name].with_user(user)
                for ids in ([1], [2147483647], self.env[name].search([]).ids or [1]):
                    for act in (
                        lambda one: one.read(["display_name"]),
                        lambda one: one.write({"display_name": "x"}),
                        lambda one: one.unlink(),
                        lambda one: one.create({}),
                        lambda one: one.search([]),
                    ):
                        with self.assertRaises(AccessError, msg=name):
                            act(model.browse(ids))

    def test_buttons_are_for_those_with_the_right(self):
        request, agreement = self._register(), self._publish()
        for user in (self.client_user, self.users["manager_all"]):
            for record, method in (
                (request, "action_approve"),
                (request, "action_reject"),
                (agreement, "action_publish"),
                (agreement, "action_new_version"),
                (agreement, "action_view_acceptances"),
            ):
                for one in (record, record.browse(2147483647)):
                    with self.assertRaises(AccessError, msg=method):
                        getattr(one.with_user(user).sudo(False), method)()

    def test_wizard_of_another_is_not_used(self):
        request = self._register()
        wizards = self.env["tour.registration.reject"]
        wizard = wizards.with_user(self.head).create(
            {"registration_id": request.id, "reason": "No."}
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.approver).action_apply()
