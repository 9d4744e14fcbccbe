from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HelpCommon

OPERATIONS = ("read", "write", "create", "unlink")
# More than any id there is.
NOT_THERE = 2_000_000_000


@tagged("post_install", "-at_install")
class TestRights(HelpCommon):
    def test_roles(self):
        editor = self._create_staff("editor", "hotel_editor")
        accountant = self._create_staff("accountant", "accountant")
        director = self._create_staff("director", "director")
        granted = {
            self.olga: "",
            self.curator: "",
            editor: "",
            self.manager: "read write create",
            self.manager_all: "read write create",
            accountant: "read write create",
            director: "read write create",
            self.head: "read write create unlink",
        }
        for user, allowed in granted.items():
            requests = self.requests.with_user(user)
            found = [name for name in OPERATIONS if requests.has_access(name)]
            self.assertEqual(found, allowed.split(), user.name)

    def test_own_and_nobody_s(self):
        own = self._enter(user_id=self.manager.id)
        free = self._ask()
        other = self._enter(user=self.head, user_id=self.head.id)
        requests = self.requests.with_user(self.manager)
        found = requests.search([("id", "in", (own | free | other).ids)])
        self.assertEqual(found, free | own)
        with self.assertRaises(AccessError):
            other.with_user(self.manager).action_close()
        with self.assertRaises(AccessError):
            own.with_user(self.manager).unlink()

    def test_other_company_s(self):
        company = self.env["res.company"].create({"name": "Other"})
        request = self._enter(user=SUPERUSER_ID, company_id=company.id)
        self.assertFalse(
            self.requests.with_user(self.head).search([("id", "=", request.id)])
        )

    def test_clients_are_told_of_rights_only(self):
        """Whatever they call, whether there is such a request or not."""
        own = self._ask()
        for user in (self.olga, self.curator, self.boris):
            requests = self.requests.with_user(user)
            for request in (own.with_user(user), requests.browse(NOT_THERE)):
                for call in (
                    lambda one: one.read(["subject"]),
                    lambda one: one.write({"subject": "x"}),
                    lambda one: one.write({"state": "closed"}),
                    lambda one: one.write({"nothing_like_it": 1}),
                    lambda one: one.unlink(),
                    lambda one: one.action_take(),
                    lambda one: one.action_answered(),
                    lambda one: one.action_close(),
                    lambda one: one.action_reopen(),
                    lambda one: one.action_mark_read(),
                    lambda one: one.message_post(body="x"),
                    lambda one: one.message_post(body="x", message_type="email"),
                    lambda one: one.message_post(body="x", nothing_like_it=1),
                    lambda one: one.message_subscribe([1]),
                ):
                    with self.assertRaises(AccessError):
                        call(request)
            for call in (
                lambda one: one.create({"subject": "x"}),
                lambda one: one.create({"state": "closed"}),
                lambda one: one.message_new({"subject": "x"}),
                lambda one: one.message_post(body="x"),
                lambda one: one.search([]),
            ):
                with self.assertRaises(AccessError):
                    call(requests)
        self.assertEqual(own.state, "new")

    def test_messages_and_files_are_reached_by_the_page_only(self):
        request = self._ask(files=[("a.png", self._read_png(), "image/png")])
        message = request.message_ids.filtered("attachment_ids")
        answer = self._answer(request, user=self.head)
        for user in (self.olga, self.boris):
            # Odoo lets authors and recipients write on what was said.
            for one in (message, answer):
                with self.assertRaises(AccessError):
                    one.with_user(user).write({"body": "x"})
                with self.assertRaises(AccessError):
                    one.with_user(user).unlink()
            with self.assertRaises(AccessError):
                message.attachment_ids.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.env["mail.message"].with_user(user).create(
                    {
                        "model": "tour.help.request",
                        "res_id": request.id,
                        "body": "x",
                        "message_type": "comment",
                    }
                )

    def test_counts_are_for_staff(self):
        with self.assertRaises(AccessError):
            self.booking.with_user(self.olga).read(["tour_help_count"])
        with self.assertRaises(AccessError):
            self.olga.partner_id.with_user(self.olga).read(["tour_help_count"])
        with self.assertRaises(AccessError):
            self.olga.with_user(self.olga).read(["may_take_help"])
