"""Reminders and invitations tell nobody who exists; login brings one's language."""

from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import tour_registration_try
from .common import RegistrationHttpCommon

LOGGER = "odoo.addons.base.models.res_users"


@tagged("post_install", "-at_install")
class TestLogin(RegistrationHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_user.email = "known@example.com"
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")

    def _ask(self, login):
        form = {"csrf_token": self._get_token("/web/reset_password"), "login": login}
        return self.url_open("/web/reset_password", data=form)

    def _remind(self):
        self.env["tour.registration.try"]._cron_remind()

    def _strip(self, response, *typed):
        """The page without what differs at every sight of it."""
        text = response.text
        lines = [line for line in text.splitlines() if "csrf_token" not in line]
        text = "\n".join(lines)
        for one in typed:
            text = text.replace(one, "")
        return text

    def test_answer_is_the_same_whoever_exists(self):
        pages = {
            self._strip(self._ask(login), login)
            for login in ("client_user", "nobody.here", "known@example.com", "x@y.zz")
        }
        self.assertEqual(len(pages), 1)
        self.assertIn("If there is such a user", pages.pop())

    def test_who_exists_gets_a_mail(self):
        with self._reminded() as users:
            for typed in ("client_user", "known@example.com", "KNOWN@example.com"):
                self._ask(typed)
                self.assertEqual(users, [], "Not in the request.")
                self._remind()
                self.assertEqual(users, ["client_user"], typed)
                self._remind()
                self.assertEqual(users.pop(), "client_user", "Once only.")
                self.assertEqual(users, [])

    def test_who_does_not_exist_gets_none(self):
        with self._reminded() as users:
            for typed in ("nobody", "%", "k_own@example.com", "a" * 300, "a\0b"):
                self.assertEqual(self._ask(typed).status_code, 200)
            self._remind()
        self.assertEqual(users, [])
        self.assertFalse(
            self.env["tour.registration.try"].search([("typed", "!=", False)])
        )

    def test_attempts_are_limited(self):
        self.patch(tour_registration_try, "MAX_OF_KEY", 2)
        for login in ("client_user", "nobody.here"):
            codes = [self._ask(login).status_code for _time in range(3)]
            self.assertEqual(codes, [200, 200, 429])

    def test_login_takes_as_long_whoever_exists(self):
        context, hashed = self.env["res.users"]._crypt_context(), []
        self.patch(type(context), "hash", property(lambda _one: hashed.append))
        for login, count in (("client_user", 0), ("nobody.here", 1)):
            credential = {"type": "password", "login": login, "password": "wrong"}
            with self.assertRaises(AccessDenied), mute_logger(LOGGER):
                self.env["res.users"].authenticate(credential, {"interactive": True})
            self.assertEqual(len(hashed), count, login)

    def test_invitations_tell_nothing(self):
        for path in ("/web/reset_password", "/web/signup"):
            answers = set()
            for email in ("known@example.com", "nobody@example.com"):
                response = self.url_open(
                    f"{path}?signup_email={email}", allow_redirects=False
                )
                place = response.headers.get("Location", "")
                answers.add((response.status_code, place.partition("?")[0]))
            self.assertEqual(len(answers), 1, path)

    def test_nobody_signs_up_without_approval(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        response = self.url_open("/web/signup", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/tour/register"))
        form = {
            "csrf_token": self._get_token("/web/login"),
            "login": "sneaky@example.com",
            "name": "Sneaky",
            "password": "Sneaky-pass-1",
            "confirm_password": "Sneaky-pass-1",
        }
        self.url_open("/web/signup", data=form)
        self.assertFalse(
            self.env["res.users"].search([("login", "=", "sneaky@example.com")])
        )
        self.assertNotIn("/web/signup", self.url_open("/web/login").text)

    def test_pages_come_in_ones_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.client_user.lang = "fr_FR"
        # The visitor's browser speaks English.
        self.url_open("/tour/register", headers={"Accept-Language": "en-US"})
        form = {
            "csrf_token": self._get_token("/web/login"),
            "login": "client_user",
            "password": "client_user",
        }
        response = self.url_open("/web/login", data=form, allow_redirects=False)
        self.assertEqual(response.cookies["frontend_lang"], "fr_FR")
        page = self.url_open("/my/security")
        self.assertIn("/fr/", page.url)

    def test_pages_of_login_name_their_language(self):
        for path in ("/web/login", "/web/reset_password"):
            page = self.url_open(path).text
            self.assertIn('lang="en-US"', page, path)
            self.assertEqual(page.count("<h1"), 1, path)
