import re
from html import unescape

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .confirmation_common import ConfirmationCommon


@tagged("post_install", "-at_install")
class TestConfirmationPortal(ConfirmationCommon, HttpCase):
    """The client answers on his page, by what his browser sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls._create_client_user(
            "stranger", cls.env["res.partner"].create({"name": "X", "is_company": True})
        )
        cls.colleague = cls._create_client_user("ivan")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        users = cls.olga | cls.stranger | cls.colleague | cls.curator | cls.manager
        for user in users:
            user.password = user.login
        cls.url = cls.order._get_changes_path()

    def setUp(self):
        super().setUp()
        self._change()

    def _open(self, user=None):
        user = user or self.olga
        self.authenticate(user.login, user.login)
        return self._read()

    def _read(self):
        return self._text(self.url_open(self.url))

    def _text(self, page):
        """What is read, in one line."""
        return re.sub(r"\s+", " ", unescape(page.text))

    def _hidden(self, page, name):
        found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
        return found and found[1]

    def _press(self, page, act, **data):
        """Press a button of a page that was read."""
        sent = {
            "csrf_token": self._hidden(page, "csrf_token"),
            "revision": self._hidden(page, "revision"),
            "act": act,
            **data,
        }
        return self._text(self.url_open(self.url, data=sent))

    def _get_state(self):
        self.env.invalidate_all()
        return self.order.booking_state

    def test_the_page_asks(self):
        self.company.partner_id.tz = "Europe/Moscow"
        self.company.tour_confirm_silence = "decline"
        self._change(date_to=self._day(5))
        page = self._open()
        # Four nights at 5,000 instead of two.
        self.assertIn("<s>$ 10,000.00</s>", page)
        self.assertIn("<b>$ 20,000.00</b>", page)
        self.assertIn("Please answer until", page)
        self.assertIn("(Europe/Moscow)", page)
        self.assertIn("If you do not answer, the booking is cancelled.", page)
        self.assertIn("Accept the changes", page)
        self.assertIn("Decline and cancel the booking", page)
        # While he is asked, he cancels by declining.
        self.assertNotIn("o_tour_ask_cancel", page)
        self.assertNotIn("o_tour_fault", page)

    def test_accept(self):
        page = self._press(self._open(), "accept_changes", note="Fine")
        self.assertEqual(self._get_state(), "accepted")
        self.assertRecordValues(
            self.order.confirmation_ids,
            [
                {
                    "state": "accepted",
                    "answered_by_id": self.olga.id,
                    "answered_way": "client",
                    "note": "Fine",
                }
            ],
        )
        self.assertIn("The changes of this booking are accepted", page)
        self.assertNotIn("o_tour_question", page)

    def test_decline_asks_once_more(self):
        page = self._press(self._open(), "ask_decline", note="Too dear")
        self.assertIn("If you decline, this booking is cancelled. Decline?", page)
        self.assertIn("Too dear</textarea>", page)
        self.assertEqual(self._get_state(), "changed")
        self._press(page, "decline_changes", note="Too dear")
        self.assertEqual(self._get_state(), "cancelled")
        self.assertEqual(self.order.confirmation_ids.note, "Too dear")

    def test_stale_page_is_told_and_shown_anew(self):
        for act in ("accept_changes", "ask_decline", "decline_changes"):
            with self.subTest(act=act):
                stale = self._open()
                self._change(rooms=self.order.order_line.rooms + 1)
                page = self._press(stale, act, note="Fine")
                self.assertIn("was changed again meanwhile", page)
                self.assertEqual(self._get_state(), "changed")
                self.assertIn("Fine</textarea>", page)
                self.assertNotIn("is cancelled. Decline?", page)
        self._press(page, "accept_changes")
        self.assertEqual(self._get_state(), "accepted")

    def test_nobody_answers_without_having_seen(self):
        page = self._open()
        for revision in ("", "x", "-1", "9" * 5000):
            with self.subTest(revision=revision[:5]):
                answer = self._press(page, "accept_changes", revision=revision)
                self.assertIn("was changed again meanwhile", answer)
        self.assertEqual(self._get_state(), "changed")

    def test_pressed_twice(self):
        page = self._open()
        self._press(page, "accept_changes")
        for act in ("accept_changes", "decline_changes"):
            answer = self._press(page, act)
            self.assertIn("nothing is to be answered any more", answer)
        self.assertEqual(self._get_state(), "accepted")
        self.assertEqual(len(self.order.confirmation_ids), 1)

    def test_looking_never_acts(self):
        self._open()
        for act in ("accept_changes", "decline_changes", "cancel", "change"):
            page = self.url_open(f"{self.url}?act={act}&revision=1&comment=x&note=x")
            self.assertEqual(page.status_code, 200)
        self.assertEqual(self._get_state(), "changed")
        self.assertFalse(self.order.change_ids)

    @mute_logger("odoo.http")
    def test_no_form_of_another_site(self):
        page = self._open()
        revision = self._hidden(page, "revision")
        for token in ("", "wrong"):
            data = {"act": "accept_changes", "revision": revision, "csrf_token": token}
            self.assertEqual(self.url_open(self.url, data=data).status_code, 400)
        self.assertEqual(self._get_state(), "changed")

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_strangers_find_nothing(self):
        token = self._hidden(self._open(), "csrf_token")
        for user in (self.stranger, self.colleague):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open(self.url).status_code, 404)
                data = {"act": "accept_changes", "revision": "1", "csrf_token": token}
                # Neither with the token of the client's own page.
                self.assertIn(
                    self.url_open(self.url, data=data).status_code, (400, 404)
                )
        self.logout()
        self.assertIn("/web/login", self.url_open(self.url).url)
        self.assertEqual(self._get_state(), "changed")

    def test_curator_answers(self):
        self._press(self._open(self.curator), "accept_changes")
        self.assertEqual(self.order.confirmation_ids.answered_by_id, self.curator)

    def test_changed_back(self):
        self._change(date_to=self._day(3))
        page = self._open()
        self.assertIn("No differences.", page)
        self.assertIn("Confirm that nothing differs", page)
        self.assertNotIn("ask_decline", page)
        self._press(page, "accept_changes")
        self.assertEqual(self._get_state(), "accepted")

    def test_staff_only_look(self):
        page = self._open(self.manager)
        self.assertIn("<b>$ 15,000.00</b>", page)
        self.assertIn("You may only look at it", page)
        self.assertNotIn('name="act"', page)
        token = (
            self._hidden(page, "csrf_token")
            or re.search(r'csrf_token: "([^"]+)"', page)[1]
        )
        for act in ("accept_changes", "decline_changes", "change", "cancel"):
            answer = self._press(page, act, csrf_token=token, note="x", comment="x")
            self.assertIn("This is the client's page", answer)
        self.assertEqual(self._get_state(), "changed")
        self.assertFalse(self.order.change_ids)

    def test_staff_see_the_question_as_the_client_does(self):
        order = self.order.with_user(self.manager)
        self.assertIn("o_tour_question", order.client_page)
        self.assertIn("15,000.00", order.client_page)
        self.assertNotIn("<button", order.client_page)
        self.assertEqual(order.action_open_changes_page()["url"], self.url)

    def test_bad_notes(self):
        page = self._press(self._open(), "accept_changes", note="x" * 2001)
        self.assertIn("up to 2000 characters", page)
        page = self._press(page, "explode")
        self.assertIn("Choose what to do", page)
        answer = self.url_open(
            self.url,
            data={"csrf_token": self._hidden(page, "csrf_token"), "act": "accept"},
            files={"change_id": ("x.txt", b"x"), "note": ("y.txt", b"y")},
        )
        self.assertIn("no such request", answer.text)
        self.assertEqual(self._get_state(), "changed")

    def test_what_is_written_is_escaped(self):
        self.order.order_line.guest_ids.with_user(self.manager).last_name = "<i>Li</i>"
        page = self.url_open  # The raw page, where escaping is seen.
        self._open()
        self.assertNotIn("<i>Li</i>", page(self.url).text)
        self.assertIn("&lt;i&gt;Li&lt;/i&gt;", page(self.url).text)

    def test_the_way_to_the_page(self):
        if "tour.portal.need" in self.env:
            self.skipTest("The client's office has a page of its own for bookings.")
        self.authenticate(self.olga.login, self.olga.login)
        booking = f"/my/orders/{self.order.id}"
        page = self.url_open(booking).text
        self.assertIn("o_tour_question_banner", page)
        self.assertIn(f'href="{self.url}"', page)
        self._as_client().action_client_accept()
        self.assertNotIn("o_tour_question_banner", self.url_open(booking).text)
        self._force_state(self.order, "archive")
        self.assertIn("There is nothing to confirm", self._read())

    def test_mails_lead_there(self):
        link = f'{self.order._get_changes_url()}"'
        with self.mock_mail_gateway():
            self._change(meal="bb")
            self._pending()._send_reminder()
            self.env.flush_all()
        asked = self._new_mails.filtered(
            lambda mail: self.olga.partner_id in mail.recipient_ids
        )
        self.assertEqual(len(asked), 2)
        for mail in asked:
            self.assertIn(link, mail.body_html)
