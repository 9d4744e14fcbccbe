from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.misc import format_amount

from ..booking_states import CHANGEABLE, MOVES, SYSTEM_MOVES
from ..view_diff import Row, compare
from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestWatch(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_booking(cls._stay(guests=[{"last_name": "Orlov"}]))
        cls.line = cls.order.order_line
        cls.guest = cls.line.guest_ids

    def setUp(self):
        super().setUp()
        self.asked, self.followed = [], []
        model = self.registry["sale.order"]

        def take(orders, vals):
            self.asked.append((orders.ids, vals and sorted(vals)))
            views = orders._client_views()
            return {order_id: {"test": view} for order_id, view in views.items()}

        def follow(orders, before):
            for order in orders:
                rows = compare(before[order.id]["test"], order._client_view())
                self.followed.append((order.id, [row.label_code for row in rows]))

        self.startPatcher(patch.object(model, "_take_snapshots", take))
        self.startPatcher(patch.object(model, "_follow_changes", follow))

    def test_write_of_the_booking(self):
        self.order.client_order_ref = "PO-1"
        self.assertEqual(self.asked, [(self.order.ids, ["client_order_ref"])])
        self.assertEqual(self.followed, [(self.order.id, ["reference"])])

    def test_form_saves_everything_in_one_watch(self):
        guests = [Command.update(self.guest.id, {"last_name": "Petrov"})]
        vals = {"route": "x", "date_to": self._day(4), "guest_ids": guests}
        self.order.write({"order_line": [Command.update(self.line.id, vals)]})
        # Asked for all there is, once.
        self.assertEqual(self.asked, [(self.order.ids, None)])
        [(order_id, codes)] = self.followed
        self.assertEqual(order_id, self.order.id)
        self.assertLessEqual({"date_to", "price", "night", "last_name"}, {*codes})

    def test_services(self):
        self.line.date_to = self._day(4)
        line = self.line.copy({"order_id": self.order.id})
        line.unlink()
        self.assertEqual([vals for _ids, vals in self.asked], [None] * 3)
        self.assertEqual(
            [order_id for order_id, _rows in self.followed], [self.order.id] * 3
        )

    def test_guests(self):
        self.guest.last_name = "Petrov"
        guest = self.env["tour.guest"].create(
            {"line_id": self.line.id, "last_name": "Volkov"}
        )
        guest.unlink()
        self.assertEqual(
            self.followed,
            [
                (self.order.id, ["last_name"]),
                (self.order.id, ["guest"]),
                (self.order.id, ["guest"]),
            ],
        )

    def test_what_is_added_by_a_default_of_the_context(self):
        """As a caller over RPC may: it is the same change."""
        lines = self.env["sale.order.line"].with_context(default_order_id=self.order.id)
        line = lines.create(
            {
                "service_type_id": self.other.id,
                "date_from": self._day(1),
                "price_unit": 100,
            }
        )
        guests = self.env["tour.guest"].with_context(default_line_id=line.id)
        guests.create({"last_name": "Volkov"})
        self.assertEqual(
            [order_id for order_id, _rows in self.followed], [self.order.id] * 2
        )

    def test_guest_moves_to_another_booking(self):
        other = self._create_booking()
        self.guest.line_id = other.order_line
        self.assertEqual(
            sorted(self.followed),
            [(self.order.id, ["guest"]), (other.id, ["guest"])],
        )

    def test_new_bookings_and_moves_are_not_watched(self):
        order = self._create_booking(self._stay(guests=[{"last_name": "Orlov"}]))
        order.with_user(self.manager)._move_to("accepted")
        order.copy()
        self.assertFalse(self.asked)

    def test_ordinary_orders_are_not_watched(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        order.client_order_ref = "1"
        order.order_line = [Command.create({"product_id": self.transfer.product_id.id})]
        self.assertFalse(self.asked)

    def test_context_from_outside_hides_nothing(self):
        for value in (True, 1, "watch", {"is_open": True}):
            self.asked.clear()
            order = self.order.with_context(tour_booking_watch=value)
            order.client_order_ref = f"PO {value}"
            self.assertTrue(self.asked)

    def test_bulk_is_one_watch(self):
        orders = self.order + self._create_booking() + self._create_booking()
        orders.write({"client_order_ref": "PO-1"})
        self.assertEqual(len(self.asked), 1)
        self.assertEqual(len(self.followed), 3)

    def test_nothing_follows_what_failed(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.order.write({"client_order_ref": "1", "is_tour_booking": False})
        self.assertFalse(self.followed)
        self.order.client_order_ref = "PO-2"
        self.assertEqual(len(self.followed), 1)

    def test_deleted_bookings_are_not_followed(self):
        order = self._create_booking()
        with order._watching():
            order.unlink()
        self.assertFalse(self.followed)


@tagged("post_install", "-at_install")
class TestViews(BookingCommon):
    def _make(self, count):
        guests = [{"last_name": "Orlov"}, {"last_name": "Orlova"}]
        orders = self.env["sale.order"]
        for _number in range(count):
            orders += self._create_booking(self._stay(guests=guests), self._stay())
        self.env.flush_all()
        return orders

    def _count(self, method, orders):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        getattr(orders, method)()
        return self.cr.sql_log_count - before

    def test_views_of_many_cost_as_those_of_few(self):
        few, many = self._make(2), self._make(12)
        for method in ("_client_views", "_accounting_views"):
            self._count(method, few)  # Fills the registry's caches.
            with self.subTest(method=method):
                self.assertEqual(self._count(method, few), self._count(method, many))

    def test_writing_many_costs_as_writing_few(self):
        counts = []
        for orders in (self._make(2), self._make(2), self._make(12)):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders.client_order_ref = "PO-1"
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # The first fills the registry's caches.
        self.assertEqual(*counts[1:])

    def test_accounting_view(self):
        """Two nights bought and sold at 4,000 each, with 10 % commission."""
        order = self._create_booking(
            self._stay(
                guests=[{"last_name": "Orlov", "first_name": "Oleg"}],
                supplier_price_total=8000,
                commission_percent=10,
            )
        )
        view = order._accounting_view()
        [service] = view["services"]
        self.assertEqual(view["client"], "Metran")
        self.assertEqual(view["amount_total"], 8000)
        self.assertEqual(service["supplier"], "Alpina LLC")
        self.assertEqual(service["supplier_price"], 8000)
        self.assertEqual(service["commission_amount"], 800)
        self.assertEqual(service["nights"], 2)
        self.assertEqual(service["guests"][0]["last_name"], "Orlov Oleg")

    def test_money_of_another_currency_is_told_in_it(self):
        """10,000 of ours become 40,000 of theirs: each in its own currency."""
        own = self.env.company.currency_id
        other = self.env["res.currency"].create(
            {"name": "TUG", "symbol": "₮", "position": "after"}
        )
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "name": "2020-01-01", "rate": 4.0}
        )
        rows = [
            Row("currency", "currency", own.name, "TUG"),
            Row("amount_total", "amount_total", 10000.0, 40000.0),
        ]
        order = self._create_booking()
        order.currency_id = other
        total = order._render_diff(rows)[1]
        self.assertEqual(total["before"], format_amount(self.env, 10000, own))
        self.assertEqual(total["after"], format_amount(self.env, 40000, other))

    def test_long_numbers_are_told_whole(self):
        order = self._create_booking()
        [row] = order._render_diff([Row("x", "extra", 0.1 + 0.2, 1234567.5, "", "Sum")])
        self.assertEqual((row["before"], row["after"]), ("0.3", "1234567.5"))

    def test_diff_is_worded(self):
        order = self._create_booking(self._stay(guests=[{"last_name": "Orlov"}]))
        before = order._client_view()
        suite = self.room.copy({"name": "Suite"})
        order.order_line.write({"room_id": suite.id, "rate_id": False})
        order.order_line.guest_ids.write({"guest_type": "child", "age": 7})
        rows = order._render_diff(compare(before, order._client_view()))
        by_field = {row["field"]: row for row in rows}
        self.assertEqual(by_field["Room"]["before"], "Standard")
        self.assertEqual(by_field["Room"]["after"], "Suite")
        self.assertEqual(by_field["Room"]["kind"], "changed")
        self.assertIn("Alpina", by_field["Room"]["group"])
        self.assertIn("Orlov", by_field["Age"]["group"])
        self.assertEqual(by_field["Age"]["kind"], "added")
        [night] = [row for row in rows if row["field"].startswith("Nights ")]
        self.assertTrue(night["field"].endswith(": 2"))
        self.assertEqual(night["after"], "Alpina, Suite")
        table = order._render_diff_table(compare(before, order._client_view()))
        self.assertIn("Suite", table)
        self.assertIn("No differences", order._render_diff_table([]))


@tagged("post_install", "-at_install")
class TestSystemMoves(BookingCommon):
    def test_pairs(self):
        for code in CHANGEABLE:
            self.assertIn((code, "changed"), SYSTEM_MOVES)
            self.assertIn(("changed", code), SYSTEM_MOVES)
        self.assertNotIn(("new", "changed"), MOVES)

    def test_there_and_back(self):
        for state in CHANGEABLE:
            with self.subTest(state=state):
                order = self._force_state(self._create_booking(), state)
                odoo_state = order.state
                order._move_by_system("changed", "Because")
                self.assertEqual(order.booking_state, "changed")
                self.assertEqual(order._restore_state("Agreed"), order)
                self.assertEqual(order.booking_state, state)
                self.assertEqual(order.state, odoo_state)
                self.assertEqual(
                    order.status_event_ids.mapped("comment"), ["Agreed", "Because"]
                )

    def test_no_other_way(self):
        order = self._force_state(self._create_booking(), "done")
        with self.assertRaisesRegex(UserError, "cannot become Changed"):
            order._move_by_system("changed")

    def test_nobody_makes_them_by_a_button(self):
        order = self._create_booking()
        with self.assertRaisesRegex(UserError, "cannot become Changed"):
            order.with_user(self.head)._move_to("changed")
        order._move_by_system("changed")
        with self.assertRaisesRegex(UserError, "cannot become New"):
            order.with_user(self.head)._move_to("new")

    def test_lock(self):
        order = self._force_state(self._create_booking(), "accepted")
        model = self.registry["sale.order"]
        with patch.object(model, "_get_move_lock", lambda order: "wait for it."):
            with self.assertRaisesRegex(UserError, "wait for it"):
                order.with_user(self.head)._move_to("cancelled", "Because")
            self.assertFalse(order.with_user(self.head).get_allowed_moves())
            order._move_by_system("cancelled", "Because")
        self.assertEqual(order.booking_state, "cancelled")


@tagged("post_install", "-at_install")
class TestProcessTags(BookingCommon):
    def test_created_by_client(self):
        order = self._create_booking()
        self.assertFalse(order.process_tags)
        order.sudo().created_by_client = True
        self.assertEqual(order.process_tags[0]["name"], "Created by client")
