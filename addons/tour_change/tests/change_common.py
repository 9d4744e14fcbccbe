from contextlib import contextmanager
from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.tour_booking.tests.common import BookingCommon

# Ten days before the stays of these tests.
NOW = datetime(2026, 6, 1, 9, 0)


class ChangeCommon(BookingCommon):
    """A hotel in Moscow with a rule: free until the day before at 18:00, one night from
    then on, all of it from the day of arrival at 14:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(NOW)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.today = NOW.date()
        cls.city.write(
            {
                "name": "Москва",
                "country_id": cls.env.ref("base.ru").id,
                "tz": "Europe/Moscow",
            }
        )
        cls.supplier.email = "desk@alpina.example"
        cls.rule = cls._create_rule(
            ("nights", 1, 1, 18.0), ("percent", 100, 0, 14.0), name="Usual"
        )
        cls.hotel.cancellation_rule_id = cls.rule
        cls.client_user = cls._create_client_user("client")
        cls.other_company = cls.env["res.partner"].create(
            {"name": "Others", "is_company": True, "tour_client_corporate": True}
        )
        cls.other_user = cls._create_client_user("stranger", cls.other_company)
        cls.other_manager = cls._create_staff("other_manager", "manager_own")

    @classmethod
    def _create_rule(cls, *steps, **values):
        return cls.env["tour.cancellation.rule"].create(
            {
                "name": "Rule",
                "step_ids": [
                    Command.create(
                        {"kind": kind, "value": value, "days": days, "hour": hour}
                    )
                    for kind, value, days, hour in steps
                ],
                **values,
            }
        )

    @classmethod
    def _day(cls, days):
        """Stays begin on 11 June: ten days after now."""
        return super()._day(days + 9)

    @classmethod
    def _create_booked(cls, *services, **values):
        """A booking of the client's, two nights from 11 June at 5,000, booked."""
        values = {"client_user_id": cls.client_user.id} | values
        order = cls._create_booking(*services, **values)
        return cls._force_state(order, values.get("booking_state", "booked"))

    @classmethod
    def _create_change(cls, order, *proposals, user=None, **values):
        """A request of the client's, entered by the manager."""
        env = cls.env(user=user or cls.manager)
        lines = [
            Command.create({"line_id": line.id, **vals}) for line, vals in proposals
        ]
        return env["tour.change"].create(
            {"order_id": order.id, "comment": "As agreed", "line_ids": lines, **values}
        )

    @contextmanager
    def _at(self, *moment):
        with freeze_time(datetime(*moment)):
            self.env.invalidate_all()
            yield

    def _mails_to(self, address):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([])
            .filtered(
                lambda mail: address in (mail.email_to or "")
                or address in mail.recipient_ids.mapped("email")
            )
        )
