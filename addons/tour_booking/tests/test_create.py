from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..booking_states import MOVER
from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestCreate(BookingCommon):
    def test_numbers_come_from_one_sequence(self):
        orders = self.env["sale.order"].create(
            [
                {"is_tour_booking": True, "partner_id": self.client_company.id}
                for _number in range(3)
            ]
        )
        numbers = [int(name.removeprefix("T")) for name in orders.mapped("name")]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))
        self.assertEqual(len(orders[0].name), 7)

    def test_given_number_is_kept(self):
        self.assertEqual(self._create_booking(name="OLD-17").name, "OLD-17")

    def test_sequence_without_gaps(self):
        sequence = self.env.ref("tour_booking.sequence_booking")
        sequence.write({"implementation": "no_gap", "number_next": 500})
        self.assertEqual(self._create_booking().name, "T000500")

    def test_own_sequence_of_a_company(self):
        sequence = self.env.ref("tour_booking.sequence_booking").copy(
            {"company_id": self.env.company.id, "prefix": "X"}
        )
        self.env.registry.clear_cache()
        self.assertEqual(sequence.code, "tour.booking")
        self.assertRegex(self._create_booking().name, "^X")

    def test_values_of_the_client(self):
        """What `sale` computes of the client is there too."""
        term = self.env["account.payment.term"].create({"name": "In 10 days"})
        self.client_company.property_payment_term_id = term
        invoice_address = self.env["res.partner"].create(
            {"name": "Books", "type": "invoice", "parent_id": self.client_company.id}
        )
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        self.client_company.property_account_position_id = position
        order = self._create_booking()
        self.assertRecordValues(
            order,
            [
                {
                    "payment_term_id": term.id,
                    "partner_invoice_id": invoice_address.id,
                    "partner_shipping_id": self.client_company.id,
                    "fiscal_position_id": position.id,
                    "currency_id": self.env.company.currency_id.id,
                    "currency_rate": 1.0,
                    "client_name": "Metran",
                }
            ],
        )

    def test_lines_have_what_odoo_computes(self):
        """Every stored value given in batch is what the ORM would compute."""
        order = self._create_booking(self._stay(), self._stay(price_unit=700))
        line = order.order_line[0]
        model = self.env["sale.order.line"]
        names = [
            name
            for name, field in model._fields.items()
            if field.precompute
            and field.store
            and field.column_type
            # Typed by hand or kept as they were made.
            and name not in ("product_uom_qty", "price_unit", "discount")
        ]
        given = line.read(names)[0]
        for name in names:
            self.env.add_to_compute(model._fields[name], line)
        computed = line.read(names)[0]
        self.assertEqual(given, computed)

    def test_pricelist_gives_the_currency(self):
        currency = self.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 4.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "In TUG", "currency_id": currency.id}
        )
        order = self._create_booking(pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, currency)
        self.assertEqual(order.currency_rate, 4.0)
        self.assertEqual(order.amount_total, 40000)

    def test_analytic_rules_apply_when_there_are_any(self):
        plan = self.env["account.analytic.plan"].create({"name": "Tours"})
        account = self.env["account.analytic.account"].create(
            {"name": "Agents", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": self.client_company.id,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        line = self._create_booking().order_line
        self.assertEqual(line.analytic_distribution, {str(account.id): 100})

    def test_default_client_of_the_user(self):
        self.manager.default_client_id = self.client_company
        env = self.env(user=self.manager, context={"default_is_tour_booking": True})
        view = "tour_booking.sale_order_view_form_booking"
        form = Form(env["sale.order"], view=view)
        self.assertEqual(form.partner_id, self.client_company)
        order = form.save()
        self.assertEqual(order.booking_state, "new")
        self.assertEqual(order.user_id, self.manager)

    def test_another_product_brings_its_price_to_ordinary_lines(self):
        first, second = self.env["product.product"].create(
            [
                {"name": "Map", "list_price": 5.0},
                {"name": "Guide book", "list_price": 20.0},
            ]
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [Command.create({"product_id": first.id})],
            }
        )
        with Form(order.order_line) as form:
            form.price_unit = 7.0
        with Form(order.order_line) as form:
            form.product_id = second
        self.assertEqual(order.order_line.price_unit, 20.0)

    def test_ordinary_orders_have_no_default_client(self):
        self.manager.default_client_id = self.client_company
        defaults = self.env(user=self.manager)["sale.order"].default_get(["partner_id"])
        self.assertFalse(defaults.get("partner_id"))

    def test_group_of_the_client(self):
        group = self.env["tour.company.group"].create({"name": "Fortum"})
        self.client_company.company_group_id = group
        order = self._create_booking(self._stay(guests=[{"last_name": "Orlov"}]))
        self.assertEqual(order.company_group_id, group)
        self.assertEqual(order.guest_ids.company_group_id, group)

    def test_creation_costs_a_fixed_number_of_queries(self):
        """As many for 15 bookings as for 5: a batch is one INSERT per table."""
        counts = []
        for number in (1, 5, 15):
            vals_list = [
                {
                    "is_tour_booking": True,
                    "partner_id": self.client_company.id,
                    "order_line": [
                        self._stay(guests=[{"last_name": "A"}, {"last_name": "B"}])
                        for _service in range(3)
                    ],
                }
                for _booking in range(number)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env(user=self.manager)["sale.order"].create(vals_list)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # Rows are updated in chunks, so that three times as many may cost one more.
        self.assertLessEqual(counts[2], counts[1] + 1)

    def test_loaded_with_its_status(self):
        orders = self.env["sale.order"].with_context(tour_booking_mover=MOVER)
        order = orders.create(
            {
                "is_tour_booking": True,
                "partner_id": self.client_company.id,
                "booking_state": "done",
                "state": "sale",
                "order_line": [self._stay()],
            }
        )
        self.assertEqual((order.booking_state, order.state), ("done", "sale"))


@tagged("post_install", "-at_install")
class TestDealing(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([("may_take_bookings", "=", True)]).write(
            {"may_take_bookings": False}
        )
        cls.client_user = cls._create_client_user("olga")
        cls.takers = cls.manager + cls.manager_all
        cls.takers.may_take_bookings = True

    def _book(self, count=1):
        """Bookings that the client's user makes, as the portal does for him."""
        return (
            self.env(user=self.client_user)["sale.order"]
            .sudo()
            .create(
                [
                    {"is_tour_booking": True, "partner_id": self.client_company.id}
                    for _number in range(count)
                ]
            )
        )

    def test_evenly_and_in_order(self):
        orders = self._book(2) + self._book() + self._book()
        first, second = self.takers.sorted("id")
        self.assertEqual(
            [order.user_id for order in orders], [first, second, first, second]
        )
        self.assertTrue(all(orders.mapped("created_by_client")))
        self.assertEqual(orders.client_user_id, self.client_user)

    def test_least_loaded_first(self):
        """Two open bookings on the first: the next two go to the second."""
        first, second = self.takers.sorted("id")
        self._create_booking(user_id=first.id)
        self._create_booking(user_id=first.id)
        self.assertEqual(self._book(2).user_id, second)
        self.assertEqual(
            sorted(self._book(2).user_id.ids), sorted((first + second).ids)
        )

    def test_finished_bookings_are_no_load(self):
        first, _second = self.takers.sorted("id")
        done = self._create_booking(user_id=first.id)
        self._force_state(done, "done")
        self.assertEqual(self._book().user_id, first)

    def test_only_who_takes_bookings_in_the_company(self):
        first, second = self.takers.sorted("id")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        first.write({"company_ids": [Command.set(company.ids)], "company_id": company})
        self.assertEqual(self._book(2).user_id, second)
        second.active = False
        self.assertFalse(self._book().user_id)

    def test_staff_keep_what_they_make(self):
        order = self._create_booking(user=self.head, user_id=self.head.id)
        self.assertEqual(order.user_id, self.head)
        self.assertFalse(order.created_by_client)

    def test_two_at_once_wait_for_each_other(self):
        """Each deal writes the row that stands for the company's turn."""
        Deal = self.env["tour.booking.deal"]
        self._book(3)
        deal = Deal.search([("company_id", "=", self.env.company.id)])
        self.assertEqual(deal.dealt, 3)
        turns = []
        with patch.object(
            type(Deal), "_take_turn", lambda self, company, count: turns.append(count)
        ):
            self._book(2)
        self.assertEqual(turns, [2])


@tagged("post_install", "-at_install")
class TestChecks(BookingCommon):
    def _transfer(self, **values):
        return Command.create(
            {
                "service_type_id": self.transfer.id,
                "route": "Airport – City",
                "date_from": self._day(1),
                **values,
            }
        )

    def test_departure_before_arrival(self):
        with self.assertRaisesRegex(ValidationError, "Alpina: the departure"):
            self._create_booking(self._stay(date_to=self._day(0)))
        order = self._create_booking()
        with self.assertRaisesRegex(ValidationError, "before the arrival"):
            order.order_line.date_to = self._day(-5)

    def test_departure_hour_before_arrival(self):
        with self.assertRaises(ValidationError):
            self._create_booking(
                self._stay(date_to=self._day(1), hour_from=14.0, hour_to=9.0)
            )

    def test_day_use_has_no_night(self):
        order = self._create_booking(
            self._stay(date_to=self._day(1), hour_from=9.0, hour_to=18.0)
        )
        self.assertEqual(order.order_line.nights, 0)

    def test_end_without_beginning(self):
        with self.assertRaisesRegex(ValidationError, "Enter its first day"):
            self._create_booking(self._stay(date_from=False))

    def test_far_dates(self):
        for first, last in (
            ("0202-06-01", "0202-06-03"),
            ("2206-06-01", "2206-06-03"),
        ):
            with (
                self.subTest(first=first),
                self.assertRaisesRegex(ValidationError, "Check the year"),
            ):
                self._create_booking(self._stay(date_from=first, date_to=last))

    def test_room_and_rate_are_the_hotels(self):
        other = self._create_hotel(name="Balkan")
        with self.assertRaisesRegex(ValidationError, "not a room of Balkan"):
            self._create_booking(self._stay(hotel_id=other.id))
        suite = self.env["tour.room"].create(
            {"name": "Suite", "hotel_id": self.hotel.id}
        )
        with self.assertRaisesRegex(ValidationError, "not a rate of the room Suite"):
            self._create_booking(self._stay(room_id=suite.id))

    def test_past_stay_is_for_every_manager(self):
        order = self._create_booking(
            self._stay(date_from=self._day(-5), date_to=self._day(-3)),
            user=self.manager,
        )
        self.assertEqual(order.service_date_from, self._day(-5))

    def test_past_transfer_is_for_who_has_the_right(self):
        past = self._transfer(date_from=self._day(-1))
        with self.assertRaisesRegex(ValidationError, "Ask a head of department"):
            self._create_booking(past, user=self.manager)
        self.assertTrue(self._create_booking(past, user=self.head))
        self.manager.group_ids += self.env.ref(
            "tour_partner.tour_group_right_past_transfer"
        )
        self.assertTrue(self._create_booking(past, user=self.manager))

    def test_transfer_is_not_moved_into_the_past(self):
        order = self._create_booking(self._transfer(), user=self.manager)
        with self.assertRaisesRegex(ValidationError, "dated in the past"):
            order.order_line.date_from = self._day(-1)

    def test_other_change_of_a_past_transfer(self):
        """Only the date is guarded: its text may be corrected by any manager."""
        past = self._transfer(date_from=self._day(-1))
        order = self._create_booking(past, user=self.head, user_id=self.manager.id)
        order.order_line.with_user(self.manager).car_class = "Business"
        self.assertEqual(order.order_line.car_class, "Business")

    def test_child_needs_an_age(self):
        for values in ({}, {"age": 0}, {"age": 18}, {"age": -1}):
            child = {"last_name": "Orlova", "guest_type": "child", **values}
            with (
                self.subTest(**values),
                self.assertRaisesRegex(ValidationError, "Orlova is a child"),
            ):
                self._create_booking(self._stay(guests=[child]))
        order = self._create_booking(
            self._stay(
                guests=[{"last_name": "Orlova", "guest_type": "child", "age": 7}]
            )
        )
        with self.assertRaisesRegex(ValidationError, "is a child"):
            order.guest_ids.age = 0

    def test_guest_is_not_born_in_the_future(self):
        guest = {"last_name": "Orlov", "birth_date": self._day(1)}
        with self.assertRaisesRegex(ValidationError, "born in the future"):
            self._create_booking(self._stay(guests=[guest]))

    def test_nothing_is_half_saved(self):
        before = self.env["sale.order"].search_count([])
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._create_booking(self._stay(), self._stay(date_to=self._day(0)))
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_faults_of_pasted_rows_are_said(self):
        line = self.env["sale.order.line"].new(
            {"guest_paste": "Orlov Oleg\n???\nOrlov Oleg"}
        )
        result = line._onchange_guest_paste()
        self.assertEqual(line.guest_ids.mapped("last_name"), ["Orlov"])
        message = result["warning"]["message"]
        self.assertIn("Row 2, “???”: there is no last name in it.", message)
        self.assertIn("Row 3", message)

    def test_taxes_have_their_period_in_order(self):
        tax = self.env["account.tax"].search([("type_tax_use", "=", "sale")], limit=1)
        tax.write({"tour_date_from": "2026-01-01", "tour_date_to": "2026-12-31"})
        self.assertEqual(tax._filter_by_service_date(self.today.replace(2026)), tax)
        self.assertFalse(tax._filter_by_service_date(self.today.replace(2027)))
        self.assertEqual(tax._filter_by_service_date(False), tax)
