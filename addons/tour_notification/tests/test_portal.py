from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NotificationCommon

URL = "/my/notifications"


@tagged("post_install", "-at_install")
class TestPortal(NotificationCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # A session of nobody, which says which database is meant.
        self.authenticate(None, None)
        self.partner = self.portal_user.partner_id

    def _post(self, **data):
        page = self.url_open(URL)
        self.assertEqual(page.status_code, 200)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(URL, data={"csrf_token": token, **data})

    def test_needs_login(self):
        answer = self.url_open(URL, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_shows_subjects_of_clients_only(self):
        self.authenticate("tour_portal", "tour_portal")
        page = self.url_open(URL)
        self.assertIn("Test subject", page.text)
        self.assertNotIn("Staff subject", page.text)
        self.assertIn(URL, self.url_open("/my").text)

    def test_saves_and_unsets(self):
        self.authenticate("tour_portal", "tour_portal")
        key = f"category_{self.category.id}"
        answer = self._post(**{key: "dont_send"})
        self.assertIn("Your choices are saved.", answer.text)
        self.assertEqual(self._get_choice(self.partner), "dont_send")
        self._post(**{key: ""})
        self.assertFalse(self._get_choice(self.partner))

    def test_says_what_the_company_chose(self):
        self.partner.parent_id = self.company_partner
        self._choose(self.company_partner, "dont_send")
        self.authenticate("tour_portal", "tour_portal")
        self.assertIn("As the company chose: don&#39;t send", self._get_page())

    def _get_page(self):
        return self.url_open(URL).text.replace("don't", "don&#39;t")

    def test_speaks_for_himself_only(self):
        """Forged names and values change nothing but one's own client subjects."""
        self.authenticate("tour_portal", "tour_portal")
        self._post(
            **{
                "partner_id": str(self.ann.id),
                f"category_{self.category.id}": "nonsense",
                f"category_{self.staff_category.id}": "dont_send",
                "category_0": "dont_send",
                "category_x": "dont_send",
            }
        )
        self.assertFalse(
            self.env["tour.notification.choice"].search_count(
                [("category_id", "in", (self.category | self.staff_category).ids)]
            )
        )

    @mute_logger("odoo.http")
    def test_refuses_a_post_from_elsewhere(self):
        self.authenticate("tour_portal", "tour_portal")
        answer = self.url_open(URL, data={f"category_{self.category.id}": "dont_send"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._get_choice(self.partner))

    def test_staff_see_subjects_of_staff(self):
        self.authenticate("tour_staff", "tour_staff")
        page = self.url_open(URL)
        self.assertIn("Staff subject", page.text)
        self.assertNotIn("Test subject", page.text)

    def test_without_subjects(self):
        self.Category.search([]).active = False
        self.authenticate("tour_portal", "tour_portal")
        self.assertIn("There is nothing to choose from yet.", self.url_open(URL).text)
