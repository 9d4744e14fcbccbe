import json
from ast import literal_eval
from pathlib import Path

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

HOMES = {
    "manager_own": ("tour.today", None),
    "manager_all": ("tour.today", None),
    "head": ("tour.today", None),
    "director": ("sale.order", "search_default_open"),
    "accountant": ("tour.today", None),
    "hotel_editor": ("tour.hotel", None),
    "admin": ("tour.today", None),
    "staff": ("res.partner", None),
}


@tagged("post_install", "-at_install")
class TestSuite(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"suite_{role}",
                groups=f"tour_partner.tour_group_{role}",
                context={"no_reset_password": True},
            )
            for role in HOMES
        }

    def test_the_whole_suite_is_installed(self):
        """All but bridges, which come by themselves with what they lead to, and what
        needs Odoo's website, which stands beside the suite."""
        addons = Path(__file__).parents[2]
        manifests = {
            path.parent.name: literal_eval(path.read_text())
            for path in addons.glob("tour*/__manifest__.py")
        }
        names = [
            name
            for name, manifest in manifests.items()
            if not manifest.get("auto_install")
            and not any(on.startswith("website") for on in manifest["depends"])
        ]
        states = self.env["ir.module.module"].search([("name", "in", names)])
        self.assertEqual(
            sorted(states.filtered(lambda it: it.state == "installed").mapped("name")),
            sorted(names),
        )

    def test_no_field_is_two_add_ons_own(self):
        """A name that two add-ons use, neither of which knows the other, is one field
        with two meanings: each field has one add-on that all others stand on."""
        below = {}
        for module in self.env["ir.module.module"].search([("name", "like", "tour")]):
            names = module.upstream_dependencies(exclude_states=("",)).mapped("name")
            below[module.name] = set(names)
        rows = self.env["ir.model.data"].search([("model", "=", "ir.model.fields")])
        for name, data in rows.grouped("name").items():
            owners = set(data.mapped("module"))
            if owners <= set(below):
                lowest = min(owners, key=lambda owner: len(below[owner]))
                strangers = [it for it in owners - {lowest} if lowest not in below[it]]
                self.assertFalse(strangers, f"{name} of {lowest}")

    def test_home_of_each_role(self):
        for role, (model, filter_name) in HOMES.items():
            action = (
                self.env.ref("tour.tour_home_action").with_user(self.users[role]).run()
            )
            self.assertEqual(action["res_model"], model, role)
            if filter_name:
                self.assertIn(filter_name, action["context"], role)
                self._check_filter(action, filter_name)

    def test_who_gets_a_role_starts_in_tour(self):
        home = self.env.ref("tour.tour_home_action")
        for role, user in self.users.items():
            self.assertEqual(user.action_id.id, home.id, role)
        clerk = new_test_user(self.env, "suite_clerk", groups="base.group_user")
        chooser = new_test_user(self.env, "suite_chooser", groups="base.group_user")
        self.assertFalse(clerk.action_id)
        chosen = self.env.ref("tour_booking.sale_order_action_booking")
        chooser.action_id = chosen.id
        role = self.env.ref("tour_partner.tour_group_manager_own")
        (clerk + chooser).write({"group_ids": [Command.link(role.id)]})
        self.assertEqual(clerk.action_id.id, home.id)
        self.assertEqual(chooser.action_id.id, chosen.id)
        # He takes it off: it does not come again.
        clerk.action_id = False
        head = self.env.ref("tour_partner.tour_group_head")
        clerk.write({"group_ids": [Command.link(head.id)]})
        self.assertFalse(clerk.action_id)

    def test_the_system_s_administrator_keeps_his_home(self):
        user = new_test_user(
            self.env,
            "suite_system",
            groups="base.group_system,tour_partner.tour_group_admin",
        )
        self.assertFalse(user.action_id)

    def test_home_without_today(self):
        """Where the list is not there, a manager starts with what is to be treated."""
        self.env["ir.model.data"].search(
            [("module", "=", "tour_desk"), ("name", "=", "tour_today_action")]
        ).unlink()
        home = self.env.ref("tour.tour_home_action")
        for role, filter_name in (("manager_own", "to_treat"), ("accountant", None)):
            action = home.with_user(self.users[role]).run()
            self.assertEqual(action["res_model"], "sale.order", role)
            if filter_name:
                self.assertIn(f"search_default_{filter_name}", action["context"])
                self._check_filter(action, f"search_default_{filter_name}")

    def _check_filter(self, action, name):
        view = self.env["ir.ui.view"].browse(action["search_view_id"][0])
        name = name.removeprefix("search_default_")
        self.assertIn(f'name="{name}"', view.arch)

    def test_each_role_opens_each_of_his_menus(self):
        root = self.env.ref("tour_partner.tour_menu_root")
        for role, user in self.users.items():
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            opened = self._open_menus(user, menus, menus[root.id])
            self.assertGreater(opened, 3, role)

    def _open_menus(self, user, menus, menu):
        opened = 0
        if menu["action_id"]:
            self._open(user, menu["action_model"], menu["action_id"])
            opened += 1
        for child in menu["children"]:
            opened += self._open_menus(user, menus, menus[child])
        return opened

    def _open(self, user, model, action_id):
        """Do what the web client does: load views, and the first page of a list."""
        action = self.env[model].with_user(user).browse(action_id).sudo().read()[0]
        if action["type"] == "ir.actions.server":
            action = self.env[model].with_user(user).browse(action_id).run()
        if action["type"] != "ir.actions.act_window":
            return
        records = self.env[action["res_model"]].with_user(user)
        views = [
            *((view_id, mode) for view_id, mode in action["views"] if mode != "form"),
            (False, "form"),
            (action["search_view_id"] and action["search_view_id"][0], "search"),
        ]
        records.get_views([list(view) for view in views])
        if not records._transient:
            records.search([], limit=1)

    def test_logins_are_for_the_demo_only(self):
        with (Path(__file__).parents[1] / "demo" / "logins.json").open() as file:
            logins = json.load(file)
        for who in logins:
            self.assertEqual(set(who), {"role", "login", "password"})
        roles = self.env["res.users"].search(
            [("login", "in", [who["login"] for who in logins])]
        )
        if not self.env.ref("tour.demo_user_manager", raise_if_not_found=False):
            self.assertEqual(roles.mapped("login"), ["admin"])

    def test_who_has_no_role_copies_what_is_odoos(self):
        """What only our staff may read is in the way of nobody's contact or order."""
        seller = new_test_user(
            self.env,
            "suite_seller",
            groups="sales_team.group_sale_salesman,base.group_partner_manager,"
            "account.group_account_invoice",
        )
        product = self.env["product.product"].create(
            {"name": "Map", "type": "service", "invoice_policy": "order"}
        )
        partner = self.env["res.partner"].with_user(seller).create({"name": "Metran"})
        order = partner.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_confirm()
        invoice = order._create_invoices()
        for record in (partner, order, invoice):
            with self.subTest(model=record._name):
                self.assertTrue(record.copy())
