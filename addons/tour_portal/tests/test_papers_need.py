from odoo.tests import tagged

from odoo.addons.tour_agreement.tests.test_agreement import AgreementCommon


@tagged("post_install", "-at_install")
class TestPaperNeed(AgreementCommon):
    def _needs(self, user):
        needs = self.env["tour.portal.need"].with_user(user)._get_needs()
        return [need for need in needs if need["kind"] == "paper"]

    def test_papers_to_confirm(self):
        (need,) = self._needs(self.client_user)
        self.assertEqual(need["url"], self.order._get_tour_path())
        self.assertEqual(need["order_id"], self.order.id)
        for paper in self.papers:
            self.assertIn(paper.display_name, need["text"])
        self.assertFalse(self._needs(self.other_user))
        self._agree(self.contract)
        (need,) = self._needs(self.client_user)
        self.assertNotIn(self.contract.display_name, need["text"])
        self._agree(self.sheet)
        self.assertFalse(self._needs(self.client_user))

    def test_papers_that_are_not_open_yet(self):
        self.papers.access = "staff"
        self.assertFalse(self._needs(self.client_user))
