from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import RatingCommon


@tagged("post_install", "-at_install")
class TestAsk(RatingCommon):
    def setUp(self):
        super().setUp()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: 60.0,
        )

    def _run_cron(self, days=2):
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            self.env["tour.rating.request"]._cron_ask()

    def _get_mails(self, order=None):
        order = order or self.order
        return self.env["mail.mail"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("subject", "like", "How was your trip"),
            ]
        )

    def test_asked_after_some_days_and_once(self):
        self._finish(self.order)
        self._run_cron(1)
        self.assertFalse(self._get_mails())
        self._run_cron(2)
        mail = self._get_mails()
        self.assertEqual(mail.recipient_ids, self.olga.partner_id)
        self.assertIn(f"/my/tour/bookings/{self.order.id}#rating", mail.body_html)
        self.assertNotIn("access_token", mail.body_html)
        self.assertNotIn("/rate/", mail.body_html)
        self.assertEqual(self._get_request(self.order).state, "asked")
        self._run_cron(3)
        self.assertEqual(self._get_mails(), mail)
        # Left, and reached again.
        self._finish(self.order)
        self._run_cron(9)
        self.assertEqual(self._get_mails(), mail)

    def test_open_again_it_waits(self):
        self._finish(self.order)
        self._force_state(self.order, "booked")
        self._run_cron(5)
        self.assertFalse(self._get_mails())
        self._finish(self.order)
        self._run_cron(5)
        self.assertEqual(len(self._get_mails()), 1)

    def test_out_of_archive_and_reposting_nobody_is_asked(self):
        """They were done before there were ratings."""
        for state in ("archive", "reposting"):
            order = self._force_state(self._create_done(), state)
            order.sudo()._move_by_system("done")
            self.assertFalse(self._get_request(order))

    def test_who_rated_is_not_asked(self):
        self._finish(self.order)
        self._rate(5)
        self.assertEqual(self._get_request(self.order).state, "rated")
        self._run_cron()
        self.assertFalse(self._get_mails())

    def test_who_does_not_want_mails_gets_none(self):
        category = self.env.ref("tour_rating.category_rating_request")
        category._set_choices(self.olga.partner_id, {category.id: "dont_send"})
        self._finish(self.order)
        self._run_cron()
        self.assertFalse(self._get_mails())
        category._set_choices(self.olga.partner_id, {category.id: "send"})
        self._run_cron(3)
        self.assertFalse(self._get_mails())

    def test_who_cannot_log_in_is_not_asked(self):
        order = self._create_done(client_user_id=False)
        self._finish(order)
        self._run_cron()
        self.assertFalse(self._get_mails(order))
        self.assertEqual(self._get_request(order).state, "nobody")

    def test_switched_off(self):
        self.env.company.tour_rating_ask = False
        self._finish(self.order)
        self.assertEqual(self._get_request(self.order).state, "off")
        self.env.company.tour_rating_ask = True
        self._run_cron()
        self.assertFalse(self._get_mails())
        # Switched off after the booking was done.
        other = self._create_done()
        self._finish(other)
        self.env.company.tour_rating_ask = False
        self._run_cron()
        self.assertFalse(self._get_mails(other))
        self.assertEqual(self._get_request(other).state, "off")

    def test_many_at_once_in_a_fixed_number_of_queries(self):
        """Done for a hundred costs as much as for ten."""
        Request = self.env["tour.rating.request"]
        counts = []
        # The first time, settings are read.
        Request._remember(self._create_booking())
        for number in (10, 100):
            orders = self.env["sale.order"].union(
                *(self._create_booking() for _number in range(number))
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            Request._remember(orders)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(
                Request.search_count([("order_id", "in", orders.ids)]), number
            )
        self.assertEqual(counts[0], counts[1])
