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
