import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .common import BookingCommon

SECRETS = (
    "acquiring_cost",
    "bill_ids",
    "booking_hints",
    "client_unread_count",
    "has_supplier_bill",
    "internal_note",
    "payment_order_state",
    "search_text",
    "service_costs",
    "status_event_ids",
)
LINE_SECRETS = (
    "commission_amount",
    "commission_percent",
    "overwritten_fields",
    "payment_order_state",
    "price_steps",
    "service_hints",
    "service_margin",
    "settlement",
    "supplier_due",
    "supplier_id",
    "supplier_price_night",
    "supplier_price_total",
)


@tagged("post_install", "-at_install")
class TestClientView(BookingCommon):
    def test_whole_view(self):
        self.hotel.write({"street": "Rue 1", "zip": "69001", "phone": "+33 4 00"})
        order = self._create_booking(
            self._stay(
                guests=[{"last_name": "Orlov", "first_name": "Oleg"}],
                confirmation_number="A-1",
            ),
            Command.create(
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – City",
                    "date_from": self._day(1),
                    "hour_from": 9.5,
                    "transport_number": "SU 100",
                    "supplier_price_total": 2000,
                    "price_unit": 2500,
                }
            ),
            internal_note="He never pays in time",
        )
        view = order._client_view()
        stay, transfer = view["services"]
        self.assertEqual(view["number"], order.name)
        self.assertEqual(view["status"], "New")
        self.assertEqual(view["client"], "Metran")
        self.assertEqual(view["amount_total"], 12500)
        self.assertEqual(stay["hotel"], "Alpina")
        self.assertEqual(stay["hotel_city"], "Lyon")
        self.assertEqual(stay["hotel_address"], "69001, Rue 1")
        self.assertEqual(stay["nights"], 2)
        self.assertEqual(stay["price"], 10000)
        self.assertEqual(stay["guests"][0]["last_name"], "Orlov")
        self.assertEqual(transfer["route"], "Airport – City")
        self.assertEqual(transfer["transport_number"], "SU 100")
        self.assertEqual(transfer["hour_from"], 9.5)

    def test_plain_data_without_secrets(self):
        order = self._create_booking(
            self._stay(supplier_price_night=4321.5, price_unit=9000),
            internal_note="Secret note",
        )
        text = json.dumps(order._client_view())
        for secret in ("Secret note", "4321.5", "8643", "Alpina LLC", "margin"):
            self.assertNotIn(secret, text)

    def test_the_status_is_the_clients(self):
        order = self._force_state(self._create_booking(), "cancelled_penalty")
        self.assertEqual(order._client_view()["status"], "Cancelled")

    def test_extra_fields_of_the_group(self):
        group = self.env["tour.company.group"].create(
            {
                "name": "Fortum",
                "guest_properties_definition": [
                    {"name": "personnel", "type": "char", "string": "Personnel number"},
                    {
                        "name": "kind",
                        "type": "selection",
                        "string": "Kind",
                        "selection": [["w", "Worker"], ["m", "Manager"]],
                    },
                    {"name": "vip", "type": "boolean", "string": "VIP"},
                ],
            }
        )
        self.client_company.company_group_id = group
        guest = {
            "last_name": "Orlov",
            "guest_properties": {"personnel": "00417", "kind": "w", "vip": True},
        }
        order = self._create_booking(self._stay(guests=[guest]))
        extra = order._client_view()["services"][0]["guests"][0]["extra"]
        self.assertEqual(
            extra, {"Personnel number": "00417", "Kind": "Worker", "VIP": True}
        )

    def test_no_extra_fields_without_a_group(self):
        order = self._create_booking(self._stay(guests=[{"last_name": "Orlov"}]))
        extra = order._client_view()["services"][0]["guests"][0]["extra"]
        self.assertEqual(extra, {})


