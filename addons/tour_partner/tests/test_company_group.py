from psycopg2.errors import UniqueViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TourPartnerCommon

DEFINITION = [
    {"name": "badge", "string": "Badge number", "type": "char"},
    {"name": "trip", "string": "Trip", "type": "integer"},
]


@tagged("post_install", "-at_install")
class TestCompanyGroup(TourPartnerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["tour.company.group"].create({"name": "Steel"})

    def test_head_enters_a_group_with_its_companies(self):
        form = Form(self.env["tour.company.group"].with_user(self.users["manager_all"]))
        form.name = "Oil"
        group = form.save()
        self.client.company_group_id = group
        self.assertEqual(group.partner_ids, self.client)
        self.assertEqual(group.partner_count, 1)
        action = group.action_view_partners()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.client)

    def test_guest_fields_are_edited_on_the_group(self):
        values = [{**definition, "value": False} for definition in DEFINITION]
        values[0]["definition_changed"] = True
        self.group.sample_guest_properties = values
        saved = self.group.guest_properties_definition
        self.assertEqual([field["string"] for field in saved], ["Badge number", "Trip"])

    def test_copy_of_a_group_has_its_own_fields(self):
        self.group.guest_properties_definition = DEFINITION
        copy = self.group.copy({"name": "Copy"})
        self.assertEqual(copy.sample_group_id, copy)
        copy.guest_properties_definition = DEFINITION[:1]
        self.assertEqual(len(self.group.guest_properties_definition), 2)

    def test_companies_are_grouped_by_group(self):
        self.client.company_group_id = self.group
        groups = self.env["res.partner"]._read_group(
            [("id", "in", (self.client + self.supplier).ids)],
            ["company_group_id"],
            ["__count"],
        )
        self.assertEqual(dict(groups)[self.group], 1)

    @mute_logger("odoo.sql_db")
    def test_two_groups_of_one_name_are_refused(self):
        with self.assertRaises(UniqueViolation):
            self.env["tour.company.group"].create({"name": "Steel"})
