from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestRatingPage(RatingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.olga, cls.boris, cls.curator, cls.stranger, cls.manager):
            user.password = f"{user.login}_secret"

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _path(self, order=None):
        return f"/my/tour/bookings/{(order or self.order).id}"

    def _get(self, path=None, user=None):
        self._login(user or self.olga)
        return self.url_open(path or self._path())

    def _post(self, user=None, path=None, **values):
        self._login(user or self.olga)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        values = {"act": "rate", **values}
        return self.url_open(path or self._path(), data=values, allow_redirects=False)

    def test_rated_on_the_page(self):
        page = self._get().text
        self.assertIn('name="tour_rating"', page)
        self.assertIn("Send your rating", page)
        self.assertIn("Tell us how it was", page)
        answer = self._post(rating="4", rating_text="Fine")
        self.assertEqual(answer.status_code, 303)
        self.assertRecordValues(self._get_rating(), [{"rating": 4, "feedback": "Fine"}])
        page = self._get(answer.headers["Location"]).text
        self.assertIn("your rating is kept", page)
        self.assertIn("Change your rating", page)
        self.assertNotIn("Tell us how it was", page)
        self.assertIn("Fine", page)

    def test_no_form_before_it_is_over(self):
        self._force_state(self.order, "booked")
        self.assertNotIn('name="tour_rating"', self._get().text)
        answer = self._post(rating="4")
        self.assertIn("when it is over", answer.text)
        self.assertFalse(self._get_rating())

    def test_what_was_typed_stays(self):
        for rating in ("", "0", "6", "12", "x", "4.5", "٣", "1\0" * 3, "9" * 50):
            answer = self._post(rating=rating, rating_text="Kept words")
            self.assertEqual(answer.status_code, 200)
            self.assertIn("choose from one to five stars", answer.text)
            self.assertIn('role="alert"', answer.text)
            self.assertIn('aria-invalid="true"', answer.text)
            self.assertIn("Kept words", answer.text)
        self.assertFalse(self._get_rating())

    def test_shown_when_it_cannot_be_changed_any_more(self):
        self._rate(3, "Cold soup")
        self.env.cr.execute("UPDATE rating_rating SET create_date = '2020-01-01'")
        self.env.company.tour_rating_change_days = 5
        self.env.invalidate_all()
        page = self._get().text
        self.assertNotIn('name="tour_rating"', page)
        self.assertIn("3 of 5 stars", page)
        self.assertIn("Cold soup", page)

    def test_others_find_no_page(self):
        for user in (self.boris, self.stranger):
            self.assertEqual(self._post(user, rating="5").status_code, 404)
        answer = self._post(self.manager, rating="5")
        self.assertIn("may only look at it", answer.text)
        for number in (0, 2**31 - 1, 2**63):
            path = f"/my/tour/bookings/{number}"
            self.assertEqual(self._post(path=path, rating="5").status_code, 404)
        with mute_logger("odoo.http"):
            answer = self._post(rating="5", csrf_token="wrong")
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._get_rating())

    def test_tokens_of_odoo_rate_nothing(self):
        rating = self._rate(2)
        for token in ("False", "None", "0", "", "x"):
            for path in (f"/rate/{token}/5", f"/rate/{token}/submit_feedback"):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(rating.rating, 2)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc")
    def test_not_by_a_message(self):
        """Odoo takes a rating with a message, of who may write to the thread."""
        self._login(self.olga)
        answer = self.make_jsonrpc_request_raw()
        self.assertFalse(self._get_rating())
        self.assertIn("error", answer)

    def make_jsonrpc_request_raw(self):
        return self.url_open(
            "/mail/message/post",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "thread_model": "sale.order",
                    "thread_id": self.order.id,
                    "post_data": {"body": "x", "rating_value": 5},
                    "token": self.order._portal_ensure_token(),
                },
            },
        ).json()
