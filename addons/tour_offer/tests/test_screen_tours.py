from odoo.tests import HttpCase, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestScreenTours(OfferCommon, HttpCase):
    def test_manager_makes_and_sends_an_offer(self):
        self.start_tour(
            "/odoo/tour-offers",
            "tour_offer_manager",
            login=self.manager.login,
            timeout=120,
        )
        offer = self.env["tour.offer"].search(
            [("partner_id", "=", self.client_company.id)]
        )
        self.assertEqual(offer.state, "sent")
        self.assertEqual(offer.user_id, self.manager)
        self.assertEqual(offer.variant_ids.mapped("amount_total"), [10000, 10000])

    def test_client_accepts_on_the_page(self):
        offer = self._mark_sent(self._create_offer())
        self.start_tour(
            f"/offer/{self._get_token(offer)}", "tour_offer_client", timeout=120
        )
        self.assertEqual(offer.state, "accepted")
        self.assertTrue(offer.seen_on)
        self.assertEqual(offer.order_ids.amount_total, 14000)

    def test_client_declines_on_the_page(self):
        offer = self._mark_sent(self._create_offer())
        self.start_tour(
            f"/offer/{self._get_token(offer)}", "tour_offer_decline", timeout=120
        )
        self.assertEqual(offer.answer_reason, "Too far")
