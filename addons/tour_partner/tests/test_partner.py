from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import TourPartnerCommon


@tagged("post_install", "-at_install")
class TestPartner(TourPartnerCommon):
    def test_agent_or_corporate_is_a_client(self):
        company = self._create_company("Company")
        self.assertFalse(company.is_tour_client)
        company.tour_client_agent = True
        self.assertTrue(company.is_tour_client)
        company.write({"tour_client_agent": False, "tour_supplier": True})
        self.assertFalse(company.is_tour_client)
        company.tour_client_corporate = True
        self.assertRecordValues(
            company, [{"is_tour_client": True, "tour_supplier": True}]
        )

    def test_actions_show_their_kind_and_preset_it(self):
        for name, present, absent in (
            ("res_partner_action_clients", self.client, self.supplier),
            ("res_partner_action_suppliers", self.supplier, self.client),
        ):
            action = self.env.ref(f"tour_partner.{name}")
            found = self.env["res.partner"].search(safe_eval(action.domain))
            self.assertIn(present, found)
            self.assertNotIn(absent, found)

    def test_consignee_is_a_child_of_its_own_type(self):
        consignee = self.env["res.partner"].create(
            {
                "name": "Warehouse",
                "parent_id": self.client.id,
                "type": "consignee",
                "kpp": "770145001",
            }
        )
        self.client.kpp = "770101001"
        self.assertEqual(self.client.consignee_ids, consignee)
        self.assertEqual(self.client.consignee_count, 1)
        self.assertEqual(consignee.kpp, "770145001")
        self.assertEqual(consignee.commercial_partner_id, self.client)

    def test_form_of_a_company_takes_consignees(self):
        with Form(self.client) as form, form.consignee_ids.new() as line:
            line.name = "Warehouse"
        self.assertEqual(self.client.consignee_ids.type, "consignee")

    def test_button_counts_users_of_the_company(self):
        self._create_client_user("second_user", self.client)
        self.assertEqual(self.client.tour_user_count, 2)
        action = self.client.action_view_tour_users()
        people = self.env["res.partner"].search(action["domain"])
        self.assertEqual(
            people.user_ids.mapped("login"), ["client_user", "second_user"]
        )

    def test_counts_of_many_companies_cost_as_much_as_of_one(self):
        companies = self.client + self.supplier
        for number in range(10):
            companies += self._create_company(f"Company {number}")
        self.env.flush_all()
        self.env.invalidate_all()
        # One for the users, one for the consignees.
        with self.assertQueryCount(2):
            companies.mapped("tour_user_count")
            companies.mapped("consignee_count")

    def test_manager_names_a_curator(self):
        contact = self.client_user.partner_id.with_user(self.users["manager_own"])
        contact.is_curator = True
        self.assertTrue(self.client_user.is_curator)
        contact.is_curator = False
        self.assertFalse(self.client_user.is_curator)

    def test_contact_without_login_is_no_curator(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.client.id}
        )
        with self.assertRaisesRegex(UserError, "no portal user"):
            contact.is_curator = True

    def test_editor_of_hotels_names_no_curator(self):
        contact = self.client_user.partner_id.with_user(self.users["hotel_editor"])
        with self.assertRaises(AccessError):
            contact.is_curator = True

    def test_staff_user_is_made_no_curator_through_his_contact(self):
        contact = self.users["director"].partner_id
        with self.assertRaisesRegex(UserError, "no portal user"):
            contact.with_user(self.users["admin"]).is_curator = True

    def test_logins_are_for_staff(self):
        contact = self.client_user.partner_id
        self.assertEqual(
            contact.with_user(self.users["director"]).tour_login, "client_user"
        )
        with self.assertRaises(AccessError):
            contact.with_user(self.client_user).read(["tour_login"])
