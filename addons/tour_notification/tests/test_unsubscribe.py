import base64

from odoo import tools
from odoo.tests import HttpCase, tagged

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestUnsubscribe(NotificationCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # A session of nobody, which says which database is meant.
        self.authenticate(None, None)
        self.token = self.category._get_unsubscribe_token(self.ann)

    def _get(self, token):
        return self.url_open(f"/notification/unsubscribe/{token}")

    def _post(self, token, **data):
        return self.url_open(
            f"/notification/unsubscribe/{token}", data=data or {"": ""}
        )

    # The way it is meant

    def test_get_asks_and_changes_nothing(self):
        page = self._get(self.token)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Test subject", page.text)
        self.assertIn("<form", page.text)
        self.assertFalse(self._get_choice(self.ann))

    def test_post_ends_it(self):
        page = self._post(self.token)
        self.assertEqual(page.status_code, 200)
        self.assertIn("You will get no more messages", page.text)
        self.assertEqual(self._get_choice(self.ann), "dont_send")
        self.assertFalse(self.category._filter_recipients(self.ann))
        self.assertEqual(self.category._filter_recipients(self.bob), self.bob)

    def test_one_click_of_the_mail_program(self):
        self._post(self.token, **{"List-Unsubscribe": "One-Click"})
        self.assertEqual(self._get_choice(self.ann), "dont_send")

    def test_twice_is_once(self):
        self._post(self.token)
        self.assertEqual(self._post(self.token).status_code, 200)
        self.assertEqual(self._get_choice(self.ann), "dont_send")

    def test_over_a_choice_to_send(self):
        self._choose(self.ann, "send")
        self._post(self.token)
        self.assertEqual(self._get_choice(self.ann), "dont_send")

    def test_logged_in_as_another(self):
        """The link is for whom the mail was written, whoever opens it."""
        self.authenticate("tour_portal", "tour_portal")
        self._post(self.token)
        self.assertEqual(self._get_choice(self.ann), "dont_send")
        self.assertFalse(self._get_choice(self.portal_user.partner_id))

    # Attacks

    def _get_forged_tokens(self):
        sudo_env = self.env(su=True)
        raw = base64.urlsafe_b64decode(self.token + "===")
        other = raw.replace(str(self.ann.id).encode(), str(self.bob.id).encode())
        encode = base64.urlsafe_b64encode
        return {
            "empty signature": encode(raw[:9] + bytes(32) + raw[41:]).decode(),
            "other partner": encode(other).decode().rstrip("="),
            "other scope": tools.hash_sign(
                sudo_env, "other", [self.category.id, self.ann.id]
            ),
            "cut off": self.token[:-6],
            "one character": "x",
            "not base64": "%20%21",
            "not latin": "кириллица",
            "nothing inside": "AQ",
            "version": encode(b"\x02" + raw[1:]).decode(),
            "long": "A" * 5000,
            "markup": "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        }

    def test_forged_tokens_do_nothing(self):
        for name, token in self._get_forged_tokens().items():
            with self.subTest(name):
                self.assertEqual(self._get(token).status_code, 404)
                self.assertEqual(self._post(token).status_code, 404)
        self.assertFalse(
            self.env["tour.notification.choice"].search_count(
                [("category_id", "=", self.category.id)]
            )
        )

    def test_answer_is_the_same_for_whatever_is_not_a_link(self):
        """Neither a person's nor a category's existence can be found out."""
        deleted = self.env["res.partner"].create({"name": "Deleted"})
        token = self.category._get_unsubscribe_token(deleted)
        deleted.unlink()
        category = self._create_category("test_deleted")
        token_2 = category._get_unsubscribe_token(self.ann)
        category.unlink()
        pages = {
            self._strip(self._get(t), t)
            for t in (token, token_2, self._get_forged_tokens()["cut off"])
        }
        self.assertEqual(len(pages), 1)

    def _strip(self, page, token):
        """Return the page without what differs from visit to visit."""
        self.assertEqual(page.status_code, 404)
        return page.text.split("<main")[1].split("</main>")[0].replace(token, "")

    def test_page_tells_nothing_of_the_person(self):
        for page in (self._get(self.token), self._post(self.token)):
            for secret in ("Ann", "ann@client.test", "Client Ltd"):
                self.assertNotIn(secret, page.text)

    def test_link_stays_with_its_reader(self):
        headers = self._get(self.token).headers
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_token_only_ever_ends_its_category(self):
        self._choose(self.ann, "send", self.staff_category)
        self._post(self.token, choice="send", category_id=str(self.staff_category.id))
        self.assertEqual(self._get_choice(self.ann, self.staff_category), "send")
        self.assertEqual(self._get_choice(self.ann), "dont_send")
