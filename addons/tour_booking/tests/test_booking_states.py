from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..booking_states import (
    FINISHED,
    HEAD,
    MOVER,
    MOVES,
    ORDER_STATES,
    STATE_CODES,
    get_targets,
)
from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestBookingMoves(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company.allow_cancel_penalty = True

    def _make(self, state, count=1):
        """Bookings that lack nothing, in the status."""
        orders = self.env["sale.order"].browse()
        for _number in range(count):
            orders += self._create_booking(
                self._stay(confirmation_number="A-1"),
                user_id=self.manager_all.id,
                penalty_from="hotel",
                penalty_when="before",
            )
        return self._force_state(orders, state)

    def test_every_pair(self):
        """Each of the 169 pairs is either moved or refused, with a reason said."""
        for from_state in STATE_CODES:
            for to_state in STATE_CODES:
                with self.subTest(move=f"{from_state} → {to_state}"):
                    order = self._make(from_state)
                    if from_state == "archive":
                        order.penalty_from = False
                        if to_state == "cancelled":
                            order.with_context(tour_booking_mover=MOVER).write(
                                {"state": "cancel"}
                            )
                    if from_state == "changed":
                        self._log(order, to_state)
                    self._try_pair(order, from_state, to_state)

    def _log(self, order, before):
        order.invalidate_recordset(["status_event_ids"])
        self.env["tour.booking.event"].create(
            {
                "order_id": order.id,
                "from_state": before,
                "to_state": "changed",
                "user_id": self.env.uid,
            }
        )

    def _try_pair(self, order, from_state, to_state):
        move = MOVES.get((from_state, to_state))
        events = len(order.status_event_ids)
        if not move:
            with self.assertRaises(UserError) as caught:
                order.with_user(self.head)._move_to(to_state, "Because")
            self.assertIn(order.name, str(caught.exception))
            self.assertEqual(order.booking_state, from_state)
            self.assertEqual(len(order.status_event_ids), events)
            return
        if move.reason_required:
            with self.assertRaisesRegex(UserError, "reason"):
                order.with_user(self.head)._move_to(to_state, "  ")
        if move.right == HEAD:
            with self.assertRaisesRegex(AccessError, "Head of department"):
                order.with_user(self.manager_all)._move_to(to_state, "Because")
        self.assertEqual(order.booking_state, from_state)
        user = self.head if move.right == HEAD else self.manager_all
        moved = order.with_user(user)._move_to(to_state, "Because")
        self.assertEqual(moved, order)
        self.assertEqual(order.booking_state, to_state)
        self.assertIn(order.state, ORDER_STATES[to_state])
        event = order.status_event_ids[:1]
        self.assertRecordValues(
            event,
            [
                {
                    "from_state": from_state,
                    "to_state": to_state,
                    "user_id": user.id,
                    "comment": "Because",
                }
            ],
        )

    def test_every_state_can_be_left_and_reached(self):
        reached = {to_state for _from, to_state in MOVES}
        self.assertEqual(reached | {"new"}, set(STATE_CODES))
        for state in STATE_CODES:
            self.assertTrue(get_targets(state), state)

    def test_finished_bookings_can_be_archived_by_a_head(self):
        for state in FINISHED:
            self.assertEqual(MOVES[state, "archive"].right, HEAD)

    def test_refusal_names_the_way_out(self):
        order = self._make("new")
        with self.assertRaises(UserError) as caught:
            order.with_user(self.manager_all)._move_to("done")
        self.assertEqual(
            str(caught.exception),
            f"{order.name} is New and cannot become Done. From there it can become: "
            "Accepted, Awaiting the client, Cancelled, Refused.",
        )

    def test_second_press_says_who_was_first(self):
        order = self._make("new")
        order.with_user(self.manager_all)._move_to("accepted")
        with self.assertRaisesRegex(UserError, "Accepted already: Manager All"):
            order.with_user(self.head)._move_to("accepted")

    def test_all_or_none(self):
        orders = self._make("new") + self._make("done")
        with self.assertRaises(UserError):
            orders.with_user(self.head)._move_to("accepted")
        self.assertEqual(orders.mapped("booking_state"), ["new", "done"])

    def test_all_faults_are_said_at_once(self):
        orders = self._make("done", 2)
        with self.assertRaises(UserError) as caught:
            orders._move_to("accepted")
        for order in orders:
            self.assertIn(order.name, str(caught.exception))

    def test_director_and_accountant_may_not_move(self):
        order = self._make("new")
        for role in ("director", "accountant", "hotel_editor"):
            user = self._create_staff(role, role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                order.with_user(user).action_move_to("accepted")
        self.assertEqual(order.booking_state, "new")

    def test_manager_of_own_bookings_moves_his_only(self):
        order = self._make("new")
        with self.assertRaises(AccessError):
            order.with_user(self.manager).action_move_to("accepted")
        order.user_id = self.manager
        order.with_user(self.manager).action_move_to("accepted")
        self.assertEqual(order.booking_state, "accepted")

    def test_accepting_a_free_booking_takes_it(self):
        order = self._create_booking(user_id=False)
        self.assertFalse(order.user_id)
        order.with_user(self.manager)._move_to("accepted")
        self.assertEqual(order.user_id, self.manager)

    def test_ordinary_orders_are_refused(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self.assertEqual(order.get_allowed_moves(), [])
        with self.assertRaisesRegex(UserError, "ordinary sales order"):
            order._move_to("accepted")

    def test_unknown_input_over_rpc(self):
        order = self._make("new")
        for state, reason in ((None, None), (1, ""), ("accepted", {"a": 1})):
            with self.subTest(state=state), self.assertRaises(UserError):
                order.action_move_to(state, reason)
        with self.assertRaises(UserError):
            order.action_move_to("nonsense")

    def test_allowed_moves_are_those_of_all_and_of_the_user(self):
        accepted, booked = self._make("accepted"), self._make("booked")
        moves = (accepted + booked).with_user(self.manager_all).get_allowed_moves()
        self.assertEqual(
            [(move["state"], move["reason_required"]) for move in moves],
            [
                ("confirmed", True),
                ("changed", False),
                ("cancelled", True),
                ("cancelled_penalty", True),
                ("refused", True),
            ],
        )
        done = self._make("done")
        self.assertEqual(
            [m["state"] for m in done.with_user(self.manager_all).get_allowed_moves()],
            ["reposting"],
        )
        self.assertEqual(
            [m["state"] for m in done.with_user(self.head).get_allowed_moves()],
            ["booked", "reposting", "archive"],
        )

    def test_move_costs_a_fixed_number_of_queries(self):
        """The same for 2 bookings and for 12; mails, one each, come on top."""
        self.client_company.email = False
        self._make("new").with_user(self.head)._move_to("accepted")
        counts = []
        for count in (2, 12):
            orders = self._make("new", count).with_user(self.head)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders.action_move_to("accepted")
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)


@tagged("post_install", "-at_install")
class TestBookingMoveNeeds(BookingCommon):
    def _make(self, state, *services, **values):
        return self._force_state(self._create_booking(*services, **values), state)

    def test_booked_needs_a_confirmation(self):
        order = self._make("accepted")
        with self.assertRaisesRegex(UserError, "no confirmation of Alpina"):
            order._move_to("booked")
        order.order_line.confirmed_by = "Anna, reception"
        order._move_to("booked")
        self.assertEqual(order.state, "sale")

    def test_booked_needs_no_confirmation_when_the_bill_is_there(self):
        order = self._make("accepted")
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.supplier.id}
        )
        order.bill_ids = bill
        order._move_to("booked")
        self.assertEqual(order.booking_state, "booked")

    def test_confirmed_needs_a_service(self):
        order = self._make("accepted")
        order.order_line.unlink()
        with self.assertRaisesRegex(UserError, "no services"):
            order._move_to("confirmed")

    def test_done_needs_a_paid_invoice(self):
        self.accommodation.done_needs_paid_invoice = True
        order = self._make("booked")
        with self.assertRaisesRegex(UserError, "has no invoice"):
            order._move_to("done")
        invoice = order._create_invoices()
        invoice.action_post()
        with self.assertRaisesRegex(UserError, "not all of its invoices are paid"):
            order._move_to("done")
        self.assertFalse(order.invoices_paid)
        self._pay(invoice)
        self.assertTrue(order.invoices_paid)
        order._move_to("done")
        self.assertEqual(order.booking_state, "done")

    def test_the_manager_opens_the_invoice_that_he_makes(self):
        order = self._make("booked")
        invoice = order.with_user(self.manager)._create_invoices()
        self.env.invalidate_all()
        self.assertEqual(invoice.read(["payment_count"])[0]["payment_count"], 0)

    def _pay(self, invoice):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

    def test_done_needs_a_file(self):
        self.accommodation.done_needs_file = True
        order = self._make("booked")
        with self.assertRaisesRegex(UserError, "no file is attached"):
            order._move_to("done")
        self.env["ir.attachment"].create(
            {"name": "act.pdf", "res_model": "sale.order", "res_id": order.id}
        )
        order._move_to("done")
        self.assertEqual(order.booking_state, "done")

    def test_penalty_only_for_clients_who_have_it(self):
        order = self._make("booked", penalty_from="hotel", penalty_when="before")
        states = [move["state"] for move in order.get_allowed_moves()]
        self.assertNotIn("cancelled_penalty", states)
        with self.assertRaisesRegex(UserError, "Metran are not cancelled with penalty"):
            order._move_to("cancelled_penalty", "No show")
        self.client_company.allow_cancel_penalty = True
        states = [move["state"] for move in order.get_allowed_moves()]
        self.assertIn("cancelled_penalty", states)
        order._move_to("cancelled_penalty", "No show")
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.has_penalty)

    def test_penalty_says_from_whom_and_when(self):
        self.client_company.allow_cancel_penalty = True
        order = self._make("booked")
        with self.assertRaisesRegex(UserError, "from whom the penalty comes"):
            order._move_to("cancelled_penalty", "No show")

    def test_changed_goes_back_where_it_was(self):
        order = self._make("accepted")
        order._move_to("changed")
        self.assertEqual(order.state, "draft")
        with self.assertRaisesRegex(UserError, "it was Accepted before the change"):
            order._move_to("client_confirmed", "By phone")
        order._move_to("accepted", "By phone")
        self.assertEqual(order.booking_state, "accepted")

    def test_archived_goes_back_to_what_it_ended_as(self):
        order = self._make("cancelled")
        order._move_to("archive")
        self.assertEqual(order.state, "cancel")
        with self.assertRaisesRegex(UserError, "was not Done when it was archived"):
            order._move_to("done", "Slip")
        order._move_to("cancelled", "Slip")
        self.assertEqual(order.booking_state, "cancelled")

    def test_cancelling_cancels_draft_invoices(self):
        order = self._make("booked")
        invoice = order._create_invoices()
        order.with_user(self.manager)._move_to("cancelled", "Client fell ill")
        self.assertEqual(order.state, "cancel")
        self.assertEqual(invoice.state, "cancel")

    def test_locked_bookings_are_not_cancelled(self):
        order = self._make("booked", locked=True)
        with self.assertRaisesRegex(UserError, "locked"):
            order._move_to("cancelled", "Client fell ill")

    def test_reopening_takes_the_penalty_off(self):
        self.client_company.allow_cancel_penalty = True
        order = self._make(
            "booked", penalty_from="us", penalty_when="before", penalty_amount=700
        )
        order._move_to("cancelled_penalty", "No show")
        order._move_to("cancelled", "Waived")
        self.assertFalse(order.penalty_from)
        self.assertFalse(order.penalty_amount)
        self.assertFalse(order.has_penalty)
