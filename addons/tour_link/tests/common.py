from lxml import html

from odoo import Command
from odoo.tests import HttpCase

from odoo.addons.tour_document.tests.common import TourDocumentCommon


class LinkCommon(TourDocumentCommon):
    """The booking of documents' tests, with a group that asks for more, and links."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.company_group_id = cls.env["tour.company.group"].create(
            {
                "name": "Group of link tests",
                "guest_properties_definition": [
                    {"name": "number", "string": "Personnel number", "type": "char"},
                    {"name": "vegan", "string": "Vegan", "type": "boolean"},
                    {
                        "name": "grade",
                        "string": "Grade",
                        "type": "selection",
                        "selection": [["a", "First"], ["b", "Second"]],
                    },
                    {
                        "name": "diet",
                        "string": "Diet",
                        "type": "tags",
                        "tags": [["nuts", "No nuts", 1], ["milk", "No milk", 2]],
                    },
                    {
                        "name": "boss",
                        "string": "Boss",
                        "type": "many2one",
                        "comodel": "res.partner",
                    },
                ],
            }
        )
        cls.order = cls._create_booking(lines=[cls._prepare_open_stay()])
        cls.stay = cls.order.order_line
        cls.guest, cls.second = cls.stay.guest_ids

    @classmethod
    def _prepare_open_stay(cls, **values):
        """A stay of two guests of whom only the names are known."""
        return cls._prepare_stay(
            guest_ids=[
                Command.create({"last_name": "Orlov", "first_name": "Oleg"}),
                Command.create({"last_name": "Petrova"}),
            ],
            **values,
        )

    @classmethod
    def _make_link(cls, kind="guests", days=14, order=None, **values):
        """A link and its token."""
        order = order or cls.order
        link, url = (
            cls.env["tour.link"]
            .with_user(cls.manager)
            ._make(order.with_user(cls.manager), kind, days, **values)
        )
        return link, url.rpartition("/")[2]

    @classmethod
    def _make_supplier_link(cls, order=None):
        document = (order or cls.order)._make_documents("supplier_request")[:1]
        _link, url = document.with_user(cls.manager)._make_supplier_link()
        return _link.sudo(), url.rpartition("/")[2]


class LinkHttpCommon(LinkCommon, HttpCase):
    """Reads and fills in pages as a visitor without login and scripts."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _get(self, token, accept="en", **params):
        return self.url_open(
            f"/tour/link/{token}", params=params, headers={"Accept-Language": accept}
        )

    def _get_told(self, words):
        """The last message to the responsible with the words in its subject."""
        return self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", self.order.id),
                ("message_type", "=", "user_notification"),
                ("subject", "ilike", words),
            ],
            order="id desc",
            limit=1,
        )

    def _post(self, token, act, files=None, csrf=None, **data):
        """Send the page's form, with the token that the page has."""
        if csrf is None:
            csrf = self._parse(self._get(token)).xpath("//input[@name='csrf_token']")
            csrf = csrf[0].get("value")
        data = {"act": act, "csrf_token": csrf, **data}
        response = self.url_open(
            f"/tour/link/{token}",
            data=data,
            files=files,
            headers={"Accept-Language": "en"},
        )
        self.env.invalidate_all()
        return response

    def _parse(self, response):
        return html.fromstring(response.content)

    def _get_text(self, response):
        """What is read on the page, white space made one."""
        return " ".join(self._parse(response).text_content().split())

    def _guest_data(self, guest, **values):
        return {f"g{guest.id}-{name}": value for name, value in values.items()}
