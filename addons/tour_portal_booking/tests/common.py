from odoo import http
from odoo.tests import HttpCase

from odoo.addons.tour_booking.tests.common import BookingCommon


class NewBookingCommon(BookingCommon):
    """A hotel at 5000 a night, room only; Olga and Boris of a client, its curator, Eva
    of another client, Vera by herself, a portal user who is no client's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([("may_take_bookings", "=", True)]).write(
            {"may_take_bookings": False}
        )
        cls.manager.may_take_bookings = True
        cls.other_company = cls.env["res.partner"].create(
            {"name": "Orion", "is_company": True, "tour_client_agent": True}
        )
        cls.olga = cls._create_client_user("olga")
        cls.boris = cls._create_client_user("boris")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        cls.eva = cls._create_client_user("eva", cls.other_company)
        cls.vera = cls._create_client_user("vera")
        cls.vera.partner_id.write({"parent_id": False, "tour_client_corporate": True})
        cls.stranger = cls._create_client_user("stranger")
        cls.stranger.partner_id.parent_id = False
        cls.bb = cls.env["tour.rate"].create(
            {
                "name": "With breakfast",
                "room_id": cls.room.id,
                "kind": "rack",
                "rack_price": 5600,
                "meal": "bb",
            }
        )
        cls.env["tour.meal.price"].create(
            {"hotel_id": cls.hotel.id, "meal": "bb", "price": 600}
        )

    # === What is typed === #

    def _where_form(self, **values):
        return {
            "city": "Lyon",
            "date_from": str(self._day(10)),
            "date_to": str(self._day(12)),
            "rooms_0": "1",
            "adults_0": "2",
            "ages_0": "",
            "meal": "",
            "hotel": "",
            **values,
        }

    def _guest_form(self, *guests):
        form = {}
        for key, names in guests:
            for part, value in zip(
                ("last", "first", "middle", "birth", "age"), names, strict=False
            ):
                form[f"{part}_{key}"] = value
        return form

    # === Drafts === #

    def _draft(self, user=None, where=(), hotel=None, stay=(), guests=None, more=()):
        """A draft of a user, with as many steps done as are given."""
        env = self.env(user=user or self.olga)
        drafts = env["tour.portal.draft"]
        data, faults, _cities = drafts._read_where(
            self._where_form(**dict(where)), env.company
        )
        self.assertEqual(faults, {})
        draft = drafts._begin(data)
        if hotel is None:
            return draft
        form = {"hotel_id": str(hotel.id)} if hotel else {"unlisted": "1"}
        data, faults = draft._read_hotel(form)
        self.assertEqual(faults, {})
        draft._keep("hotel", data)
        stay = dict(stay) or {"rate_0": str(self.rate.id)}
        data, faults = draft._read_stay(stay)
        self.assertEqual(faults, {})
        draft._keep("stay", data)
        guests = guests or [("0_0", ("Orlov", "Oleg"))]
        data, faults = draft._read_guests(self._guest_form(*guests))
        self.assertEqual(faults, {})
        draft._keep("guests", data)
        data, faults = draft._read_services(dict(more))
        self.assertEqual(faults, {})
        draft._keep("services", data)
        return draft

    def _full(self, user=None, **values):
        """A draft that can be sent."""
        return self._draft(user, hotel=values.pop("hotel", self.hotel), **values)

    def _send(self, draft):
        self.assertEqual(draft._get_faults(), {})
        stays = draft._get_stays()
        return draft._send(stays, draft._get_quote(stays)).sudo()


class NewBookingPages(NewBookingCommon, HttpCase):
    """Clients with passwords, and what their browsers send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.olga, cls.boris, cls.curator, cls.eva, cls.vera, cls.stranger):
            user.password = f"{user.login}_secret"
        cls.manager.password = f"{cls.manager.login}_secret"

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _get(self, url, user=None):
        self._login(user or self.olga)
        return self.url_open(url, allow_redirects=False)

    def _post(self, url, user=None, files=None, **values):
        self._login(user or self.olga)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=values, files=files, allow_redirects=False)

    def _path(self, draft, step):
        return f"/my/tour/new/{draft.id}/{step}"
