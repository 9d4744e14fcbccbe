from datetime import date

from odoo import Command
from odoo.tests import tagged

from odoo.addons.tour_link.tests.common import LinkCommon


@tagged("post_install", "-at_install")
class TestProposal(LinkCommon):
    def _propose(self, **values):
        """What the page does, as nobody."""
        link, token = self._make_supplier_link()
        public = self.env.ref("base.public_user")
        link = self.env["tour.link"].with_user(public)._find(token)
        link._answer("proposed", {"text": "A day later", **values})
        return self.env["tour.change"].search([("order_id", "=", self.order.id)])

    def test_proposal_becomes_a_change(self):
        change = self._propose(
            date_from=date(2026, 10, 6), date_to=date(2026, 10, 8), price=15000.5
        )
        self.assertRecordValues(
            change,
            [
                {
                    "kind": "change",
                    "origin": "supplier",
                    "state": "asked",
                    "by_client": False,
                    "user_id": self.manager.id,
                }
            ],
        )
        self.assertIn("A day later", change.comment)
        self.assertRecordValues(
            change.line_ids,
            [
                {
                    "line_id": self.stay.id,
                    "date_from": date(2026, 10, 6),
                    "date_to": date(2026, 10, 8),
                    "supplier_price_total": 15000.5,
                    "price_unit": self.stay.price_unit,
                }
            ],
        )
        # It is the change that waits now, and not the answer as well.
        answer = self.env["tour.supplier.answer"].search(
            [("order_id", "=", self.order.id)]
        )
        self.assertRecordValues(answer, [{"state": "treated", "treated_by_id": False}])
        # Nothing is changed before somebody applies it.
        self.assertEqual(self.stay.date_from, date(2026, 10, 5))

    def test_of_several_services_the_words_only(self):
        self.order.order_line = [
            Command.create(self._prepare_transfer(supplier_id=self.supplier.id))
        ]
        change = self._propose(date_from=date(2026, 10, 6))
        self.assertEqual(change.line_ids.line_id, self.order.order_line)
        for line in change.line_ids:
            self.assertEqual(line.date_from, line.line_id.date_from)

    def test_other_answers_make_none(self):
        link, _token = self._make_supplier_link()
        link._answer("refused", {"text": "Full"})
        self.assertFalse(
            self.env["tour.change"].search([("order_id", "=", self.order.id)])
        )
