from odoo.addons.tour_booking.tests.common import BookingCommon


class RatingCommon(BookingCommon):
    """A booking of Olga's that is done, and people around it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director = cls._create_staff("director", "director")
        cls.boss = cls._create_staff("boss", "admin")
        cls.olga = cls._create_client_user("olga")
        cls.boris = cls._create_client_user("boris")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        cls.stranger = cls._create_stranger()
        cls.order = cls._create_done()

    @classmethod
    def _create_stranger(cls):
        other = cls.env["res.partner"].create(
            {"name": "Other", "is_company": True, "tour_client_corporate": True}
        )
        return cls._create_client_user("stranger", other, is_curator=True)

    @classmethod
    def _create_done(cls, **values):
        values.setdefault("client_user_id", cls.olga.id)
        return cls._force_state(cls._create_booking(**values), "done")

    @classmethod
    def _finish(cls, *orders):
        """Move bookings from Booked to Done, past what Done needs."""
        orders = cls.env["sale.order"].union(*orders)
        cls._force_state(orders, "booked")
        orders._move_by_system("done")
        return orders

    def _rate(self, rate=4, text="", user=None, order=None):
        order = order or self.order
        order.sudo(False).with_user(user or self.olga)._rate(rate, text)
        return self._get_rating(order)

    def _get_rating(self, order=None):
        order = order or self.order
        return self.env["rating.rating"].search([("tour_order_id", "=", order.id)])

    def _get_request(self, order):
        return self.env["tour.rating.request"].search([("order_id", "=", order.id)])
