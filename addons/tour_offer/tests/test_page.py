import base64
from unittest.mock import patch

from odoo import fields, tools
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from ..models.tour_offer_link import MAX_ACTS
from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestPage(OfferCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # A session of nobody, which says which database is meant.
        self.authenticate(None, None)
        self.offer = self._mark_sent(
            self._create_offer(internal_note="He always haggles")
        )
        self.token = self._get_token(self.offer)

    def _get(self, token=None):
        return self.url_open(f"/offer/{token or self.token}")

    def _post(self, act, token=None, **data):
        return self.url_open(f"/offer/{token or self.token}/{act}", data or {"": ""})

    def _accept(self, variant="1", name="Anna Bell", consent="1", **data):
        return self._post("accept", variant=variant, name=name, consent=consent, **data)

    def _main(self, page):
        return page.text.split("<main")[1].split("</main>")[0]

    # === The way it is meant === #

    def test_page_shows_the_variants_and_changes_nothing(self):
        page = self._get()
        self.assertEqual(page.status_code, 200)
        for text in ("Alpina", "Edelweiss", "10,000.00", "14,000.00", "Recommended"):
            self.assertIn(text, page.text)
        self.assertEqual(self.offer.state, "sent")

    def test_page_is_kept_from_caches_frames_and_search_engines(self):
        headers = self._get().headers
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")
        self.assertEqual(headers["X-Frame-Options"], "DENY")

    def test_page_tells_what_the_client_may_know_only(self):
        self.hotel.commission_percent = 12.5
        self.offer.variant_ids.service_ids._write_prices({"supplier_due": 7654})
        for page in (self._get(), self._accept()):
            for secret in ("haggles", "7,654", "Alpina LLC", "Margin", "12.5"):
                self.assertNotIn(secret, self._main(page))

    def test_accepting_shows_the_booking(self):
        page = self._accept(variant="2")
        self.assertEqual(page.status_code, 200)
        order = self.offer.order_ids
        self.assertEqual(order.amount_total, 14000)
        self.assertIn(order.name, page.text)
        self.assertNotIn("<form", self._main(page))

    def test_accepting_twice_and_from_two_windows(self):
        self._accept()
        page = self._accept(variant="2", name="Bob")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(len(self.offer.order_ids), 1)
        self.assertEqual(self.offer.answer_name, "Anna Bell")

    def test_declining(self):
        page = self._post("decline", reason="Too far")
        self.assertIn("declined", page.text)
        self.assertEqual(self.offer.state, "declined")
        self.assertEqual(self._accept().status_code, 400)
        self.assertFalse(self.offer.order_ids)

    def test_browser_tells_that_it_was_seen(self):
        self.assertEqual(self._post("seen").status_code, 204)
        self.assertEqual(self.offer.state, "seen")

    def test_staff_who_look_are_not_the_client(self):
        self.authenticate(self.manager.login, self.manager.login)
        self._post("seen")
        self.assertEqual(self.offer.state, "sent")

    def test_in_the_language_of_the_offer(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        offer = self._mark_sent(self._create_offer(lang="ru_RU"))
        page = self._get(self._get_token(offer))
        self.assertIn('lang="ru-RU"', page.text)

    def test_preview_for_staff(self):
        draft = self._create_offer()
        url = f"/offers/{draft.id}/preview"
        self.authenticate(self.manager.login, self.manager.login)
        page = self.url_open(url)
        self.assertIn("Edelweiss", page.text)
        self.assertIn("disabled", self._main(page))
        stranger = self._create_staff("stranger", "manager_own")
        self.authenticate(stranger.login, stranger.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        client = self._create_client_user("peter")
        self.authenticate(client.login, client.login)
        self.assertEqual(self.url_open(url).status_code, 404)

    # === Refusals === #

    def test_bad_answers_say_what_is_wrong(self):
        for data, text in (
            ({"variant": "9"}, "one of the variants"),
            ({"variant": "x"}, "one of the variants"),
            ({"variant": "-1"}, "one of the variants"),
            ({"variant": "٣"}, "one of the variants"),
            ({"name": " "}, "your name"),
            ({"name": "\0"}, "your name"),
            ({"name": "A" * 300}, "at most"),
            ({"consent": ""}, "you agree"),
        ):
            page = self._accept(**data)
            self.assertEqual(page.status_code, 400, data)
            self.assertIn(text, page.text, data)
        self.assertEqual(self.offer.state, "sent")
        self.assertFalse(self.offer.order_ids)

    def test_what_was_typed_is_shown_as_text(self):
        page = self._accept(name="<b>Anna</b>", consent="")
        self.assertNotIn("<b>Anna", page.text)
        self.assertIn("&lt;b&gt;Anna", page.text)

    def test_expired_page(self):
        self._lapse(self.offer)
        page = self._get()
        self.assertEqual(page.status_code, 200)
        self.assertIn("has expired", page.text)
        self.assertNotIn("<form", self._main(page))
        self.assertEqual(self._accept().status_code, 400)
        self.assertFalse(self.offer.order_ids)

    def test_replaced_page(self):
        revision = self.env["tour.offer"].browse(self.offer.action_revise()["res_id"])
        self._mark_sent(revision)
        self.assertIn("holds no more", self._get().text)
        self.assertEqual(self._accept().status_code, 400)

    def test_fault_of_ours_is_told_to_the_manager_only(self):
        orders = type(self.env["sale.order"])
        error = ValidationError("The hotel Alpina is closed.")
        with patch.object(orders, "_add_booking_values", side_effect=error):
            page = self._accept()
        self.assertEqual(page.status_code, 400)
        self.assertIn("Your manager has been told", page.text)
        self.assertNotIn("is closed", page.text)
        self.assertEqual(self.offer.state, "sent")
        told = self.env["mail.message"].search(
            [("model", "=", "tour.offer"), ("res_id", "=", self.offer.id)], limit=1
        )
        self.assertIn("is closed", told.body)

    # === Attacks === #

    def _get_forged_tokens(self):
        raw = base64.urlsafe_b64decode(self.token + "===")
        other = self._create_offer()
        encode = base64.urlsafe_b64encode
        sign = tools.hash_sign
        env = self.env(su=True)
        moved = raw.replace(str(self.offer.id).encode(), str(other.id).encode())
        return {
            "empty signature": encode(raw[:9] + bytes(32) + raw[41:]).decode(),
            "other offer": encode(moved).decode().rstrip("="),
            "other scope": sign(env, "other", [self.offer.id, "x" * 32]),
            "unknown secret": sign(env, "tour_offer.link", [self.offer.id, "x" * 32]),
            "strange content": sign(env, "tour_offer.link", {"a": "x" * 40}),
            "too few": sign(env, "tour_offer.link", ["x" * 40]),
            "cut off": self.token[:-6],
            "one character": "x",
            "not latin": "кириллица" * 10,
            "long": "A" * 5000,
        }

    def test_forged_tokens_do_nothing(self):
        pages = set()
        for name, token in self._get_forged_tokens().items():
            with self.subTest(name):
                page = self._get(token)
                self.assertEqual(page.status_code, 404)
                pages.add(self._main(page))
                for act in ("accept", "decline"):
                    page = self._post(
                        act, token, variant="1", name="A", consent="1", reason="A"
                    )
                    self.assertEqual(page.status_code, 404)
                self.assertEqual(self._post("seen", token).status_code, 204)
        self.assertEqual(len(pages), 1)
        self.assertEqual(self.offer.state, "sent")

    def test_revoked_and_old_links(self):
        self.offer.with_user(self.manager).action_revoke_links()
        self.assertEqual(self._get().status_code, 404)
        self.assertEqual(self._accept().status_code, 404)
        token = self._get_token(self.offer)
        self.assertEqual(self._get(token).status_code, 200)
        self.offer.link_ids.sudo().expires_on = fields.Datetime.now()
        self.assertEqual(self._get(token).status_code, 404)

    def test_archived_offer_is_closed(self):
        self.offer.active = False
        self.assertEqual(self._get().status_code, 404)

    def test_too_many_acts(self):
        link = self.offer.link_ids.sudo()
        link.write({"acts": MAX_ACTS, "acts_from": fields.Datetime.now()})
        page = self._accept()
        self.assertEqual(page.status_code, 429)
        self.assertFalse(self.offer.order_ids)
        link.acts_from = fields.Datetime.subtract(fields.Datetime.now(), hours=2)
        self.assertEqual(self._accept().status_code, 200)
        self.assertEqual(link.acts, 1)

    def test_token_is_kept_as_a_hash(self):
        secret = base64.urlsafe_b64decode(self.token + "===")[41:]
        link = self.offer.link_ids.sudo()
        self.assertNotIn(link.token_hash.encode(), secret)
        self.assertNotIn(
            "token_hash", self.offer.link_ids.with_user(self.manager).fields_get()
        )

    def test_acts_need_a_post(self):
        for act in ("accept", "decline", "seen"):
            page = self.url_open(
                f"/offer/{self.token}/{act}?variant=1&name=A&consent=1"
            )
            self.assertGreaterEqual(page.status_code, 400)
        self.assertEqual(self.offer.state, "sent")
