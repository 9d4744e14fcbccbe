import doctest

from odoo.tests import tagged

from .. import paid_shares
from .common import BillCorrectionCommon


class PaidShareCommon(BillCorrectionCommon):
    """A booking of 15,000 and one of 5,000, and how much of each was paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.three = cls._create_stay(3)
        cls.one = cls._create_stay(1)

    def _get_shares(self):
        return [
            order.order_line.sudo()._get_supplier_paid_share()
            for order in (self.three, self.one)
        ]

    def _pay(self, bill, amount, confirm=True):
        self._act(bill, "to_director", self.accountant)
        self._act(bill, "approve", self.director, amount=amount)
        bill.with_user(self.accountant).action_order_bill()
        if confirm:
            bill.with_user(self.accountant).action_confirm_bill()

    def _bill_both(self, amount=20000.0):
        return self._create_handed(
            b"both",
            booking=self.three,
            ref="B-9",
            amount=amount,
            order_ids=[(6, 0, (self.three | self.one).ids)],
        )


@tagged("post_install", "-at_install")
class TestPaidShare(PaidShareCommon):
    def test_doctests(self):
        self.assertEqual(doctest.testmod(paid_shares).failed, 0)

    def test_one_bill_of_two_bookings(self):
        """A half of 20,000 for 15,000 and 5,000 is a half of each."""
        bill = self._bill_both()
        self.assertEqual(self._get_shares(), [0.0, 0.0])
        self._pay(bill, 10000.0)
        self.assertEqual(self._get_shares(), [0.5, 0.5])

    def test_what_is_ordered_is_not_paid(self):
        bill = self._bill_both()
        self._pay(bill, 20000.0, confirm=False)
        self.assertEqual(self._get_shares(), [0.0, 0.0])
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(self._get_shares(), [1.0, 1.0])

    def test_a_deposit_is_a_part_of_what_is_due(self):
        """3,000 of 15,000, though the bill is paid whole."""
        bill = self._create_ordered(
            b"deposit", booking=self.three, ref="B-8", amount=3000.0
        )
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(self._get_shares(), [0.2, 0.0])

    def test_only_what_was_paid_comes_back(self):
        """10,000 of 15,000 are paid; a stay of one night is 5,000: 5,000 are owed."""
        bill = self._create_handed(
            b"part", booking=self.three, ref="B-7", amount=15000.0
        )
        self._pay(bill, 10000.0)
        self._change(self.three, 1)
        self.assertOwed(self.three.overpayment_ids, "open", 5000.0)

    def test_queries_do_not_grow_with_services(self):
        many = self._create_booking(
            *[
                self._stay(supplier_id=self.supplier.id, date_to=self._day(4))
                for _number in range(6)
            ]
        )
        for order, ref in ((self.three, "C-1"), (many, "C-6")):
            bill = self._create_ordered(
                ref.encode(), booking=order, ref=ref, amount=15000.0
            )
            bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(self._count_queries(self.three), self._count_queries(many))

    def _count_queries(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        paid = order.sudo()._get_supplier_payments()
        self.assertTrue(paid)
        return self.env.cr.sql_log_count - before
