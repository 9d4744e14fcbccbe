from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalNews(PortalCommon):
    def _readers(self, order):
        """For whom there is news of the booking."""
        marks = self.env["tour.portal.mark"].search(
            [("order_id", "=", order.id), ("unread_since", "!=", False)]
        )
        return marks.user_id

    def _write(self, order, user, subtype="mail.mt_comment", **values):
        order.with_user(user).sudo().message_post(
            author_id=user.partner_id.id,
            body="Hello",
            message_type="comment",
            subtype_xmlid=subtype,
            **values,
        )

    def test_message_of_staff_is_news_to_who_sees_the_booking(self):
        order = self._of(self.olga)
        self._write(order, self.manager)
        self.assertEqual(self._readers(order), self.olga | self.curator)
        self._write(order, self.manager)
        news = self.env["tour.portal.mark"].with_user(self.olga)._get_news(order)
        self.assertEqual(news, {order.id: 2})
        self.assertFalse(
            self.env["tour.portal.mark"].with_user(self.boris)._get_news(order)
        )

    def test_note_is_no_news(self):
        order = self._of(self.olga)
        self._write(order, self.manager, subtype="mail.mt_note")
        self.assertFalse(self._readers(order))

    def test_own_message_is_no_news_to_oneself(self):
        order = self._of(self.olga)
        self._write(order, self.olga)
        self.assertEqual(self._readers(order), self.curator)
        self.assertEqual(order.client_unread_count, 1)

    def test_status_that_the_client_sees(self):
        order = self._of(self.olga)
        order.with_user(self.manager).action_move_to("refused", "No rooms")
        self.assertEqual(self._readers(order), self.olga | self.curator)
        news = self.env["tour.portal.mark"].with_user(self.olga)._get_news(order)
        self.assertEqual(news, {order.id: 0})

    def test_status_that_is_the_same_to_the_client(self):
        wordings = self.env["tour.booking.status"].search([])
        shown = wordings[0].client_status_id
        wordings.write({"client_status_id": shown.id})
        order = self._of(self.olga)
        order.with_user(self.manager).action_move_to("refused", "No rooms")
        self.assertFalse(self._readers(order))

    def test_read_by_each_for_himself(self):
        order = self._of(self.olga)
        self._write(order, self.manager)
        write_date = order.write_date
        order.with_user(self.olga)._mark_tour_read()
        self.assertEqual(self._readers(order), self.curator)
        self.assertTrue(order.client_read_on)
        self.assertEqual(order.write_date, write_date)
        # Staff and nobody have no marks.
        order.with_user(self.manager)._mark_tour_read()
        marks = self.env["tour.portal.mark"].search([("order_id", "=", order.id)])
        self.assertEqual(marks.user_id, self.olga | self.curator)

    def test_client_by_himself_and_curators_above(self):
        alone = self._create_booking(partner_id=self.vera.partner_id.id)
        self._write(alone, self.manager)
        self.assertEqual(self._readers(alone), self.vera)
        daughter = self.env["res.partner"].create(
            {
                "name": "Daughter",
                "is_company": True,
                "parent_id": self.client_company.id,
            }
        )
        order = self._create_booking(partner_id=daughter.id)
        self._write(order, self.manager)
        self.assertEqual(self._readers(order), self.curator)

    def test_who_left_is_told_nothing(self):
        order = self._of(self.olga)
        self.olga.active = False
        self._write(order, self.manager)
        self.assertEqual(self._readers(order), self.curator)

    def test_archive_is_no_news(self):
        order = self._of(self.olga)
        self._write(order, self.manager)
        self._force_state(order, "archive")
        self.env.flush_all()
        self.env["tour.portal.mark"]._gc_news()
        self.assertFalse(self._readers(order))

    def test_many_at_once_by_one_statement(self):
        orders = self.env["sale.order"]
        for _number in range(3):
            orders |= self._of(self.olga)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["tour.portal.mark"]._add_news(orders)
        for order in orders:
            self.assertEqual(self._readers(order), self.olga | self.curator)

    def test_clients_read_no_marks(self):
        order = self._of(self.olga)
        self._write(order, self.manager)
        for model in ("tour.portal.mark", "tour.portal.once"):
            for user in (self.olga, self.curator):
                records = self.env[model].with_user(user)
                with self.assertRaises(AccessError):
                    records.search([])
                with self.assertRaises(AccessError):
                    records.create({})
        with self.assertRaises(AccessError):
            self.env["tour.portal.mark"].with_user(self.manager).create({})
        with self.assertRaises(AccessError):
            order.with_user(self.olga).read(["client_read_on"])
