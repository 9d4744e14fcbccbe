from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestAnswer(OfferCommon):
    def setUp(self):
        super().setUp()
        self.offer = self._mark_sent(self._create_offer())

    def _get_told(self, user):
        return self.env["mail.message"].search(
            [
                ("model", "=", "tour.offer"),
                ("res_id", "=", self.offer.id),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )

    def test_accepted_becomes_the_booking(self):
        order = self.offer._accept_online(2, "  Anna Bell ")
        self.assertRecordValues(
            order,
            [
                {
                    "is_tour_booking": True,
                    "booking_state": "new",
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "amount_total": 14000,
                    "offer_id": self.offer.id,
                }
            ],
        )
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "hotel_id": self.other_hotel.id,
                    "rate_id": self.other_rate.id,
                    "date_from": self._day(10),
                    "nights": 2,
                    "meal": "bb",
                    "supplier_id": self.supplier.id,
                    "overwritten_fields": False,
                }
            ],
        )
        self.assertRecordValues(
            self.offer,
            [
                {
                    "state": "accepted",
                    "answer_name": "Anna Bell",
                    "accepted_variant_id": self.offer.variant_ids[1].id,
                    "conversion": 100,
                    "amount_total": 14000,
                }
            ],
        )
        self.assertIn("Anna Bell", order.message_ids[0].body)
        self.assertTrue(self._get_told(self.manager))

    def test_accepted_twice_is_one_booking(self):
        order = self.offer._accept_online(1, "Anna")
        self.assertEqual(self.offer._accept_online(1, "Anna"), order)
        self.assertEqual(self.offer._accept_online(2, "Bob"), order)
        self.assertEqual(self.offer.order_ids, order)
        self.assertEqual(self.offer.answer_name, "Anna")

    def test_database_holds_one_booking_per_offer(self):
        self.offer._accept_online(1, "Anna")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self._create_booking().sudo().offer_id = self.offer
            self.env.flush_all()

    def test_price_shown_holds_when_rates_change(self):
        self.rate.rack_price = 9000
        order = self.offer._accept_online(1, "Anna")
        self.assertEqual(order.amount_total, 10000)
        line = order.order_line
        self.assertEqual(line.overwritten_fields, ["price_unit"])
        # We pay what the hotel takes now: the margin tells the truth.
        self.assertEqual(line.supplier_price_total, 18000)

    def test_guests_are_counted_before_they_are_named(self):
        """Breakfast at 500 is for two on each of two nights, as it was offered."""
        self.env["tour.meal.price"].create(
            {"hotel_id": self.hotel.id, "meal": "bb", "price": 500}
        )
        stay = self._offer_stay(persons=2, meal="bb")
        offer = self._mark_sent(self._create_offer(self._variant("A", stay)))
        self.assertEqual(offer.amount_total, 12000)
        order = offer._accept_online(1, "Anna")
        line = order.order_line
        self.assertEqual(line.supplier_price_total, 12000)
        self.assertFalse(line.guest_ids)
        self.assertEqual(line._prepare_service().persons, 2)
        [hint] = [h for h in order.booking_hints if h["code"] == "guests_missing"]
        self.assertEqual(hint["severity"], "warning")
        self.assertIn("0 of the 2", hint["text"])
        line.guest_ids = [Command.create({"last_name": "Orlov"})]
        self.assertEqual(line._prepare_service().persons, 1)
        [hint] = [h for h in order.booking_hints if h["code"] == "guests_missing"]
        self.assertIn("1 of the 2", hint["text"])
        self.assertIn("1 of the 2", str(line.service_hints))
        line.guest_ids = [Command.create({"last_name": "Orlova"})]
        codes = [hint["code"] for hint in order.booking_hints or []]
        self.assertNotIn("guests_missing", codes)

    def test_typed_prices_are_taken_over(self):
        offer = self._create_offer(
            self._variant(
                "A",
                self._offer_stay(price_unit=13000, supplier_price_total=8000),
            )
        )
        order = self._mark_sent(offer)._accept_online(1, "Anna")
        self.assertEqual(order.order_line.price_unit, 13000)
        self.assertEqual(order.order_line.supplier_price_total, 8000)
        self.assertEqual(
            set(order.order_line.overwritten_fields),
            {"price_unit", "supplier_price_total"},
        )

    def test_taxes_shown_hold(self):
        tax = self.env["account.tax"].create(
            {"name": "Ten", "amount": 10, "type_tax_use": "sale"}
        )
        self.accommodation.product_id.taxes_id = tax
        offer = self._mark_sent(self._create_offer())
        self.assertEqual(offer.variant_ids[0].amount_total, 11000)
        self.accommodation.product_id.taxes_id = False
        order = offer._accept_online(1, "Anna")
        self.assertEqual(order.amount_total, 11000)

    def test_all_kinds_of_services(self):
        offer = self._create_offer(
            self._variant(
                "A",
                self._offer_stay(),
                (
                    0,
                    0,
                    {
                        "service_type_id": self.transfer.id,
                        "route": "Airport – hotel",
                        "date_from": self._day(10),
                        "hour_from": 9.5,
                        "price_unit": 2000,
                    },
                ),
                (
                    0,
                    0,
                    {
                        "service_type_id": self.other.id,
                        "service_text": "Guide\nfor three hours",
                        "date_from": self._day(11),
                        "price_unit": 500,
                    },
                ),
            )
        )
        order = self._mark_sent(offer)._accept_online(1, "Anna")
        self.assertEqual(order.amount_total, 12500)
        self.assertEqual(
            order.order_line.mapped("service_kind"),
            ["accommodation", "transfer", "other"],
        )
        self.assertEqual(order.order_line[1].hour_from, 9.5)

    def test_portal_user_of_the_contact_sees_the_booking(self):
        user = self._create_client_user("anna")
        offer = self._create_offer(contact_id=user.partner_id.id)
        order = self._mark_sent(offer)._accept_online(1, "Anna")
        self.assertEqual(order.client_user_id, user)
        self.assertIn(order, self.env["sale.order"].with_user(user).search([]))

    def test_refusals(self):
        for number in (0, 3, -1):
            with self.assertRaisesRegex(UserError, "one of the variants"):
                self.offer._accept_online(number, "Anna")
        with self.assertRaisesRegex(UserError, "your name"):
            self.offer._accept_online(1, "  ")
        with self.assertRaisesRegex(UserError, "at most"):
            self.offer._accept_online(1, "A" * 201)
        with self.assertRaisesRegex(UserError, "few words"):
            self.offer._decline_online(" ")
        self.assertEqual(self.offer.state, "sent")
        self.assertFalse(self.offer.order_ids)

    def test_expired_is_not_accepted(self):
        self._lapse(self.offer)
        for answer in (
            lambda: self.offer._accept_online(1, "Anna"),
            lambda: self.offer._decline_online("No"),
            lambda: self.offer.variant_ids[0].action_accept_for_client(),
        ):
            with self.assertRaisesRegex(UserError, "cannot be answered"):
                answer()

    def test_draft_is_not_accepted(self):
        offer = self._create_offer()
        with self.assertRaisesRegex(UserError, "cannot be answered"):
            offer._accept_online(1, "Anna")

    def test_last_day_is_the_managers(self):
        self.offer.valid_until = self._day(5)
        self.manager.tz = "Pacific/Kiritimati"
        self.assertFalse(self.offer._is_lapsed())

    def test_declined_once(self):
        self.offer._decline_online("Too far from the sea", "Anna")
        self.assertEqual(self.offer.state, "declined")
        self.assertEqual(self.offer.answer_reason, "Too far from the sea")
        count = len(self._get_told(self.manager))
        self.assertTrue(count)
        self.offer._decline_online("Again")
        self.assertEqual(self.offer.answer_reason, "Too far from the sea")
        self.assertEqual(len(self._get_told(self.manager)), count)
        with self.assertRaisesRegex(UserError, "cannot be answered"):
            self.offer._accept_online(1, "Anna")

    def test_manager_accepts_for_the_client(self):
        variant = self.offer.variant_ids[0].with_user(self.manager)
        action = variant.action_accept_for_client()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order, self.offer.order_ids)
        self.assertEqual(self.offer.answer_name, self.manager.name)
        self.assertEqual(order.create_uid, self.manager)

    def test_booking_of_an_offer_is_made_by_accepting_only(self):
        order = self._create_booking()
        with self.assertRaises(AccessError):
            order.with_user(self.manager).offer_id = self.offer
        with self.assertRaises(AccessError):
            self._create_booking(user=self.manager, offer_id=self.offer.id)
        self.assertFalse(self.offer.order_ids)

    def test_cron_expires_and_tells(self):
        other = self._mark_sent(self._create_offer())
        accepted = self._mark_sent(self._create_offer())
        accepted._accept_online(1, "Anna")
        self._lapse(self.offer)
        self._lapse(accepted)
        cron = self.env.ref("tour_offer.ir_cron_expire_offers")
        for _time in range(2):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.offer.state, "expired")
        self.assertEqual(other.state, "sent")
        self.assertEqual(accepted.state, "accepted")
        self.assertEqual(len(self._get_told(self.manager)), 1)

    def test_seen_is_noted_once(self):
        self.offer._mark_seen()
        seen_on = self.offer.seen_on
        self.assertTrue(seen_on)
        self.offer._mark_seen()
        self.assertEqual(self.offer.seen_on, seen_on)
