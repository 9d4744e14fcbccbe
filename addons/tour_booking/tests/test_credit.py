from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_partner.contract_states import MOVER

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestCredit(BookingCommon):
    """Bookings of 10,000 each, and a contract that gives 25,000 on credit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract(cls.client_company)

    @classmethod
    def _create_contract(cls, client, state="in_force", **values):
        contract = cls.env["tour.contract"].create(
            {
                "name": f"K-{client.id}-{state}",
                "partner_id": client.id,
                "date_from": cls._day(-30),
                "payment_kind": "credit",
                "credit_limit": 25000.0,
                **values,
            }
        )
        contract.with_context(tour_contract_mover=MOVER).write(
            {
                "state": state,
                "signed_us_on": cls._day(-30),
                "signed_client_on": cls._day(-30),
            }
        )
        return contract

    def _get_hint(self, order, user=None):
        # What a client owes by the books is read anew by each request.
        self.env.invalidate_all()
        hints = order.with_user(user or self.manager).booking_hints or []
        return next((h for h in hints if h["code"] == "over_credit"), None)

    def _sell(self, count=1, **values):
        orders = self.env["sale.order"]
        for _number in range(count):
            orders |= self._create_booking(**values)
        return self._force_state(orders, "booked")

    def _invoice(self, order):
        return order.with_context(raise_if_nothing_to_invoice=False)._create_invoices()

    def test_within_the_limit_nothing_is_said(self):
        self._sell()
        self.assertFalse(self._get_hint(self._create_booking()))

    def test_beyond_it_the_booking_says_by_how_much(self):
        self._sell(2)
        hint = self._get_hint(self._create_booking())
        self.assertEqual((hint["severity"], hint["line_id"]), ("danger", False))
        text = hint["text"].replace("\xa0", " ")
        for word in (
            self.client_company.name,
            self.contract.name,
            "5,000.00",
            "30,000.00",
            "25,000.00",
        ):
            self.assertIn(word, text)

    def test_sold_booking_counts_once(self):
        orders = self._sell(2)
        self.assertFalse(self._get_hint(orders[0]))
        orders = self._sell()
        self.assertIn("30,000.00", self._get_hint(orders)["text"])

    def test_invoices_count_until_they_are_paid(self):
        orders = self._sell(2)
        draft = self._create_booking()
        invoice = self._invoice(orders[0])
        self.assertIn("30,000.00", self._get_hint(draft)["text"])
        invoice.action_post()
        self.assertIn("30,000.00", self._get_hint(draft)["text"])
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertFalse(self._get_hint(draft))

    def test_whole_company_is_one_client(self):
        office = self.env["res.partner"].create(
            {"name": "Office", "parent_id": self.client_company.id}
        )
        self._sell(2, partner_id=office.id)
        self.assertTrue(self._get_hint(self._create_booking()))

    def test_only_a_contract_in_force_with_a_limit_counts(self):
        self._sell(2)
        draft = self._create_booking()
        for values in (
            {"state": "expired"},
            {"state": "in_force", "payment_kind": "prepaid"},
        ):
            self.contract.with_context(tour_contract_mover=MOVER).write(values)
            self.assertFalse(self._get_hint(draft), values)

    def test_what_is_over_says_nothing(self):
        self._sell(3)
        over = self._force_state(self._create_booking(), "cancelled")
        self.assertFalse(self._get_hint(over))

    def test_in_the_currency_of_the_contract(self):
        """A limit of 100 T at 100 to one is one of 10,000."""
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.01})],
            }
        )
        self.contract.with_context(tour_contract_mover=MOVER).write(
            {"currency_id": currency.id, "credit_limit": 100.0}
        )
        self.assertFalse(self._get_hint(self._create_booking()))
        self._sell()
        hint = self._get_hint(self._create_booking())
        self.assertIn("200.00", hint["text"])

    def test_other_companies_and_clients_do_not_count(self):
        other = self.env["res.partner"].create(
            {"name": "Other", "is_company": True, "tour_client_corporate": True}
        )
        self._sell(3, partner_id=other.id)
        self.assertFalse(self._get_hint(self._create_booking()))

    def test_clients_read_no_hints(self):
        self._sell(3)
        order = self._create_booking()
        self.assertNotIn("over the credit", str(order._client_view()))

    def test_the_same_number_of_queries_for_many(self):
        clients = self.env["res.partner"].create(
            [
                {"name": f"C{n}", "is_company": True, "tour_client_corporate": True}
                for n in range(6)
            ]
        )
        orders = self.env["sale.order"]
        for client in clients:
            self._create_contract(client, credit_limit=5000.0)
            orders |= self._create_booking(partner_id=client.id)
        counts = []
        # The first fills the registry's caches.
        for count in (2, 2, 6):
            self.env.flush_all()
            self.env.invalidate_all()
            part = orders[:count]
            part.mapped("amount_total")
            start = self.cr.sql_log_count
            self.assertEqual(len(part._get_credit_texts()), count)
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(*counts[1:])
