from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .change_common import ChangeCommon

# The rule: free until 10 June 15:00 UTC, one night (5,000 of 10,000) from then on, all
# from 11 June 11:00 UTC on.


@tagged("post_install", "-at_install")
class TestCancel(ChangeCommon):
    def _cancel(self, order, **values):
        change = self._create_change(order, kind="cancel", **values)
        change.action_price()
        change.action_apply()
        return change

    def test_a_request_to_cancel_is_a_mark(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        self.assertEqual(order.booking_state, "booked")
        self.assertEqual(order.change_mark, "cancel")
        self.assertIn("change_cancel", [tag["code"] for tag in order.process_tags])
        change.action_withdraw()
        self.assertFalse(order.change_mark)

    def test_free(self):
        order = self._create_booked()
        with self._at(2026, 6, 10, 14, 59):
            change = self._cancel(order)
        self.assertEqual(order.booking_state, "cancelled")
        self.assertEqual(order.status_event_ids[0].comment, f"{change.name}: As agreed")
        self.assertRecordValues(
            change, [{"fee_amount": 0, "price_before": 10000, "price_after": 0}]
        )

    def test_each_step_on_both_sides_of_its_minute(self):
        order = self._create_booked()
        for moment, fee in (
            ((2026, 6, 10, 14, 59), 0),
            ((2026, 6, 10, 15, 0), 5000),
            ((2026, 6, 11, 10, 59), 5000),
            ((2026, 6, 11, 11, 0), 10000),
        ):
            with self.subTest(moment=moment), self._at(*moment):
                offer = order.with_user(self.manager).get_cancellation_preview()
                self.assertEqual(offer["fee"], fee)
                self.assertEqual(offer["price_after"], fee)
        self.assertFalse(order.change_ids)

    def test_penalty_where_the_client_allows_it(self):
        self.client_company.allow_cancel_penalty = True
        order = self._create_booked()
        with self._at(2026, 6, 10, 15, 0):
            self._cancel(order)
        self.assertRecordValues(
            order,
            [
                {
                    "booking_state": "cancelled_penalty",
                    "penalty_from": "hotel",
                    "penalty_when": "before",
                    "penalty_amount": 5000,
                    "nights_stayed": 0,
                }
            ],
        )

    def test_penalty_during_the_stay_counts_the_nights(self):
        self.client_company.allow_cancel_penalty = True
        order = self._create_booked()
        with self._at(2026, 6, 12, 9, 0):
            self._cancel(order)
        self.assertRecordValues(
            order,
            [{"penalty_when": "during", "penalty_amount": 10000, "nights_stayed": 1}],
        )

    def test_otherwise_the_fee_is_a_service(self):
        order = self._create_booked()
        with self._at(2026, 6, 10, 15, 0):
            self._cancel(order)
        self.assertEqual(order.booking_state, "booked")
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "service_type_id": self.env.ref("tour_change.service_type_fee").id,
                    "service_text": "Cancellation fee: Alpina",
                    "price_total": 5000,
                    "supplier_price_total": 5000,
                    "supplier_id": self.supplier.id,
                    "free_until": False,
                }
            ],
        )
        self.assertEqual(order.change_mark, "fee")

    def test_fee_by_hand(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        change.write({"fee_by_hand": True, "fee_typed": 1234})
        change.action_price()
        self.assertEqual(change.fee_amount, 1234)
        change.action_apply()
        self.assertEqual(order.amount_total, 1234)

    def test_no_rule_nobody_knows(self):
        self.hotel.cancellation_rule_id = False
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        change.action_price()
        self.assertFalse(change.fee_known)
        offer = order.with_user(self.client_user).get_cancellation_preview()
        self.assertIsNone(offer["fee"])

    def test_nothing_is_due_before_anybody_accepted_it(self):
        order = self._force_state(self._create_booked(), "new")
        with self._at(2026, 6, 11, 12, 0):
            self._cancel(order)
        self.assertEqual(order.booking_state, "cancelled")

    def test_from_changed_the_penalty_is_reached_too(self):
        self.client_company.allow_cancel_penalty = True
        order = self._create_booked()
        self._create_change(order, (order.order_line, {"rooms": 2}))
        self.assertEqual(order.booking_state, "changed")
        with self._at(2026, 6, 10, 15, 0):
            self._cancel(order)
        self.assertEqual(order.booking_state, "cancelled_penalty")

    def test_not_while_the_client_has_to_confirm(self):
        order = self._create_booked()
        order.sudo().created_by_client = True
        order.with_user(self.manager).order_line.write({"rooms": 2})
        self.assertTrue(order.needs_client_confirmation)
        change = self._create_change(order, kind="cancel")
        with self.assertRaisesRegex(UserError, "confirm"):
            change.action_price()

    def test_dropped_nights_cost_no_more_than_they_did(self):
        # Three nights at 5,000; one is dropped after the deadline of the first night.
        order = self._create_booked(self._stay(date_to=self._day(4)))
        with self._at(2026, 6, 10, 16, 0):
            change = self._create_change(
                order, (order.order_line, {"date_to": self._day(3)})
            )
            change.action_price()
            # One night by the rule, which is what the dropped one costs.
            self.assertEqual(change.fee_amount, 5000)
            self.assertEqual(change.price_after, 15000)
        with self._at(2026, 6, 11, 12, 0):
            change.action_price()
            # Cancelling all would cost 15,000; the dropped night costs 5,000.
            self.assertEqual(change.fee_amount, 5000)
            change.action_apply()
        fee = order.order_line - order.order_line[0]
        self.assertEqual(fee.price_total, 5000)
        self.assertEqual(order.amount_total, 15000)

    def test_longer_stays_cost_no_fee(self):
        order = self._create_booked()
        with self._at(2026, 6, 10, 16, 0):
            change = self._create_change(
                order, (order.order_line, {"date_to": self._day(5)})
            )
            change.action_price()
            self.assertEqual(change.fee_amount, 0)
            self.assertEqual(change.price_after, 20000)

    def test_fewer_rooms_and_another_hotel(self):
        order = self._create_booked(self._stay(rooms=2))
        other = self._create_hotel(name="Other")
        with self._at(2026, 6, 11, 12, 0):
            change = self._create_change(order, (order.order_line, {"rooms": 1}))
            change.action_price()
            self.assertEqual(change.fee_amount, 10000)
            change.line_ids.write(
                {
                    "rooms": 2,
                    "hotel_id": other.id,
                    "room_id": False,
                    "rate_id": False,
                    "price_unit": 1000,
                }
            )
            change.action_price()
            self.assertEqual(change.fee_amount, 20000)

    def test_refund_of_what_was_paid(self):
        order = self._create_booked()
        invoice = order._create_invoices()
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.client_company.allow_cancel_penalty = True
        with self._at(2026, 6, 10, 15, 0):
            change = self._create_change(order, kind="cancel")
            change.action_price()
        paid = order._get_paid_amount()
        self.assertEqual(change.paid_amount, paid)
        self.assertEqual(change.refund_amount, max(paid - 5000, 0))

    def test_invoiced_services_cannot_just_go(self):
        order = self._create_booked()
        order._create_invoices()
        with self._at(2026, 6, 10, 15, 0):
            change = self._create_change(order, kind="cancel")
            sentence = f"{order.name} is invoiced already. .* its manager sees to that"
            with self.assertRaisesRegex(UserError, sentence):
                change.action_price()
            # The client reads the same before he asks.
            with self.assertRaisesRegex(UserError, sentence):
                order.with_user(self.client_user).get_cancellation_preview()
            with self.assertRaisesRegex(UserError, sentence):
                order.with_user(self.client_user).get_change_preview(
                    [{"service_id": order._get_services().id, "cancels": True}]
                )
        self.assertTrue(order.order_line.hotel_id)

    def test_credited_services_cannot_just_go_either(self):
        """So nobody is told that crediting helps; a penalty does, where it may be."""
        order = self._create_booked()
        invoice = order._create_invoices()
        invoice.action_post()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({"journal_id": invoice.journal_id.id}).refund_moves()
        order.order_line.invoice_lines.move_id.filtered(
            lambda move: move.state == "draft"
        ).action_post()
        own = order.with_user(self.client_user)
        with self._at(2026, 6, 10, 15, 0):
            with self.assertRaises(UserError) as refused:
                own.get_cancellation_preview()
            self.assertIn("is invoiced already", str(refused.exception))
            self.assertNotIn("credit", str(refused.exception))
            # Nothing half-done stays of what he asks all the same.
            with self.assertRaises(UserError), self.env.cr.savepoint():
                own.action_request_cancel("Illness")
            self.assertFalse(order.change_ids)
            self.client_company.allow_cancel_penalty = True
            self.assertEqual(own.get_cancellation_preview()["fee"], 5000)

    def test_several_services_each_by_its_own_clock(self):
        city = self.env["tour.city"].create(
            {
                "name": "Владивосток",
                "country_id": self.env.ref("base.ru").id,
                "tz": "Asia/Vladivostok",
            }
        )
        far = self._create_hotel(name="Far", city_id=city.id)
        far.cancellation_rule_id = self.rule
        order = self._create_booked(
            self._stay(),
            self._stay(hotel_id=far.id, room_id=False, rate_id=False, price_unit=8000),
        )
        # Far: free until 10 June 8:00 UTC.
        with self._at(2026, 6, 10, 8, 0):
            offer = order.with_user(self.manager).get_cancellation_preview()
        self.assertEqual([fee["amount"] for fee in offer["fees"]], [0, 4000])
        self.assertEqual(offer["fee"], 4000)

    def test_requests_end_with_their_booking(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        change.action_ask_supplier()
        cancel = self._cancel(order)
        self.assertEqual(cancel.state, "applied")
        self.assertEqual(change.state, "withdrawn")
        self.assertEqual(order.booking_state, "cancelled")
        other = self._create_booked()
        change = self._create_change(other, kind="cancel")
        other.with_user(self.manager).action_move_to("cancelled", "By telephone")
        self.assertEqual(change.state, "withdrawn")
        self.assertEqual(change.reason, "The booking is over.")

    def test_locked_bookings_stay(self):
        order = self._create_booked()
        order.locked = True
        with self.assertRaises(UserError):
            self._cancel(order)
        self.assertEqual(order.booking_state, "booked")

    def test_other_services_by_the_night_are_lost_whole(self):
        self.transfer.cancellation_rule_id = self.rule
        order = self._create_booked(
            Command.create(
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – City",
                    "date_from": self._day(2),
                    "price_unit": 2500,
                }
            )
        )
        # A city of its own it has not: the company's clock, else UTC.
        self.env.company.partner_id.tz = "Europe/Moscow"
        with self._at(2026, 6, 11, 15, 0):
            offer = order.with_user(self.manager).get_cancellation_preview()
        self.assertEqual(offer["fee"], 2500)
