from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.mail.tests.common import mail_new_test_user

from ..booking_states import MOVER


class BookingCommon(BaseCommon):
    """A hotel with a rate, a client company with two users, staff of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.city = cls.env["tour.city"].create(
            {"name": "Lyon", "country_id": cls.env.ref("base.fr").id}
        )
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Alpina LLC", "is_company": True, "tour_supplier": True}
        )
        cls.hotel = cls._create_hotel()
        cls.room = cls.env["tour.room"].create(
            {"name": "Standard", "hotel_id": cls.hotel.id, "capacity": 2}
        )
        cls.rate = cls.env["tour.rate"].create(
            {
                "name": "Standard rate",
                "room_id": cls.room.id,
                "kind": "rack",
                "rack_price": 5000,
                "meal": "ro",
            }
        )
        cls.client_company = cls.env["res.partner"].create(
            {
                "name": "Metran",
                "is_company": True,
                "tour_client_corporate": True,
                "phone": "+7 351 799-51-51",
                "email": "office@metran.example",
            }
        )
        cls.accommodation = cls.env.ref("tour_booking.service_type_accommodation")
        cls.transfer = cls.env.ref("tour_booking.service_type_transfer")
        cls.other = cls.env.ref("tour_booking.service_type_other")
        # Prices in the tests are without taxes unless they are what is tested.
        (cls.accommodation | cls.transfer | cls.other).product_id.taxes_id = False
        cls.accommodation.done_needs_paid_invoice = False
        cls.manager = cls._create_staff("manager", "manager_own")
        cls.manager_all = cls._create_staff("manager_all", "manager_all")
        cls.head = cls._create_staff("head", "head")

    @classmethod
    def _create_hotel(cls, **values):
        return cls.env["tour.hotel"].create(
            {
                "name": "Alpina",
                "city_id": cls.city.id,
                "supplier_id": cls.supplier.id,
                "check_in_hour": 14.0,
                "check_out_hour": 12.0,
                "currency_id": cls.env.company.currency_id.id,
                **values,
            }
        )

    @classmethod
    def _create_staff(cls, login, role):
        return mail_new_test_user(
            cls.env,
            login=f"tour_{login}",
            name=login.replace("_", " ").title(),
            email=f"{login}@tour.example",
            groups=f"tour_partner.tour_group_{role}",
        )

    @classmethod
    def _create_client_user(cls, login, parent=None, **values):
        user = mail_new_test_user(
            cls.env,
            login=f"tour_{login}",
            name=login.title(),
            email=f"{login}@metran.example",
            groups="base.group_portal",
        )
        user.partner_id.parent_id = parent or cls.client_company
        user.write(values)
        return user

    @classmethod
    def _day(cls, days):
        return cls.today + timedelta(days=days)

    @classmethod
    def _stay(cls, guests=(), **values):
        """Command for a stay of two nights from tomorrow."""
        return Command.create(
            {
                "service_type_id": cls.accommodation.id,
                "hotel_id": cls.hotel.id,
                "room_id": cls.room.id,
                "rate_id": cls.rate.id,
                "date_from": cls._day(1),
                "date_to": cls._day(3),
                "guest_ids": [Command.create(guest) for guest in guests],
                **values,
            }
        )

    @classmethod
    def _create_booking(cls, *services, user=None, **values):
        """A booking of the manager, with a stay unless services are given."""
        env = cls.env(user=user) if user else cls.env
        return env["sale.order"].create(
            {
                "is_tour_booking": True,
                "partner_id": cls.client_company.id,
                "user_id": cls.manager.id,
                "order_line": list(services) or [cls._stay()],
                **values,
            }
        )

    @classmethod
    def _force_state(cls, orders, state):
        """Put bookings into a status as if they had come there, without its mails."""
        odoo_state = {"cancelled": "cancel", "refused": "cancel"}.get(state)
        if not odoo_state:
            early = ("new", "accepted", "awaiting_client", "client_confirmed")
            odoo_state = "draft" if state in early else "sale"
        orders.with_context(tour_booking_mover=MOVER, tracking_disable=True).write(
            {"booking_state": state, "state": odoo_state}
        )
        return orders
