"""Who reads travel documents: staff by role, the client when complete, nobody else."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import CHANGED, TICKET, BookletCommon


@tagged("post_install", "-at_install")
class TestBookletRights(BookletCommon):
    def test_readers_do_not_write(self):
        for role in ("accountant", "director"):
            user = self.users[role]
            order = self.order.with_user(user)
            self.assertEqual(order.booklet_item_ids, self.order.booklet_item_ids)
            for act in ("complete", "reopen", "send", "add"):
                with self.assertRaises(AccessError):
                    getattr(order, f"action_booklet_{act}")()
            with self.assertRaises(AccessError):
                self.ticket.with_user(user)._put("t.pdf", CHANGED)

    def test_others_read_nothing(self):
        for user in (self.users["hotel_editor"], self.client_user):
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                self.order.with_user(user).action_booklet_complete()

    def test_manager_reads_own_bookings_only(self):
        foreign = self._create_booking(user_id=self.users["head"].id)
        item = self._add_file("ticket.pdf", TICKET, foreign)
        items = self.env["tour.booklet.item"].with_user(self.manager)
        self.assertFalse(items.search([("id", "=", item.id)]))
        with self.assertRaises(AccessError):
            items.create({"order_id": foreign.id, "name": "x"})
        with self.assertRaises(AccessError):
            item.version_ids.with_user(self.manager).read(["sha256"])

    def test_nobody_writes_what_was_sent(self):
        self._complete()
        self.own_order.action_booklet_send()
        head = self.users["head"]
        for record in (
            self.order.booklet_ids,
            self.order.booklet_edition_ids,
            self.ticket.version_ids,
        ):
            record = record.with_user(head)
            with self.assertRaises(AccessError):
                record.write({"number": 9})
            with self.assertRaises(AccessError):
                record.unlink()


@tagged("post_install", "-at_install")
class TestBookletPortal(HttpCase, BookletCommon):
    def setUp(self):
        super().setUp()
        self.url = self.order._get_booklet_path(self.ticket)
        self.page = f"/my/orders/{self.order.id}"

    def _get(self, user=None, url=None):
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)
        return self.url_open(url or self.url, allow_redirects=False)

    def test_client_gets_it_when_complete(self):
        self.assertEqual(self._get(self.client_user).status_code, 404)
        self.assertNotIn("tour_booklet", self._get(self.client_user, self.page).text)
        self._complete()
        response = self._get(self.client_user)
        self.assertEqual(response.content, TICKET)
        self.assertIn("no-store", response.headers["Cache-Control"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        # The client's office leads on to a page of its own.
        page = self.url_open(self.page).text
        self.assertIn(self.url, page)
        self.assertIn("Travel documents", page)

    def test_client_gets_the_newest(self):
        self._complete()
        self.ticket._put("ticket.pdf", CHANGED)
        self.assertEqual(self._get(self.client_user).content, CHANGED)

    def test_others_learn_nothing(self):
        self._complete()
        nothing = self._get(self.other_user, "/my/tour/bookings/999999/booklet/1")
        self.assertEqual(nothing.status_code, 404)
        for user in (self.other_user, None, self.users["hotel_editor"]):
            self.assertEqual(self._get(user).status_code, 404)

    def test_another_bookings_file_is_not_found(self):
        """The client of one booking does not get a file of another by its number."""
        self._complete()
        foreign = self._create_booking(
            partner_id=self.other_client.id,
            client_user_id=self.other_user.id,
            consignee_id=False,
        )
        url = f"/my/tour/bookings/{foreign.id}/booklet/{self.ticket.id}"
        self.assertEqual(self._get(self.other_user, url).status_code, 404)

    def test_attachments_are_not_read_past_the_route(self):
        self._complete()
        attachments = self.ticket.version_ids.attachment_id
        for url in (
            f"/web/content/{attachments.id}",
            f"/web/image/{attachments.id}",
            f"/web/content/tour.booklet.item/{self.ticket.id}/upload",
        ):
            for user in (self.client_user, self.other_user, self.users["hotel_editor"]):
                response = self._get(user, url)
                self.assertNotIn(TICKET, response.content)
        self.assertEqual(
            self._get(self.manager, f"/web/content/{attachments.id}").content, TICKET
        )

    def test_link_of_the_booking_opens_it(self):
        self._complete()
        token = self.order._portal_ensure_token()
        url = f"{self.url}?access_token={token}"
        self.assertEqual(self._get(url=url).content, TICKET)
        self.assertEqual(self._get(url=url[:-3] + "000").status_code, 404)
