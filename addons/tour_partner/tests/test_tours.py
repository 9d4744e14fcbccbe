from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTours(HttpCase):
    def test_tax_id_is_checked_while_typing(self):
        self.env.company.country_id = self.env.ref("base.ru")
        new_test_user(self.env, "typist", groups="tour_partner.tour_group_manager_own")
        elder = self.env["res.partner"].create(
            {"name": "Elder Twin", "is_company": True, "vat": "7701234560"}
        )
        self.start_tour("/odoo/tour-clients/new", "tour_partner_tax_id", login="typist")
        younger = self.env["res.partner"].search([("name", "=", "Twin Ltd")])
        self.assertEqual(younger.vat, elder.vat)
        self.assertTrue(younger.is_tour_client)

    def test_contract_is_signed_by_both(self):
        new_test_user(self.env, "keeper", groups="tour_partner.tour_group_head")
        client = self._create_client()
        self.start_tour("/odoo/tour-contracts", "tour_partner_contract", login="keeper")
        contract = self.env["tour.contract"].search([("partner_id", "=", client.id)])
        self.assertEqual(contract.state, "in_force")
        self.assertEqual(contract.signed_us_by_id.login, "keeper")
        self.assertEqual(contract.signed_client_by, "Anna Bell")

    def test_contact_is_logged_in_two_clicks(self):
        new_test_user(self.env, "talker", groups="tour_partner.tour_group_manager_own")
        client = self._create_client()
        self.start_tour(
            f"/odoo/tour-clients/{client.id}", "tour_partner_contact", login="talker"
        )
        contact = self.env["tour.contact"].search([("partner_id", "=", client.id)])
        self.assertEqual(contact.user_id.login, "talker")
        self.start_tour(
            "/odoo/tour-contacts", "tour_partner_contact_log", login="talker"
        )

    def _create_client(self):
        return self.env["res.partner"].create(
            {
                "name": "Signing Client",
                "is_company": True,
                "tour_client_corporate": True,
            }
        )
