"""Private links themselves: made, used up, ended, and what is refused alike."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import tokens
from ..models import tour_link_use
from .common import LinkCommon, LinkHttpCommon


@tagged("post_install", "-at_install")
class TestLink(LinkCommon):
    def test_only_a_hash_is_stored(self):
        link, token = self._make_link()
        self.env.flush_all()
        self.env.cr.execute("SELECT tour_link::text FROM tour_link")
        rows = str(self.env.cr.fetchall())
        self.assertNotIn(token, rows)
        self.assertIn(tokens.digest(token), rows)
        self.assertEqual(self.env["tour.link"]._find(token), link)

    def test_its_name_follows_the_number_of_the_booking(self):
        link, _token = self._make_link()
        self.assertIn(self.order.name, link.display_name)
        self.order.name = "T-RENAMED"
        self.assertIn("T-RENAMED", link.display_name)

    def test_hash_is_nobodys_business(self):
        link, _token = self._make_link()
        for role in ("manager_own", "head", "admin"):
            links = self.env["tour.link"].with_user(self.users[role])
            with self.assertRaises(AccessError):
                links.browse(link.id).read(["token_hash"])
            with self.assertRaises(AccessError):
                links.search([("token_hash", "like", "a")])

    def test_it_expires(self):
        link, token = self._make_link(days=3)
        with freeze_time(link.expires_on - timedelta(seconds=1)):
            self.assertTrue(self.env["tour.link"]._find(token))
        self.env.invalidate_all()
        with freeze_time(link.expires_on):
            self.assertFalse(self.env["tour.link"]._find(token))
            self.assertEqual(link.state, "expired")
            found = self.env["tour.link"].search([("state", "=", "expired")])
            self.assertIn(link, found)

    def test_it_is_revoked(self):
        link, token = self._make_link()
        link.with_user(self.manager).action_revoke()
        self.assertFalse(self.env["tour.link"]._find(token))
        self.assertRecordValues(
            link, [{"state": "revoked", "revoked_by_id": self.manager.id}]
        )

    def test_who_may_not_change_the_booking_neither_makes_nor_ends(self):
        link, token = self._make_link()
        self.order.user_id = self.users["head"]
        for role in ("manager_own", "accountant", "hotel_editor"):
            user = self.users[role]
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["tour.link"].with_user(user)._make(
                    self.order.with_user(user), "guests", 3
                )
            with self.assertRaises(AccessError), self.cr.savepoint():
                link.with_user(user).action_revoke()
        with self.assertRaises(AccessError):
            link.with_user(self.users["director"]).action_revoke()
        self.assertTrue(self.env["tour.link"]._find(token))

    def test_nobody_writes_links(self):
        link, _token = self._make_link()
        for role in ("manager_own", "head", "admin"):
            own = link.with_user(self.users[role])
            with self.assertRaises(AccessError):
                own.write({"expires_on": "2099-01-01"})
            with self.assertRaises(AccessError):
                own.unlink()
            with self.assertRaises(AccessError):
                own.copy()

    def test_days_are_limited(self):
        for days in (0, -1, 181, "x", None):
            with self.assertRaises(UserError):
                self._make_link(days=days)

    def test_deleted_booking_takes_its_links_along(self):
        order = self._create_booking(lines=[self._prepare_open_stay()])
        link, token = self._make_link(order=order)
        order.unlink()
        self.assertFalse(link.exists())
        self.assertFalse(self.env["tour.link"]._find(token))

    def test_address_is_counted_by_its_network(self):
        link, token = self._make_link()
        uses = self.env["tour.link.use"]
        for address, network in (
            ("10.1.2.3", "10.1.2.3"),
            ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64"),
            ("no address", "unknown"),
        ):
            uses._log(link, token, address, "open")
            self.assertEqual(uses.search([], limit=1, order="id desc").address, network)

    def test_old_addresses_are_forgotten(self):
        link, token = self._make_link()
        uses = self.env["tour.link.use"]
        uses._log(link, token, "10.0.0.1", "open")
        uses._log(link.browse(), "x", "10.0.0.2", "refused")
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            uses._gc_old()
        self.assertEqual(uses.search([]).mapped("address"), ["10.0.0.1"])
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            uses._gc_old()
        self.assertEqual(uses.search([]).mapped("address"), [False])
        self.assertEqual(link.use_count, 1)

    def test_link_is_given_by_the_wizard(self):
        wizard = (
            self.env["tour.link.make"]
            .with_user(self.manager)
            .create({"order_id": self.order.id, "email": "guest@mail.example"})
        )
        self.assertEqual(wizard.days, 14)
        action = wizard.action_show()
        url = action["params"]["url"]
        link = self.env["tour.link"]._find(url.rpartition("/")[2])
        self.assertEqual(link.order_id, self.order)
        wizard.action_send()
        mail = self.env["mail.mail"].search([("email_to", "=", "guest@mail.example")])
        self.assertIn("/tour/link/", mail.body_html)
        self.assertTrue(mail.auto_delete)
        # What stays does not hold it.
        notes = " ".join(map(str, self.order.message_ids.mapped("body")))
        self.assertIn("guest@mail.example", notes)
        self.assertNotIn("/tour/link/", notes)

    def test_wizard_refuses(self):
        wizard = self.env["tour.link.make"].with_user(self.manager)
        for email in (False, "no address", "a@b.example, c@d.example"):
            values = {"order_id": self.order.id, "email": email}
            with self.assertRaisesRegex(UserError, "e-mail"):
                wizard.create(values).action_send()
        empty = self._create_booking(lines=[self._prepare_transfer()])
        with self.assertRaisesRegex(UserError, "no guests"):
            wizard.create({"order_id": empty.id}).action_show()
        with self.assertRaisesRegex(UserError, "no guests"):
            empty.with_user(self.manager).action_make_guest_link()
        other = self._create_booking(lines=[self._prepare_open_stay()])
        with self.assertRaisesRegex(UserError, "this booking"):
            wizard.create(
                {"order_id": self.order.id, "line_id": other.order_line.id}
            ).action_show()


@tagged("post_install", "-at_install")
class TestLinkOverHttp(LinkHttpCommon):
    def test_what_does_not_work_is_answered_alike(self):
        revoked, revoked_token = self._make_link()
        revoked.action_revoke()
        expired, expired_token = self._make_link()
        expired.sudo().expires_on = "2020-01-01"
        answers = [
            self._get(token)
            for token in (tokens.make(), revoked_token, expired_token, "new", "x" * 500)
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)

    def test_pages_are_kept_to_themselves(self):
        _link, token = self._make_link()
        for answer in (self._get(token), self._get("unknown")):
            headers = answer.headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
            self.assertNotIn("<script", answer.text)
            self.assertTrue(answer.text.startswith("<!DOCTYPE html>"))

    def test_every_use_is_logged(self):
        link, token = self._make_link()
        self._get(token)
        self._get("unknown")
        self._post(token, "save")
        self.env.invalidate_all()
        # The form was opened to be sent, and opened again after it was.
        self.assertEqual(
            link.sudo().use_ids.sorted("id").mapped("act"),
            ["open", "open", "save", "open"],
        )
        self.assertEqual(link.use_count, 4)
        self.assertEqual(
            self.env["tour.link.use"].search([("link_id", "=", False)]).act, "refused"
        )

    def test_too_many_tries_of_an_address(self):
        _link, token = self._make_link()
        with patch.object(tour_link_use, "MAX_UNKNOWN", 2):
            self.assertEqual(self._get("a").status_code, 404)
            self.assertEqual(self._get("b").status_code, 404)
            self.assertEqual(self._get("c").status_code, 429)
            # A link that works is refused then, too: it may have been guessed.
            self.assertEqual(self._get(token).status_code, 429)
        self.env.invalidate_all()
        uses = self.env["tour.link.use"].search([])
        self.assertEqual(len(uses), 2)
        with patch.object(tour_link_use, "MAX_UNKNOWN", 2):
            with freeze_time(fields.Datetime.now() + timedelta(minutes=61)):
                self.assertFalse(uses._is_too_much(token, "127.0.0.1"))

    def test_too_many_uses_of_a_token(self):
        _link, token = self._make_link()
        with patch.object(tour_link_use, "MAX_OF_TOKEN", 2):
            for status in (200, 200, 429):
                self.assertEqual(self._get(token).status_code, status)

    @mute_logger("odoo.http")
    def test_nothing_is_done_without_the_pages_own_form(self):
        """Another site cannot make a reader's browser act."""
        _link, token = self._make_link()
        answer = self._post(
            token, "save", csrf="x", **self._guest_data(self.guest, last_name="Evil")
        )
        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.guest.last_name, "Orlov")

    def test_acts_of_another_kind_are_refused(self):
        _link, token = self._make_link()
        for act in ("confirmed", "bill", "x", ""):
            self.assertEqual(self._post(token, act).status_code, 400)
        self.assertFalse(self.stay.confirmation_number)

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["res.lang"]._activate_lang("ru_RU")
        link, token = self._make_link(lang="ru_RU")
        for accepted, params, code in (
            ("fr-CH, fr;q=0.9, en;q=0.8", {}, "fr"),
            ("en-GB,en;q=0.5", {}, "en"),
            ("de", {}, "ru"),
            ("fr", {"lang": "ru_RU"}, "ru"),
            ("fr", {"lang": "../x"}, "fr"),
        ):
            page = self._parse(self._get(token, accept=accepted, **params))
            self.assertEqual(page.get("lang"), code, accepted)
        (names,) = page.find_class("langs")
        self.assertIn("русский язык", [name.text for name in names])
