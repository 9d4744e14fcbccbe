"""One's own data and password; and passwords that staff reset (PPL-3)."""

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RegistrationHttpCommon

NEW = "Another-horse-2"


@tagged("post_install", "-at_install")
class TestAccount(RegistrationHttpCommon):
    def _has_password(self, password, user=None):
        user = user or self.client_user
        credential = {"type": "password", "login": user.login, "password": password}
        try:
            user.with_user(user).sudo()._check_credentials(
                credential, {"interactive": True}
            )
        except AccessDenied:
            return False
        return True

    def _change(self, **values):
        self.authenticate("client_user", "client_user")
        form = {"csrf_token": self._get_token("/my/account"), **values}
        return self.url_open("/my/security", data=form)

    def test_empty_password_changes_nothing(self):
        for values in (
            {"old": "", "new1": "", "new2": ""},
            {"old": "client_user", "new1": " ", "new2": ""},
            {},
        ):
            page = self._change(**values)
            self.assertEqual(page.status_code, 200)
            self.assertIn("nothing was changed", page.text)
            self.assertTrue(self._has_password("client_user"))

    def test_password_is_changed(self):
        self._change(old="client_user", new1=NEW, new2=NEW)
        self.assertTrue(self._has_password(NEW))

    def test_wrong_old_password_changes_nothing(self):
        self._change(old="wrong", new1=NEW, new2=NEW)
        self._change(old="client_user", new1=NEW, new2=NEW + "x")
        self.assertTrue(self._has_password("client_user"))

    def test_own_page_has_login_and_password(self):
        self.authenticate("client_user", "client_user")
        page = self.url_open("/my/account").text
        self.assertIn("client_user", page)
        self.assertIn('href="/my/security"', page)

    def test_language_is_kept(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.authenticate("client_user", "client_user")
        token = self._get_token("/my/account")
        for lang, kept in (("xx", "en_US"), ("fr_FR", "fr_FR")):
            response = self.url_open(
                "/my/account/language",
                data={"csrf_token": token, "lang": lang},
                allow_redirects=False,
            )
            self.assertEqual(response.status_code, 303)
            self.assertEqual(self.client_user.lang, kept)

    # === Staff === #

    def _set_password(self, user, password, by):
        wizards = self.env["tour.password.set"].with_user(by)
        return wizards.create({"user_id": user.id, "password": password})

    def test_staff_with_the_right_set_a_password(self):
        wizard = self._set_password(self.client_user, NEW, self.head)
        wizard.action_apply()
        self.assertTrue(self._has_password(NEW))
        self.env.flush_all()
        wizard.invalidate_recordset()
        self.assertFalse(wizard.password)
        self.env.cr.execute("SELECT * FROM tour_password_set")
        self.assertNotIn(NEW, str(self.env.cr.fetchall()))

    def test_empty_one_of_staff_changes_nothing(self):
        for empty in ("", False, "  "):
            self._set_password(self.client_user, empty, self.head)
            self.assertTrue(self._has_password("client_user"))

    def test_staff_send_a_reminder(self):
        self.client_user.email = "known@example.com"
        partner = self.client_user.partner_id.with_user(self.head)
        with self._reminded() as users:
            action = partner.action_tour_remind()
        self.assertEqual(users, ["client_user"])
        self.assertIn("known@example.com", action["params"]["message"])

    def test_without_the_right_nothing_is_reset(self):
        for role in ("manager_all", "director", "accountant"):
            user = self.users[role]
            with self.assertRaises(AccessError):
                self._set_password(self.client_user, NEW, user)
            for record in (
                self.client_user,
                self.client_user.partner_id,
                self.client_user.browse(2147483647),
            ):
                for method in ("action_tour_remind", "action_tour_set_password"):
                    with self.assertRaises(AccessError):
                        getattr(record.with_user(user), method)()
        for record in (self.head, self.client_user, self.client):
            with self.assertRaises(AccessError):
                record.with_user(self.client_user).action_tour_remind()

    def test_staff_and_nobody_are_not_reset(self):
        for user in (self.users["director"], self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self._set_password(user, NEW, self.head)
            with self.assertRaises(AccessError):
                user.with_user(self.head).action_tour_remind()
        wizard = self._set_password(self.client_user, "", self.head)
        with self.assertRaises(AccessError):
            wizard.write({"user_id": self.users["director"].id, "password": NEW})
        self.assertFalse(self._has_password(NEW, self.users["director"]))

    def test_users_of_another_company_are_not_reset(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.client_user.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        for record in (self.client_user, self.client_user.partner_id):
            with self.assertRaises(AccessError):
                record.with_user(self.head).action_tour_remind()
        with self.assertRaises(AccessError):
            self._set_password(self.client_user, NEW, self.head)
        self.assertFalse(self._has_password(NEW, self.client_user))

    def test_contact_without_user(self):
        with self.assertRaises(UserError):
            self.client.with_user(self.head).action_tour_remind()
