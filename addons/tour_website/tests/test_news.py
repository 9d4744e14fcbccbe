from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tour_booking.tests.common import BookingCommon


@tagged("post_install", "-at_install")
class TestNews(BookingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.olga.password = "tour_olga_secret"
        # Of a supplier: he can sign in, and is no client.
        cls.guest = cls._create_client_user("guest", parent=cls.supplier)
        cls.public = cls.env.ref("base.public_user")
        cls.blog = cls.env.ref("tour_website.blog_news")
        cls.open_blog = cls.env["blog.blog"].create({"name": "For all"})
        cls.env["blog.post"].search([]).unlink()
        cls.secret = cls._publish("Fares of winter", cls.blog)
        cls.news = cls._publish("New office", cls.open_blog)

    @classmethod
    def _publish(cls, name, blog, **values):
        return cls.env["blog.post"].create(
            {"name": name, "blog_id": blog.id, "is_published": True, **values}
        )

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _get_visible(self, user):
        return self.env["blog.post"].with_user(user).search([])

    def test_blog_for_clients(self):
        for user in (self.olga, self.manager):
            self.assertEqual(self._get_visible(user), self.secret | self.news)
        for user in (self.public, self.guest):
            self.assertEqual(self._get_visible(user), self.news)
            with self.assertRaises(AccessError):
                self.secret.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.blog.with_user(user).read(["name"])

    @mute_logger("odoo.http")
    def test_pages_tell_nobody_else(self):
        self.authenticate(None, None)
        for url in ("/blog", "/sitemap.xml", "/website/search?search=winter"):
            page = self.url_open(url).text
            self.assertNotIn("Fares of winter", page)
            self.assertNotIn("fares-of-winter", page)
        for url in (
            self.secret.website_url,
            f"/blog/{self.blog.id}",
            f"/blog/{self.blog.id}/feed",
        ):
            answer = self.url_open(url)
            self.assertNotIn("Fares of winter", answer.text)
            self.assertIn(answer.status_code, (403, 404))
        self._login(self.olga)
        self.assertIn("Fares of winter", self.url_open(self.secret.website_url).text)

    def test_feed(self):
        self.authenticate(None, None)
        answer = self.url_open(f"/blog/{self.open_blog.id}/feed")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("application/atom+xml", answer.headers["Content-Type"])
        self.assertIn("New office", answer.text)
        self._login(self.olga)
        answer = self.url_open(f"/blog/{self.blog.id}/feed")
        self.assertIn("Fares of winter", answer.text)

    def test_news_on_the_home(self):
        self._publish("A draft", self.blog, is_published=False)
        later = fields.Datetime.now() + timedelta(days=1)
        self._publish("Of tomorrow", self.blog, post_date=later)
        self._login(self.olga)
        page = self.url_open("/my/tour").text
        for name in ("Fares of winter", "New office"):
            self.assertIn(name, page)
        for name in ("A draft", "Of tomorrow"):
            self.assertNotIn(name, page)

    def test_menu_leads_to_what_there_is(self):
        self._login(self.olga)
        page = self.url_open("/my/tour").text
        self.assertIn('href="/blog"', page)
        self.assertIn('href="/forum"', page)
        self.env["blog.post"].search([]).unlink()
        self.env["forum.forum"].search([]).active = False
        menu = self.url_open("/my/tour").text
        menu = menu[menu.index("tour_portal_menu") : menu.index("</main>")]
        self.assertNotIn('href="/blog"', menu)
        self.assertNotIn('href="/forum"', menu)


@tagged("post_install", "-at_install")
class TestForum(BookingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.forum = cls.env.ref("tour_website.forum_clients")
        cls.question = cls.env["forum.post"].create(
            {"name": "Where is the bus?", "forum_id": cls.forum.id, "content": "x"}
        )

    @mute_logger("odoo.http")
    def test_who_has_signed_in(self):
        self.authenticate(None, None)
        self.assertNotIn("Where is the bus?", self.url_open("/forum/all").text)
        answer = self.url_open(f"/forum/{self.forum.id}")
        self.assertNotIn("Where is the bus?", answer.text)
        self.olga.password = "tour_olga_secret"
        self.authenticate(self.olga.login, "tour_olga_secret")
        page = self.url_open(f"/forum/{self.forum.id}").text
        self.assertIn("Where is the bus?", page)

    def test_client_asks_and_answers_at_once(self):
        posts = self.env["forum.post"].with_user(self.olga)
        asked = posts.create(
            {"name": "And the luggage?", "forum_id": self.forum.id, "content": "x"}
        )
        self.assertEqual(asked.state, "active")
        answer = posts.create(
            {
                "name": "Re",
                "forum_id": self.forum.id,
                "parent_id": self.question.id,
                "content": "At the gate",
            }
        )
        self.assertEqual(answer.state, "active")

    def test_guidelines_are_ours(self):
        self.assertIn("All clients read", self.forum.faq)
        self.assertNotIn("Odoo", f"{self.forum.faq}{self.forum.welcome_message}")

    def test_private_forum_stays_private(self):
        forum = self.env["forum.forum"].create(
            {
                "name": "Managers",
                "privacy": "private",
                "authorized_group_id": self.env.ref(
                    "tour_partner.tour_group_manager_own"
                ).id,
            }
        )
        forums = self.env["forum.forum"]
        self.assertNotIn(forum, forums.with_user(self.olga).search([]))
        self.assertIn(forum, forums.with_user(self.manager).search([]))
