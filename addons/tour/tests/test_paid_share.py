"""What two add-ons that do not know each other do together."""

from odoo.tests import tagged

from odoo.addons.tour_bill_correction.tests.test_paid_share import PaidShareCommon


@tagged("post_install", "-at_install")
class TestPaidShareMatched(PaidShareCommon):
    def test_what_was_accepted_counts(self):
        """12,000 of the bill for the one of 15,000, the other 8,000 for that of 5,000:
        of which a half is paid."""
        bill = self._bill_both()
        self._pay(bill, 10000.0)
        bill = bill.sudo()
        mover = bill.tour_bill_match_ids._as_matcher()
        mover.unlink()
        mover.create(
            {
                "move_id": bill.id,
                "service_id": self.three.order_line.id,
                "amount": 12000.0,
                "state": "accepted",
            }
        )
        self.assertEqual(self._get_shares(), [0.4, 0.8])
