from odoo.tests import tagged

from .common import CatalogCommon

SCREENS = {
    "tour.catalog.service": ("kanban", "list", "form", "search"),
    "tour.catalog.category": ("kanban", "list", "form", "search"),
    "tour.catalog.question": ("kanban", "list", "form", "search"),
}


@tagged("post_install", "-at_install")
class TestScreens(CatalogCommon):
    """Each role opens each screen that it has, and reads all that is on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls._create_staff("staff", "staff")
        cls.editor = cls._create_staff("editor", "hotel_editor")

    def _open(self, model, user, views=("kanban", "list", "form"), ids=None, **context):
        records = self.env[model].with_user(user).with_context(**context)
        for kind in views:
            view = records.get_view(ids and ids.get(kind), kind)
            models = dict(view["models"])
            fields = models[model]
            specification = {
                name: {"fields": {"display_name": {}}}
                if records._fields[name].relational
                else {}
                for name in fields
                if name in records._fields and records._fields[name].type != "reference"
            }
            if kind != "search":
                records.web_search_read([], specification, limit=10)

    def test_catalogue_for_all_staff(self):
        self._ask()
        self._order_lounge()
        for user in (
            self.staff,
            self.editor,
            self.manager,
            self.head,
            self.accountant,
            self.director,
            self.admin,
        ):
            for model in ("tour.catalog.service", "tour.catalog.category"):
                self._open(model, user, SCREENS[model])

    def test_questions_and_orders(self):
        self._ask()
        self._order_lounge()
        view = self.env.ref("tour_catalog.sale_order_line_view_list_catalog")
        for user in (self.manager, self.head, self.accountant, self.director):
            self._open("tour.catalog.question", user, SCREENS["tour.catalog.question"])
            self._open("sale.order.line", user, ("list",), {"list": view.id})

    def test_actions_lead_to_records(self):
        line = self._order_lounge().sudo(False)
        question = self._ask().sudo(False)
        lounge = self.lounge.with_user(self.head)
        action = lounge.action_view_orders()
        found = self.env[action["res_model"]].with_user(self.head)
        self.assertEqual(found.search(action["domain"]), line)
        action = lounge.action_view_questions()
        found = self.env[action["res_model"]].with_user(self.head)
        self.assertEqual(found.search(action["domain"]), question)
        action = self.airport.with_user(self.head).action_view_services()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.lounge)
        action = line.with_user(self.manager_all).action_open_catalog_booking()
        self.assertEqual(action["res_id"], line.order_id.id)
