import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HelpPortalCommon

PATH = "/my/tour/help"


@tagged("post_install", "-at_install")
class TestPortal(HelpPortalCommon):
    def _new(self, user=None, **values):
        values = {
            "kind": self.question.id,
            "subject": "The bus",
            "text": "Where is it?",
            **values,
        }
        return self._post(f"{PATH}/new", user, **values)

    def _get_last(self):
        return self.requests.search([], limit=1)

    # === A new one === #

    def test_made_about_a_booking(self):
        page = self._get(f"{PATH}/new?booking={self.booking.id}").text
        self.assertIn(f'value="{self.booking.name}"', page)
        answer = self._new(
            booking=self.booking.name,
            text="Wh\0ere?",
            files={"files": ("plan.png", self._read_png(), "image/png")},
        )
        request = self._get_last()
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(f"{PATH}/{request.id}"))
        self.assertRecordValues(
            request,
            [
                {
                    "order_id": self.booking.id,
                    "client_user_id": self.olga.id,
                    "user_id": self.manager.id,
                    "description": "Where?",
                    "by_client": True,
                }
            ],
        )
        page = self.url_open(f"{PATH}/{request.id}").text
        self.assertIn("plan.png", page)
        self.assertIn(self.booking.name, page)

    def test_pressed_twice_makes_one(self):
        page = self._get(f"{PATH}/new").text
        once = re.search(r'name="once" value="([0-9a-f]+)"', page)[1]
        count = self.requests.search_count([])
        first = self._new(once=once)
        second = self._new(once=once)
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual(self.requests.search_count([]), count + 1)
        path = f"{PATH}/{self._get_last().id}"
        for _time in range(2):
            self._post(f"{path}/write", text="Hello?", once=once)
        self.assertEqual(len(self._get_last()._get_client_messages()[0]), 2)

    def test_faults_are_named(self):
        count = self.requests.search_count([])
        other = self._create_booking(partner_id=self.rival.id)
        page = self._new(kind="0", subject=" ", text="\0", booking=other.name).text
        for name in ("kind", "subject", "text", "booking"):
            self.assertIn(f'href="#tour_{name}"', page)
            self.assertRegex(page, rf'id="tour_{name}"[^>]*aria-invalid="true"')
        self.assertIn('role="alert"', page)
        page = self._new(subject="x" * 201, text="y" * 10_001).text
        self.assertIn("up to 200", page)
        self.assertIn("x" * 201, page)
        page = self._new(
            files={"files": ("a.exe", b"MZ\x90\0", "application/pdf")}
        ).text
        self.assertIn("a.exe", page)
        self.assertEqual(self.requests.search_count([]), count)

    # === Bad addresses === #

    @mute_logger("odoo.http")
    def test_what_is_not_his_is_not_there(self):
        request = self._ask(
            order_id=self.booking.id, files=[("a.png", self._read_png(), "image/png")]
        )
        file_id = request.message_ids.attachment_ids.id
        path = f"{PATH}/{request.id}"
        self.assertEqual(self._get(f"{path}/file/{file_id}").status_code, 200)
        for user in (self.boris, self.manager):
            for url in (path, f"{path}/file/{file_id}"):
                self.assertEqual(self._get(url, user).status_code, 404)
            for act in ("write", "close"):
                answer = self._post(f"{path}/{act}", user, text="x")
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(request.state, "new")
        other = self._create_booking(partner_id=self.rival.id)
        for url in (
            f"{PATH}/0",
            f"{PATH}/2147483647",
            f"{PATH}/99999999999999999999",
            f"{PATH}/x",
            f"{path}/file/0",
            f"{path}?before=x",
            # Longer than Python makes numbers of.
            f"{path}?before=00000000001{'0' * 5000}",
            f"{PATH}?after=9223372036854775808",
            f"{PATH}?after=-1",
            f"{PATH}?after=²",
            f"{PATH}/new?booking={other.id}",
            f"{PATH}/new?booking=2147483647",
        ):
            with self.subTest(url):
                self.assertEqual(self._get(url).status_code, 404)

    def test_nobody_signs_in_first(self):
        self.authenticate(None, None)
        answer = self.url_open(PATH, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    # === The list, and one request === #

    def test_list(self):
        request = self._ask(subject="Lost <b>key</b>")
        self._ask(user=self.boris, subject="Of another")
        self._answer(request)
        page = self._get(PATH).text
        self.assertIn("Lost &lt;b&gt;key&lt;/b&gt;", page)
        self.assertIn("New answer", page)
        self.assertNotIn("Of another", page)
        self.assertRegex(page, r'href="/my/tour/help"[^>]*aria-current="page"')
        self.assertNotIn(request.name, self._get(f"{PATH}?closed=1").text)
        self.assertIn(request.name, self._get(PATH, self.curator).text)

    def test_pages_follow_each_other(self):
        made = [self._ask(subject=f"Number {number}") for number in range(21)]
        page = self._get(PATH).text
        self.assertNotIn(f"{made[0].name}:", page)
        url = re.search(r'rel="next" href="([^"]+)"', page)
        url = url or re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        self.assertIn(f"{made[0].name}:", self._get(url[1]).text)

    def test_conversation(self):
        request = self._ask(order_id=self.booking.id)
        self._answer(request, body="At the gate.")
        request.message_post(body="He always asks", subtype_xmlid="mail.mt_note")
        path = f"{PATH}/{request.id}"
        page = self._get(path).text
        self.assertIn("At the gate.", page)
        self.assertIn("We have read it", page)
        self.assertNotIn("He always asks", page)
        self.assertFalse(request.client_unread)
        answer = self._post(f"{path}/write", text="Which gate?")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(request.state, "in_work")
        page = self._post(f"{path}/write", text=" ").text
        self.assertRegex(page, r'id="tour_text"[^>]*aria-invalid="true"')
        answer = self._post(f"{path}/close")
        self.assertEqual((answer.status_code, request.state), (303, "closed"))
        self.env.company.tour_help_reopen_days = 0
        page = self._post(f"{path}/write", text="Again").text
        self.assertIn("was closed too long ago", page)

    def test_file_is_a_download(self):
        request = self._ask(files=[("a.png", self._read_png(), "image/png")])
        file_id = request.message_ids.attachment_ids.id
        answer = self._get(f"{PATH}/{request.id}/file/{file_id}")
        self.assertEqual(answer.content, self._read_png())
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        note = request.message_post(
            body="x",
            subtype_xmlid="mail.mt_note",
            attachments=[("secret.txt", b"margin")],
        )
        url = f"{PATH}/{request.id}/file/{note.attachment_ids.id}"
        with mute_logger("odoo.http"):
            self.assertEqual(self._get(url).status_code, 404)

    def test_booking_page_leads_to_the_form(self):
        page = self._get(f"/my/tour/bookings/{self.booking.id}").text
        self.assertIn(f"{PATH}/new?booking={self.booking.id}", page)

    def test_odoo_s_own_way_to_write_is_closed(self):
        """The portal's chatter is for records that clients may write on."""
        request = self._ask()
        self._login(self.olga)
        answer = self.url_open(
            "/mail/message/post",
            json={
                "params": {
                    "thread_model": "tour.help.request",
                    "thread_id": request.id,
                    "post_data": {"body": "x", "message_type": "comment"},
                }
            },
        )
        self.assertIn("error", answer.json())
        self.assertEqual(len(request._get_client_messages()[0]), 1)
