"""The public page of a voucher: what it tells, and what nobody gets out of it."""

from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.tour_document import voucher_code
from odoo.addons.tour_document.models import tour_voucher_check
from odoo.addons.tour_document.qr_reader import read_codes

from .common import TourDocumentCommon

CHECK = "tour.voucher.check"


@tagged("post_install", "-at_install")
class TestVoucherCheck(HttpCase, TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.phone = "+7 495 555-01-01"
        cls._move_to(cls.order, "booked")
        cls.vouchers = cls._make("voucher")
        cls.voucher = cls.vouchers.filtered(lambda d: d.line_id == cls.stay)

    def setUp(self):
        super().setUp()
        self.env[CHECK].search([]).sudo().unlink()

    def _get_address(self, voucher=None):
        """The address in the QR code of the drawn voucher."""
        voucher = voucher or self.voucher
        (code,) = read_codes(voucher.sudo().current_version_id.attachment_id.raw)
        base, _slash, path = code.decode().partition("/tour/voucher/")
        self.assertEqual(base, voucher.get_base_url())
        return f"/tour/voucher/{path}"

    def _open(self, address, **headers):
        self.authenticate(None, None)
        return self.url_open(address, headers=headers, allow_redirects=False)

    def _get_status(self, address):
        response = self._open(address)
        self.assertEqual(response.status_code, 200)
        (box,) = html.fromstring(response.content).xpath("//*[@role='status']")
        return box.get("class").split()[1]

    # === What it tells === #

    def test_code_stands_on_the_voucher(self):
        address = self._get_address()
        code = address.rpartition("/")[2].partition("?")[0]
        self.assertIn(code, self._read(self.voucher).replace("- ", "-"))

    def test_only_vouchers_have_one(self):
        for kind in ("invoice", "booking_sheet", "supplier_request"):
            content = self._make(kind)[0].sudo().current_version_id.attachment_id.raw
            self.assertFalse([c for c in read_codes(content) if b"/tour/" in c], kind)

    def test_valid(self):
        text = self._open(self._get_address()).text
        self.assertEqual(self._get_status(self._get_address()), "valid")
        for word in (
            self.voucher.number,
            "Tour Example LLC",
            "Жемчужина",
            "Сочи",
            "October 5, 2026",
            "October 7, 2026",
            "+7 495 555-01-01",
        ):
            self.assertIn(word, text)

    def test_nothing_personal(self):
        for voucher in self.vouchers:
            for extra in ("", "&lang=en_US"):
                text = self._open(self._get_address(voucher) + extra).text
                for secret in (
                    "Иванов", "Пётр", "Клиент-Энерго", "PASSPORT", "REF-77", "Surgut",
                    "SECRET", "Hidden", "18300", "18,300", "Airport", "SU 1124",
                    self.manager.name, self.client_user.name, self.order.access_token,
                ):  # fmt: skip
                    self.assertNotIn(secret or "SECRET", text)

    def test_redrawing_changes_neither_code_nor_version(self):
        address = self._get_address()
        self._make("voucher")
        self.assertEqual(self.voucher.version_number, 1)
        self.voucher.wording = "<p>Other words</p>"
        self.voucher._draw()
        self.assertEqual(self.voucher.version_number, 2)
        self.assertEqual(self._get_address(), address)
        self.assertEqual(self._get_status(address), "valid")

    def test_changed_booking(self):
        """The paper in hand says other things than the booking does."""
        old = self._get_address()
        self.stay.date_to = fields.Date.from_string("2026-10-08")
        self.assertEqual(self._get_status(old), "changed")
        self.voucher._draw()
        new = self._get_address()
        self.assertEqual(new.partition("?")[0], old.partition("?")[0])
        self.assertEqual(self._get_status(new), "valid")
        self.assertEqual(self._get_status(old), "changed")
        self.assertIn("October 8, 2026", self._open(old).text)

    def test_changes_that_are_no_matter_to_the_hotel(self):
        address = self._get_address()
        self.stay.write({"price_unit": 5.0, "confirmation_number": "GL-1"})
        self.order.client_order_ref = "REF-78"
        self.assertEqual(self._get_status(address), "valid")

    def test_other_guests(self):
        address = self._get_address()
        self.stay.guest_ids.last_name = "Петров"
        self.assertEqual(self._get_status(address), "changed")

    def test_typed_code_compares_nothing(self):
        address = self._get_address().partition("?")[0]
        self.stay.date_to = fields.Date.from_string("2026-10-08")
        for typed in (address, address.lower(), f"{address}?s=nonsense"):
            response = self._open(typed)
            self.assertEqual(response.status_code, 200)
            self.assertIn("Compare the lines below", response.text)

    def test_cancelled(self):
        address = self._get_address()
        for state in ("cancelled", "cancelled_penalty", "refused"):
            self._move_to(self.order, state)
            self.assertEqual(self._get_status(address), "cancelled")
            self.assertNotIn("Жемчужина", self._open(address).text)

    def test_other_statuses(self):
        address = self._get_address()
        for state, shown in (
            ("new", "pending"),
            ("accepted", "pending"),
            ("confirmed", "valid"),
            ("changed", "changed"),
            ("done", "valid"),
        ):
            self._move_to(self.order, state)
            self.assertEqual(self._get_status(address), shown, state)

    def test_archived_voucher_and_deleted_service(self):
        address = self._get_address()
        self.voucher.active = False
        self.assertEqual(self._get_status(address), "cancelled")
        self.voucher.active = True
        self.assertEqual(self._get_status(address), "valid")
        self.stay.unlink()
        self.assertEqual(self._get_status(address), "cancelled")

    def test_languages(self):
        for lang in ("ru_RU", "fr_FR", "hu_HU"):
            self.env["res.lang"]._activate_lang(lang)
        address = self._get_address()
        for accepted, lang, date in (
            ("ru-RU,ru;q=0.9", "ru", "5 октября 2026"),
            ("fr", "fr", "5 octobre 2026"),
            ("hu;q=0.9,xx", "hu", "2026. október 5."),
            ("zz", "en", "October 5, 2026"),
        ):
            response = self._open(address, **{"Accept-Language": accepted})
            self.assertIn(f'<html lang="{lang}"', response.text)
            self.assertIn(">русский язык<", response.text)
            self.assertIn(date, response.text)
            # The stamp was made in the language of the paper: it still holds.
            self.assertIn("status valid", response.text)
        chosen = self._open(f"{address}&lang=fr_FR", **{"Accept-Language": "ru"})
        self.assertIn('<html lang="fr"', chosen.text)

    def test_paper_in_a_language_that_is_gone(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.voucher.lang = "fr_FR"
        self.voucher._draw()
        address = self._get_address()
        french.active = False
        self.assertEqual(self._get_status(address), "valid")
        self.assertIn("October 5, 2026", self._open(address).text)

    def test_page_is_kept_nowhere(self):
        for address in (self._get_address(), "/tour/voucher/1-AAAAAAAAAAAAAAAA"):
            headers = self._open(address).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["X-Frame-Options"], "DENY")
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])

    # === What nobody gets out of it === #

    def test_wrong_codes_are_answered_alike(self):
        address = self._get_address().partition("?")[0]
        code = address.rpartition("/")[2]
        number, _dash, signature = code.partition("-")
        invoice = self._make("invoice")
        gone = self._make("voucher", order=self._create_booking())[0]
        gone_code = self._get_address(gone)
        gone.unlink()
        bodies = set()
        for wrong in (
            "x",
            "0-PREVIEW",
            f"{int(number) + 1}-{signature}",
            f"{number}-{signature[::-1]}",
            f"0{code}",
            f"{invoice.id}-{signature}",
            f"{number}-",
            "9" * 400,
            "1%00",
            "٣-" + signature,
            gone_code.rpartition("/")[2],
        ):
            response = self._open(f"/tour/voucher/{wrong}")
            self.assertEqual(response.status_code, 404, wrong)
            bodies.add(response.text)
            self.env[CHECK].search([]).sudo().unlink()
        self.assertEqual(len(bodies), 1)

    def test_code_of_another_kind_of_paper(self):
        """A code is worked out from the id alone, but opens vouchers only."""
        invoice = self._make("invoice")
        code = voucher_code.make(invoice.id, invoice._get_voucher_key())
        self.assertEqual(self._open(f"/tour/voucher/{code}").status_code, 404)

    def test_page_takes_no_forms(self):
        response = self.url_open(self._get_address(), data={"act": "save"})
        self.assertIn(response.status_code, (404, 405))

    def test_markup_in_the_address_is_not_shown(self):
        text = self._open(f"{self._get_address()}&lang=%22%3E%3Cscript%3E").text
        self.assertNotIn("<script", text)
        text = self._open(
            self._get_address().partition("?")[0] + "?s=%22%3E%3Cscript%3E"
        ).text
        self.assertNotIn("script", text)

    def test_markup_in_names_is_text(self):
        self.hotel.name = "<b>Hotel</b>"
        self.assertIn("&lt;b&gt;Hotel", self._open(self._get_address()).text)

    def test_trying_codes_is_stopped(self):
        """After so many wrong codes in an hour not even a right one is answered."""
        address = self._get_address()
        for number in range(tour_voucher_check.MAX_UNKNOWN):
            response = self._open(f"/tour/voucher/{number}-AAAAAAAAAAAAAAAA")
            self.assertEqual(response.status_code, 404)
        written = self.env[CHECK].search_count([])
        for _ in range(3):
            response = self._open(address)
            self.assertEqual(response.status_code, 429)
            self.assertNotIn(self.voucher.number, response.text)
        self.assertEqual(self.env[CHECK].search_count([]), written)
        later = fields.Datetime.now() + timedelta(minutes=61)
        with patch.object(fields.Datetime, "now", lambda *args: later):
            self.assertFalse(self.env[CHECK]._is_too_much("127.0.0.1"))

    def test_a_reception_is_not_stopped_soon(self):
        address = self._get_address()
        for _ in range(tour_voucher_check.MAX_UNKNOWN + 5):
            self.assertEqual(self._open(address).status_code, 200)
        with patch.object(tour_voucher_check, "MAX_CHECKS", 5):
            self.assertEqual(self._open(address).status_code, 429)

    def test_addresses_are_counted_by_network(self):
        checks = self.env[CHECK]
        for address, network in (
            ("10.1.2.3", "10.1.2.3"),
            ("2001:db8:1:2:3::4", "2001:0db8:0001:0002::/64"),
            ("nonsense", "unknown"),
            (None, "unknown"),
        ):
            checks._note(address, True)
            self.assertEqual(checks.search([], limit=1).address, network)

    def test_old_checks_are_forgotten(self):
        checks = self.env[CHECK]
        checks._note("10.1.2.3", True)
        checks._note("10.1.2.4", True)
        old = checks.search([], limit=1)
        old.sudo().date = fields.Datetime.now() - timedelta(days=3)
        self.assertEqual(checks.sudo()._gc_old(), (1, False))
        self.assertFalse(old.exists())
        self.assertEqual(checks.search_count([]), 1)

    def test_only_administrators_see_who_asked(self):
        self.env[CHECK]._note("10.1.2.3", True)
        self.assertTrue(self.env[CHECK].with_user(self.users["admin"]).search([]))
        for role in ("manager_own", "head", "accountant", "director"):
            with self.assertRaises(AccessError):
                self.env[CHECK].with_user(self.users[role]).search([])
        with self.assertRaises(AccessError):
            self.env[CHECK].with_user(self.users["admin"]).create({"address": "x"})

    def test_facts_name_no_key(self):
        """Neither key nor secret is in what a paper, or its owner, gets to see."""
        key = self.voucher._get_voucher_key()
        html_text, _checksum = self.voucher._render()
        self.assertNotIn(key, html_text)
        self.order.order_line = [
            Command.create({"display_type": "line_note", "name": "x"})
        ]
        self.assertEqual(self._get_status(self._get_address()), "valid")
