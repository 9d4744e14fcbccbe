from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tour_booking.booking_states import STATE_CODES
from odoo.addons.tour_portal.portal_lists import Memo

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestRate(RatingCommon):
    def test_rated_and_changed(self):
        rating = self._rate(4, "  Good rooms \0")
        self.assertRecordValues(
            rating,
            [
                {
                    "rating": 4,
                    "feedback": "Good rooms",
                    "consumed": True,
                    "res_model": "sale.order",
                    "res_id": self.order.id,
                    "partner_id": self.olga.partner_id.id,
                    "rated_partner_id": self.manager.partner_id.id,
                    "access_token": False,
                }
            ],
        )
        self.assertEqual(self.order.rating_stars, "4")
        self.assertEqual(self._rate(2, "The bill!"), rating)
        self.assertEqual((rating.rating, rating.feedback), (2, "The bill!"))
        self.assertEqual(self.order.rating_stars, "2")
        self.assertEqual((self.order.rating_count, self.order.rating_avg), (1, 2))
        self.assertEqual(self._rate(2, ""), rating)
        self.assertFalse(rating.feedback)

    def test_every_word_is_kept_for_staff(self):
        self._rate(4, "Good <b>rooms</b>")
        notes = self.order.message_ids.filtered(lambda m: "4/5" in m.body)
        self.assertIn("Good &lt;b&gt;rooms", notes.body)
        self.assertTrue(notes.subtype_id.internal)
        # Pressed twice, it is said once.
        self._rate(4, "Good <b>rooms</b>")
        self.assertEqual(
            self.order.message_ids.filtered(lambda m: "4/5" in m.body), notes
        )

    def test_only_what_took_place_is_rated(self):
        for state in STATE_CODES:
            self._force_state(self.order, state)
            if state in ("done", "reposting"):
                self.assertTrue(self._rate(3))
                self._get_rating().unlink()
                continue
            with self.assertRaisesRegex(UserError, "when it is over"):
                self._rate(3)
        # It was archived from Done, and another from Cancelled.
        for state, is_rated in (("done", True), ("cancelled", False)):
            order = self._force_state(self._create_booking(), state)
            order.client_user_id = self.olga
            order.with_user(self.head)._move_to("archive")
            if is_rated:
                self.assertTrue(self._rate(5, order=order))
            else:
                with self.assertRaisesRegex(UserError, "when it is over"):
                    self._rate(5, order=order)

    def test_from_one_to_five(self):
        for rate in (0, 6, -1, 2.5, True, "3", None, 10**30, [3]):
            with self.assertRaisesRegex(UserError, "one to five stars"):
                self._rate(rate)
        self.assertFalse(self._get_rating())
        self.assertEqual(len(self._rate(1, "x" * 5000).feedback), 2000)

    def test_who_rates(self):
        for user in (self.boris, self.stranger, self.manager, self.head, self.boss):
            with self.assertRaises(AccessError):
                self._rate(5, user=user)
        # A curator may, too; there is one rating of a booking.
        rating = self._rate(3, user=self.curator)
        self.assertEqual(rating.partner_id, self.curator.partner_id)
        self.assertEqual(self._rate(4), rating)

    def test_changed_for_some_days(self):
        self._rate(3)
        later = fields.Datetime.now() + timedelta(days=11)
        with freeze_time(later):
            self._rate(4)
            self.env.company.tour_rating_change_days = 10
            with self.assertRaisesRegex(UserError, "could change it for 10 days"):
                self._rate(5)
            portal = self.order.with_user(self.olga)._get_portal_rating()
            self.assertEqual((portal["may_rate"], portal["rate"]), (False, 4))

    def _get_told(self):
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", self.order.id),
                ("message_type", "=", "user_notification"),
                ("subject", "like", "stars"),
            ]
        )
        return [(m.subject, m.partner_ids) for m in messages]

    def test_low_ones_are_told(self):
        self._rate(3)
        self.assertFalse(self._get_told())
        self._rate(2, "Cold")
        ((subject, people),) = self._get_told()
        self.assertIn("2 of 5", subject)
        self.assertTrue(self.manager.partner_id | self.head.partner_id <= people)
        self.assertFalse(people & (self.boss | self.director).partner_id)
        # Not once more for what is low already.
        self._rate(1, "Colder")
        self.assertEqual(len(self._get_told()), 1)
        self._rate(5)
        self._rate(1)
        self.assertEqual(len(self._get_told()), 2)

    # === On the home page === #

    def _get_needs(self, user):
        needs = self.env["tour.portal.need"].with_user(user)._get_rating_needs(5)
        return [need["order_id"] for need in needs]

    def test_needs_of_the_home_page(self):
        self._finish(self.order)
        self.assertEqual(self._get_needs(self.olga), self.order.ids)
        for user in (self.boris, self.curator, self.stranger):
            self.assertFalse(self._get_needs(user))
        self._force_state(self.order, "reposting")
        self.assertFalse(self._get_needs(self.olga))
        self._force_state(self.order, "done")
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.assertFalse(self._get_needs(self.olga))
        self._rate(5)
        self.assertFalse(self._get_needs(self.olga))

    def test_needs_in_a_fixed_number_of_queries(self):
        self._finish(*(self._create_done() for _number in range(6)))
        Need = self.env["tour.portal.need"].with_user(self.olga)
        Need._get_rating_needs(1)
        counts = []
        for limit in (1, 6):
            self.env.invalidate_all()
            # Who asks, and the settings, were read before.
            Need.env.user.partner_id.fetch(["name"])
            self.env.company.sudo().fetch(["tour_rating_need_days"])
            # What waits of all kinds is found by one statement.
            Need = Need.with_context(tour_portal_memo=Memo())
            Need._find_waiting(limit)
            before = self.env.cr.sql_log_count
            self.assertEqual(len(Need._get_rating_needs(limit)), limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(counts[1], 1)
        self.env.company.tour_rating_need_days = 0
        Need = Need.with_context(tour_portal_memo=Memo())
        self.assertFalse(Need._get_rating_needs(6))

    # === What staff see === #

    def test_staff_find_ratings(self):
        self._rate(2)
        other = self._create_done(user_id=self.head.id)
        self._rate(5, order=other)
        Order = self.env["sale.order"].with_user(self.head)
        low = Order.search([("rating_stars", "in", ("1", "2"))])
        self.assertEqual(low, self.order)
        Rating = self.env["rating.rating"]
        both = [("tour_order_id", "in", (self.order | other).ids)]
        for user, count in ((self.manager, 1), (self.head, 2), (self.director, 2)):
            self.assertEqual(Rating.with_user(user).search_count(both), count)
        clerk = self._create_staff("clerk", "staff")
        self.assertFalse(Rating.with_user(clerk).search_count(both))
        action = self.order.with_user(self.manager).action_view_rating()
        self.assertEqual(action["res_id"], self._get_rating().id)

    def test_of_another_company_they_are_not_seen(self):
        self._rate(2)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.head.write({"company_ids": [(4, other.id)]})
        Rating = self.env["rating.rating"].with_user(self.head)
        domain = [("tour_order_id", "=", self.order.id)]
        self.assertFalse(
            Rating.with_context(allowed_company_ids=other.ids).search(domain)
        )
        self.assertTrue(Rating.search(domain))
