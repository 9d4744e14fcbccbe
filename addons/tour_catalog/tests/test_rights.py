from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CatalogCommon

CATALOG = ("category", "service", "field", "picture")


@tagged("post_install", "-at_install")
class TestRights(CatalogCommon):
    def _rights(self, model, user):
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in zip(
                "crwd", ("create", "read", "write", "unlink"), strict=True
            )
            if records.has_access(operation)
        )

    def test_who_keeps_the_catalogue(self):
        staff = self._create_staff("staff", "staff")
        expected = {
            self.head: "crwd",
            self.admin: "crwd",
            self.manager: "r",
            self.accountant: "r",
            self.director: "r",
            staff: "r",
            self.olga: "",
            self.curator: "",
        }
        for name in CATALOG:
            for user, rights in expected.items():
                self.assertEqual(
                    self._rights(f"tour.catalog.{name}", user),
                    rights,
                    (name, user.name),
                )

    def test_who_answers_questions(self):
        expected = {
            self.manager: "rw",
            self.head: "rw",
            self.accountant: "r",
            self.director: "r",
            self.olga: "",
        }
        for user, rights in expected.items():
            self.assertEqual(self._rights("tour.catalog.question", user), rights)
            self.assertEqual(
                self._rights("tour.catalog.make", user),
                "crwd" if "w" in rights else "",
            )

    def test_clients_get_access_errors_only(self):
        """Also of what does not exist, and of public methods."""
        question = self._ask()
        for model, record in (
            ("tour.catalog.service", self.lounge),
            ("tour.catalog.category", self.airport),
            ("tour.catalog.field", self.lounge.field_ids[0]),
            ("tour.catalog.question", question),
        ):
            for ids in (record.ids, [2**31 - 1]):
                own = self.env[model].with_user(self.olga).browse(ids)
                for act in (
                    lambda own=own: own.read(["id"]),
                    lambda own=own: own.write({"active": False}),
                    lambda own=own: own.write({"name": "x"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.copy(),
                    lambda own=own: own.create({}),
                    lambda own=own: own.search([]),
                ):
                    with self.assertRaises(AccessError):
                        act()
        for record, names in (
            (self.lounge, ("action_view_orders", "action_view_questions")),
            (self.airport, ("action_view_services",)),
            (
                question,
                (
                    "action_answer",
                    "action_close",
                    "action_reopen",
                    "action_order",
                    "action_open_booking",
                ),
            ),
        ):
            own = record.sudo(False).with_user(self.olga)
            for name in names:
                for each in (own, own.browse(2**31 - 1)):
                    with self.assertRaises(AccessError, msg=name):
                        getattr(each, name)()

    def test_managers_answer_own_and_unassigned_questions(self):
        free, taken = self._ask("a"), self._ask("b")
        taken.with_user(self.head).sudo(False).user_id = self.head
        seen = self.env["tour.catalog.question"].with_user(self.manager).search([])
        self.assertIn(free.sudo(False), seen)
        self.assertNotIn(taken.sudo(False), seen)
        with self.assertRaises(AccessError):
            taken.sudo(False).with_user(self.manager).action_close()
        seen = self.env["tour.catalog.question"].with_user(self.manager_all).search([])
        self.assertIn(taken.sudo(False), seen)

    def test_questions_of_colleagues_are_not_shown(self):
        self._ask(user=self.boris)
        for user in (self.olga, self.curator):
            own = self.env["tour.catalog.question"].with_user(user)._get_own()
            self.assertFalse(own)

    def test_nobody_writes_what_was_ordered(self):
        line = self._order_lounge()
        for user in (self.manager_all, self.head, self.admin):
            own = line.sudo(False).with_user(user)
            for values in (
                {"catalog_answers": []},
                {"catalog_service_id": self.visa.id},
                {"catalog_prepaid": True},
            ):
                with self.assertRaises(AccessError):
                    own.write(values)

    def test_the_client_reads_no_field_of_it(self):
        line = self._order_lounge().sudo(False).with_user(self.olga)
        for name in (
            "catalog_service_id",
            "catalog_answers",
            "catalog_prepaid",
            "catalog_payment_state",
            "catalog_answers_html",
        ):
            with self.assertRaises(AccessError):
                line.read([name])

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._create_service("Other", company_id=company.id)
        seen = self.env["tour.catalog.service"].with_user(self.head).search([])
        self.assertNotIn(other, seen)
        self.assertIn(self.lounge, seen)

    def test_salespeople_copy_ordinary_orders(self):
        seller = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "user_id": seller.id,
                "order_line": [(0, 0, {"product_id": self.visa.product_id.id})],
            }
        )
        copy = order.with_user(seller).copy()
        self.assertEqual(len(copy.order_line), 1)
