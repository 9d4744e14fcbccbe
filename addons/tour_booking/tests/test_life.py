from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..booking_states import FINISHED, STATE_CODES
from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestArchive(BookingCommon):
    def _old(self, state, days=31, **values):
        order = self._create_booking(
            self._stay(
                date_from=self._day(-days - 2),
                date_to=self._day(-days),
            ),
            **values,
        )
        return self._force_state(order, state)

    def test_only_what_is_finished_and_old(self):
        orders = {state: self._old(state) for state in STATE_CODES}
        fresh = self._old("done", days=30)
        self.env["sale.order"]._archive_bookings(1000)
        for state, order in orders.items():
            with self.subTest(state=state):
                archived = state in FINISHED or state == "archive"
                self.assertEqual(order.booking_state, "archive" if archived else state)
        self.assertEqual(fresh.booking_state, "done")

    def test_history_says_who_and_from_where(self):
        order = self._old("refused")
        self.env["sale.order"]._archive_bookings(1000)
        self.assertRecordValues(
            order.status_event_ids,
            [
                {
                    "from_state": "refused",
                    "to_state": "archive",
                    "user_id": self.env.uid,
                    "comment": False,
                }
            ],
        )
        self.assertEqual(order.status_event_ids.date.date(), fields.Date.today())

    def test_setting_of_the_company(self):
        self.env.company.tour_archive_days = 5
        order = self._old("done", days=6)
        self.env["sale.order"]._archive_bookings(1000)
        self.assertEqual(order.booking_state, "archive")

    def test_in_chunks_and_twice_without_harm(self):
        orders = self.env["sale.order"].union(*(self._old("done") for _n in range(3)))
        self.assertGreaterEqual(self.env["sale.order"]._archive_bookings(2), 2)
        left = orders.filtered(lambda order: order.booking_state == "done")
        while self.env["sale.order"]._archive_bookings(2):
            pass
        self.assertLessEqual(len(left), 1)
        self.assertEqual(set(orders.mapped("booking_state")), {"archive"})
        self.assertEqual(self.env["sale.order"]._archive_bookings(2), 0)
        for order in orders:
            self.assertEqual(len(order.status_event_ids), 1)

    def test_cron_archives_all_that_is_due(self):
        order = self._old("done")
        with self.enter_registry_test_mode():
            self.env.ref(
                "tour_booking.ir_cron_archive_bookings"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(order.booking_state, "archive")

    def test_archiving_changes_no_statistics(self):
        order = self._old("done")
        before = order.read(
            ["counts_in_turnover", "counts_in_hotel_statistics", "statistic_nights"]
        )
        self.env["sale.order"]._archive_bookings(1000)
        self.env.add_to_compute(order._fields["statistic_nights"], order)
        self.assertEqual(order.read(list(before[0])[1:]), before)

    def test_any_number_costs_the_same_queries(self):
        counts = []
        for number in (1, 10):
            for _order in range(number):
                self._old("done")
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["sale.order"]._archive_bookings(1000)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestPenalty(BookingCommon):
    """Stay of 2 nights in 3 rooms: 6 nights in the statistics when all goes well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company.allow_cancel_penalty = True

    def _end(self, state, **values):
        order = self._create_booking(self._stay(rooms=3), **values)
        return self._force_state(order, state)

    def _assert_counts(self, order, turnover, hotel, nights):
        self.assertRecordValues(
            order,
            [
                {
                    "counts_in_turnover": turnover,
                    "counts_in_hotel_statistics": hotel,
                    "statistic_nights": nights,
                }
            ],
        )

    def test_without_penalty(self):
        for state in ("confirmed", "booked", "done", "reposting"):
            with self.subTest(state=state):
                self._assert_counts(self._end(state), True, True, 6)
        for state in ("new", "accepted", "cancelled", "refused"):
            with self.subTest(state=state):
                self._assert_counts(self._end(state), False, False, 0)

    def test_penalty_of_the_hotel(self):
        """In turnover, not in nights."""
        order = self._end(
            "cancelled_penalty", penalty_from="hotel", penalty_when="before"
        )
        self._assert_counts(order, True, True, 0)

    def test_penalty_of_ours(self):
        """In turnover, not in hotel statistics."""
        order = self._end("cancelled_penalty", penalty_from="us", penalty_when="before")
        self._assert_counts(order, True, False, 0)

    def test_shortened_stay(self):
        """The nights stayed count."""
        order = self._end(
            "cancelled_penalty",
            penalty_from="hotel",
            penalty_when="during",
            nights_stayed=3,
        )
        self._assert_counts(order, True, True, 3)

    def test_archived_penalty_counts_as_before(self):
        order = self._end("cancelled_penalty", penalty_from="us", penalty_when="before")
        order._move_to("archive")
        self._assert_counts(order, True, False, 0)
        self.assertTrue(order.has_penalty)

    def test_prepared_penalty_counts_only_once_due(self):
        order = self._end("booked", penalty_from="us", penalty_when="before")
        self._assert_counts(order, True, True, 6)
        self.assertFalse(order.has_penalty)

    def test_ordinary_orders_are_in_no_statistics(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client_company.id,
                "order_line": [
                    Command.create({"product_id": self.transfer.product_id.id})
                ],
            }
        )
        order.action_confirm()
        self._assert_counts(order, False, False, 0)


@tagged("post_install", "-at_install")
class TestHints(BookingCommon):
    def _codes(self, **values):
        order = self._create_booking(self._stay(**values))
        return [hint["code"] for hint in order.booking_hints or []]

    def test_nothing_to_say(self):
        self.assertEqual(self._codes(), [])

    def test_no_supplier(self):
        self.hotel.supplier_id = False
        self.assertEqual(self._codes(), ["no_supplier"])

    def test_commission_not_entered(self):
        self.hotel.commission_percent = 10
        self.assertEqual(self._codes(), [])
        codes = self._codes(commission_percent=0)
        self.assertEqual(codes, ["no_commission"])
        self.assertEqual(
            self._codes(commission_percent=0, settlement="less"),
            ["commission_differs"],
        )

    def test_commission_differs(self):
        self.hotel.commission_percent = 10
        self.assertEqual(self._codes(commission_percent=8), ["commission_differs"])

    def test_net_rates_have_no_commission(self):
        self.hotel.commission_percent = 10
        self.rate.write({"kind": "net", "net_price": 4000})
        self.assertEqual(self._codes(), [])

    def test_less_money_in_than_out(self):
        order = self._create_booking(self._stay(price_unit=9000))
        hint = order.booking_hints[0]
        self.assertEqual((hint["code"], hint["severity"]), ("loss", "danger"))
        self.assertRegex(hint["text"], "Alpina: Less money comes in .*1,000")
        self.assertEqual(hint["line_id"], order.order_line.id)

    def test_closed_period(self):
        self.env.company.tour_closed_until = self._day(1)
        self.assertEqual(self._codes(), ["closed_period"])
        self.env.company.tour_closed_until = self._day(0)
        self.assertEqual(self._codes(), [])
        self.env.company.sudo().fiscalyear_lock_date = self._day(-2)
        self.assertEqual(
            self._codes(date_from=self._day(-3), date_to=self._day(-1)),
            ["closed_period"],
        )

    def test_worst_first(self):
        self.hotel.supplier_id = False
        self.assertEqual(self._codes(price_unit=9000), ["loss", "no_supplier"])

    def test_hints_do_not_hinder(self):
        self.hotel.supplier_id = False
        order = self._create_booking(self._stay(price_unit=9000))
        order._move_to("accepted")
        self.assertEqual(order.booking_state, "accepted")

    def test_hints_while_editing(self):
        line = self._create_booking().order_line
        draft = self.env["sale.order.line"].new(origin=line)
        draft.supplier_id = False
        self.assertEqual([h["code"] for h in draft.service_hints], ["no_supplier"])


@tagged("post_install", "-at_install")
class TestWording(BookingCommon):
    def test_labels_are_data_in_the_users_language(self):
        status = self.env.ref("tour_booking.booking_status_accepted")
        self.env["res.lang"]._activate_lang("ru_RU")
        status.with_context(lang="ru_RU").name = "Взята в работу"
        status.name = "In work"
        orders = self.env["sale.order"]
        for lang, label in (("en_US", "In work"), ("ru_RU", "Взята в работу")):
            with self.subTest(lang=lang):
                fields_info = orders.with_context(lang=lang).fields_get(
                    ["booking_state"]
                )
                labels = dict(fields_info["booking_state"]["selection"])
                self.assertEqual(labels["accepted"], label)

    def test_all_statuses_have_wording_and_a_client_status(self):
        wordings = self.env["tour.booking.status"]._get_wordings("en_US")
        self.assertEqual(set(wordings), set(STATE_CODES))
        shown = {state: wording.client_name for state, wording in wordings.items()}
        self.assertEqual(shown["confirmed"], "Booked")
        self.assertEqual(shown["cancelled_penalty"], "Cancelled")
        self.assertEqual(shown["reposting"], "Done")

    def test_client_status_of_a_booking(self):
        order = self._force_state(self._create_booking(), "confirmed")
        self.assertEqual(order.client_status_id.code, "booked")
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self.assertFalse(order.client_status_id)

    def test_statuses_are_neither_made_nor_lost(self):
        status = self.env.ref("tour_booking.booking_status_done")
        with self.assertRaises(UserError):
            status.unlink()
        with self.assertRaises(UserError):
            status.state = "new"
        with self.assertRaises(AccessError):
            status.with_user(self.manager).name = "Mine"
        status.with_user(self.head).name = "Finished"
        self.assertEqual(status.name, "Finished")

    def test_old_bookings_are_where_the_calendar_says(self):
        order = self._create_booking(
            self._stay(), self._stay(date_from=self._day(5), date_to=self._day(9))
        )
        self.assertEqual(order.service_date_from, self.today + timedelta(days=1))
        self.assertEqual(order.service_date_to, self.today + timedelta(days=9))
