"""The route that shows a PDF: who gets it, and that others learn nothing."""

import io

from pypdf import PdfReader

from odoo.tests import HttpCase, tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, TourDocumentCommon):
    def setUp(self):
        super().setUp()
        self.document = self._make("invoice")
        self.url = f"/my/tour/documents/{self.document.id}"

    def _get(self, user=None, url=None):
        if user:
            self.authenticate(user.login, user.login)
        else:
            self.authenticate(None, None)
        return self.url_open(url or self.url, allow_redirects=False)

    def _assert_pdf(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_client_gets_what_is_open(self):
        self.assertEqual(self._get(self.client_user).status_code, 404)
        self.document.action_open_to_client()
        self._assert_pdf(self._get(self.client_user))

    def test_client_gets_it_when_the_booking_is_done(self):
        self._move_to(self.order, "done")
        self._assert_pdf(self._get(self.client_user))

    def test_others_learn_nothing(self):
        """A closed document, a foreign one and none at all are answered alike."""
        nothing = self._get(self.other_user, "/my/tour/documents/999999999")
        for closed in (self._get(self.other_user), self._get(self.client_user)):
            self.assertEqual(closed.status_code, nothing.status_code)
        self.document.action_open_to_client()
        self.assertEqual(self._get(self.other_user).status_code, 404)
        self.assertEqual(self._get().status_code, 404)

    def test_link_opens_without_login(self):
        self.document.action_open_to_client()
        url = self.document.get_portal_url()
        self._assert_pdf(self._get(url=url))
        self.assertEqual(self._get(url=url[:-3] + "000").status_code, 404)

    def test_link_ends_when_the_document_is_closed(self):
        self.document.action_open_to_client()
        url = self.document.get_portal_url()
        self.document.action_close_to_client()
        self.assertEqual(self._get(url=url).status_code, 404)
        # Not even the new token opens what is closed.
        self.assertEqual(self._get(url=self.document.get_portal_url()).status_code, 404)

    def test_link_of_a_request_opens_nothing(self):
        request = self._make("supplier_request")[0]
        self._move_to(self.order, "done")
        self.assertEqual(self._get(url=request.get_portal_url()).status_code, 404)

    def test_staff_get_what_they_may_read(self):
        self._assert_pdf(self._get(self.manager))
        foreign = self._make(
            "invoice", order=self._create_booking(user_id=self.users["head"].id)
        )
        url = f"/my/tour/documents/{foreign.id}"
        self.assertEqual(self._get(self.manager, url).status_code, 404)
        self.assertEqual(self._get(self.users["hotel_editor"]).status_code, 404)

    def _together(self, documents, user=None):
        numbers = ",".join(map(str, documents.ids))
        return self._get(
            user or self.manager, f"/tour/documents/together?ids={numbers}"
        )

    def test_many_are_printed_in_one_file(self):
        """In the order of the list, each on pages of its own."""
        documents = self._make("voucher") | self.document
        action = documents.with_user(self.manager).action_print()
        response = self._get(self.manager, action["url"])
        self._assert_pdf(response)
        pages = PdfReader(io.BytesIO(response.content)).pages
        self.assertEqual(len(pages), 3)
        for page, word in zip(pages, ("Voucher", "Voucher", "Invoice"), strict=True):
            self.assertIn(word, page.extract_text())

    def test_one_that_cannot_be_drawn_is_not_printed(self):
        stay, transfer = self._make("voucher")
        transfer.line_id.unlink()
        params = (stay | transfer | self.document).action_print()["params"]
        self.assertIn("Printed: 2 of 3 documents.", params["message"])
        self.assertIn(f"{transfer.display_name}: the booking has no", params["message"])
        self.assertTrue(
            params["next"]["url"].endswith(f"?ids={stay.id},{self.document.id}")
        )

    def test_nobody_prints_what_he_may_not_read(self):
        foreign = self._make(
            "invoice", order=self._create_booking(user_id=self.users["head"].id)
        )
        both = self.document | foreign
        self._assert_pdf(self._together(both, self.users["head"]))
        self.document.action_open_to_client()
        self.assertEqual(self._together(both).status_code, 404)
        for user in (self.client_user, self.other_user, self.users["hotel_editor"]):
            self.assertEqual(self._together(self.document, user).status_code, 404)
        for ids in (
            "",
            "x",
            "1,",
            "-1",
            "999999999",
            "9" * 40,
            "1%00",
            "1," * 501 + "1",
        ):
            url = f"/tour/documents/together?ids={ids}"
            self.assertEqual(self._get(self.manager, url).status_code, 404, ids[:50])

    def test_old_versions_are_for_staff(self):
        self.document.action_open_to_client()
        self.stay.price_unit = 20000.0
        self.document._draw()
        old = self._get(self.manager, f"{self.url}?version=1").content
        new = self._get(self.manager).content
        self.assertNotEqual(old, new)
        self.assertEqual(
            self._get(self.client_user, f"{self.url}?version=1").content, new
        )
        self.assertEqual(
            self._get(self.manager, f"{self.url}?version=x").status_code, 404
        )

    def test_download_or_show(self):
        self.assertIn("inline", self._get(self.manager).headers["Content-Disposition"])
        response = self._get(self.manager, f"{self.url}?download=1")
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_not_drawn_yet(self):
        document = self.env["tour.document"].create(
            {"order_id": self.order.id, "kind": "booking_sheet"}
        )
        url = f"/my/tour/documents/{document.id}"
        self.assertEqual(self._get(self.manager, url).status_code, 404)

    def test_files_are_not_read_past_the_route(self):
        self.document.action_open_to_client()
        attachment = self.document.current_version_id.attachment_id
        for url in (
            f"/web/content/{attachment.id}",
            f"/web/content/tour.document/{self.document.id}/pdf_file",
        ):
            self.assertEqual(self._get(self.client_user, url).status_code, 404)

    def test_preview_of_a_template(self):
        template = self.document.template_id
        url = f"/tour/document/templates/{template.id}/preview?lang=en_US"
        self._assert_pdf(self._get(self.users["head"], url))
        self.assertEqual(self._get(self.client_user, url).status_code, 404)
        self.assertEqual(
            self._get(self.users["head"], url.replace("en_US", "xx")).status_code, 404
        )
