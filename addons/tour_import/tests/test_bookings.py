from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ImportCommon

PLAIN = ["Number", "Client", "Hotel", "Room type", "Check-in", "Check-out", "Price"]


@tagged("post_install", "-at_install")
class TestBookings(ImportCommon):
    def _find(self, record):
        orders = self.env["sale.order"].with_user(self.head)
        return orders.search([("tour_import_ids", "=", record.id)], order="name")

    # === The layout of the demand data set === #

    def test_layout_maps_itself(self):
        record = self._import("booking", self._hotel_rows({}))
        self.assertEqual(
            record.profile_id, self.env.ref("tour_import.profile_hotel_bookings")
        )
        self.assertCounts(record, made=1)
        order = self._find(record)
        self.assertEqual(order.booking_state, "done")
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.date_order, datetime(2016, 6, 18, 12))
        self.assertEqual(order.service_date_from, date(2016, 7, 2))
        self.assertEqual(order.service_date_to, date(2016, 7, 5))
        # Three nights at 100.50.
        self.assertEqual(order.amount_untaxed, 301.5)
        line = order.order_line
        self.assertEqual(line.hotel_id.city_id.name, "Algarve")
        self.assertEqual(line.hotel_id.supplier_id.name, "Test Hotel")
        self.assertEqual(line.room_id.name, "Category A")
        self.assertEqual(line.meal, "bb")
        self.assertEqual(line.overwritten_fields, ["price_unit"])
        self.assertEqual(order.guest_ids.mapped("full_name"), ["Guest 1", "Guest 2"])
        self.assertEqual(order.guest_ids.nationality_id.code, "PT")
        event = order.sudo().status_event_ids
        self.assertEqual((event.from_state, event.to_state), ("new", "done"))
        self.assertEqual(event.date, datetime(2016, 7, 5, 12))
        self.assertIn("test.csv, row 2", event.comment)

    def test_who_ordered_and_how_it_ended(self):
        record = self._import(
            "booking",
            self._hotel_rows(
                {"agent": "240"},
                {"company": "223"},
                {
                    "agent": "240",
                    "is_canceled": "1",
                    "reservation_status": "Canceled",
                    "reservation_status_date": "2016-06-20",
                },
                {
                    "is_canceled": "1",
                    "reservation_status": "Canceled",
                    "deposit_type": "Non Refund",
                    "reservation_status_date": "2016-06-20",
                },
                {
                    "is_canceled": "1",
                    "reservation_status": "No-Show",
                    "reservation_status_date": "2016-07-02",
                },
            ),
        )
        self.assertCounts(record, made=5)
        orders = self._find(record)
        self.assertEqual(
            orders.mapped("client_name"),
            ["Agent 240", "Company 223", "Agent 240", "Direct guests", "Direct guests"],
        )
        self.assertEqual(
            orders.mapped("booking_state"),
            ["done", "done", "cancelled", "cancelled_penalty", "cancelled_penalty"],
        )
        self.assertTrue(orders[0].partner_id.tour_client_agent)
        self.assertTrue(orders[1].partner_id.tour_client_corporate)
        self.assertEqual(orders[2].state, "cancel")
        self.assertEqual(orders.mapped("penalty_when")[3:], ["before", "during"])
        # A deposit that is not paid back is the price of the stay; what a no-show
        # cost the file does not tell.
        self.assertEqual(orders.mapped("penalty_amount")[3:], [301.5, 0.0])

    def test_equal_rows_and_again(self):
        """Three equal rows are three bookings, also the second time."""
        rows = self._hotel_rows({}, {}, {})
        before = self.env["sale.order"].search_count([])
        first = self._import("booking", rows)
        self.assertCounts(first, made=3)
        again = self._import("booking", rows)
        self.assertEqual((again.to_make_count, again.to_merge_count), (0, 3))
        self.assertCounts(again, merged=3)
        longer = self._import("booking", [*rows, rows[1]])
        self.assertCounts(longer, made=1, merged=3)
        self.assertEqual(self.env["sale.order"].search_count([]), before + 4)

    def test_renamed_client_is_known_again(self):
        self._import("booking", self._hotel_rows({"agent": "T240"}))
        agent = self.env["res.partner"].search([("name", "=", "Agent T240")])
        agent.name = "Alpine Travel"
        record = self._import(
            "booking", self._hotel_rows({"agent": "T240", "adr": "1"})
        )
        self.assertEqual(self._find(record).partner_id, agent)

    def test_day_use(self):
        record = self._import(
            "booking",
            self._hotel_rows(
                {
                    "stays_in_weekend_nights": "0",
                    "stays_in_week_nights": "0",
                    "adr": "0",
                }
            ),
        )
        self.assertCounts(record, made=1)
        line = self._find(record).order_line
        self.assertEqual(line.service_kind, "other")
        self.assertEqual(line.service_text, "Day use, Test Hotel, Category A")
        self.assertEqual(line.date_from, line.date_to)

    def test_children(self):
        record = self._import(
            "booking", self._hotel_rows({"children": "1", "babies": "1"})
        )
        guests = self._find(record).guest_ids
        self.assertEqual(guests.mapped("guest_type"), ["adult"] * 2 + ["child"] * 2)
        self.assertEqual(guests.mapped("age"), [0, 0, 10, 1])

    def test_nobody_is_told(self):
        """History makes no mails, messages or followers."""
        before = self.env["mail.mail"].search_count([])
        record = self._import("booking", self._hotel_rows({}, {"agent": "1"}))
        orders = self._find(record).sudo()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertFalse(orders.message_ids)
        self.assertFalse(orders.message_follower_ids)

    # === A layout of one's own === #

    def test_own_numbers(self):
        rows = [
            PLAIN,
            ["B-1", "Metran", "Alpina", "Standard", "01.07.2026", "03.07.2026", "500"],
            ["B-1", "Metran", "Alpina", "Standard", "01.08.2026", "03.08.2026", "500"],
        ]
        record = self._import("booking", rows)
        self.assertCounts(record, made=1, refused=1)
        self.assertEqual(self._find(record).name, "B-1")
        self.assertIn("key_twice", record.fault_ids.mapped("rule"))
        self.assertCounts(self._import("booking", rows), merged=1, refused=1)

    def test_faults(self):
        """Each row that is wrong says where and why; nothing of it is saved."""
        headers = [*PLAIN, "Currency", "Manager"]
        good = ["B-1", "Metran", "Alpina", "Standard", "01.07.2026", "03.07.2026", "5"]
        rows = [
            headers,
            [*good, "", ""],
            [*good[:4], "03.07.2026", "01.07.2026", "5", "", ""],
            ["B-3", "Nobody", "Alpina", "Attic", *good[4:], "", ""],
            ["B-4", *good[1:], "ZZZ", ""],
            ["B-5", *good[1:], "", "nobody@tour.example"],
            ["B-6", "Metran", "Alpina", "Standard", "31.02.2026", "", "five", "", ""],
        ]
        record = self._create_import("booking", rows)
        record.action_read()
        record.action_check()
        faults = record.fault_ids.filtered(lambda fault: not fault.is_warning)
        self.assertEqual(
            [(f.row, f.column, f.value, f.rule) for f in faults],
            [
                (3, "Check-out", "01.07.2026", "departure_before_arrival"),
                (4, "Client", "Nobody", "unknown_client"),
                (4, "Room type", "Attic", "unknown_room"),
                (5, "Currency", "ZZZ", "currency"),
                (6, "Manager", "nobody@tour.example", "unknown_manager"),
                (7, "Check-in", "31.02.2026", "date"),
                (7, "Price", "five", "number"),
            ],
        )
        self.assertTrue(all(faults.mapped("message")))
        self.assertTrue(all(faults.mapped("way_out")))
        self.assertEqual(
            (record.row_count, record.to_make_count, record.to_refuse_count), (6, 1, 5)
        )
        before = self.env["sale.order"].search_count([])
        record.action_run()
        record._treat("run")
        record.invalidate_recordset()
        self.assertCounts(record, made=1, refused=5)
        self.assertEqual(self.env["sale.order"].search_count([]), before + 1)
        self.assertFalse(self.env["tour.room"].search([("name", "=", "Attic")]))

    def test_currency_without_rate(self):
        currency = self._enable_currency("CHF")
        currency.rate_ids.unlink()
        rows = [
            [*PLAIN, "Currency"],
            ["B-1", "Metran", "Alpina", "", "01.07.2026", "03.07.2026", "500", "CHF"],
        ]
        record = self._import("booking", rows)
        self.assertIn("currency_without_rate", record.fault_ids.mapped("rule"))
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 0.5}
        )
        record = self._import("booking", rows)
        self.assertCounts(record, made=1)
        self.assertEqual(self._find(record).currency_id, currency)

    def test_what_odoo_refuses_is_a_fault_of_its_row(self):
        """The rows beside it are imported all the same."""
        lines = self.env.registry["sale.order.line"]
        check = lines._check_dates

        def refuse_july_4(records, service):
            if service.date_from == date(2026, 7, 4):
                reason = "Not on the fourth of July."
                raise ValidationError(reason)
            return check(records, service)

        self.patch(lines, "_check_dates", refuse_july_4)
        rows = [PLAIN]
        for day in range(1, 7):
            row = [f"B-{day}", "Metran", "Alpina", "Standard"]
            rows.append([*row, f"0{day}.07.2026", "10.07.2026", "500"])
        record = self._import("booking", rows)
        self.assertCounts(record, made=5, refused=1)
        fault = record.fault_ids.filtered(lambda fault: fault.rule == "refused")
        self.assertEqual(fault.row, 5)
        self.assertIn("fourth of July", fault.message)
        self.assertEqual(len(self._find(record)), 5)

    def test_archiving_takes_them(self):
        record = self._import("booking", self._hotel_rows({}, {}))
        self.env["sale.order"]._archive_bookings(100)
        orders = self._find(record)
        orders.invalidate_recordset()
        self.assertEqual(set(orders.mapped("booking_state")), {"archive"})
