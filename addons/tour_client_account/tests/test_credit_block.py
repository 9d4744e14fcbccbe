from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.tour_partner.contract_states import MOVER

from .common import AccountCommon


@tagged("post_install", "-at_install")
class TestCreditBlock(AccountCommon):
    """25,000 may be unpaid; bookings are of 10,000."""

    def setUp(self):
        super().setUp()
        self.contract = self._create_contract(credit_policy="block")

    def _create_contract(self, **values):
        contract = self.env["tour.contract"].create(
            {
                "partner_id": self.client_company.id,
                "payment_kind": "credit",
                "credit_limit": 25000.0,
                **values,
            }
        )
        contract.with_context(tour_contract_mover=MOVER).write(
            {
                "state": "in_force",
                "signed_us_on": self.today,
                "signed_client_on": self.today,
            }
        )
        return contract

    def _create_ready(self):
        order = self._create_booking(client_user_id=self.olga.id)
        return self._force_state(order, "accepted")

    def _confirm(self, order, user=None, reason=None):
        order.with_user(user or self.manager).action_move_to("confirmed", reason)

    def test_refused_above_the_limit(self):
        for _booking in range(2):
            self._confirm(self._create_ready())
        order = self._create_ready()
        with self._refused("over the credit limit"):
            self._confirm(order)
        self.assertEqual(order.booking_state, "accepted")
        # A manager's reason opens nothing.
        with self._refused("over the credit limit"):
            self._confirm(order, reason="Old friends")

    def test_a_head_says_why(self):
        for _booking in range(2):
            self._confirm(self._create_ready())
        order = self._create_ready()
        with self._refused("says why"):
            self._confirm(order, self.head)
        self._confirm(order, self.head, "They pay tomorrow.")
        self.assertEqual(order.booking_state, "confirmed")
        events = self.env["tour.booking.event"].search([("order_id", "=", order.id)])
        self.assertIn("They pay tomorrow.", events.mapped("comment"))

    def test_what_is_on_account_counts(self):
        for _booking in range(2):
            self._confirm(self._create_ready())
        self._top_up(5000)
        self._confirm(self._create_ready())

    def test_what_is_added_afterwards_counts(self):
        """A booking sold for little is not made dear, nor another client's."""
        orders = [self._create_ready() for _booking in range(2)]
        for order in orders:
            self._confirm(order)
        line = orders[1].order_line[:1].with_user(self.manager)
        price = line.price_unit
        line.price_unit = price + 1000
        with self._refused("over the credit limit"), self.env.cr.savepoint():
            line.price_unit = price + 100000
        self.assertEqual(line.price_unit, price + 1000)
        # To make it cheaper is always possible, and a head may do anything.
        line.with_user(self.head).price_unit = price + 100000
        line.price_unit = price + 90000
        other = self.env["res.partner"].create(
            {"name": "Free", "is_company": True, "tour_client_corporate": True}
        )
        order = self._create_booking(partner_id=other.id)
        self._force_state(order, "accepted")
        self._confirm(order)
        with self._refused("over the credit limit"), self.env.cr.savepoint():
            order.with_user(self.manager).partner_id = self.client_company

    def test_warned_only(self):
        self.contract.credit_policy = "warn"
        for _booking in range(3):
            self._confirm(self._create_ready())

    def test_managers_do_not_lift_it(self):
        contract = self.contract.with_user(self.manager_all)
        with self.assertRaises(AccessError):
            contract.credit_policy = "warn"
        self.contract.with_user(self.head).credit_policy = "warn"
