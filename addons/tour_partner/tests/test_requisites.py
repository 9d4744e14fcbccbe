import doctest

from odoo.tests import BaseCase, Form, tagged

from odoo.addons.tour_partner import requisites

from .common import TourPartnerCommon


@tagged("post_install", "-at_install")
class TestRequisitesEngine(BaseCase):
    def test_examples_of_the_engine_hold(self):
        results = doctest.testmod(requisites)
        self.assertTrue(results.attempted)
        self.assertFalse(results.failed)


@tagged("post_install", "-at_install")
class TestRequisites(TourPartnerCommon):
    def test_sound_tax_ids_of_either_length_give_no_warning(self):
        for number in ("7701234560", "500100732259"):
            company = self._create_company("Sound", vat=number)
            self.assertFalse(company.tax_id_warning, number)

    def test_malformed_tax_id_warns_and_is_saved(self):
        company = self._create_company("Broken", vat="7701234561")
        self.assertIn("check digits", company.tax_id_warning)
        company.vat = "77012345"
        self.assertIn("as many characters", company.tax_id_warning)

    def test_tax_id_is_checked_by_the_rules_of_its_country(self):
        company = self._create_company(
            "Abroad", vat="7701234561", country_id=self.env.ref("base.us").id
        )
        self.assertNotIn("Russia", company.tax_id_warning or "")
        hungarian = self._create_company(
            "Hungarian", vat="12892312", country_id=self.env.ref("base.hu").id
        )
        self.assertFalse(hungarian.tax_id_warning)
        hungarian.vat = "12892313"
        self.assertIn("check digits", hungarian.tax_id_warning)

    def test_duplicate_warns_with_a_link_to_each_twin(self):
        first = self._create_company("First", vat="7701234560", kpp="770101001")
        second = self._create_company("Second", vat="7701234560", active=False)
        form = Form(self.env["res.partner"])
        form.name = "Third"
        form.country_id = self.russia
        form.vat = "7701 234560"
        for twin in first + second:
            self.assertIn(f'href="/odoo/res.partner/{twin.id}"', form.tax_id_warning)
        self.assertIn("KPP 770101001", form.tax_id_warning)
        self.assertIn("archived", form.tax_id_warning)
        third = form.save()
        self.assertEqual(third.vat, "7701234560")

    def test_contacts_of_a_company_are_not_its_twins(self):
        company = self._create_company("Company", vat="7701234560")
        person = self.env["res.partner"].create(
            {"name": "Person", "parent_id": company.id}
        )
        self.assertEqual(person.vat, "7701234560")
        self.assertFalse(company.tax_id_warning)
        self.assertFalse(person.tax_id_warning)

    def test_twins_are_named_up_to_five(self):
        for number in range(7):
            self._create_company(f"Twin {number}", vat="7701234560")
        company = self._create_company("Company", vat="7701234560")
        self.assertEqual(company.tax_id_warning.count("<a "), 5)
        self.assertIn("2 more", company.tax_id_warning)

    def test_name_of_a_twin_is_escaped(self):
        self._create_company("<b>Bold & Co</b>", vat="7701234560")
        company = self._create_company("Company", vat="7701234560")
        self.assertIn("&lt;b&gt;Bold &amp; Co", company.tax_id_warning)

    def test_twins_of_another_company_stay_unknown(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_company("Secret", vat="7701234560", company_id=other.id)
        company = self._create_company("Company", vat="7701234560")
        manager = self.users["manager_own"]
        self.assertFalse(company.with_user(manager).tax_id_warning)

    def test_kpp_and_ogrn_are_checked_and_compacted(self):
        company = self._create_company(
            "Company", kpp="7701 01 001", ogrn="1027700132195"
        )
        self.assertEqual(company.kpp, "770101001")
        self.assertFalse(company.tax_id_warning)
        company.write({"kpp": "770101", "ogrn": "1027700132196"})
        self.assertIn("KPP 770101", company.tax_id_warning)
        self.assertIn("OGRN 1027700132196", company.tax_id_warning)

    def test_warnings_of_many_cost_one_query(self):
        companies = self.env["res.partner"].create(
            [
                {"name": f"Company {number}", "is_company": True, "vat": "7701234560"}
                for number in range(20)
            ]
        )
        companies.invalidate_recordset()
        # The companies and their countries, their twins, the twins' fields.
        with self.assertQueryCount(6):
            companies.mapped("tax_id_warning")

    def test_account_is_checked_against_the_bank(self):
        bank = self.env["res.bank"].create({"name": "Bank", "bic": "044525225"})
        account = self.env["res.partner.bank"].create(
            {
                "acc_number": "40702810200000000001",
                "bank_id": bank.id,
                "partner_id": self.client.id,
            }
        )
        self.assertFalse(account.account_warning)
        bank.bic = "044525593"
        self.assertIn("does not fit BIC 044525593", account.account_warning)
        bank.bic = "0445255"
        self.assertIn("BIC 0445255", account.account_warning)
        bank.bic = False
        self.assertFalse(account.account_warning)
        account.acc_number = "4070281020000000000"
        self.assertIn("20 digits", account.account_warning)

    def test_accounts_abroad_are_left_alone(self):
        self.client.country_id = self.env.ref("base.hu")
        account = self.env["res.partner.bank"].create(
            {"acc_number": "HU42117730161111101800000000", "partner_id": self.client.id}
        )
        self.assertFalse(account.account_warning)

    def test_phone_is_normalised_by_the_country(self):
        company = self._create_company("Company", phone="8 (495) 123-45-67")
        self.assertEqual(company.phone, "+7 495 123-45-67")
        company.write(
            {"phone": "(06 1) 429 1234", "country_id": self.env.ref("base.hu").id}
        )
        self.assertEqual(company.phone, "+36 1 429 1234")

    def test_phone_that_is_none_is_kept_as_typed(self):
        company = self._create_company("Company", phone="ask for Anna")
        self.assertEqual(company.phone, "ask for Anna")

    def test_one_phone_for_companies_of_two_countries(self):
        hungarian = self._create_company(
            "Hungarian", country_id=self.env.ref("base.hu").id
        )
        (self.client + hungarian).write({"phone": "+7 495 1234567"})
        self.assertEqual(self.client.phone, "+7 495 123-45-67")
        self.assertEqual(hungarian.phone, "+7 495 123-45-67")
