from base64 import b64decode
from io import BytesIO

from odoo.fields import Command

from odoo.addons.tour_billing.tests.common import BillingCommon

# One dot.
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class Sent(BytesIO):
    """A file as a form sends it."""

    def __init__(self, filename, content):
        super().__init__(content)
        self.filename = filename


class CatalogCommon(BillingCommon):
    """A lounge for 3,000 paid with the booking, a visa for 1,000 that is prepaid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._create_staff("admin", "admin")
        cls.airport = cls.env["tour.catalog.category"].create(
            {"name": "At the airport", "icon": "fa-plane"}
        )
        cls.papers = cls.env["tour.catalog.category"].create(
            {"name": "Papers", "icon": "fa-id-card-o"}
        )
        cls.lounge = cls._create_service(
            "Lounge",
            cls.airport,
            list_price=3000,
            field_ids=[
                Command.create({"label": "Flight number", "required": True}),
                Command.create(
                    {"label": "Meal", "kind": "choice", "options": "None\nVegan"}
                ),
                Command.create({"label": "Stroller", "kind": "checkbox"}),
            ],
        )
        cls.visa = cls._create_service(
            "Visa",
            cls.papers,
            list_price=1000,
            payment="prepaid",
            day_mode="none",
        )

    @classmethod
    def _create_service(cls, name, category=None, **values):
        service = cls.env["tour.catalog.service"].create(
            {"name": name, "category_id": (category or cls.airport).id, **values}
        )
        service.product_id.taxes_id = False
        return service

    def _fill(self, service, **values):
        """What a form of the lounge sends, by the first word of its labels."""
        names = {
            field.label.split()[0].lower(): field._get_input()
            for field in service.field_ids
        }
        return {names.get(name, name): value for name, value in values.items()}

    def _order(self, service, user=None, order=None, files=None, **values):
        """Order as a client's user does; the service in the booking, in sudo."""
        user = user or self.olga
        service_sudo = service.with_user(user).sudo()
        sent = files or {}
        form, faults = service_sudo._read_order_form(
            self._fill(service, **values), lambda name: sent.get(name, [])
        )
        self.assertFalse(faults)
        return service_sudo._place_order(form, user, order)

    def _order_lounge(self, user=None, order=None, **values):
        values = {"day": str(self._day(5)), "flight": "SU 100", **values}
        return self._order(self.lounge, user, order, **values)

    def _ask(self, text="Is there a shower?", service=None, user=None):
        user = user or self.olga
        found = (
            self.env["tour.catalog.service"]
            .with_user(user)
            ._find_for_client((service or self.lounge).id)
        )
        return self.env["tour.catalog.question"].with_user(user)._ask(found, text)
