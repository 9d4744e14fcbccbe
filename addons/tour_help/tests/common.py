from odoo import http
from odoo.tests import HttpCase
from odoo.tools import file_open

from odoo.addons.tour_booking.tests.common import BookingCommon


class HelpCommon(BookingCommon):
    """Two clients, one with an ordinary user and a curator; a booking of Olga's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        cls.rival = cls.env["res.partner"].create(
            {"name": "Rival", "is_company": True, "tour_client_corporate": True}
        )
        cls.boris = cls._create_client_user("boris", parent=cls.rival)
        cls.question = cls.env.ref("tour_help.kind_question")
        cls.complaint = cls.env.ref("tour_help.kind_complaint")
        cls.booking = cls._create_booking(client_user_id=cls.olga.id)
        cls.requests = cls.env["tour.help.request"]

    @classmethod
    def _ask(cls, user=None, text="Where is the bus?", files=(), **values):
        """A request as the client's page makes it."""
        values = {
            "subject": "The bus",
            "description": text,
            "kind_id": cls.question.id,
            **values,
        }
        requests = cls.env["tour.help.request"].with_user(user or cls.olga)
        return requests._make_by_client(values, list(files)).with_env(cls.env)

    @classmethod
    def _enter(cls, user=None, **values):
        """A request as staff enter it."""
        values = {
            "subject": "By telephone",
            "kind_id": cls.question.id,
            "partner_id": cls.client_company.id,
            **values,
        }
        return cls.requests.with_user(user or cls.manager).create(values)

    @classmethod
    def _answer(cls, request, user=None, body="At the gate."):
        return request.with_user(user or cls.manager).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    @classmethod
    def _as_client(cls, request, user=None):
        return request.with_user(user or cls.olga).sudo()

    def _get_told(self, request, user, before=0):
        """Titles of what the bell told a user about a request."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "tour.help.request"),
                ("res_id", "=", request.id),
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", user.partner_id.ids),
                ("id", ">", before),
            ],
            order="id",
        )
        return messages.mapped("subject")

    @classmethod
    def _read_png(cls):
        with file_open("tour_partner/static/description/icon.png", "rb") as file:
            return file.read()


class HelpPortalCommon(HelpCommon, HttpCase):
    """Clients with passwords, and what their browsers send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.olga, cls.boris, cls.curator, cls.manager):
            user.password = f"{user.login}_secret"

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _get(self, url, user=None):
        self._login(user or self.olga)
        return self.url_open(url)

    def _post(self, url, user=None, files=None, **values):
        self._login(user or self.olga)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=values, files=files, allow_redirects=False)
