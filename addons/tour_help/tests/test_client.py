from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import HelpCommon


@tagged("post_install", "-at_install")
class TestClient(HelpCommon):
    def _find(self, user, request):
        return self.requests.with_user(user)._find_of_client(request.id)

    def test_whose_it_is(self):
        request = self._ask()
        colleague = self._create_client_user("colleague")
        for user in (self.olga, self.curator):
            self.assertTrue(self._find(user, request))
        for user in (colleague, self.boris, self.manager):
            self.assertFalse(self._find(user, request))

    def test_who_left_the_company_sees_nothing_more(self):
        request = self._ask()
        self.olga.partner_id.parent_id = self.rival
        self.assertFalse(self._find(self.olga, request))

    def test_curator_sees_subsidiaries(self):
        branch = self.env["res.partner"].create(
            {
                "name": "Branch",
                "is_company": True,
                "tour_client_corporate": True,
                "parent_id": self.client_company.id,
            }
        )
        request = self._enter(partner_id=branch.id)
        self.assertEqual(request.partner_id, branch)
        self.assertTrue(self._find(self.curator, request))
        self.assertFalse(self._find(self.olga, request))

    def test_pages_by_key(self):
        made = [self._ask(subject=str(number)) for number in range(5)]
        requests = self.requests.with_user(self.olga)
        page, key = requests._list_of_client(False, None, 2)
        self.assertEqual((page.ids, key), ([made[4].id, made[3].id], made[3].id))
        page, key = requests._list_of_client(False, key, 3)
        self.assertEqual((page.ids, key), ([one.id for one in made[2::-1]], False))
        made[0].action_close()
        page, _key = requests._list_of_client(True, None, 3)
        self.assertEqual(page.ids, made[0].ids)

    def test_list_in_few_queries(self):
        """One request, or twelve: the list of a client reads as often."""
        self._ask(order_id=self.booking.id)
        counts = []
        for _round in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found, _key = self.requests.with_user(self.olga)._list_of_client(
                False, None, 20
            )
            for request in found:
                request._client_view()
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(6):
                self._ask(order_id=self.booking.id)
        self.assertEqual(counts[1], counts[2])

    # === Conversation === #

    def test_what_is_shown(self):
        request = self._ask(text="One\n<b>two</b>")
        request.with_user(self.manager).message_post(
            body="A note of ours", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self._answer(request)
        client = self._as_client(request)
        messages, earlier = client._get_client_messages()
        self.assertFalse(earlier)
        self.assertEqual(
            [(one["author"], one["is_ours"], one["is_new"]) for one in messages],
            [("Olga", False, False), ("Manager", True, True)],
        )
        self.assertIn("&lt;b&gt;two&lt;/b&gt;", messages[0]["body"])
        self.assertTrue(messages[0]["is_read"])

    def test_read_marks(self):
        request = self._ask()
        messages, _earlier = self._as_client(request)._get_client_messages()
        self.assertFalse(messages[0]["is_read"])
        request.with_user(self.manager).action_mark_read()
        messages, _earlier = self._as_client(request)._get_client_messages()
        self.assertTrue(messages[0]["is_read"])
        self._answer(request)
        self._as_client(request, self.curator)._read_by_client()
        self.assertTrue(request.client_unread)
        self._as_client(request)._read_by_client()
        self.assertFalse(request.client_unread)
        self.assertTrue(request.client_read_on)

    def test_answer_needs_the_client(self):
        request = self._ask(order_id=self.booking.id)
        needs = self.env["tour.portal.need"]
        self.assertFalse(needs.with_user(self.olga)._get_help_needs(10))
        self._answer(request)
        (need,) = needs.with_user(self.olga)._get_help_needs(10)
        self.assertEqual(
            (need["kind"], need["text"], need["url"], need["order_id"]),
            ("help", "The bus", f"/my/tour/help/{request.id}", self.booking.id),
        )
        # It is for who asked.
        for user in (self.curator, self.boris):
            self.assertFalse(needs.with_user(user)._get_help_needs(10))
        self._as_client(request)._read_by_client()
        self.assertFalse(needs.with_user(self.olga)._get_help_needs(10))

    def test_responsible_is_told_of_each_message(self):
        request = self._ask(order_id=self.booking.id)
        self.assertEqual(
            self._get_told(request, self.manager),
            [f"New request for help: {request.name}"],
        )
        self._as_client(request)._write_by_client("Hello?", [])
        self.assertEqual(
            self._get_told(request, self.manager)[1:],
            [f"{request.name}: message from Olga"],
        )

    def test_files(self):
        request = self._ask(files=[("a.png", self._read_png(), "image/png")])
        (message,) = self._as_client(request)._get_client_messages()[0]
        (file,) = message["files"]
        self.assertEqual(file["name"], "a.png")
        file_id = int(file["url"].rsplit("/", 1)[1])
        self.assertTrue(self._as_client(request)._find_client_file(file_id))
        note = request.with_user(self.manager).message_post(
            body="x",
            subtype_xmlid="mail.mt_note",
            attachments=[("secret.txt", b"margin 40 %")],
        )
        for attachment_id in (note.attachment_ids.id, 2_000_000_000):
            self.assertFalse(self._as_client(request)._find_client_file(attachment_id))

    # === Closing, and opening again === #

    def test_client_closes_and_opens_again(self):
        request = self._ask(order_id=self.booking.id)
        client = self._as_client(request)
        client._close_by_client()
        client._close_by_client()
        self.assertEqual(request.state, "closed")
        self.assertEqual(
            self._get_told(request, self.manager)[1:],
            [f"{request.name}: closed by the client"],
        )
        client._write_by_client("Still no bus", [])
        self.assertEqual((request.state, request.reopened_count), ("in_work", 1))
        self.assertTrue(request.answer_due)

    def test_too_late_to_open_again(self):
        self.env.company.tour_help_reopen_days = 5
        request = self._ask()
        client = self._as_client(request)
        client._close_by_client()
        closed_on = request.closed_on
        with freeze_time(closed_on + timedelta(days=5, seconds=-1)):
            self.assertTrue(client._client_view()["may_write"])
        count = len(request.message_ids)
        with freeze_time(closed_on + timedelta(days=5, seconds=1)):
            self.assertFalse(client._client_view()["may_write"])
            with self.assertRaisesRegex(UserError, "Make a new request"):
                client._write_by_client("Still no bus", [])
        self.assertEqual(len(request.message_ids), count)

    def test_client_does_not_answer_himself(self):
        request = self._as_client(self._ask())
        with self.assertRaises(UserError):
            request._move_to("answered", "client")
        with self.assertRaises(UserError):
            request._move_to("in_work", "client")
        self.assertLess(request.create_date, fields.Datetime.now() + timedelta(1))
