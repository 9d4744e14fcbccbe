import re
from datetime import timedelta

from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.tour_booking.tests.common import BookingCommon


@tagged("post_install", "-at_install")
class TestChangePortal(BookingCommon, HttpCase):
    """The client's page, by what his browser sends; the clock is the real one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_user = cls._create_client_user("client")
        cls.stranger = cls._create_client_user(
            "stranger", cls.env["res.partner"].create({"name": "X", "is_company": True})
        )
        for user in (cls.client_user, cls.stranger):
            user.password = user.login
        cls.hotel.cancellation_rule_id = cls.env["tour.cancellation.rule"].create(
            {
                "name": "Ten percent at any time",
                "step_ids": [(0, 0, {"always": True, "kind": "percent", "value": 10})],
            }
        )
        cls.order = cls._force_state(
            cls._create_booking(client_user_id=cls.client_user.id), "booked"
        )
        cls.url = f"/my/tour/bookings/{cls.order.id}/changes"

    def _open(self, user):
        self.authenticate(user.login, user.login)
        return self.url_open(self.url)

    def _post(self, **data):
        page = self.url_open(self.url).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        token = token or re.search(r'csrf_token: "([^"]+)"', page)
        return self.url_open(self.url, data={"csrf_token": token[1], **data})

    def _fingerprint(self):
        page = self.url_open(self.url).text
        return re.search(r'name="fingerprint"[^>]*value="([0-9a-f]{64})"', page)[1]

    def test_page_says_what_cancelling_costs(self):
        page = self._open(self.client_user)
        self.assertEqual(page.status_code, 200)
        self.assertIn("1,000.00", page.text)
        self.assertIn("Cancelling costs 10 % of the price", page.text)
        self.assertFalse(self.order.change_ids)

    def test_the_page_of_the_order_leads_there(self):
        if "tour.portal.need" in self.env:
            self.skipTest("The client's office has a page of its own for bookings.")
        self.authenticate(self.client_user.login, self.client_user.login)
        page = self.url_open(f"/my/orders/{self.order.id}")
        self.assertIn(self.url, page.text)

    def test_ask_for_a_change(self):
        self._open(self.client_user)
        line = self.order.order_line
        page = self._post(
            act="change",
            comment="Two rooms",
            **{
                f"rooms_{line.id}": "2",
                f"date_from_{line.id}": str(line.date_from),
                f"date_to_{line.id}": str(line.date_to),
            },
        )
        self.assertEqual(page.status_code, 200)
        change = self.order.change_ids
        self.assertTrue(change.by_client)
        self.assertEqual(change.line_ids._get_proposed(), {"rooms": 2})
        self.assertIn(change.name, page.text)
        # And the way on: priced by staff, shown, accepted here.
        change.with_user(self.manager).action_price()
        change.with_user(self.manager).action_ask_client()
        page = self.url_open(self.url)
        self.assertIn("20,000.00", page.text)
        self._post(
            act="accept",
            change_id=str(change.id),
            fingerprint=self._fingerprint(),
        )
        self.assertEqual(change.state, "applied")
        self.assertEqual(line.rooms, 2)

    def _get_inputs(self):
        """All that a browser would send of the untouched form of a change."""
        page = self.url_open(self.url).text
        form = html.fromstring(page).xpath("//form[contains(@class, 'ask_change')]")[0]
        # Browsers end rows so.
        return {name: value.replace("\n", "\r\n") for name, value in form.form_values()}

    def test_meals_and_guests(self):
        line = self.order.order_line
        line.guest_ids = [
            Command.create({"last_name": "Orlov", "first_name": "Oleg"}),
            Command.create({"last_name": "Li", "guest_type": "child", "age": 7}),
        ]
        self._open(self.client_user)
        sent = self._get_inputs()
        self.assertEqual(sent[f"guest_names_{line.id}"], "Orlov; Oleg\r\nLi; ; ; 7")
        sent[f"meal_{line.id}"] = "hb"
        sent[f"guest_names_{line.id}"] += "\r\nSidorova Anna"
        self._post(**{**sent, "act": "change", "comment": "As said"})
        change = self.order.change_ids
        self.assertEqual(
            change.line_ids._get_proposed(),
            {"guest_names": "Orlov; Oleg\nLi; ; ; 7\nSidorova Anna", "meal": "hb"},
        )
        change.with_user(self.manager).action_price()
        change.with_user(self.manager).action_apply()
        self.assertEqual(line.meal, "hb")
        self.assertEqual(
            line.guest_ids.mapped("last_name"), ["Orlov", "Li", "Sidorova"]
        )

    def test_what_is_not_touched_is_not_sent(self):
        """Neither is what staff changed while the page was open."""
        self._open(self.client_user)
        line = self.order.order_line
        line.guest_ids = [Command.create({"last_name": "Orlov"})]
        sent = self._get_inputs()
        line.write({"meal": "bb", "date_to": line.date_to + timedelta(days=1)})
        line.guest_ids.last_name = "Li"
        sent[f"rooms_{line.id}"] = "2"
        self._post(**{**sent, "act": "change", "comment": "Two rooms"})
        change = self.order.change_ids
        self.assertEqual(change.line_ids._get_proposed(), {"rooms": 2})

    def test_only_words(self):
        self._open(self.client_user)
        sent = self._get_inputs()
        self._post(**{**sent, "act": "change", "comment": "A quiet\0 room"})
        change = self.order.change_ids
        self.assertFalse(change.line_ids)
        self.assertEqual(change.comment, "A quiet room")

    def test_wishes_that_cannot_be(self):
        self._open(self.client_user)
        line = self.order.order_line
        sent = self._get_inputs() | {"act": "change", "comment": "Please"}
        for name, value, words in (
            ("meal", "caviar", "A meal is one of"),
            ("guest_names", "Orlov Oleg\n12345", "12345"),
            ("guest_names", "x" * 20001, "A text is expected"),
            ("date_from", "tomorrow", "is no date"),
            ("date_to", str(line.date_from - timedelta(days=1)), "before the arrival"),
            ("rooms", "0", "between 1 and 1000"),
            ("rooms", "9" * 5000, "between 1 and 1000"),
        ):
            with self.subTest(name=name, value=value[:10]):
                page = self._post(**{**sent, f"{name}_{line.id}": value})
                self.assertIn(words, page.text)
        self.assertFalse(self.order.change_ids)

    def test_see_what_a_change_costs_before_asking(self):
        self._open(self.client_user)
        rooms = {f"rooms_{self.order.order_line.id}": "2"}
        page = self._post(act="preview", comment="Two rooms", **rooms)
        self.assertIn("20,000.00", page.text)
        self.assertIn("Two rooms", page.text)
        self.assertFalse(self.order.change_ids)
        self.assertEqual(self.order.booking_state, "booked")
        shown = re.search(r'name="fingerprint"[^>]*value="([0-9a-f]{64})"', page.text)
        three = {f"rooms_{self.order.order_line.id}": "3"}
        page = self._post(act="change", comment="Oh", fingerprint=shown[1], **three)
        self.assertIn("costs something else", page.text)
        self.assertFalse(self.order.change_ids)
        self._post(act="change", comment="Two", fingerprint=shown[1], **rooms)
        change = self.order.change_ids
        self.assertEqual(change.accepted_by_id, self.client_user)
        self.assertEqual(change.price_after, 20000)

    def test_ask_to_cancel_and_take_it_back(self):
        self._open(self.client_user)
        self._post(act="cancel", comment="Ill", fingerprint=self._fingerprint())
        change = self.order.change_ids
        self.assertEqual(change.accepted_by_id, self.client_user)
        self.assertEqual(change.fee_amount, 1000)
        self._post(act="withdraw", change_id=str(change.id))
        self.assertEqual(change.state, "withdrawn")

    def test_what_is_wrong_is_said(self):
        self._open(self.client_user)
        page = self._post(act="cancel", comment="Ill", fingerprint="0" * 64)
        self.assertIn("costs something else", page.text)
        page = self._post(act="change", comment=" ")
        self.assertIn("Say in a comment", page.text)
        page = self._post(act="accept", change_id="x", fingerprint="")
        self.assertIn("no such request", page.text)
        page = self._post(act="explode")
        self.assertIn("Choose what to do", page.text)
        self.assertFalse(self.order.change_ids)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_strangers_find_nothing(self):
        self.assertEqual(self._open(self.stranger).status_code, 404)
        self.logout()
        self.assertIn("/web/login", self.url_open(self.url).url)

    @mute_logger("odoo.http")
    def test_no_form_of_another_site(self):
        self._open(self.client_user)
        answer = self.url_open(self.url, data={"act": "cancel", "comment": "x"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.order.change_ids)
