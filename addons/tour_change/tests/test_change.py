from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChange(ChangeCommon):
    def test_request_starts_with_what_is(self):
        order = self._create_booked()
        line = order.order_line
        change = self._create_change(order, (line, {}))
        proposal = change.line_ids
        self.assertEqual(proposal.date_from, line.date_from)
        self.assertEqual(proposal.hotel_id, self.hotel)
        self.assertEqual(proposal.price_unit, 10000)
        self.assertEqual(proposal._get_proposed(), {})
        self.assertEqual(change.user_id, self.manager)
        self.assertTrue(change.name.startswith("CR"))

    def test_whole_way_of_a_change(self):
        order = self._create_booked(self._stay(guests=[{"last_name": "Orlov"}]))
        line = order.order_line
        change = self._create_change(order, (line, {"date_to": self._day(4)}))
        # The booking tells that something is under way.
        self.assertEqual(order.booking_state, "changed")
        self.assertEqual(order.change_mark, "change")
        change.action_ask_supplier()
        self.assertEqual(change.state, "with_supplier")
        change.action_price()
        self.assertRecordValues(
            change,
            [
                {
                    "state": "priced",
                    "price_before": 10000,
                    "price_after": 15000,
                    "fee_amount": 0,
                    "refund_amount": 0,
                    "supplier_after": 15000,
                }
            ],
        )
        # Nothing has happened to the booking yet.
        self.assertEqual(line.nights, 2)
        self.assertEqual(order.booking_state, "changed")
        labels = [row[1] for row in change.preview["rows"]]
        self.assertIn("night", labels)
        self.assertIn("date_to", labels)
        change.action_ask_client()
        data = order.with_user(self.client_user).get_change_requests()
        self.assertEqual(data[0]["offer"]["price_after"], 15000)
        self.assertTrue(data[0]["may_accept"])
        result = order.with_user(self.client_user).action_accept_change(
            change.id, data[0]["offer"]["fingerprint"]
        )
        self.assertEqual(result["state"], "applied")
        self.assertEqual(line.nights, 3)
        self.assertEqual(order.amount_total, 15000)
        self.assertEqual(order.booking_state, "booked")
        self.assertFalse(order.change_mark)
        self.assertEqual(line.guest_ids.last_name, "Orlov")
        self.assertEqual(
            change.event_ids.sorted("id").mapped("to_state"),
            ["asked", "with_supplier", "priced", "with_client", "applied"],
        )
        self.assertEqual(change.event_ids[0].user_id, self.client_user)
        self.assertEqual(change.accepted_by_id, self.client_user)

    def test_agreed_change_is_not_confirmed_again(self):
        order = self._create_booked()
        order.sudo().created_by_client = True
        change = self._create_change(
            order, (order.order_line, {"date_to": self._day(4)})
        )
        change.action_price()
        change.action_ask_client()
        order.with_user(self.client_user).action_accept_change(
            change.id, change.fingerprint
        )
        self.assertEqual(order.booking_state, "booked")
        self.assertFalse(order.needs_client_confirmation)

    def test_change_without_his_word_is_confirmed_by_the_client(self):
        order = self._create_booked()
        order.sudo().created_by_client = True
        change = self._create_change(
            order, (order.order_line, {"date_to": self._day(4)})
        )
        change.action_price()
        change.action_apply()
        self.assertEqual(change.state, "applied")
        self.assertEqual(order.booking_state, "changed")
        self.assertTrue(order.needs_client_confirmation)

    def test_dry_run_tells_nobody_and_leaves_nothing(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        with self._at(2026, 6, 10, 16, 0):
            before = {
                model: self.env[model].sudo().search_count([])
                for model in ("mail.mail", "tour.booking.event", "sale.order.line")
            }
            view = order._client_view()
            events = len(change.event_ids)
            change._price()
            self.assertEqual(change.fee_amount, 5000)
            self.assertEqual(order._client_view(), view)
            self.assertEqual(len(change.event_ids), events)
            for model, count in before.items():
                self.assertEqual(self.env[model].sudo().search_count([]), count)

    def test_shown_anew_when_the_booking_changed(self):
        order = self._create_booked()
        line = order.order_line
        change = self._create_change(order, (line, {"date_to": self._day(4)}))
        change.action_price()
        change.action_ask_client()
        shown = change.fingerprint
        line.with_user(self.manager).write({"price_unit": 12000})
        result = order.with_user(self.client_user).action_accept_change(
            change.id, shown
        )
        self.assertEqual(result["state"], "priced")
        self.assertEqual(line.nights, 2)
        self.assertNotEqual(change.fingerprint, shown)
        self.assertEqual(change.price_before, 12000)

    def test_shown_anew_when_a_deadline_passed(self):
        order = self._create_booked()
        with self._at(2026, 6, 10, 14, 59):
            change = self._create_change(order, kind="cancel")
            change.action_price()
            self.assertEqual(change.fee_amount, 0)
        with self._at(2026, 6, 10, 15, 0):
            action = change.action_apply()
            self.assertEqual(action["tag"], "display_notification")
            self.assertEqual(change.state, "priced")
            self.assertEqual(change.fee_amount, 5000)
            self.assertEqual(order.booking_state, "booked")
            change.action_apply()
        self.assertEqual(change.state, "applied")

    def test_pressed_twice(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        change.action_price()
        change.action_apply()
        self.assertEqual(order.amount_total, 20000)
        with self.assertRaisesRegex(UserError, "already"):
            change.action_apply()
        self.assertEqual(order.amount_total, 20000)

    def test_prices_must_be_worked_out_first(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        with self.assertRaises(UserError):
            change.action_apply()
        with self.assertRaisesRegex(UserError, "price"):
            change._move_to("priced")

    def test_refusal_needs_a_reason_and_restores(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        with self.assertRaisesRegex(UserError, "reason"):
            change.action_refuse("  ")
        change.action_refuse("No rooms")
        self.assertEqual(change.state, "refused")
        self.assertEqual(order.booking_state, "booked")
        self.assertEqual(change.event_ids[0].comment, "No rooms")
        self.assertTrue(change.closed_on)
        change.action_reopen("They have rooms after all")
        self.assertEqual(order.booking_state, "changed")
        self.assertFalse(change.closed_on)

    def test_wizard_asks_why(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        action = change.with_context(tour_change_target="refused").action_open_reason()
        wizard = (
            self.env["tour.change.move"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"reason": "No rooms"})
        )
        wizard.action_apply()
        self.assertEqual(change.state, "refused")

    def test_guests_by_rows(self):
        guests = [
            {"last_name": "Orlov", "first_name": "Oleg", "document_number": "77"},
            {"last_name": "Petrova", "first_name": "Anna"},
        ]
        order = self._create_booked(self._stay(guests=guests))
        change = self._create_change(
            order, (order.order_line, {"guest_names": "Orlov; Oleg\nSmith; John"})
        )
        change.action_price()
        change.action_apply()
        self.assertEqual(
            order.order_line.guest_ids.mapped("full_name"), ["Orlov Oleg", "Smith John"]
        )
        # Who stays, stays with all that is known of him.
        self.assertEqual(order.order_line.guest_ids[0].document_number, "77")

    def test_content_is_fixed_while_with_the_client(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        change.action_price()
        change.action_ask_client()
        with self.assertRaises(UserError):
            change.line_ids.rooms = 3
        with self.assertRaises(UserError):
            change.fee_by_hand = True
        change.action_take_back()
        change.line_ids.rooms = 3
        change.action_price()
        self.assertEqual(change.price_after, 30000)

    def test_own_fields_are_written_by_steps_only(self):
        order = self._create_booked()
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        for vals in (
            {"state": "applied"},
            {"fingerprint": "x"},
            {"fee_amount": 0.0},
            {"accepted_on": "2026-01-01"},
        ):
            with self.assertRaises(AccessError):
                change.write(vals)
            with self.assertRaises(AccessError):
                change.with_context(tour_change_mover="MOVER").write(vals)
        with self.assertRaises(AccessError):
            self._create_change(self._create_booked(), state="applied")
        with self.assertRaises(UserError):
            change.kind = "cancel"
        with self.assertRaises(UserError):
            change.order_id = self._create_booked()

    def test_service_of_another_booking(self):
        order, other = self._create_booked(), self._create_booked()
        with self.assertRaises(UserError):
            self._create_change(order, (other.order_line, {}))

    def test_nothing_to_change_in_what_is_over(self):
        order = self._force_state(self._create_booked(), "cancelled")
        with self.assertRaisesRegex(UserError, "nothing left"):
            self._create_change(order, kind="cancel")

    def test_one_request_of_a_kind_at_a_time(self):
        order = self._create_booked()
        order.with_user(self.client_user).action_request_change("Later, please")
        with self.assertRaisesRegex(UserError, "already"):
            order.with_user(self.client_user).action_request_change("Later, please")
        self.assertEqual(len(order.change_ids), 1)

    def test_change_of_several_services_with_a_new_stay(self):
        order = self._create_booked(self._stay(), self._stay())
        first, second = order.order_line
        change = self._create_change(
            order, (first, {"cancels": True}), (second, {"rooms": 2})
        )
        change.action_price()
        self.assertEqual(change.price_after, 20000)
        change.action_apply()
        self.assertEqual(order.order_line, second)
        self.assertEqual(order.amount_total, 20000)

    def test_supplier_regularises(self):
        order = self._create_booked()
        line = order.order_line
        change = self._create_change(
            order, (line, {"supplier_price_total": 9000}), origin="supplier"
        )
        # The client has nothing to do with it.
        self.assertEqual(order.booking_state, "booked")
        with self.assertRaises(UserError):
            change.action_ask_supplier()
        change.action_price()
        self.assertRecordValues(
            change,
            [{"supplier_before": 10000, "supplier_after": 9000, "fee_amount": 0}],
        )
        change.action_apply()
        self.assertEqual(line.supplier_price_total, 9000)
        self.assertFalse(order.with_user(self.client_user).get_change_requests())

    def test_regularisation_that_the_client_is_asked_about(self):
        order = self._create_booked()
        change = self._create_change(
            order, (order.order_line, {"price_unit": 11000}), origin="supplier"
        )
        change.action_price()
        change.action_ask_client()
        order.with_user(self.client_user).action_accept_change(
            change.id, change.fingerprint
        )
        self.assertEqual(order.amount_total, 11000)

    def test_done_bookings_are_regularised(self):
        order = self._force_state(self._create_booked(), "done")
        change = self._create_change(
            order, (order.order_line, {"supplier_price_total": 9000}), origin="supplier"
        )
        change.action_price()
        change.action_apply()
        self.assertEqual(order.order_line.supplier_price_total, 9000)

    def test_applied_by_others(self):
        orders = self._create_booked() | self._create_booked()
        mails = self.env["mail.mail"].search_count([])
        changes = self.env["tour.change"]._create_applied(
            [{"order_id": order.id, "comment": "Prices of June"} for order in orders]
        )
        self.assertEqual(set(changes.mapped("state")), {"applied"})
        self.assertEqual(set(changes.mapped("origin")), {"supplier"})
        self.assertEqual(changes.event_ids.mapped("to_state"), ["applied", "applied"])
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(set(orders.mapped("booking_state")), {"booked"})
        with self.assertRaises(UserError):
            changes[0].unlink()

    def test_deadline_is_the_end_of_free_cancellation(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        self.assertEqual(str(change.deadline), "2026-06-02 09:00:00")
        with self._at(2026, 6, 10, 9, 0):
            change = self._create_change(self._create_booked(), kind="cancel")
            self.assertEqual(change.deadline, order.free_until)
            self.assertFalse(change.is_late)
        with self._at(2026, 6, 10, 15, 1):
            self.assertTrue(change.is_late)
            self.assertIn(
                change, self.env["tour.change"].search([("is_late", "=", True)])
            )

    def test_failure_in_the_middle_leaves_the_booking(self):
        order = self._create_booked(self._stay(), self._stay())
        first, second = order.order_line
        change = self._create_change(
            order, (first, {"rooms": 3}), (second, {"date_from": self._day(3)})
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            change.action_price()
        self.assertEqual(first.rooms, 1)
        self.assertEqual(change.state, "asked")

    def test_commands_for_a_service_that_is_gone(self):
        order = self._create_booked(self._stay(), self._stay())
        first = order.order_line[0]
        change = self._create_change(order, (first, {"rooms": 2}))
        order.write({"order_line": [Command.delete(first.id)]})
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no more among"):
            change.action_price()
