from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ROLES, TourPartnerCommon

RIGHTS = (
    "refund",
    "mass_regularisation",
    "past_transfer",
    "change_responsible",
    "delete_booking",
)
HEAD_RIGHTS = {"past_transfer", "change_responsible", "delete_booking"}


@tagged("post_install", "-at_install")
class TestAccess(TourPartnerCommon):
    def _has(self, role, group):
        return self.users[role].has_group(f"tour_partner.tour_group_{group}")

    def test_every_role_is_staff(self):
        for role in ROLES:
            self.assertTrue(self._has(role, "staff"), role)
        self.assertFalse(self.client_user.has_group("tour_partner.tour_group_staff"))

    def test_roles_of_bookings_include_those_below(self):
        self.assertTrue(self._has("head", "manager_all"))
        self.assertTrue(self._has("manager_all", "manager_own"))
        self.assertFalse(self._has("manager_own", "manager_all"))
        self.assertFalse(self._has("manager_all", "head"))
        for role in ("director", "accountant", "hotel_editor"):
            self.assertFalse(self._has(role, "manager_own"), role)

    def test_separate_rights_of_each_role(self):
        expected = dict.fromkeys(ROLES, set())
        expected["head"] = HEAD_RIGHTS
        expected["admin"] = set(RIGHTS)
        for role in ROLES:
            has = {right for right in RIGHTS if self._has(role, f"right_{right}")}
            self.assertEqual(has, expected[role], role)

    def test_administrator_has_all_roles(self):
        admin = self.env.ref("base.user_admin")
        for role in ROLES:
            self.assertTrue(admin.has_group(f"tour_partner.tour_group_{role}"))

    def test_who_enters_companies(self):
        may = {
            role
            for role in ROLES
            if self.client.with_user(self.users[role]).has_access("write")
        }
        self.assertEqual(may, set(ROLES) - {"director"})

    def test_who_keeps_groups_of_companies(self):
        group = self.env["tour.company.group"].create({"name": "Steel"})
        may = {operation: set() for operation in ("read", "write", "create", "unlink")}
        for operation, roles in may.items():
            for role in ROLES:
                if group.with_user(self.users[role]).has_access(operation):
                    roles.add(role)
        managers = {"manager_all", "head", "admin"}
        self.assertEqual(may["read"], set(ROLES))
        self.assertEqual(may["write"], managers)
        self.assertEqual(may["create"], managers)
        self.assertEqual(may["unlink"], {"head", "admin"})

    def test_clients_see_no_groups_of_companies(self):
        with self.assertRaises(AccessError):
            self.env["tour.company.group"].with_user(self.client_user).search([])

    def test_group_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        group = self.env["tour.company.group"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        found = self.env["tour.company.group"].with_user(self.users["head"]).search([])
        self.assertNotIn(group, found)

    def test_menus_of_each_role(self):
        config = self.env.ref("tour_partner.tour_menu_config").id
        users = self.env.ref("tour_partner.tour_menu_config_users").id
        root = self.env.ref("tour_partner.tour_menu_root").id
        for role in ROLES:
            menus = self.env["ir.ui.menu"].with_user(self.users[role])
            visible = menus._visible_menu_ids()
            self.assertIn(root, visible, role)
            # A head sees it as soon as an add-on puts something there for him.
            if role not in ("head", "admin"):
                self.assertNotIn(config, visible, role)
            self.assertEqual(users in visible, role == "admin", role)

    def test_each_role_opens_the_lists_and_the_form(self):
        for role in ROLES:
            partner = self.env["res.partner"].with_user(self.users[role])
            for name in ("clients", "suppliers", "companies"):
                action = self.env.ref(f"tour_partner.res_partner_action_{name}")
                views = [(view.view_id.id, view.view_mode) for view in action.view_ids]
                views.append((action.search_view_id.id, "search"))
                answer = partner.get_views(views)
                fields = answer["models"]["res.partner"]["fields"]
                self.assertIn("tour_supplier", fields)
            self.client.with_user(self.users[role]).web_read(
                {"tax_id_warning": {}, "tour_user_count": {}, "tour_bill_count": {}}
            )
