from odoo.addons.mail.tests.common import MailCase
from odoo.addons.tour_booking.tests.common import BookingCommon


class ConfirmationCommon(BookingCommon, MailCase):
    """A booking that a client made, and another room in its hotel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.suite = cls.env["tour.room"].create(
            {"name": "Suite", "hotel_id": cls.hotel.id, "capacity": 2}
        )
        cls.order = cls._create_own_booking()
        cls.company = cls.order.company_id

    @classmethod
    def _create_own_booking(cls, state="accepted", **values):
        """A booking that Olga made, in ``state``."""
        order = cls._create_booking(
            cls._stay(guests=[{"last_name": "Orlov", "first_name": "Oleg"}]),
            created_by_client=True,
            client_user_id=cls.olga.id,
            **values,
        )
        return cls._force_state(order, state) if state != "new" else order

    def _change(self, order=None, user=None, **vals):
        """Staff change the service of the booking: by a night longer, or so."""
        order = (order or self.order).with_user(user or self.manager)
        order.order_line.write(vals or {"date_to": self._day(4)})
        return order

    def _pending(self, order=None):
        return (order or self.order)._get_pending_confirmation()

    def _as_client(self, order=None, user=None):
        return (order or self.order).with_user(user or self.olga)
