"""The public form: what it asks of whom, and what it tells nobody."""

from odoo.tests import tagged

from ..models import tour_registration_try
from .common import PASSWORD, TAX_ID, RegistrationHttpCommon


@tagged("post_install", "-at_install")
class TestForm(RegistrationHttpCommon):
    def _last(self):
        return self.env["tour.registration"].search([], limit=1)

    def _assert_kept(self, response):
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/tour/register/done"))

    def _assert_fault(self, response, name, text):
        self.assertEqual(response.status_code, 200)
        self.assertIn(f'id="tour_{name}_fault"', response.text)
        self.assertIn(f'href="#tour_{name}"', response.text)
        self.assertIn(text, response.text)

    def test_login_page_leads_to_the_form(self):
        self.assertIn('href="/tour/register"', self.url_open("/web/login").text)

    def test_first_who_registers_is_asked(self):
        page = self.url_open("/tour/register").text
        for kind in ("legal_agent", "legal_client", "person_agent", "person_client"):
            self.assertIn(f"/tour/register?kind={kind}", page)

    def test_a_person_is_kept(self):
        self._assert_kept(self._send())
        request = self._last()
        self.assertRecordValues(
            request,
            [
                {
                    "kind": "person_client",
                    "state": "new",
                    "name": "Anna Kiss",
                    "email": "anna@example.com",
                    "login": "anna.kiss",
                    "country_id": self.russia.id,
                    "address": "127.0.0.1",
                }
            ],
        )
        self.assertEqual(len(self._mails_to("anna@example.com")), 1)

    def test_a_company_is_kept(self):
        self._assert_kept(self._send("legal_client", vat="0000 000018"))
        request = self._last()
        self.assertEqual(request.company_name, "Anna Travel")
        self.assertEqual(request.vat, TAX_ID)

    def test_password_is_kept_as_a_hash_only(self):
        self._send()
        request = self._last().sudo()
        self.assertNotIn(PASSWORD, str(request.read()))
        context = self.env["res.users"]._crypt_context()
        self.assertTrue(context.verify(PASSWORD, request.password_hash))

    def test_each_kind_needs_its_fields(self):
        needed = {
            "legal_agent": "company_name vat kpp ogrn function street bank_account",
            "legal_client": "company_name vat kpp ogrn function street",
            "person_agent": "vat bank_account",
            "person_client": "",
        }
        for kind, names in needed.items():
            with self.subTest(kind=kind):
                # Of a Russian company more is asked, so that the country is there.
                form = dict.fromkeys(self._fill_in(kind), "")
                form["country_id"] = str(self.russia.id)
                response = self._send(kind, **form)
                for name in f"name email phone city login {names}".split():
                    self._assert_fault(response, name, "fill this in")
        page = self._send("person_client", omit=("name",)).text
        for name in ("company_name", "vat", "kpp"):
            self.assertNotIn(f'id="tour_{name}"', page)

    def test_foreign_companies_have_no_russian_numbers(self):
        hungary = self.env.ref("base.hu")
        values = {"country_id": str(hungary.id), "vat": "HU12892312"}
        self._assert_kept(self._send("legal_client", kpp="", ogrn="", **values))

    def test_faults_are_named_beside_the_field(self):
        for name, value, text in (
            ("email", "anna", "name@example.com"),
            ("login", "анна", "only Latin"),
            ("login", "an na", "only Latin"),
            ("login", "an", "at least 3"),
            ("password", "пароль-пароль", "only Latin"),
            ("password", "short", "at least 8"),
            ("password", "anna.kiss", "differ from the login"),
            ("password2", "Something-else-1", "differs from the password"),
            ("name", "x" * 121, "too long"),
            ("country_id", "999999", "fill this in"),
        ):
            with self.subTest(name=name, value=value):
                response = self._send(**{name: value})
                self._assert_fault(response, name, text)
        response = self._send("legal_client", vat="0000000019")
        self._assert_fault(response, "vat", "mistake")
        self.assertFalse(self._last())

    def test_what_was_typed_is_shown_again_but_no_password(self):
        page = self._send(email="anna", city="Pécs & <b>").text
        self.assertIn("Pécs &amp; &lt;b&gt;", page)
        self.assertNotIn(PASSWORD, page)

    def test_bad_input_is_answered(self):
        for values in (
            {"name": "a\0b"},
            {"country_id": "0"},
            {"country_id": "9" * 30},
            {"country_id": "²"},
        ):
            self.assertIn(self._send(**values).status_code, (200, 303))
        for kind in ("", "x", "legal_agent\0"):
            self.assertEqual(
                self.url_open("/tour/register", params={"kind": kind}).status_code, 200
            )
        token = self._get_token("/tour/register?kind=person_client")
        form = {"csrf_token": token, "kind": "nobody"}
        response = self.url_open("/tour/register", data=form, allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_csrf_is_asked_for(self):
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.url_open("/tour/register", data={"kind": "person_client"})
        self.assertEqual(response.status_code, 400)

    def test_programs_that_fill_in_everything_get_nothing(self):
        self._assert_kept(self._send(leave_empty="https://spam.example"))
        self.assertFalse(self._last())
        self.assertFalse(self._mails_to("anna@example.com"))

    def test_sent_twice_is_kept_once(self):
        for _time in range(2):
            self._assert_kept(self._send(form_token="a" * 32))
        self.assertEqual(self.env["tour.registration"].search_count([]), 1)
        self.assertEqual(len(self._mails_to("anna@example.com")), 1)

    def test_who_is_logged_in_has_no_form(self):
        self.authenticate("client_user", "client_user")
        response = self.url_open("/tour/register", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    # === Who exists is told nobody === #

    def test_answer_is_the_same_whoever_exists(self):
        self.client_user.email = "known@example.com"
        answers = set()
        for login, email in (
            ("new.login", "new@example.com"),
            ("client_user", "new2@example.com"),
            ("new.login2", "known@example.com"),
            ("new.login3", "KNOWN@example.com"),
        ):
            response = self._send(login=login, email=email)
            self._assert_kept(response)
            done = self.url_open("/tour/register/done")
            self.assertNotIn(email, done.text)
            answers.add((response.status_code, response.headers["Location"]))
        self.assertEqual(len(answers), 1)

    def test_who_has_a_user_is_told_by_mail(self):
        self.client_user.email = "known@example.com"
        self._send(email="Known@example.com", login="another")
        self.assertFalse(self._last())
        mail = self._mails_to("known@example.com")
        self.assertEqual(len(mail), 1)
        self.assertIn("Somebody filled in", mail.body_html)
        self.assertIn("client_user", mail.body_html)
        self.assertIn("/web/reset_password", mail.body_html)

    def test_hash_is_made_whoever_exists(self):
        """What takes time is done for all alike."""
        self.client_user.email = "known@example.com"
        requests, made = self.env["tour.registration"], []
        self.patch(
            type(requests),
            "_hash_password",
            lambda model, password: made.append(password) or "$pbkdf2$x",
        )
        self._register(email="known@example.com")
        self.assertEqual(made, [PASSWORD])

    # === Limits === #

    def test_too_many_of_one_address(self):
        self.patch(tour_registration_try, "MAX_OF_ADDRESS", 2)
        for number in range(2):
            self._assert_kept(
                self._send(email=f"a{number}@example.com", login=f"login{number}")
            )
        response = self._send(email="b@example.com", login="login.b")
        self.assertEqual(response.status_code, 429)
        self.assertEqual(self.env["tour.registration"].search_count([]), 2)

    def test_too_many_of_one_mail_or_login(self):
        tries = self.env["tour.registration.try"]
        for number in range(5):
            tries._log("register", f"10.0.0.{number}", f"l{number}", "A@example.com")
            tries._log("register", f"10.0.1.{number}", "One", f"{number}@example.com")
        for login, email, is_too_much in (
            ("new", "a@example.com", True),
            ("one", "new@example.com", True),
            ("new", "new@example.com", False),
        ):
            with self.subTest(login=login, email=email):
                self.assertEqual(
                    tries._is_too_much("register", "10.9.9.9", login, email),
                    is_too_much,
                )
        self.assertFalse(tries._is_too_much("remind", "10.9.9.9", "one"))

    def test_tries_say_nothing_of_what_was_typed(self):
        self._send()
        self.assertNotIn(
            "anna", str(self.env["tour.registration.try"].search([]).read())
        )

    # === The agreement === #

    def test_agreement_is_shown_and_must_be_accepted(self):
        agreement = self._publish("<p>Be kind to hotels</p>")
        page = self.url_open("/tour/register?kind=person_client").text
        self.assertIn("Be kind to hotels", page)
        response = self._send()
        self._assert_fault(response, "agreement", "tick the box")
        # Of another version.
        response = self._send(agreement=str(agreement.id - 1))
        self._assert_fault(response, "agreement", "tick the box")
        self._assert_kept(self._send(agreement=str(agreement.id)))
        self.assertEqual(self._last().agreement_id, agreement)
        self.assertEqual(self._last().agreed_from, "127.0.0.1")

    # === Languages === #

    def test_pages_follow_the_browser_and_the_choice(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        page = self.url_open(
            "/tour/register", headers={"Accept-Language": "fr-FR,fr;q=0.9"}
        )
        self.assertIn('lang="fr-FR"', page.text)
        self.assertIn('hreflang="en-US"', page.text)
        self.opener.cookies.clear()
        self.authenticate(None, None)
        page = self.url_open("/fr/tour/register?kind=person_client")
        self.assertIn('<html lang="fr-FR"', page.text)
