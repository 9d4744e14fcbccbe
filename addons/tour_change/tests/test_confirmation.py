from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.addons.tour_booking.booking_states import CHANGEABLE

from ..change_states import AGREED
from .confirmation_common import ConfirmationCommon


@tagged("post_install", "-at_install")
class TestAsking(ConfirmationCommon):
    def test_what_the_client_sees(self):
        """Each of these is asked about; the status is Changed, the tag is there."""
        guest = self.order.order_line.guest_ids
        line = self.order.order_line.id
        bristol = self._create_hotel(name="Bristol")
        changes = {
            "dates": {"date_to": self._day(5)},
            "hotel": {"hotel_id": bristol.id, "room_id": False, "rate_id": False},
            "room": {"room_id": self.suite.id, "rate_id": False},
            "guests": {"guest_ids": [Command.create({"last_name": "Li"})]},
            "a guest": {"guest_ids": [Command.update(guest.id, {"last_name": "Li"})]},
            "meal": {"meal": "bb"},
            "price": {"price_unit": 9000},
            "hours": {"hour_from": 9.0},
            "another service": None,
        }
        transfer = {"service_type_id": self.transfer.id, "route": "Airport"}
        for what, vals in changes.items():
            command = Command.update(line, vals) if vals else Command.create(transfer)
            with self.subTest(what=what), self.env.cr.savepoint() as savepoint:
                self.order.with_user(self.manager).order_line = [command]
                self.assertTrue(self.order.needs_client_confirmation)
                self.assertEqual(self.order.booking_state, "changed")
                self.assertEqual(self._pending().booking_state_before, "accepted")
                self.assertTrue(self._pending().changes)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_data_of_transfers(self):
        self.order.order_line = [
            Command.create({"service_type_id": self.transfer.id, "route": "Airport"})
        ]
        self._as_client().sudo().action_client_accept()
        transfer = self.order.order_line[1].with_user(self.manager)
        transfer.transport_number = "SU 100"
        self.assertTrue(self.order.needs_client_confirmation)
        self.assertEqual(
            [(row["field"], row["after"]) for row in self._pending().changes],
            [("Flight or train", "SU 100")],
        )

    def test_what_the_client_does_not_see(self):
        order = self.order.with_user(self.manager)
        order.write({"internal_note": "Hm", "client_order_ref": "PO-1"})
        order.order_line.write(
            {
                "supplier_price_total": 1,
                "confirmation_number": "A-1",
                "price_unit": 10000,
            }
        )
        order.order_line.guest_ids.sequence = 3
        self.assertFalse(self.order.needs_client_confirmation)
        self.assertEqual(self.order.booking_state, "accepted")

    def test_where_nothing_is_asked(self):
        """Not in Done and Refused, nor in what is over; not what staff made."""
        over = ("done", "refused", "cancelled", "cancelled_penalty", "archive")
        for state in (*over, "reposting"):
            with self.subTest(state=state):
                order = self._create_own_booking(state)
                self._change(order, user=self.manager_all)
                self.assertFalse(order.needs_client_confirmation)
                self.assertEqual(order.booking_state, state)
        order = self._create_booking(client_user_id=self.olga.id)
        self._change(order)
        self.assertFalse(order.needs_client_confirmation)

    def test_from_each_status_and_back(self):
        for state in CHANGEABLE:
            with self.subTest(state=state):
                order = self._create_own_booking(state)
                self._change(order)
                self.assertEqual(order.booking_state, "changed")
                self._as_client(order).action_client_accept()
                self.assertEqual(order.booking_state, state)
                self.assertTrue(order.accepted_by_client)
                self.assertFalse(order.needs_client_confirmation)

    def test_changed_by_hand_goes_back_to_before(self):
        self.order.with_user(self.manager)._move_to("changed")
        self._change()
        self.assertEqual(self._pending().booking_state_before, "accepted")
        self._as_client().action_client_accept()
        self.assertEqual(self.order.booking_state, "accepted")

    def test_the_clients_own_changes(self):
        """By himself over the API, or by what he agreed to."""
        line = self.order.order_line.with_user(self.olga).sudo()
        line.date_to = self._day(6)
        self.assertFalse(self.order.needs_client_confirmation)
        agreed = self.order.order_line.with_user(self.manager)
        agreed.with_context(tour_change_mode=AGREED).date_to = self._day(7)
        self.assertFalse(self.order.needs_client_confirmation)
        agreed.with_context(tour_change_mode=True).date_to = self._day(8)
        self.assertTrue(self.order.needs_client_confirmation)

    def test_no_status_can_be_set(self):
        order = self._change()
        for state in ("accepted", "confirmed", "booked", "cancelled"):
            with (
                self.subTest(state=state),
                self.assertRaisesRegex(UserError, "confirm or decline"),
            ):
                order.action_move_to(state, "Because")
        self.assertFalse(order.get_allowed_moves())
        self.assertFalse(order.allowed_moves)
        with self.assertRaises(UserError):
            order.action_confirm()
        with self.assertRaises(AccessError):
            order.write({"booking_state": "booked"})

    def test_tags_cannot_be_written(self):
        order = self._change()
        for user in (self.manager, self.head, self.olga):
            for name in ("needs_client_confirmation", "accepted_by_client"):
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        order.with_user(user).write({name: True})
        with self.assertRaises(AccessError):
            order.created_by_client = False
        codes = [tag["code"] for tag in order.process_tags]
        self.assertEqual(codes, ["created_by_client", "needs_client_confirmation"])
        found = order.search([("needs_client_confirmation", "=", True)])
        self.assertEqual(found, order)

    def test_questions_cannot_be_written(self):
        self._change()
        for user in (self.manager, self.head, self.olga):
            for act in (
                lambda one: one.write({"state": "accepted"}),
                lambda one: one.unlink(),
                lambda one: one.create({"order_id": self.order.id}),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    act(self._pending().with_user(user).sudo(False))
        with self.assertRaises(AccessError):
            self._pending().state = "accepted"

    def test_changing_back_does_not_lift_it(self):
        self._change(date_to=self._day(4))
        self._change(date_to=self._day(3))
        self.assertEqual(self.order.booking_state, "changed")
        pending = self._as_client().get_pending_changes()
        self.assertTrue(pending["needs_confirmation"])
        self.assertEqual(pending["changes"], [])
        self._as_client().action_client_accept()
        self.assertEqual(self.order.booking_state, "accepted")

    def test_copies_have_no_tags(self):
        self._change()
        copy = self.order.copy()
        self.assertFalse(copy.needs_client_confirmation or copy.created_by_client)
        self.assertFalse(copy.confirmation_ids)

    def test_bulk(self):
        """Of a dozen bookings changed at once, each client is asked."""
        orders = self.env["sale.order"]
        for _number in range(12):
            orders += self._create_own_booking()
        lines = orders.order_line.with_user(self.manager)
        self.env.flush_all()
        lines.write({"date_to": self._day(4)})
        self.assertEqual(set(orders.mapped("booking_state")), {"changed"})
        self.assertEqual(len(orders._get_pending_confirmation()), 12)


@tagged("post_install", "-at_install")
class TestTold(ConfirmationCommon):
    def test_client_and_manager(self):
        with self.mock_mail_gateway():
            self._change()
            self.env.flush_all()
        to_client = self._new_mails.filtered(
            lambda mail: self.olga.partner_id in mail.recipient_ids
        )
        # One mail, and not another of the status.
        self.assertEqual(len(to_client), 1)
        self.assertIn("Please confirm the changes", to_client.subject)
        self.assertIn("15,000", to_client.body_html)
        self.assertIn("answer until", to_client.body_html.replace("\n", " "))
        to_manager = self._new_mails - to_client
        self.assertEqual(to_manager.recipient_ids, self.manager.partner_id)
        self.assertIn("15,000", to_manager.body_html)
        self.assertTrue(self._popups(self.manager))

    def _popups(self, user):
        return self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("notification_type", "=", "inbox"),
                ("mail_message_id.subject", "like", "the client has to confirm"),
            ]
        )

    def test_mails_hold_the_one_time_difference(self):
        self._change(date_to=self._day(4))
        with self.mock_mail_gateway():
            self._change(meal="bb")
            self.env.flush_all()
        body = self._new_mails[0].body_html
        self.assertIn("Meal", body)
        self.assertNotIn("15,000", body)
        fields = {row["field"] for row in self._pending().changes}
        self.assertLessEqual({"Meal", "To", "Price"}, fields)
        self.assertEqual(self._pending().revision, 2)

    def test_colleague_who_edits_and_the_responsible(self):
        with self.mock_mail_gateway():
            self._change(user=self.head)
            self.env.flush_all()
        self.assertLessEqual(
            (self.head | self.manager).partner_id, self._new_mails.recipient_ids
        )
        self.assertTrue(self._popups(self.head))

    def test_in_the_language_of_each(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.suite.with_context(lang="fr_FR").name = "Suite royale"
        self.olga.lang = "fr_FR"
        self._change(room_id=self.suite.id, rate_id=False)
        self.assertEqual(self._pending().lang, "fr_FR")
        # What is compared stays in the client's language, whoever looks at it.
        for lang in ("fr_FR", "en_US"):
            confirmation = self._pending().with_context(lang=lang)
            afters = {row["after"] for row in confirmation.changes}
            self.assertIn(self.suite.with_context(lang="fr_FR").name, afters)
        self._change(room_id=self.room.id, rate_id=self.rate.id)
        self.assertFalse(self._pending().with_context(lang="en_US").change_count)

    def test_manager_is_told_of_the_answer(self):
        self._change()
        with self.mock_mail_gateway():
            self._as_client().action_client_decline("Too dear")
            self.env.flush_all()
        answer = self._new_mails.filtered(
            lambda mail: self.manager.partner_id in mail.recipient_ids
        )
        self.assertEqual(len(answer), 1)
        self.assertIn("declined", answer.body_html)
        self.assertIn("Too dear", answer.body_html)
        bell = self.env["mail.message"].search(
            [("subject", "=", f"{self.order.name}: Cancelled")]
        )
        self.assertIn("Too dear", bell.body)


@tagged("post_install", "-at_install")
class TestAnswer(ConfirmationCommon):
    def setUp(self):
        super().setUp()
        self._change()

    def test_accept(self):
        self._as_client().action_client_accept()
        self.assertRecordValues(
            self.order,
            [
                {
                    "booking_state": "accepted",
                    "needs_client_confirmation": False,
                    "accepted_by_client": True,
                    "created_by_client": True,
                }
            ],
        )
        confirmation = self.order.confirmation_ids
        self.assertRecordValues(
            confirmation,
            [
                {
                    "state": "accepted",
                    "answered_by_id": self.olga.id,
                    "answered_way": "client",
                    "deadline": False,
                    "remind_on": False,
                }
            ],
        )
        # What he agreed to stays readable, whatever comes later.
        rows = confirmation.changes
        self._change(date_to=self._day(9))
        self.assertEqual(confirmation.changes, rows)
        self.assertFalse(self.order.accepted_by_client)
        event = self.order.status_event_ids.filtered(lambda e: e.to_state == "accepted")
        self.assertEqual(event.user_id, self.olga)

    def test_decline(self):
        self._as_client().action_client_decline()
        self.assertEqual(self.order.booking_state, "cancelled")
        self.assertEqual(self.order.state, "cancel")
        self.assertFalse(self.order.needs_client_confirmation)
        self.assertFalse(self.order.accepted_by_client)
        self.assertTrue(self.order.created_by_client)

    def test_decline_of_what_is_booked(self):
        order = self._create_own_booking("booked")
        self._change(order)
        self._as_client(order).action_client_decline()
        self.assertEqual((order.booking_state, order.state), ("cancelled", "cancel"))

    def test_who_may_not(self):
        rival = self._create_client_user(
            "rival", parent=self.env["res.partner"].create({"name": "Rival"})
        )
        ivan = self._create_client_user("ivan")
        accountant = self._create_staff("accountant", "accountant")
        director = self._create_staff("director", "director")
        nobody = self.env.ref("base.public_user")
        internal = mail_new_test_user(self.env, login="plain", groups="base.group_user")
        users = (rival, ivan, accountant, director, nobody, internal)
        for user in users:
            for name in ("action_client_accept", "action_client_decline"):
                for sudo in (False, True):
                    order = self.order.with_user(user).sudo(sudo)
                    if sudo and user in (accountant, director, internal):
                        continue  # Staff in sudo are the suite itself.
                    with self.subTest(user=user.login, name=name, sudo=sudo):
                        with self.assertRaises(AccessError):
                            getattr(order, name)("By phone")
        for user in (rival, ivan, nobody, internal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.order.with_user(user).get_pending_changes()
        self.assertTrue(self.order.needs_client_confirmation)

    def test_curator(self):
        curator = self._create_client_user("curator", is_curator=True)
        self._as_client(user=curator).action_client_accept()
        self.assertTrue(self.order.accepted_by_client)

    def test_staff_say_how(self):
        order = self.order.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "say how"):
            order.action_client_accept()
        with self.assertRaisesRegex(UserError, "say how"):
            order.action_client_accept("  ")
        order.action_client_accept("Called at noon")
        confirmation = self.order.confirmation_ids
        self.assertEqual(confirmation.answered_way, "staff")
        self.assertEqual(confirmation.note, "Called at noon")
        self.assertIn("Called at noon", order.status_event_ids[0].comment)

    def test_bad_arguments(self):
        order = self._as_client()
        for arguments in ((5,), (["x"],), ("x" * 3000,), ("x", "1"), ("x", True)):
            with self.subTest(arguments=str(arguments)[:20]):
                with self.assertRaises(UserError):
                    order.action_client_accept(*arguments)

    def test_nobody_agrees_to_what_he_did_not_see(self):
        seen = self._as_client().get_pending_changes()["revision"]
        self._change(date_to=self._day(9))
        with self.assertRaisesRegex(UserError, "changed again"):
            self._as_client().action_client_accept(None, seen)
        now = self._as_client().get_pending_changes()["revision"]
        self._as_client().action_client_accept(None, now)

    def test_second_answer(self):
        self._as_client().action_client_accept()
        with self.assertRaisesRegex(UserError, "was Accepted by Olga"):
            self._as_client().action_client_decline()
        self.assertEqual(self.order.booking_state, "accepted")
        other = self._create_own_booking()
        with self.assertRaisesRegex(UserError, "nothing to confirm"):
            self._as_client(other).action_client_accept()

    def test_late_answer_of_two(self):
        """Both saw the question; the second is told who was first."""
        question = self._pending()
        self._as_client().action_client_accept()
        with self.assertRaisesRegex(UserError, "nothing is to be answered any more"):
            question._move_to("declined", "client")
        self.assertEqual(self.order.booking_state, "accepted")

    def test_overtaken(self):
        self.order._move_by_system("cancelled", "The client cancelled by a request")
        self.assertEqual(self.order.confirmation_ids.state, "lapsed")
        self.assertFalse(self.order.needs_client_confirmation)

    def test_rows_are_the_same_for_all(self):
        expected = self._pending().changes
        self.assertIn(
            {
                "field": "Price",
                "before": "$\xa010,000.00",
                "after": "$\xa015,000.00",
                "group": "Accommodation: Alpina",
                "kind": "changed",
            },
            expected,
        )
        for user in (self.olga, self.manager):
            changes = self.order.with_user(user).get_pending_changes()["changes"]
            self.assertEqual(changes, expected)
        action = self.order.with_user(self.manager).action_see_changes()
        shown = self.env["tour.confirmation"].browse(action["res_id"])
        self.assertEqual(shown.with_user(self.manager).changes, expected)
