from odoo.fields import Command

from odoo.addons.tour_booking.tests.common import BookingCommon


class RegularisationCommon(BookingCommon):
    """Stays of two nights at 5,000 with 10 % commission: 10,000, 9,000 of it cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.commission_percent = 10
        cls.regulariser = cls._create_staff("regulariser", "manager_all")
        cls.regulariser.group_ids = [
            Command.link(
                cls.env.ref("tour_partner.tour_group_right_mass_regularisation").id
            )
        ]
        cls.user_env = cls.env(user=cls.regulariser)

    @classmethod
    def _create_orders(cls, count, **values):
        """Bookings, as who regularises has them."""
        values = {"user": cls.regulariser, **values}
        return cls.user_env["sale.order"].concat(
            *(cls._create_booking(cls._stay(), **values) for _number in range(count))
        )

    @classmethod
    def _regularise(cls, orders=None, user=None, **values):
        """A regularisation of these bookings, by their numbers."""
        env = cls.env(user=user) if user else cls.user_env
        return env["tour.regularisation"].create(
            {
                "reason": "City tax",
                "numbers": " ".join(orders.mapped("name")) if orders else "",
                "supplier_how": "add",
                "supplier_value": 100,
                **values,
            }
        )

    @classmethod
    def _previewed(cls, orders=None, **values):
        record = cls._regularise(orders, **values)
        record.action_preview()
        return record

    def _run_cron(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("tour_regularisation.ir_cron_run").sudo()
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _states(self, record):
        return record.line_ids.mapped("state")
