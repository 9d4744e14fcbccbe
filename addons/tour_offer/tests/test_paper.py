import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.tour_document import pdf

from ..models import tour_offer_paper
from .common import OfferCommon


class PaperCommon(OfferCommon):
    def _read(self, content):
        """Text of a PDF, with its white space made one."""
        self.assertTrue(content.startswith(b"%PDF"))
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in pages)
        return " ".join(text.split())

    def _draw(self, offer):
        return self._read(offer._draw_paper()[1])


@tagged("post_install", "-at_install")
class TestPaper(MailCase, PaperCommon):
    def test_paper_says_what_the_page_says(self):
        offer = self._mark_sent(
            self._create_offer(
                self._variant("Simple", self._offer_stay(persons=2)),
                self._variant("Fine", self._other_stay(), is_recommended=True),
                terms="<p>Cancellation is free until the day before</p>",
            )
        )
        text = self._draw(offer)
        for word in (
            f"Offer No. {offer.name}",
            self.client_company.name,
            self.manager.name,
            "Valid until",
            "Simple",
            "Alpina",
            "guests: 2",
            "10,000.00",
            "Fine · Recommended",
            "Edelweiss",
            "14,000.00",
            "Compared",
            "Cancellation is free",
            "Page 1 of",
        ):
            self.assertIn(word, text)
        self.assertNotIn("binds nobody", text)

    def test_paper_tells_what_the_client_may_know_only(self):
        self.hotel.commission_percent = 12.5
        offer = self._create_offer(internal_note="He always haggles")
        offer.variant_ids.service_ids._write_prices({"supplier_due": 7654})
        text = self._draw(offer)
        for secret in ("haggles", "7,654", "Alpina LLC", "Margin", "12.5"):
            self.assertNotIn(secret, text)

    def test_one_variant_is_not_compared(self):
        offer = self._create_offer(self._variant("A", self._offer_stay()))
        self.assertNotIn("Compared", self._draw(offer))

    def test_paper_says_how_it_stands(self):
        offer = self._create_offer()
        self.assertIn("binds nobody", self._draw(offer))
        self._mark_sent(offer)
        order = offer._accept_online(1, "Anna")
        self.assertIn(f"Accepted: Simple. Booking: {order.name}.", self._draw(offer))
        declined = self._mark_sent(self._create_offer())
        declined._decline_online("Too dear")
        self.assertIn("holds no more", self._draw(declined))

    def test_in_the_language_of_the_offer(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        offer = self._create_offer(lang="ru_RU")
        self.assertEqual(offer._get_paper()["lang"], "ru")
        # Of a language that was put away, the reader's.
        self.env["res.lang"].search([("code", "=", "ru_RU")]).active = False
        self.assertEqual(offer._get_paper()["lang"], "en")

    def test_paper_reads_nothing_from_elsewhere(self):
        offer = self._create_offer(
            terms='<p>Look: <img src="https://evil.example/x.png"/></p>'
        )
        with (
            mute_logger("weasyprint"),
            patch("urllib.request.OpenerDirector.open") as read,
        ):
            self.assertIn("Look:", self._draw(offer))
        read.assert_not_called()

    def test_terms_of_endless_length_are_refused(self):
        with self.assertRaises(ValidationError):
            self._create_offer(terms="<p>" + "word " * 100000 + "</p>")

    def test_drawn_once(self):
        offer = self._mark_sent(self._create_offer())
        tour_offer_paper._draw.cache_clear()
        with patch.object(pdf, "render", wraps=pdf.render) as render:
            first = offer._draw_paper()
            self.assertEqual(offer._draw_paper(), first)
            self.assertEqual(render.call_count, 1)
            offer.valid_until = self._day(6)
            self.assertNotEqual(offer._draw_paper(), first)
            self.assertEqual(render.call_count, 2)

    def test_mail_brings_the_paper(self):
        self.client_company.email = "office@metran.example"
        offer = self._create_offer()
        with self.mock_mail_gateway(mail_unlink_sent=False):
            offer.with_user(self.manager).action_send()
        [file] = self._new_mails.attachment_ids
        self.assertEqual(file.name, f"Offer {offer.name}.pdf")
        self.assertEqual(file.mimetype, "application/pdf")
        self.assertIn("Edelweiss", self._read(file.raw))
        self.assertNotIn("binds nobody", self._read(file.raw))


@tagged("post_install", "-at_install")
class TestPaperPage(PaperCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.offer = self._mark_sent(self._create_offer())
        self.token = self._get_token(self.offer)

    def _get(self, path):
        return self.url_open(path, allow_redirects=False)

    def test_client_prints_by_his_link(self):
        url = f"/offer/{self.token}/pdf"
        self.assertIn(url, self._get(f"/offer/{self.token}").text)
        answer = self._get(url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex, nofollow")
        self.assertIn("inline", answer.headers["Content-Disposition"])
        self.assertIn("Edelweiss", self._read(answer.content))
        self.assertEqual(self.offer.state, "sent")

    def test_what_is_over_is_not_printed(self):
        self._lapse(self.offer)
        self.assertNotIn("/pdf", self._get(f"/offer/{self.token}").text)
        answer = self._get(f"/offer/{self.token}/pdf")
        self.assertIn("has expired", answer.text)
        self.offer.link_ids.sudo()._revoke()
        self.assertEqual(self._get(f"/offer/{self.token}/pdf").status_code, 404)
        self.assertEqual(self._get("/offer/" + "x" * 80 + "/pdf").status_code, 404)

    def test_staff_print_what_they_may_read(self):
        draft = self._create_offer()
        url = draft.with_user(self.manager).action_print()["url"]
        self.authenticate(self.manager.login, self.manager.login)
        self.assertIn("binds nobody", self._read(self._get(url).content))
        stranger = self._create_staff("stranger", "manager_own")
        client = self._create_client_user("peter")
        for user in (stranger, client):
            self.authenticate(user.login, user.login)
            self.assertEqual(self._get(url).status_code, 404, user.login)
        self.authenticate(None, None)
        self.assertIn(self._get(url).status_code, (302, 303))
