from contextlib import suppress

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestAttack(RatingCommon):
    """What a program may send."""

    def test_staff_change_no_rating(self):
        rating = self._rate(2, "Cold")
        for user in (self.manager, self.head, self.director, self.boss):
            own = rating.with_user(user)
            for values in (
                {"rating": 5},
                {"feedback": "Lovely"},
                {"consumed": False},
                {"partner_id": user.partner_id.id},
                {"tour_order_id": False},
                {"res_id": self._create_done().id},
                {"access_token": "x"},
                {"publisher_comment": "Thanks"},
                {},
            ):
                with self.assertRaises(AccessError):
                    own.write(values)
            with self.assertRaises(AccessError):
                own.reset()
            with self.assertRaises(AccessError):
                self.order.with_user(user).rating_apply(5, rating=own)
        self.assertEqual((rating.rating, rating.feedback), (2, "Cold"))

    def test_staff_make_no_rating(self):
        model = self.env["ir.model"]._get_id("sale.order")
        for user in (self.manager, self.head, self.boss):
            Rating = self.env["rating.rating"].with_user(user)
            for values in (
                {"res_model_id": model, "res_id": self.order.id, "rating": 5},
                {"tour_order_id": self.order.id, "res_id": 1, "rating": 5},
            ):
                with (
                    self.subTest(user=user.login, values=values),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    Rating.create(values)
            with suppress(AccessError), self.env.cr.savepoint():
                Rating.create({"res_model": "sale.order", "res_id": self.order.id})
            self.env.invalidate_all()
            self.assertFalse(self.order.rating_ids)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                Rating.with_context(default_tour_order_id=self.order.id).create(
                    {"res_id": 1, "rating": 5}
                )
            # One of something else does not become one of a booking.
            other = Rating.create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": self.client_company.id,
                }
            )
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                other.write({"res_model_id": model, "res_id": self.order.id})
        self.assertFalse(self._get_rating())

    def test_not_through_the_booking(self):
        rating = self._rate(2)
        for user in (self.manager, self.head, self.boss):
            order = self.order.with_user(user)
            for values in (
                {"rating_last_value": 5},
                {"rating_last_feedback": "Lovely"},
                {"rating_ids": [Command.update(rating.id, {"rating": 5})]},
                {"rating_ids": [Command.delete(rating.id)]},
                {"rating_ids": [Command.clear()]},
                {"rating_stars": "5"},
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    order.write(values)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._create_booking(user=user, rating_last_value=5)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order.message_post(body="x", rating_value=5)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                order._rating_get_access_token()
        self.assertEqual(self.order.rating_stars, "2")
        for user in (self.olga, self.stranger, self.director):
            with self.assertRaises(AccessError):
                self.order.with_user(user).write({"rating_last_value": 5})

    def test_deleted_by_administrators_only(self):
        rating = self._rate(1, "An insult")
        for user in (self.manager, self.head, self.director, self.olga):
            with self.assertRaises(AccessError):
                rating.with_user(user).unlink()
        rating.with_user(self.boss).unlink()
        self.assertFalse(self.order.rating_stars)

    def test_clients_have_no_rights_on_ratings(self):
        rating = self._rate(3)
        for user in (self.olga, self.curator, self.stranger):
            for act in (
                lambda own: own.read(["rating"]),
                lambda own: own.write({"rating": 5}),
                lambda own: own.unlink(),
                lambda own: own.search([]),
                lambda own: own.create({"res_id": 1}),
                lambda own: own.browse(2**31 - 1).write({"rating": 5}),
            ):
                with self.assertRaises(AccessError):
                    act(rating.with_user(user))
            with self.assertRaises(AccessError):
                self.env["tour.rating.request"].with_user(user).search([])
