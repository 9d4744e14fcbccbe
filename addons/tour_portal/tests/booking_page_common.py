import re
from html import unescape

from odoo import http
from odoo.tests import HttpCase

from odoo.addons.tour_client_account.tests.common import AccountCommon


class BookingPageCommon(AccountCommon, HttpCase):
    """Clients with passwords, and what their browsers send to the page of a booking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_client_user(
            "stranger",
            cls.env["res.partner"].create(
                {"name": "Others", "is_company": True, "tour_client_corporate": True}
            ),
        )
        users = cls.olga | cls.boris | cls.curator | cls.stranger | cls.manager
        for user in users:
            user.password = f"{user.login}_secret"

    @classmethod
    def _create_own(cls, state="accepted", *services, **values):
        """A booking that Olga made, in ``state``."""
        services = services or [
            cls._stay(guests=[{"last_name": "Orlov", "first_name": "Oleg"}])
        ]
        values = {"created_by_client": True, "client_user_id": cls.olga.id} | values
        order = cls._create_booking(*services, **values)
        return cls._force_state(order, state) if state != "new" else order

    @classmethod
    def _make_paper(cls, order, kind="contract"):
        """A paper of the booking that is open to its client."""
        paper = order._make_documents(kind)
        paper.action_open_to_client()
        return paper

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _url(self, order):
        return f"/my/tour/bookings/{order.id}"

    def _read(self, response):
        """What is read, in one line."""
        return re.sub(r"\s+", " ", unescape(response.text))

    def _open(self, order, user=None, query=""):
        self._login(user or self.olga)
        response = self.url_open(self._url(order) + query)
        self.assertEqual(response.status_code, 200)
        return self._read(response)

    def _hidden(self, page, name, form=""):
        """The value of a hidden input, of the form that has a class or a word."""
        found = re.search(rf'{form}.*?name="{name}"[^>]*value="([^"]*)"', page)
        return found and found[1]

    def _post(self, order, act, files=None, **values):
        """What a browser sends that is logged in already."""
        data = {"csrf_token": http.Request.csrf_token(self), "act": act, **values}
        return self.url_open(
            self._url(order), data=data, files=files, allow_redirects=False
        )

    def _press(self, order, act, user=None, **values):
        self._login(user or self.olga)
        return self._post(order, act, **values)

    def _assert_done(self, response, order, act):
        self.assertEqual(response.status_code, 303, response.text[:2000])
        self.assertIn(f"{self._url(order)}?done={act}", response.headers["Location"])
        self.env.invalidate_all()

    def _assert_refused(self, response, text):
        """The page is shown again, and says why nothing was done."""
        self.assertEqual(response.status_code, 200)
        page = self._read(response)
        self.assertIn('role="alert"', page)
        self.assertRegex(page, text)
        self.env.invalidate_all()
        return page