@tagged("post_install", "-at_install")
class TestClientAccess(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga = cls._create_client_user("olga")
        cls.ivan = cls._create_client_user("ivan")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        cls.subsidiary = cls.env["res.partner"].create(
            {
                "name": "Metran South",
                "is_company": True,
                "parent_id": cls.client_company.id,
            }
        )
        cls.other_company = cls.env["res.partner"].create(
            {"name": "Rival", "is_company": True, "tour_client_agent": True}
        )
        cls.rival = cls._create_client_user(
            "rival", parent=cls.other_company, is_curator=True
        )
        guest = {"last_name": "Orlov"}
        cls.order = cls._create_booking(
            cls._stay(guests=[guest]), client_user_id=cls.olga.id
        )
        cls.of_subsidiary = cls._create_booking(
            cls._stay(guests=[guest]), partner_id=cls.subsidiary.id
        )

    def _seen(self, user, model="sale.order"):
        records = self.env(user=user)[model].search([])
        if model == "sale.order":
            return records
        return records.order_id

    def test_user_sees_his_own(self):
        for model in ("sale.order", "sale.order.line", "tour.guest"):
            with self.subTest(model=model):
                self.assertEqual(self._seen(self.olga, model), self.order)
                self.assertFalse(self._seen(self.ivan, model))

    def test_curator_sees_his_company_and_its_subsidiaries(self):
        both = self.order + self.of_subsidiary
        for model in ("sale.order", "sale.order.line", "tour.guest"):
            with self.subTest(model=model):
                self.assertEqual(self._seen(self.curator, model), both.sorted())
                self.assertFalse(self._seen(self.rival, model))

    def test_ordinary_orders_stay_as_odoo_shows_them(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self.assertIn(order, self._seen(self.ivan))

    def test_clients_neither_write_nor_move(self):
        order = self.order.with_user(self.olga)
        for act in (
            lambda: order.write({"client_order_ref": "1"}),
            lambda: order.action_move_to("cancelled", "No"),
            lambda: order.order_line.write({"price_unit": 1}),
            lambda: order.order_line.guest_ids.write({"last_name": "X"}),
            lambda: order.order_line.action_recompute_prices(),
            order.unlink,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_money_of_ours_is_not_read_over_rpc(self):
        order = self.order.with_user(self.olga)
        self.assertEqual(order.read(["name", "amount_total"])[0]["amount_total"], 10000)
        for names, record in ((SECRETS, order), (LINE_SECRETS, order.order_line)):
            for name in names:
                with self.subTest(field=name):
                    with self.assertRaises(AccessError):
                        record.read([name])
                    with self.assertRaises(AccessError):
                        record.search([(name, "!=", False)])
                    with self.assertRaises(AccessError):
                        record._read_group([], [], [f"{name}:array_agg"])
            self.assertFalse(set(names) & set(record.fields_get()))

    def test_our_status_is_not_the_clients_to_know(self):
        self._force_state(self.order, "cancelled_penalty")
        self.order.penalty_from = "us"
        order = self.order.with_user(self.olga)
        self.env.invalidate_all()
        for name in ("booking_state", "penalty_from", "counts_in_turnover"):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    order.read([name])
                with self.assertRaises(AccessError):
                    order.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    order.search([], order=name)
                self.assertNotIn(name, order.fields_get())
        self.assertEqual(order.client_status_id.name, "Cancelled")
        self.assertEqual(
            order.with_user(self.manager).booking_state, "cancelled_penalty"
        )

    def test_secrets_are_not_reached_through_relations(self):
        order = self.order.with_user(self.olga)
        with self.assertRaises(AccessError):
            order.search([("order_line.supplier_price_total", ">", 1)])
        with self.assertRaises(AccessError):
            order.read(["status_event_ids"])
        with self.assertRaises(AccessError):
            self.env(user=self.olga)["tour.booking.event"].search([])

    def test_new_models_are_declared_for_each_role(self):
        for model in ("tour.booking.deal", "tour.booking.event"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env(user=self.olga)[model].search([])
        for model in ("tour.booking.status", "tour.client.status", "tour.service.type"):
            for act in ("write", "create", "unlink"):
                records = self.env(user=self.manager)[model]
                with self.subTest(model=model, act=act):
                    self.assertFalse(records.has_access(act))


@tagged("post_install", "-at_install")
class TestStaffAccess(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        guest = {"last_name": "Orlov"}
        cls.own = cls._create_booking(cls._stay(guests=[guest]))
        cls.free = cls._create_booking(cls._stay(guests=[guest]), user_id=False)
        cls.others = cls._create_booking(
            cls._stay(guests=[guest]), user_id=cls.manager_all.id
        )
        cls.all = cls.own + cls.free + cls.others

    def _seen(self, user):
        ids = self.all.ids
        env = self.env(user=user)
        orders = env["sale.order"].search([("id", "in", ids)], order="id")
        lines = env["sale.order.line"].search([("order_id", "in", ids)])
        guests = env["tour.guest"].search([("order_id", "in", ids)])
        self.assertEqual(lines.order_id, orders)
        self.assertEqual(guests.order_id, orders)
        return orders

    def test_manager_of_own_sees_own_and_free(self):
        self.assertEqual(self._seen(self.manager), self.own + self.free)

    def test_who_sees_all(self):
        for role in ("manager_all", "head", "director", "accountant", "admin"):
            with self.subTest(role=role):
                user = self._create_staff(f"one_{role}", role)
                self.assertEqual(self._seen(user), self.all)

    def test_manager_who_is_director_too_sees_all(self):
        user = self._create_staff("both", "manager_own")
        user.group_ids += self.env.ref("tour_partner.tour_group_director")
        self.assertEqual(self._seen(user), self.all)

    def test_who_only_reads(self):
        for role in ("director",):
            order = self.own.with_user(self._create_staff(f"two_{role}", role))
            with self.subTest(role=role), self.assertRaises(AccessError):
                order.client_order_ref = "1"

    def test_hotel_editor_sees_no_bookings(self):
        env = self.env(user=self._create_staff("editor", "hotel_editor"))
        for model in ("sale.order", "sale.order.line", "tour.guest"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                env[model].search([])

    def test_salespeople_without_a_role_sell_as_before(self):
        """They make, read and copy ordinary orders, and meet nothing of ours."""
        user = mail_new_test_user(
            self.env, login="seller", groups="sales_team.group_sale_manager"
        )
        product = self.transfer.product_id
        order = self.env(user=user)["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [
                    Command.create({"product_id": product.id, "price_unit": 7})
                ],
            }
        )
        self.env.invalidate_all()
        order.read()
        lines = order.order_line
        # Not all of Odoo's own: some are for accountants.
        lines.read(
            [
                name
                for name in lines.fields_get()
                if lines._fields[name]._module == "tour_booking"
            ]
        )
        order.order_line.price_unit = 8
        order.action_confirm()
        self.assertEqual(order.copy().amount_total, 8)
        view = self.env.ref("sale.view_order_form")
        with Form(order.copy(), view=view) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 2
        order.action_cancel()
        order.unlink()

    def test_other_companies_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.env["sale.order"].create(
            {
                "is_tour_booking": True,
                "partner_id": self.client_company.id,
                "company_id": company.id,
                "user_id": False,
                "order_line": [
                    self._stay(guests=[{"last_name": "Orlov"}], rate_id=False)
                ],
            }
        )
        env = self.env(user=self.head)
        self.assertFalse(env["sale.order"].search([("id", "=", order.id)]))
        self.assertFalse(env["tour.guest"].search([("order_id", "=", order.id)]))

    def test_phone_is_hidden_until_accepted(self):
        order = self.own.with_user(self.manager)
        self.assertFalse(order.client_phone)
        self.assertFalse(order.read(["client_phone"])[0]["client_phone"])
        order._move_to("accepted")
        self.assertEqual(order.client_phone, "+7 351 799-51-51")


@tagged("post_install", "-at_install")
class TestListColumns(BookingCommon):
    def test_services(self):
        order = self._create_booking(
            self._stay(guests=[{"last_name": "Orlov", "first_name": "Oleg"}]),
            Command.create(
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – City",
                    "date_from": self._day(1),
                }
            ),
            client_order_ref="PO-9",
        )
        self.assertEqual(order.service_summary, "Alpina; Airport – City")
        self.assertTrue(order.has_accommodation)
        self.assertTrue(order.has_transfer)
        self.assertFalse(order.has_other_service)
        for word in (order.name, "metran", "orlov oleg", "alpina", "lyon", "po-9"):
            self.assertIn(word.lower(), order.search_text)
        order.guest_ids.last_name = "Petrov"
        self.assertIn("petrov oleg", order.search_text)
        order.order_line[0].unlink()
        self.assertEqual(order.service_summary, "Airport – City")
        self.assertFalse(order.has_accommodation)

    def test_costs(self):
        """400 of discount and 150 of acquiring."""
        order = self._create_booking(
            self._stay(client_discount_amount=400), acquiring_cost=150
        )
        self.assertEqual(order.service_costs, 550)

    def test_supplier_bill(self):
        order = self._create_booking()
        self.assertFalse(order.has_supplier_bill)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "tour_order_ids": [Command.link(order.id)],
            }
        )
        self.assertTrue(order.has_supplier_bill)
        bill.button_cancel()
        self.assertFalse(order.has_supplier_bill)

    def test_payment_orders(self):
        order = self._create_booking(self._stay(), self._stay())
        self.assertEqual(order.payment_order_state, "none")
        first, second = order.order_line
        first.payment_order_state = "confirmed"
        self.assertEqual(order.payment_order_state, "confirmed")
        second.payment_order_state = "attached"
        self.assertEqual(order.payment_order_state, "attached")

    def test_refund(self):
        order = self._force_state(self._create_booking(), "booked")
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertFalse(order.refund_state)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        self.assertEqual(order.refund_state, "asked")
        self.assertEqual(order.refund_amount, 10000)
        refund.action_post()
        self.assertIn(order.refund_state, ("in_progress", "done"))

    def test_a_new_booking_is_not_rated(self):
        """Nothing is looked for then; ratings themselves are for tour_rating."""
        self.assertEqual(self._create_booking().rating_last_value, 0)

    def test_client_is_renamed(self):
        order = self._create_booking()
        self.client_company.name = "Metran Plus"
        self.assertEqual(order.client_name, "Metran Plus")
