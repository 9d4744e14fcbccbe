from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import mail_new_test_user

from .change_common import ChangeCommon


class QuietCommon(ChangeCommon):
    def setUp(self):
        super().setUp()
        models = "odoo.addons.base.models"
        logs = mute_logger(f"{models}.ir_model", f"{models}.ir_rule")
        logs.__enter__()
        self.addCleanup(logs.__exit__)


@tagged("post_install", "-at_install")
class TestClient(QuietCommon):
    def test_client_asks_for_a_change(self):
        order = self._create_booked()
        line = order.order_line
        data = order.with_user(self.client_user).action_request_change(
            "One more night, please",
            [{"service_id": line.id, "date_to": str(self._day(4))}],
        )
        change = order.change_ids
        self.assertEqual(data["state"], "asked")
        self.assertEqual(data["number"], change.name)
        self.assertTrue(change.by_client)
        self.assertEqual(change.line_ids._get_proposed(), {"date_to": "2026-06-14"})
        self.assertEqual(order.booking_state, "changed")
        self.assertEqual(
            order.status_event_ids[0].comment, f"{change.name}: One more night, please"
        )
        # No offer before somebody priced it.
        self.assertIsNone(data["offer"])

    def test_proposals_stay_with_their_request(self):
        """Nobody brings his own into a request that is none of his."""
        mine = self._create_booked(user_id=self.other_manager.id)
        own = self._create_change(
            mine, (mine.order_line, {"rooms": 2}), user=self.other_manager
        )
        order = self._create_booked()
        change = self._create_change(order)
        with self.assertRaisesRegex(UserError, "stays with its request"):
            own.line_ids.write({"change_id": change.id, "line_id": order.order_line.id})
        self.assertFalse(change.line_ids)

    def test_dates_are_looked_at(self):
        order = self._create_booked()
        service = {"service_id": order.order_line.id}
        for vals, words in (
            ({"date_from": ""}, "is no date"),
            ({"date_to": str(self._day(0))}, "before the arrival"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, words):
                order.with_user(self.client_user).action_request_change(
                    "Please", [service | vals]
                )

    def test_client_cancels_by_what_he_was_shown(self):
        order = self._create_booked()
        client_order = order.with_user(self.client_user)
        offer = client_order.get_cancellation_preview()
        self.assertEqual((offer["fee"], offer["price_after"]), (0, 0))
        data = client_order.action_request_cancel("Ill", offer["fingerprint"])
        change = order.change_ids
        self.assertEqual(data["state"], "asked")
        self.assertEqual(change.accepted_by_id, self.client_user)
        change.with_user(self.manager).action_price()
        # Nothing else than he accepted: it is accepted still.
        self.assertTrue(change.accepted_on)
        change.with_user(self.manager).action_apply()
        self.assertEqual(order.booking_state, "cancelled")

    def test_client_is_shown_it_anew_when_it_costs_something_else(self):
        order = self._create_booked()
        client_order = order.with_user(self.client_user)
        with self._at(2026, 6, 10, 14, 59):
            offer = client_order.get_cancellation_preview()
        with self._at(2026, 6, 10, 15, 0):
            result = client_order.action_request_cancel("Ill", offer["fingerprint"])
        self.assertTrue(result["changed"])
        self.assertEqual(result["offer"]["fee"], 5000)
        self.assertFalse(order.change_ids)

    def test_client_reads_no_secrets(self):
        order = self._create_booked(
            self._stay(price_unit=11000, supplier_price_total=7654.32)
        )
        order.with_user(self.client_user).action_request_cancel("Ill")
        text = str(order.with_user(self.client_user).get_change_requests())
        for secret in ("7654", "supplier", self.supplier.name):
            self.assertNotIn(secret, text)

    def test_client_withdraws_and_declines(self):
        order = self._create_booked()
        client_order = order.with_user(self.client_user)
        data = client_order.action_request_change("Later")
        client_order.action_withdraw_change(data["id"], "No need")
        self.assertEqual(order.change_ids.state, "withdrawn")
        self.assertEqual(order.booking_state, "booked")
        with self.assertRaises(UserError):
            client_order.action_withdraw_change(data["id"])

    def test_client_accepts_only_what_he_is_asked(self):
        order = self._create_booked()
        client_order = order.with_user(self.client_user)
        client_order.action_request_cancel("Ill")
        change = order.change_ids
        with self.assertRaisesRegex(UserError, "not waiting"):
            client_order.action_accept_change(change.id, change.fingerprint)
        change.with_user(self.manager).action_price()
        change.with_user(self.manager).action_ask_client()
        for wrong in ("", "x", None, 5):
            with self.assertRaises(UserError):
                client_order.action_accept_change(change.id, wrong)
        self.assertEqual(order.booking_state, "booked")

    def test_strangers_are_refused(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        for user in (self.other_user, self.env.ref("base.public_user")):
            stranger = order.with_user(user)
            for call in (
                lambda order=stranger: order.action_request_change("x"),
                lambda order=stranger: order.action_request_cancel("x"),
                lambda order=stranger: order.get_cancellation_preview(),
                lambda order=stranger: order.get_change_requests(),
                lambda order=stranger: order.action_accept_change(change.id, "x"),
                lambda order=stranger: order.action_withdraw_change(change.id),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_requests_of_another_booking_are_out_of_reach(self):
        own, foreign = self._create_booked(), self._create_booked()
        foreign.client_user_id = self.other_user
        foreign.partner_id = self.other_company
        change = self._create_change(foreign, kind="cancel")
        with self.assertRaisesRegex(UserError, "no such request"):
            own.with_user(self.client_user).action_withdraw_change(change.id)

    def test_models_are_closed_to_clients(self):
        change = self._create_change(self._create_booked(), kind="cancel")
        for record in (
            change,
            change.event_ids,
            self.rule,
            self.rule.step_ids,
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.client_user).read()
        for method in ("action_apply", "action_price", "action_ask_client"):
            with self.assertRaises(AccessError):
                getattr(change.with_user(self.client_user), method)()

    def test_what_comes_from_outside_is_looked_at(self):
        order = self._create_booked()
        line = order.order_line
        client_order = order.with_user(self.client_user)
        for services in (
            "all",
            [5],
            [{"service_id": "5"}],
            [{"service_id": True}],
            [{"service_id": line.id + 999999}],
            [{"service_id": line.id, "price_unit": 1}],
            [{"service_id": line.id, "supplier_price_total": 1}],
            [{"service_id": line.id, "rate_id": 1}],
            [{"service_id": line.id, "rooms": 0}],
            [{"service_id": line.id, "rooms": 10**9}],
            [{"service_id": line.id, "date_from": "soon"}],
            [{"service_id": line.id, "date_from": 20260611}],
            [{"service_id": line.id, "meal": "caviar"}],
            [{"service_id": line.id}, {"service_id": line.id}],
        ):
            with self.subTest(services=services), self.assertRaises(UserError):
                client_order.action_request_change("Please", services)
        for comment in ("", "  ", None, 5, "x" * 5001):
            with self.assertRaises(UserError):
                client_order.action_request_change(comment)
        self.assertFalse(order.change_ids)

    def test_not_for_what_is_over(self):
        for state in ("done", "cancelled", "refused"):
            order = self._force_state(self._create_booked(), state)
            with self.assertRaisesRegex(UserError, "over"):
                order.with_user(self.client_user).action_request_cancel("Ill")

    def test_a_curator_asks_for_his_company(self):
        curator = self._create_client_user("curator", is_curator=True)
        colleague = self._create_client_user("colleague")
        order = self._create_booked()
        order.with_user(curator).action_request_cancel("Ill")
        with self.assertRaises(AccessError):
            order.with_user(colleague).get_change_requests()


@tagged("post_install", "-at_install")
class TestStaff(QuietCommon):
    def test_managers_work_at_their_own(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        with self.assertRaises(AccessError):
            change.with_user(self.other_manager).read(["name"])
        with self.assertRaises(AccessError):
            change.with_user(self.other_manager).action_price()
        with self.assertRaises(AccessError):
            self._create_change(order, user=self.other_manager, origin="supplier")
        change.with_user(self.manager_all).action_price()
        change.with_user(self.head).action_apply()
        self.assertEqual(order.booking_state, "cancelled")

    def test_the_responsible_can_see_the_booking(self):
        change = self._create_change(self._create_booked())
        with self.assertRaisesRegex(ValidationError, "cannot see booking"):
            change.user_id = self.other_manager
        change.user_id = self.head
        self.assertTrue(change.with_user(self.head).has_access("write"))

    def test_requests_go_along_with_their_booking(self):
        order = self._create_booked()
        mine, taken, over = (
            self._create_change(order, origin="supplier") for _number in range(3)
        )
        taken.user_id = self.head
        over._move_to("refused", "Too late")
        order.user_id = self.other_manager
        self.assertEqual(mine.user_id, self.other_manager)
        self.assertEqual(taken.user_id, self.head)
        self.assertEqual(over.user_id, self.manager)

    def test_readers_read(self):
        change = self._create_change(self._create_booked(), kind="cancel")
        for role in ("accountant", "director"):
            user = self._create_staff(role, role)
            self.assertEqual(change.with_user(user).kind, "cancel")
            self.assertTrue(change.with_user(user).event_ids.mapped("to_state"))
            for method in ("action_price", "action_apply", "action_refuse"):
                with self.assertRaises(AccessError):
                    getattr(change.with_user(user), method)()
            with self.assertRaises(AccessError):
                change.order_id.with_user(user).action_request_cancel("x")

    def test_steps_are_nobodys_to_write(self):
        change = self._create_change(self._create_booked(), kind="cancel")
        event = change.event_ids.with_user(self.head)
        with self.assertRaises(AccessError):
            event.write({"comment": "x"})
        with self.assertRaises(AccessError):
            event.unlink()
        with self.assertRaises(AccessError):
            event.create({"change_id": change.id, "to_state": "applied"})

    def test_what_the_process_writes_is_no_default(self):
        order = self._create_booked()
        changes = self.env["tour.change"].with_user(self.manager)
        change = changes.with_context(
            default_state="applied", default_fee_amount=7, default_by_client=True
        ).create({"order_id": order.id, "kind": "cancel", "comment": "Ill"})
        self.assertRecordValues(
            change, [{"state": "asked", "fee_amount": 0, "by_client": False}]
        )

    def test_only_heads_delete(self):
        change = self._create_change(self._create_booked(), kind="cancel")
        with self.assertRaises(AccessError):
            change.unlink()
        change.with_user(self.head).unlink()

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        change = self._create_change(self._create_booked(), kind="cancel")
        user = mail_new_test_user(
            self.env,
            login="elsewhere",
            groups="tour_partner.tour_group_head",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        with self.assertRaises(AccessError):
            change.with_user(user).read(["name"])
        self.assertFalse(
            self.env["tour.change"].with_user(user).search([("id", "=", change.id)])
        )
