from odoo.addons.tour_bill.tests.common import BillCommon


class MatchCommon(BillCommon):
    """Bookings whose services the supplier bills for sums that tests say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write(
            {"tour_bill_match_percent": 0.5, "tour_bill_match_amount": 10}
        )
        # One more booking of the same sum would only be in the way.
        cls._force_state(cls.booking, "cancelled")
        cls.booking = cls._create_due(10000)
        cls.service = cls.booking.order_line

    @classmethod
    def _create_due(cls, *dues, user=None, guests=(), **values):
        """A booking with a service for each of these sums that are due."""
        stays = [cls._stay(guests=guests) for _due in dues]
        booking = cls._create_sold(*stays, **values)
        for line, due in zip(booking.order_line, dues, strict=True):
            line.supplier_due = due
        return booking

    @classmethod
    def _bill(cls, amount, *bookings, number="77", **values):
        """A bill that the manager prepared."""
        bookings = bookings or (cls.booking,)
        return cls._create_prepared(
            f"bill {number} {amount}".encode(),
            booking=bookings[0],
            amount=amount,
            ref=number,
            order_ids=[(6, 0, [booking.id for booking in bookings])],
            **values,
        )

    def _matches(self, bill):
        return bill.sudo().tour_bill_match_ids.sorted("id")

    def assertBilling(self, record, state, billed, difference):
        self.assertEqual(record.supplier_billing_state, state)
        self.assertAlmostEqual(record.supplier_billed_amount, billed)
        self.assertAlmostEqual(record.supplier_billing_difference, difference)
