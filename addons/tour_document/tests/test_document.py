"""The document itself: what it holds, and what nobody may write into it."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestDocument(TourDocumentCommon):
    def test_wording_comes_from_the_template_and_is_edited(self):
        document = self._make("voucher")[0]
        self.assertIn("paid by us", document.wording)
        document.wording = "<p>Hotel {hotel}, {nothing}</p>"
        document._draw()
        text = self._read(document)
        self.assertIn("Hotel Гостиница «Жемчужина», {nothing}", text)

    def test_wording_is_sanitised(self):
        document = self._make("voucher")[0]
        document.wording = (
            "<p onclick='x()' class='letterhead'>Text<script>alert(1)</script></p>"
            "<style>* {display: none}</style><iframe src='http://x.example'></iframe>"
            "<a href='javascript:x()'>link</a><form><input name='x'/></form>"
        )
        wording = str(document.wording)
        for word in ("script", "onclick", "style", "iframe", "class", "form", "input"):
            self.assertNotIn(word, wording.replace("ParserError", ""))
        self.assertIn("Text", self._read(document) if document._draw() else "")

    def test_value_of_a_placeholder_brings_no_tags(self):
        self.hotel.name = "<b>Bold</b> & Sons"
        document = self._make("voucher", wording="<p>In {hotel}.</p>")[0]
        self.assertIn("&lt;b&gt;Bold&lt;/b&gt;", self._html(document))
        self.assertIn("In <b>Bold</b> & Sons.", self._read(document))

    def test_wording_is_not_a_template(self):
        """Neither QWeb nor Python: it is text."""
        wording = (
            "<p>{{ 7 * 191 }} ${7*191} <t t-out='7 * 191'>x</t> {paper.__class__}</p>"
        )
        text = self._read(self._make("voucher", wording=wording)[0])
        self.assertNotIn("1337", text)
        self.assertIn("{{ 7 * 191 }} ${7*191}", text)

    def test_long_wording_is_refused(self):
        document = self._make("invoice")
        with self.assertRaisesRegex(ValidationError, "characters"):
            document.wording = "<p>" + "x" * 30000 + "</p>"

    def test_wording_of_services(self):
        document = self._make("invoice", row_wording="Lodging at {hotel} for {guests}")
        text = self._read(document)
        self.assertIn("Lodging at Гостиница «Жемчужина» for Иванов Пётр Номер1", text)

    def test_own_fields_are_not_written(self):
        document = self._make("invoice")
        for name, value in (
            ("number", "X"),
            ("copy_number", 9),
            ("current_version_id", False),
            ("sent_on", "2026-01-01"),
        ):
            with self.assertRaises(AccessError, msg=name):
                document.write({name: value})
            with self.assertRaises(AccessError, msg=name):
                self.env["tour.document"].create(
                    {"order_id": self.order.id, "kind": "invoice", name: value}
                )

    def test_no_context_of_rpc_opens_own_fields(self):
        document = self._make("invoice")
        for key in (True, 1, "OWN_WRITE", [], {}):
            with self.assertRaises(AccessError):
                document.with_context(tour_document_own_write=key).write(
                    {"number": "X"}
                )

    def test_document_stays_with_its_booking(self):
        document = self._make("invoice")
        other = self._create_booking()
        for values in ({"order_id": other.id}, {"kind": "voucher"}):
            with self.assertRaisesRegex(UserError, "Make another one"):
                document.write(values)

    def test_template_of_another_kind_is_refused(self):
        document = self._make("invoice")
        with self.assertRaisesRegex(ValidationError, "another kind"):
            document.template_id = self.env.ref(
                "tour_document.tour_document_template_voucher"
            )

    def test_service_of_another_booking_is_refused(self):
        other = self._create_booking()
        with self.assertRaisesRegex(ValidationError, "this booking"):
            self.env["tour.document"].create(
                {
                    "order_id": self.order.id,
                    "kind": "voucher",
                    "line_id": other.order_line[0].id,
                }
            )

    def test_paper_of_the_client_goes_to_nobody_else(self):
        document = self._make("invoice")
        with self.assertRaisesRegex(ValidationError, "client of the booking"):
            document.partner_id = self.other_client

    def test_request_is_never_opened_to_the_client(self):
        request = self._make("supplier_request")[0]
        with self.assertRaisesRegex(UserError, "not for the client"):
            request.action_open_to_client()
        with self.assertRaisesRegex(ValidationError, "never opened"):
            request.access = "client"

    def test_open_to_client(self):
        document = self._make("invoice")
        self.assertFalse(document.is_open_to_client)
        document.action_open_to_client()
        self.assertTrue(document.is_open_to_client)
        token = document._portal_ensure_token()
        document.action_close_to_client()
        self.assertFalse(document.is_open_to_client)
        self.assertNotEqual(document._portal_ensure_token(), token)

    def test_done_opens_vouchers_and_invoices(self):
        kinds = ("voucher", "booking_sheet", "invoice", "supplier_request")
        documents = {kind: self._make(kind)[0] for kind in kinds}
        for state, opened in (
            ("booked", set()),
            ("done", {"voucher", "invoice"}),
            ("reposting", {"voucher", "invoice"}),
            ("cancelled", set()),
        ):
            self._move_to(self.order, state)
            for kind, document in documents.items():
                self.assertEqual(
                    document.is_open_to_client, kind in opened, f"{kind}, {state}"
                )

    def test_archived_after_done_stays_open(self):
        document = self._make("invoice")
        self._move_to(self.order, "archive")
        self.env.cr.execute("UPDATE sale_order SET state = 'sale'")
        self.env.invalidate_all()
        self.assertTrue(document.is_open_to_client)
        self.env.cr.execute("UPDATE sale_order SET state = 'cancel'")
        self.env.invalidate_all()
        self.assertFalse(document.is_open_to_client)

    def test_search_for_what_is_open(self):
        opened, closed = self._make("invoice"), self._make("booking_sheet")
        opened.action_open_to_client()
        documents = opened | closed
        search = self.env["tour.document"].search
        domain = [("id", "in", documents.ids)]
        self.assertEqual(search([*domain, ("is_open_to_client", "=", True)]), opened)
        self.assertEqual(search([*domain, ("is_open_to_client", "=", False)]), closed)
        self._move_to(self.order, "done")
        sheet_open = search([*domain, ("is_open_to_client", "=", True)])
        self.assertEqual(sheet_open, opened)

    def test_print_draws_what_is_not_locked(self):
        document = self._make("invoice")
        self.stay.price_unit = 20000.0
        action = document.action_print()
        self.assertEqual(document.version_number, 2)
        self.assertEqual(action["url"], f"/my/tour/documents/{document.id}")

    def test_draw_says_whether_anything_changed(self):
        document = self._make("invoice")
        self.assertEqual(document.action_draw()["params"]["type"], "info")
        document.wording = "<p>New</p>"
        self.assertEqual(document.action_draw()["params"]["type"], "success")
