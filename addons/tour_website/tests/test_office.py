import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tour_booking.tests.common import BookingCommon
from odoo.addons.tour_website import post_init_hook

PAGES = ("/my/tour", "/my/tour/bookings", "/my/tour/message", "/my/tour/archive")


@tagged("post_install", "-at_install")
class TestOffice(BookingCommon, HttpCase):
    """The client's office in the website's frame."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.olga.password = "tour_olga_secret"
        cls.booking = cls._create_booking(client_user_id=cls.olga.id)

    def _open(self, url):
        self.authenticate(self.olga.login, "tour_olga_secret")
        return self.url_open(url)

    def test_pages_in_the_frame(self):
        for url in (*PAGES, f"/my/tour/bookings/{self.booking.id}"):
            with self.subTest(url):
                answer = self._open(url)
                self.assertEqual(answer.status_code, 200)
                self.assertRegex(answer.text, r"<html[^>]* lang=\"en-US\"")
                self.assertEqual(len(re.findall(r"<main[ >]", answer.text)), 1)
                self.assertIn('id="wrapwrap"', answer.text)
                self.assertIn("<footer", answer.text)

    def test_home_is_the_office(self):
        answer = self._open("/my")
        self.assertTrue(answer.url.endswith("/my/tour"))

    def test_website_s_menu_leads_there(self):
        self.authenticate(None, None)
        page = self.url_open("/").text
        self.assertRegex(page, r'href="/my/tour"')
        menu = self.env["website.menu"].search([("url", "=", "/my/tour")])
        self.assertEqual(
            menu.website_id, self.env["website"].search([]), "One for each website."
        )

    @mute_logger("odoo.http")
    def test_what_is_not_there(self):
        for url in ("/my/tour/bookings/2147483647", "/my/tour/nothing"):
            self.assertEqual(self._open(url).status_code, 404)

    def test_in_the_client_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        website = self.env["website"].get_current_website()
        post_init_hook(self.env)
        self.assertIn("fr_FR", website.language_ids.mapped("code"))
        self.olga.lang = "fr_FR"
        page = self._open("/fr/my/tour").text
        self.assertRegex(page, r"<html[^>]* lang=\"fr-FR\"")
