"""Bookings that are copied by SQL are what the ORM would have made of them."""

import copy
from datetime import date, datetime

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.tour_booking.booking_states import ORDER_STATES

from ..loaders.booking_writer import BookingWriter
from .common import ImportCommon

# What is another in every record, whoever makes it.
OWN = {"id", "order_id", "line_id", "create_date", "write_date"}
STATES = ("done", "cancelled", "cancelled_penalty", "new", "booked", "refused")


@tagged("post_install", "-at_install")
class TestBulk(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env["res.partner"].create(
            {"name": "Alpine", "is_company": True, "tour_client_agent": True}
        )
        group = cls.env["tour.company.group"].create({"name": "Metran group"})
        cls.client_company.company_group_id = group
        cls.second_room = cls.env["tour.room"].create(
            {"name": "Suite", "hotel_id": cls.hotel.id}
        )
        cls.hotel.commission_percent = 12.5
        cls.importer_env = cls.env(user=cls.head)

    def _booking(self, number, **line):
        """A booking that differs from its neighbours in most ways."""
        state = STATES[number % len(STATES)]
        day = date(2024, 1 + number % 12, 1 + number % 28)
        order = {
            "name": f"IMP{number:04}",
            "partner_id": (self.agent if number % 3 else self.client_company).id,
            "user_id": self.head.id,
            "booking_state": state,
            "state": ORDER_STATES[state][0],
            "date_order": datetime(2023, 12, 1 + number % 28, 12),
        }
        if number % 4 == 0:
            order["client_order_ref"] = f"REF {number}"
        if number % 5 == 0:
            order["internal_note"] = f"Note of {number}"
        if state == "cancelled_penalty":
            order |= {
                "penalty_from": "hotel",
                "penalty_when": "before" if number % 2 else "during",
                "penalty_amount": 10.0 * number,
            }
        values = {
            "service_type_id": self.accommodation.id,
            "product_id": self.accommodation.product_id.id,
            "hotel_id": self.hotel.id,
            "room_id": (self.room if number % 2 else self.second_room).id,
            "meal": ("ro", "bb")[number % 2],
            "rooms": 1 + number % 2,
            "date_from": day,
            "date_to": date.fromordinal(day.toordinal() + 1 + number % 9),
            "price_unit": 123.45 + 17.1 * number,
            **line,
        }
        guests = [
            {
                "sequence": 10 * place,
                "last_name": f"Ivanov {number}",
                "first_name": f"Name {place}",
                "middle_name": False,
                "guest_type": "child" if place == 3 else "adult",
                "age": 5 if place == 3 else 0,
                "nationality_id": self.env.ref("base.ru").id if place % 2 else False,
            }
            for place in range(1, 1 + number % 4)
        ]
        event = {
            "from_state": "new",
            "to_state": state,
            "user_id": self.head.id,
            "date": datetime(2024, 1, 1 + number % 28, 12),
            "comment": f"Row {number}",
        }
        return {
            "order": order,
            "line": values,
            "guests": guests,
            "events": [event] if state != "new" else [],
        }

    def _read_all(self, orders):
        """Every stored column of the bookings and what belongs to them."""
        self.env.flush_all()
        orders = orders.sudo()
        lines = orders.order_line
        data = {}
        for key, records in (
            ("order", orders),
            ("line", lines),
            ("guest", lines.guest_ids),
            ("event", orders.sudo().status_event_ids),
        ):
            data[key] = self._read_rows(records)
            for field in records._fields.values():
                if field.type == "many2many" and field.store:
                    data[key, field.name] = [
                        record[field.name].ids for record in records.sorted("id")
                    ]
        for model in ("mail.message", "mail.followers", "mail.activity"):
            domain = [("res_model", "=", "sale.order"), ("res_id", "in", orders.ids)]
            if model == "mail.message":
                domain[0] = ("model", "=", "sale.order")
            data[model] = self.env[model].sudo().search_count(domain)
        return data

    def _read_rows(self, records):
        if not records:
            return []
        self.env.cr.execute(
            SQL(
                "SELECT * FROM %s WHERE id IN %s ORDER BY id",
                SQL.identifier(records._table),
                tuple(records.ids),
            )
        )
        return [
            {name: value for name, value in row.items() if name not in OWN}
            for row in self.env.cr.dictfetchall()
        ]

    def assertSameAsOrm(self, bookings):
        """Made by copying, in two portions, and by the ORM: the same in all fields."""
        writer = BookingWriter(self.importer_env)
        by_orm = writer.make_by_orm(copy.deepcopy(bookings))
        writer.env.flush_all()
        expected = self._read_all(by_orm)
        writer.reset()
        half = len(bookings) // 2
        copied = writer.make(copy.deepcopy(bookings[:half]))
        copied |= writer.make(copy.deepcopy(bookings[half:]))
        writer.close()
        self.env.invalidate_all()
        actual = self._read_all(copied)
        for key, rows in expected.items():
            if isinstance(key, str) and isinstance(rows, list):
                self._compare_rows(key, actual[key], rows)
            elif isinstance(rows, int):
                self.assertEqual(actual[key], rows, key)
        self._compare_lists(expected, actual, by_orm, copied)
        return copied

    def _compare_rows(self, key, actual, expected):
        # Prototypes are made before copies, so that ids say nothing of the order.
        def sort(rows):
            return sorted(rows, key=lambda row: str(self._get_sort_key(row)))

        self.assertEqual(len(actual), len(expected), key)
        for mine, orms in zip(sort(actual), sort(expected), strict=True):
            different = {
                name: (mine[name], value)
                for name, value in orms.items()
                if mine[name] != value
            }
            self.assertFalse(different, f"{key}: (copied, by the ORM)")

    def _get_sort_key(self, row):
        names = ("name", "full_name", "comment", "date_from", "price_unit", "sequence")
        return [row.get(name) for name in names]

    def _compare_lists(self, expected, actual, by_orm, copied):
        for name in ("tax_ids", "guest_ids"):
            one = {
                order.name: len(order.order_line[name])
                if name == "guest_ids"
                else order.order_line[name].ids
                for order in by_orm
            }
            two = {
                order.name: len(order.order_line[name])
                if name == "guest_ids"
                else order.order_line[name].ids
                for order in copied
            }
            self.assertEqual(two, one, name)

    # === The claim === #

    def test_equal_in_every_field(self):
        orders = self.assertSameAsOrm([self._booking(n) for n in range(60)])
        self.assertEqual(orders.mapped("name"), [f"IMP{n:04}" for n in range(60)])
        self.assertEqual(orders[1].amount_total, 140.55)

    def test_equal_with_rate_and_supplier_price(self):
        values = {
            "room_id": self.room.id,
            "rate_id": self.rate.id,
            "supplier_price_total": 90.0,
            "commission_percent": 7.5,
        }
        bookings = [self._booking(n, **values) for n in range(24)]
        for booking in bookings[::2]:
            del booking["line"]["price_unit"]
        self.assertSameAsOrm(bookings)

    def test_equal_with_taxes_by_date(self):
        """A tax that ends in mid-year, included in the price, then one on top."""
        old, new = self.env["account.tax"].create(
            [
                {
                    "name": "Old",
                    "amount": 18,
                    "price_include_override": "tax_included",
                    "tour_date_to": "2024-06-15",
                },
                {"name": "New", "amount": 20, "tour_date_from": "2024-06-16"},
            ]
        )
        self.accommodation.product_id.taxes_id = old | new
        orders = self.assertSameAsOrm([self._booking(n) for n in range(48)])
        self.assertEqual(orders.order_line.tax_ids, old | new)

    def test_equal_in_foreign_currency(self):
        currency = self._enable_currency("EUR")
        if currency == self.env.company.currency_id:
            currency = self._enable_currency("USD")
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "name": "2020-01-01", "rate": 0.5},
                {"currency_id": currency.id, "name": "2023-12-15", "rate": 0.8},
            ]
        )
        bookings = [self._booking(n) for n in range(36)]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        for booking in bookings:
            booking["order"]["pricelist_id"] = pricelist.id
        orders = self.assertSameAsOrm(bookings)
        self.assertEqual(orders.currency_id, currency)
        self.assertEqual(set(orders.mapped("currency_rate")), {0.5, 0.8})

    def test_equal_for_day_use(self):
        bookings = []
        for number in range(24):
            booking = self._booking(
                number,
                service_type_id=self.other.id,
                product_id=self.other.product_id.id,
                service_text=f"Day use {number % 2}",
                hour_from=0.0,
                hour_to=0.0,
                early_arrival=False,
                late_departure=False,
            )
            booking["line"]["date_to"] = booking["line"]["date_from"]
            bookings.append(booking)
        self.assertSameAsOrm(bookings)

    def test_prototype_changed_meanwhile(self):
        """What a user does to the first booking of a kind is not copied."""
        writer = BookingWriter(self.importer_env)
        same = [self._booking(6), self._booking(6 + 12 * 7)]
        same[1]["line"]["meal"] = same[0]["line"]["meal"]
        first = writer.make(same[:1])
        first.order_line.guest_ids[:1].document_number = "AB 1"
        first.write({"client_order_ref": "typed", "note": "<p>typed</p>"})
        second = writer.make(same[1:])
        self.assertEqual(len(writer.shapes), 1, "the second is a copy of the first")
        writer.close()
        self.assertFalse(second.note)
        self.assertFalse(second.sudo().guest_ids.filtered("document_number"))

    # === Rights === #

    def test_nobody_makes_them_by_rpc(self):
        """The status of a new booking comes with the mover's sentinel only."""
        booking = self._booking(0)
        vals = BookingWriter(self.importer_env)._prepare_orm_vals(booking)
        with self.assertRaisesRegex(Exception, "begins as New"):
            self.importer_env["sale.order"].create([vals])
        with self.assertRaisesRegex(Exception, "begins as New"):
            self.importer_env["sale.order"].with_context(
                tour_booking_mover=True, tour_import_quiet=True
            ).create([vals])

    def test_rights_count(self):
        """Who may not make bookings may not have them copied either."""
        env = self.env(user=self.hotel_editor)
        with self.assertRaisesRegex(Exception, "not allowed"):
            env["sale.order"]._create_imported([self._booking(n) for n in (0, 12)])

    def test_documented_entry(self):
        orders = self.importer_env["sale.order"]._create_imported(
            [self._booking(n) for n in range(12)]
        )
        self.assertEqual(len(orders), 12)
        self.assertEqual(orders.env, self.importer_env)
        self.assertEqual(orders[0].booking_state, "done")
        self.assertEqual(orders[0].sudo().status_event_ids.comment, "Row 0")
