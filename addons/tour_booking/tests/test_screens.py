from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged
from odoo.tools.safe_eval import safe_eval

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestScreens(BookingCommon):
    # Where a booking opens

    def test_booking_opens_in_its_own_form(self):
        order = self._create_booking()
        view = self.env.ref("tour_booking.sale_order_view_form_booking")
        self.assertEqual(order.get_formview_id(), view.id)
        action = order.get_formview_action()
        self.assertEqual(action["views"], [(view.id, "form")])
        self.assertEqual(order.action_open_booking(), action)

    def test_ordinary_order_keeps_its_form(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self.assertFalse(order.get_formview_id())

    def test_views_of_ordinary_orders_are_not_ours(self):
        for view_type in ("form", "list", "search", "kanban", "calendar", "pivot"):
            view_id = self.env["ir.ui.view"].default_view("sale.order", view_type)
            xml_id = self.env["ir.ui.view"].browse(view_id).xml_id
            self.assertNotIn("tour_booking.", xml_id, view_type)

    # The form

    def test_form_makes_a_booking(self):
        user = self.manager
        user.default_client_id = self.client_company
        orders = self.env["sale.order"].with_user(user)
        orders = orders.with_context(default_is_tour_booking=True)
        with Form(orders, "tour_booking.sale_order_view_form_booking") as form:
            self.assertEqual(form.partner_id, self.client_company)
            self.assertEqual(form.booking_state, "new")
        order = form.save()
        self.assertTrue(order.is_tour_booking)
        self.assertEqual(order.user_id, user)

    def test_new_service_is_of_the_kind_asked_for(self):
        lines = self.env["sale.order.line"]
        for service_type in self.accommodation | self.transfer | self.other:
            defaults = lines.with_context(
                tour_service_kind=service_type.kind
            ).default_get(["service_type_id"])
            self.assertEqual(defaults["service_type_id"], service_type.id)
        self.assertFalse(lines.default_get(["service_type_id"]).get("service_type_id"))

    def test_calculation_is_shown_in_words(self):
        line = self._create_booking().order_line
        steps = {step["code"]: step for step in line.price_calculation}
        # Two nights at 5,000.
        self.assertEqual(steps["client_price"]["amount"], 10000.0)
        self.assertTrue(steps["client_price"]["label"])

    def test_totals_of_the_booking(self):
        order = self._create_booking(
            self._stay(supplier_price_total=7000),
            Command.create(
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – hotel",
                    "date_from": self._day(1),
                    "supplier_price_total": 1000,
                    "price_unit": 1500,
                }
            ),
        )
        lines = order.order_line
        self.assertEqual(order.margin_total, sum(lines.mapped("service_margin")))
        self.assertEqual(order.supplier_due_total, 8000)

    # Moves

    def test_moves_are_those_of_the_user(self):
        order = self._create_booking()
        states = [move["state"] for move in order.with_user(self.manager).allowed_moves]
        self.assertEqual(
            states, ["accepted", "awaiting_client", "cancelled", "refused"]
        )

    def _open_wizard(self, orders, user=None, **values):
        return (
            self.env["tour.booking.move"]
            .with_user(user or self.manager)
            .create({"order_ids": [Command.set(orders.ids)], **values})
        )

    def test_wizard_moves_with_the_reason(self):
        order = self._create_booking()
        wizard = self._open_wizard(order, state="cancelled", reason="No need")
        self.assertTrue(wizard.reason_required)
        wizard.action_apply()
        self.assertEqual(order.booking_state, "cancelled")
        self.assertEqual(order.status_event_ids[0].comment, "No need")

    def test_wizard_without_the_reason_is_refused(self):
        order = self._create_booking()
        wizard = self._open_wizard(order, state="cancelled")
        with self.assertRaises(UserError):
            wizard.action_apply()
        self.assertEqual(order.booking_state, "new")

    def test_wizard_keeps_the_penalty(self):
        self.client_company.allow_cancel_penalty = True
        order = self._create_booking()
        self._force_state(order, "booked")
        self._open_wizard(
            order,
            state="cancelled_penalty",
            reason="Too late",
            penalty_from="hotel",
            penalty_when="during",
            penalty_amount=5000,
            nights_stayed=1,
        ).action_apply()
        self.assertRecordValues(
            order,
            [
                {
                    "booking_state": "cancelled_penalty",
                    "penalty_from": "hotel",
                    "penalty_when": "during",
                    "penalty_amount": 5000.0,
                    "nights_stayed": 1,
                }
            ],
        )

    def test_wizard_of_many_offers_what_all_may_become(self):
        orders = self._create_booking() | self._create_booking()
        self._force_state(orders[1], "accepted")
        wizard = self._open_wizard(orders, state="awaiting_client")
        self.assertEqual(
            wizard.allowed_states, ["awaiting_client", "cancelled", "refused"]
        )
        wizard.action_apply()
        self.assertEqual(set(orders.mapped("booking_state")), {"awaiting_client"})

    def test_wizard_is_not_opened_without_a_common_move(self):
        orders = self._create_booking() | self._create_booking()
        self._force_state(orders[1], "reposting")
        with self.assertRaises(UserError):
            orders.with_user(self.manager).action_open_move_wizard()

    def test_wizard_is_of_its_user(self):
        wizard = self._open_wizard(self._create_booking(), state="accepted")
        with self.assertRaises(AccessError):
            wizard.with_user(self.manager_all).read(["state"])

    def test_wizard_is_for_managers(self):
        order = self._create_booking()
        for role in ("accountant", "director", "hotel_editor"):
            user = self._create_staff(f"no_{role}", role)
            with self.assertRaises(AccessError):
                self._open_wizard(order, user, state="accepted")

    # The responsible

    def test_take_what_nobody_has(self):
        order = self._create_booking(user_id=False)
        order.with_user(self.manager).action_take()
        self.assertEqual(order.user_id, self.manager)
        with self.assertRaises(UserError):
            order.with_user(self.manager_all).action_take()

    def test_who_may_change_the_responsible(self):
        order = self._create_booking()
        self.assertFalse(order.with_user(self.manager).may_change_responsible)
        self.assertTrue(order.with_user(self.head).may_change_responsible)

    # Companies

    def test_bookings_of_a_company(self):
        order = self._create_booking()
        self.assertEqual(self.client_company.client_booking_count, 1)
        self.assertEqual(self.client_company.supplier_booking_count, 0)
        self.assertEqual(self.supplier.supplier_booking_count, 1)
        for action in (
            self.client_company.action_view_client_bookings(),
            self.supplier.action_view_supplier_bookings(),
        ):
            self.assertEqual(self.env["sale.order"].search(action["domain"]), order)

    # Lists

    def test_every_filter_of_the_search_view_answers(self):
        arch = self.env["sale.order"].get_view(
            self.env.ref("tour_booking.sale_order_view_search_booking").id, "search"
        )["arch"]
        orders = self.env["sale.order"].with_user(self.manager)
        self._create_booking()
        for node in etree.fromstring(arch).iter("filter", "field"):
            domain = node.get("domain") or node.get("filter_domain")
            if domain:
                values = {"uid": self.manager.id, "self": "Alpina"}
                with self.subTest(node.get("string")):
                    orders.search(self._eval_domain(domain, values))

    def _eval_domain(self, domain, values):
        return [("is_tour_booking", "=", True), *safe_eval(domain, values)]

    def test_list_may_be_exported_by_managers(self):
        self.assertTrue(self.manager.has_group("base.group_allow_export"))
        order = self._create_booking()
        data = order.with_user(self.manager).export_data(
            ["name", "booking_state", "partner_id/name", "service_summary"]
        )["datas"]
        self.assertEqual(data, [[order.name, "New", "Metran", "Alpina"]])


