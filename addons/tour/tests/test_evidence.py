from odoo.tests import tagged

from odoo.addons.tour_evidence.tests.common import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidence(EvidenceCommon):
    """What comes into the evidence of add-ons that may be installed without it."""

    def test_payment_orders(self):
        content = [("orders.pdf", b"%PDF-1.4")]
        file = self.env["tour.payment.order.file"]._receive(self.company, content)
        orders = self.env["tour.payment.order"]._as_mover()
        orders.create(
            {
                "file_id": file.id,
                "identity": "15",
                "number": "15",
                "date": "2026-10-05",
                "amount": 12800,
                "payee_tax_id": "7707083893",
                "purpose": "@Stay",
                "is_executed": True,
                "state": "attached",
                "order_id": self.order.id,
            }
        )
        table = self._read_money(self.director)["money/Payment orders.csv"]
        row = table.splitlines()[1]
        self.assertIn("15,2026-10-05,12800.00,", row)
        self.assertIn(",7707083893,'@Stay,yes,", row)
