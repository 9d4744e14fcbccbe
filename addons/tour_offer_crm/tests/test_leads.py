from odoo.tests import tagged

from odoo.addons.tour_offer.tests.common import OfferCommon


@tagged("post_install", "-at_install")
class TestLeads(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["res.partner"].create(
            {"name": "Anna Bell", "parent_id": cls.client_company.id}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Trip to Lyon",
                "partner_id": cls.person.id,
                "user_id": cls.manager.id,
            }
        )

    def test_new_offer_is_for_the_company_of_the_lead(self):
        action = self.lead.with_user(self.manager).action_new_offer()
        self.assertEqual(
            action["context"],
            {
                "default_lead_id": self.lead.id,
                "default_partner_id": self.client_company.id,
                "default_contact_id": self.person.id,
                "default_user_id": self.manager.id,
            },
        )
        offer = self._create_offer(lead_id=self.lead.id)
        self.assertEqual(self.lead.offer_count, 1)
        action = self.lead.with_user(self.manager).action_view_offers()
        self.assertEqual(self.env["tour.offer"].search(action["domain"]), offer)

    def test_accepted_offer_wins_the_lead(self):
        offer = self._create_offer(lead_id=self.lead.id)
        self._mark_sent(offer)
        offer._accept_online(1, "Anna Bell")
        self.assertEqual(self.lead.probability, 100)

    def test_screens(self):
        for model in ("crm.lead", "tour.offer"):
            views = self.env[model].with_user(self.manager).get_views([(False, "form")])
            self.assertIn(
                "offer" if model == "crm.lead" else "lead_id",
                views["views"]["form"]["arch"],
            )