@tagged("post_install", "-at_install")
class TestSharedFiles(BookingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_user = cls._create_client_user("clara")
        cls.order = cls._create_booking(client_user_id=cls.client_user.id)
        cls.shared, cls.secret = cls.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": name.encode(),
                    "res_model": "sale.order",
                    "res_id": cls.order.id,
                    "tour_shared": shared,
                }
                for name, shared in (("shared.txt", True), ("secret.txt", False))
            ]
        )

    def _get_url(self, file):
        return f"/web/content/{file.id}"

    def test_client_gets_what_is_shared(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        page = self.url_open(f"/my/orders/{self.order.id}")
        self.assertIn("shared.txt", page.text)
        self.assertNotIn("secret.txt", page.text)
        [file] = self.order._get_shared_files()
        answer = self.url_open(
            f"/web/content/{file['id']}?access_token={file['token']}"
        )
        self.assertEqual(answer.text, "shared.txt")

    def test_client_gets_nothing_by_guessing(self):
        self.authenticate(self.client_user.login, self.client_user.login)
        for file in self.shared | self.secret:
            answer = self.url_open(self._get_url(file))
            self.assertEqual(answer.status_code, 404)

    def test_link_dies_when_sharing_ends(self):
        [file] = self.order._get_shared_files()
        self.shared.tour_shared = False
        self.assertFalse(self.order._get_shared_files())
        self.authenticate(None, None)
        answer = self.url_open(
            f"/web/content/{file['id']}?access_token={file['token']}"
        )
        self.assertEqual(answer.status_code, 404)

    def test_ordinary_order_shares_nothing(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self.assertEqual(order._get_shared_files(), [])
