from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .. import today_sources as sources
from ..today import row_id
from .common import GUEST, DeskCommon


class ChangesCommon(DeskCommon):
    """Something of everything that waits when plans change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.partner_id.tz = "UTC"

    def _kinds(self, orders, user=None):
        return set(self._rows(orders, user).mapped("kind"))

    def _ask_client(self, **values):
        """A question to the client whether he agrees that staff made it dearer."""
        order = self._create_booking(
            self._stay([GUEST]), created_by_client=True, client_user_id=self.portal.id
        )
        self._force_state(order, "accepted")
        order.with_user(self.manager).order_line.date_to = self._day(4)
        return order

    def _ask_change(self, **values):
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "booked")
        lines = [
            Command.create({"line_id": order.order_line.id, "date_to": self._day(4)})
        ]
        return (
            self.env["tour.change"]
            .with_user(self.manager)
            .create({"order_id": order.id, "line_ids": lines, **values})
        )

    def _refuse(self):
        """A request that the supplier answered by its link: he has no room."""
        order = self._create_booking(self._stay([GUEST], supplier_id=self.supplier.id))
        request = order.with_user(self.manager)._make_documents("supplier_request")
        link, _url = request._make_supplier_link()
        return link.sudo()._answer("refused", {"text": "Full house"})

    def _repost(self):
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "done")
        order.with_user(self.manager).order_line.date_to = self._day(4)
        return order

    def _overpay(self):
        """A stay of two nights that was paid, and is one night now: 5,000 too much."""
        order = self._create_booking(self._stay([GUEST]))
        order.order_line.payment_order_state = "confirmed"
        order.with_user(self.manager).order_line.date_to = self._day(2)
        return order.overpayment_ids

    def _offer(self):
        stay = {
            "service_type_id": self.accommodation.id,
            "hotel_id": self.hotel.id,
            "room_id": self.room.id,
            "rate_id": self.rate.id,
            "date_from": self._day(10),
            "date_to": self._day(12),
        }
        variant = {"name": "Simple", "service_ids": [Command.create(stay)]}
        return (
            self.env["tour.offer"]
            .with_user(self.manager)
            .create(
                {
                    "partner_id": self.client_company.id,
                    "valid_until": self._day(5),
                    "variant_ids": [Command.create(variant)],
                }
            )
        )

    def _offer_rows(self, offer, user=None):
        today = self.env(user=user or self.manager)["tour.today"]
        return today.search(
            [("res_model", "=", offer._name), ("res_id", "=", offer.id)]
        )


@tagged("post_install", "-at_install")
class TestTodayChanges(ChangesCommon):
    def test_confirmation_by_the_client(self):
        self.company.tour_confirm_deadline_days = 7
        order = self._ask_client()
        # A day before his time is up.
        row = self._row(order, "confirmation", self.manager)
        self.assertEqual(row.deadline, self._day(6))
        action = row.action_do()
        confirmation = order._get_pending_confirmation()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("tour.confirmation", confirmation.id),
        )
        # Until then its status cannot be moved, which another row would ask for.
        self.assertFalse(self._row(order, "not_booked", self.manager))
        order.with_user(self.portal).action_client_accept()
        self.assertFalse(self._row(order, "confirmation", self.manager))
        self.assertTrue(self._row(order, "not_booked", self.manager))

    def test_confirmation_without_a_deadline_is_due_at_once(self):
        self.company.tour_confirm_deadline_days = 0
        order = self._ask_client()
        self.assertEqual(self._row(order, "confirmation").deadline, self.today)

    def test_change_request(self):
        deadline = fields.Datetime.now() + timedelta(days=3)
        change = self._ask_change(comment="One more night", deadline=deadline)
        row = self._row(change.order_id, "change", self.manager)
        self.assertRecordValues(
            row,
            [
                {
                    "id": row_id(sources.CHANGE, change.id),
                    "deadline": self._day(3),
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "summary": "One more night",
                    "action_label": "Open",
                }
            ],
        )
        action = row.action_do()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("tour.change", change.id)
        )
        change._move_to("refused", "The hotel is full")
        self.assertFalse(self._row(change.order_id, "change", self.manager))

    def test_answer_of_a_supplier(self):
        answer = self._refuse()
        row = self._row(answer.order_id, "answer", self.manager)
        self.assertRecordValues(
            row,
            [
                {
                    "id": row_id(sources.ANSWER, answer.id),
                    "deadline": self.today,
                    "partner_id": self.supplier.id,
                    "user_id": self.manager.id,
                    "summary": "Full house",
                    "action_label": "See the answer",
                }
            ],
        )
        action = row.action_do()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (answer._name, answer.id)
        )
        answer.with_user(self.manager).action_treat()
        self.assertFalse(self._row(answer.order_id, "answer", self.manager))

    def test_regularisation_without_words_or_deadline(self):
        change = self._ask_change(origin="supplier")
        change.deadline = False
        row = self._row(change.order_id, "change", self.manager)
        self.assertEqual((row.deadline, row.summary), (self.today, "Alpina"))

    def test_deadlines_are_days_of_the_companys_clock(self):
        change = self._ask_change()
        change.deadline = f"{self._day(3)} 21:30:00"
        self.assertEqual(change.due_on, self._day(3))
        self.company.partner_id.tz = "Europe/Moscow"
        self.assertEqual(self._row(change.order_id, "change").deadline, self._day(4))

    def test_reposting_is_finished(self):
        order = self._repost()
        row = self._row(order, "reposting", self.manager)
        self.assertEqual(row.deadline, self.today)
        self.assertEqual(row.action_do()["tag"], "display_notification")
        self.assertFalse(self._row(order, "reposting", self.manager))
        self.assertEqual(order.reposting_ids.state, "finished")

    def test_refund_is_asked_for_then_waited_for(self):
        overpayment = self._overpay()
        order = overpayment.order_id
        row = self._row(order, "refund_letter", self.manager)
        self.assertRecordValues(
            row,
            [
                {
                    "deadline": self.today,
                    "partner_id": self.supplier.id,
                    "amount": 5000,
                    "summary": overpayment.service_name,
                }
            ],
        )
        self.assertEqual(row.action_do()["res_model"], "mail.compose.message")
        overpayment._move_to("letter_sent")
        self.assertFalse(self._row(order, "refund_letter"))
        row = self._row(order, "refund", self.accountant)
        self.assertEqual((row.deadline, row.amount), (self._day(14), 5000))
        self.assertEqual(row.action_do()["res_model"], "tour.overpayment.close")
        # A manager cannot close it, and looks at it.
        action = self._row(order, "refund", self.manager).action_do()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("tour.overpayment", overpayment.id),
        )
        overpayment.with_user(self.accountant)._move_to("closed_payment")
        self.assertFalse(self._row(order, "refund", self.accountant))

    def test_offer_lapses(self):
        offer = self._offer()
        self.assertFalse(self._offer_rows(offer))
        offer._move_to("sent")
        row = self._offer_rows(offer)
        self.assertRecordValues(
            row,
            [
                {
                    "deadline": self._day(5),
                    "kind": "offer",
                    "order_id": False,
                    "partner_id": self.client_company.id,
                    "summary": offer.name,
                    "amount": 10000,
                }
            ],
        )
        for action in (row.action_do(), row.action_open()):
            self.assertEqual(
                (action["res_model"], action["res_id"]), ("tour.offer", offer.id)
            )
        # Rows without a booking are put off as the others are.
        snooze = self.env["tour.today.snooze"].with_user(self.manager)
        values = {"row_id": row.id, "until": self._day(2), "reason": "On holiday"}
        snooze.create(values)
        self.assertFalse(self._offer_rows(offer))
        row.action_bring_back()
        offer._move_to("declined", "Too dear")
        self.assertFalse(self._offer_rows(offer))

    def test_each_role_sees_its_own_work(self):
        confirmed, reposted = self._ask_client(), self._repost()
        change, letter, refund = self._ask_change(), self._overpay(), self._overpay()
        refund._move_to("letter_sent")
        orders = confirmed + reposted + change.order_id
        orders += (letter + refund).order_id
        kinds = {"confirmation", "reposting", "change", "refund_letter", "refund"}
        for user, seen in (
            (self.manager, kinds),
            (self.manager_two, set()),
            (self.manager_all, kinds),
            (self.head, kinds),
            (self.accountant, {"refund"}),
            (self.director, set()),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._kinds(orders, user) & kinds, seen)
        with self.assertRaises(AccessError):
            self._kinds(orders, self.portal)

    def test_offers_of_others_are_not_seen(self):
        offer = self._offer()
        offer._move_to("sent")
        self.assertFalse(self._offer_rows(offer, self.manager_two))
        self.assertTrue(self._offer_rows(offer, self.manager_all))
        self.assertFalse(self._offer_rows(offer, self.accountant))

    def test_change_that_another_takes_is_his(self):
        change = self._ask_change()
        change.user_id = self.manager_all
        self.assertTrue(self._row(change.order_id, "change", self.manager_all))
        self.assertFalse(self._row(change.order_id, "change", self.manager))

    def test_change_of_a_booking_out_of_reach_breaks_no_list(self):
        change = self._ask_change()
        # Of a time when his role let him see all bookings.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tour_change SET user_id = %s WHERE id = %s",
            [self.manager_two.id, change.id],
        )
        self.env.invalidate_all()
        today = self.env(user=self.manager_two)["tour.today"]
        found = today.web_search_read(
            [("kind", "=", "change"), ("user_id", "=", self.manager_two.id)],
            {"summary": {}, "order_id": {"fields": {"display_name": {}}}},
            limit=80,
            order="deadline, id",
        )
        self.assertEqual(found["length"], 1)


@tagged("post_install", "-at_install")
class TestTodayFree(ChangesCommon):
    def _cancellable(self, days, hour, country="ru", zone="Europe/Moscow"):
        """A service whose cancellation costs from that hour on, days before arrival."""
        self.city.write(
            {"name": "Сочи", "country_id": self.env.ref(f"base.{country}").id}
        )
        self.city.tz = zone if country == "ru" else False
        if country != "ru":
            self.company.partner_id.tz = zone
        step = {"kind": "percent", "value": 100, "days": days, "hour": hour}
        self.hotel.cancellation_rule_id = self.env["tour.cancellation.rule"].create(
            {"name": "Rule", "step_ids": [Command.create(step)]}
        )
        order = self._create_booking(
            self._stay([GUEST], date_from=self._day(20), date_to=self._day(22))
        )
        return self._force_state(order, "accepted")

    def _free_day(self, order):
        return self._row(order, "free").deadline

    def test_day_is_the_hotels(self):
        # 18:00 in Moscow is 15:00 by UTC: the same day.
        order = self._cancellable(2, 18.0)
        self.assertEqual(self._free_day(order), self._day(18))
        # 2:00 in Moscow is 23:00 by UTC of the day before.
        order = self._cancellable(2, 2.0)
        self.assertEqual(order.order_line.free_until.date(), self._day(17))
        self.assertEqual(self._free_day(order), self._day(18))

    def test_what_costs_from_midnight_on_is_free_until_the_day_before(self):
        order = self._cancellable(2, 0.0)
        self.assertEqual(self._free_day(order), self._day(17))

    def test_west_of_greenwich_it_is_our_clock(self):
        # 21:00 in New York is past midnight by UTC.
        order = self._cancellable(2, 21.0, "fr", "America/New_York")
        self.assertEqual(order.order_line.free_until.date(), self._day(19))
        self.assertEqual(self._free_day(order), self._day(18))

    def test_day_moves_with_the_zone_and_the_dates(self):
        order = self._cancellable(2, 18.0)
        order.order_line.date_from = self._day(21)
        self.assertEqual(self._free_day(order), self._day(19))
        # 18:00 on Kamchatka is 6:00 by UTC, and is 18:00 there.
        self.city.tz = "Asia/Kamchatka"
        self.assertEqual(self._free_day(order), self._day(19))

    def test_what_lapsed_is_gone_at_its_minute(self):
        order = self._cancellable(2, 18.0)
        now = fields.Datetime.now()
        for free_until, is_there in (
            (now + timedelta(minutes=5), True),
            (now - timedelta(minutes=5), False),
        ):
            self.env.flush_all()
            self.cr.execute(
                "UPDATE sale_order_line SET free_until = %s, free_until_day = %s"
                " WHERE order_id = %s",
                [free_until, free_until.date(), order.id],
            )
            with self.subTest(free_until=free_until):
                self.assertEqual(bool(self._row(order, "free")), is_there)

    def test_action_opens_the_booking(self):
        order = self._cancellable(2, 18.0)
        row = self._row(order, "free", self.manager)
        action = row.action_do()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        self._force_state(order, "cancelled")
        self.assertFalse(self._row(order, "free", self.manager))
