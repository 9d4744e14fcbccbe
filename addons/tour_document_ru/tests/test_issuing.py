"""Numbers of VAT invoices: given once, without gaps; and who sees what."""

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RussianDocumentCommon


@tagged("post_install", "-at_install")
class TestIssuing(RussianDocumentCommon):
    def _sees(self, document):
        own = document.with_user(self.client_user)
        return bool(own.search([("id", "=", document.id)]))

    def test_draft_has_no_number_and_is_not_for_the_client(self):
        document = self._make("vat_invoice")
        self.assertFalse(document.vat_number)
        document.action_open_to_client()
        self.assertFalse(document.is_open_to_client)
        self.assertFalse(self._sees(document))

    def test_number_is_given_when_the_invoice_is_posted(self):
        draft = self._make("vat_invoice")
        move = self._invoice()
        document = self._make("vat_invoice")
        self.assertEqual(document, draft)
        self.assertEqual(document.move_id, move)
        self.assertEqual(document.vat_number, "1")
        self.assertEqual(document.display_name, f"VAT invoice 1 ({document.number})")
        self.assertFalse(self._sees(document))
        document.action_open_to_client()
        self.assertTrue(self._sees(document))

    def test_papers_go_over_to_another_client(self):
        """With the templates they were made by, as tour_document makes them anew."""
        self._make("invoice")
        self._make("vat_invoice")
        self.order.partner_id = self.other_client
        papers = self.env["tour.document"].search([("order_id", "=", self.order.id)])
        self.assertEqual(set(papers.mapped("kind")), {"invoice", "vat_invoice"})
        self.assertEqual(papers.partner_id, self.other_client)

    def test_number_is_given_when_the_booking_is_done(self):
        document = self._make("upd")
        self._move_to(self.order, "done")
        document._draw()
        self.assertEqual(document.vat_number, "1")
        self.assertTrue(self._sees(document))

    def test_number_is_given_once(self):
        self._invoice()
        document = self._make("vat_invoice")
        for _ in range(3):
            document._draw()
            self.assertEqual(self._make("vat_invoice"), document)
        self.assertEqual(document.vat_number, "1")
        self.assertEqual(document.version_number, 1)

    def test_issued_form_stays_as_it_is(self):
        """Whatever becomes of the booking, and of who may write what."""
        self._invoice()
        document = self._make("vat_invoice")
        self.assertTrue(document.locked)
        for values in (
            {"payment_documents": "№ 17"},
            {"date": "2026-11-01"},
            {"correction_number": "1", "correction_date": "2026-11-01"},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "locked"):
                document.write(values)
        self.company.name = "Somebody else"
        document._draw()
        document.action_draw()
        self.assertFalse(document._draw_anyway())
        self.assertEqual((document.vat_number, document.version_number), ("1", 1))

    def test_a_correction_has_a_number_of_its_own(self):
        self._invoice()
        document = self._make("vat_invoice")
        with freeze_time("2026-10-20 12:00:00"):
            document.action_unlock()
        self.assertEqual(document.correction_number, "1")
        self.assertEqual(str(document.correction_date), "2026-10-20")
        for number in (False, ""):
            with self.assertRaisesRegex(UserError, "another number"):
                document.write({"correction_number": number, "correction_date": False})
        # Nothing was drawn of it yet: it is the same correction.
        document.action_lock()
        document.action_unlock()
        document.payment_documents = "№ 17"
        self.assertTrue(document._draw())
        self.assertEqual((document.version_number, document.locked), (2, True))
        self.assert_shown(document, "№ 17", "Исправление № 1 от 20 октября 2026 г.")
        self.assertFalse(document._draw())
        document.action_unlock()
        self.assertEqual(document.correction_number, "2")
        with self.assertRaisesRegex(UserError, "another number"):
            document.write({"correction_number": "1"})

    def test_unlocking_is_no_way_around(self):
        """Together with a change in one write, as over RPC."""
        self._invoice()
        document = self._make("vat_invoice")
        document.write({"locked": False, "payment_documents": "№ 17"})
        self.assertEqual(document.correction_number, "1")
        document._draw()
        with self.assertRaisesRegex(UserError, "another number"):
            document.write(
                {"locked": False, "correction_number": "1", "date": "2026-11-01"}
            )
        with self.assertRaises(AccessError):
            document.issued_as = False

    def test_the_invoice_takes_over_what_was_issued_for_the_booking(self):
        document = self._make("vat_invoice")
        self._move_to(self.order, "done")
        document._draw()
        self.assertEqual((document.vat_number, document.move_id.id), ("1", False))
        before = document.version_number
        move = self._invoice()
        self.assertEqual(self._make("vat_invoice"), document)
        self.assertEqual((document.move_id, document.version_number), (move, before))

    def _issue(self, date, company=None):
        order = self._create_booking()
        self._invoice(order, date=date)
        return self._make("vat_invoice", order=order).vat_number

    def test_numbers_have_no_gaps_and_begin_anew_each_year(self):
        self.assertEqual(self._issue("2026-10-08"), "1")
        self.assertEqual(self._issue("2026-12-31"), "2")
        self.assertEqual(self._issue("2027-01-11"), "1")
        self.assertEqual(self._issue("2026-12-30"), "3")
        self.assertEqual(self._issue("2027-01-12"), "2")

    def test_each_company_has_numbers_of_its_own(self):
        self.assertEqual(self._issue("2026-10-08"), "1")
        sequences = self.env["ir.sequence"].search([("code", "=", "tour.vat.invoice")])
        self.assertEqual(sequences.company_id, self.company)
        self.assertEqual(sequences.implementation, "no_gap")

    def test_transfer_document_takes_from_the_same_row(self):
        self.assertEqual(self._issue("2026-10-08"), "1")
        self._invoice()
        document = self._make("upd")
        self.assertEqual((document.upd_status, document.vat_number), ("1", "2"))

    def test_transfer_document_beside_a_vat_invoice(self):
        self._invoice()
        self._make("vat_invoice")
        document = self._make("upd")
        self.assertEqual((document.upd_status, document.vat_number), ("2", False))
        self.assert_shown(document, f"Счет-фактура № {document.number} от")

    def test_one_vat_invoice_is_enough(self):
        self._invoice()
        self._make("upd")
        with self.assertRaisesRegex(UserError, "is the VAT invoice already"):
            self._make("vat_invoice")

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_second_one(self):
        move = self._invoice()
        self._make("vat_invoice")
        other = self.env["tour.document"].create(
            {"kind": "upd", "order_id": self.order.id, "move_id": move.id}
        )
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            other._write_own({"vat_number": "77"})
            other.flush_recordset()

    def test_two_invoices_have_two_papers(self):
        """The first is paid before there is another, as `tour_billing` wants it."""
        first = self._invoice()
        self._pay(first)
        self.transfer.product_uom_qty = 2
        self.transfer.qty_delivered = 2
        second = self._invoice(date="2026-10-09")
        documents = self._make("vat_invoice")
        self.assertEqual(documents.move_id, first | second)
        self.assertEqual(documents.mapped("vat_number"), ["1", "2"])

    def test_number_stays_with_what_it_was_given_for(self):
        move = self._invoice()
        document = self._make("upd")
        for values in ({"upd_status": "2"}, {"move_id": False}):
            with self.assertRaisesRegex(UserError, "issued with a number"):
                document.write(values)
        document.write({"locked": False, "upd_status": "1", "move_id": move.id})
        with self.assertRaisesRegex(UserError, "Archive them"):
            document.unlink()
        with self.assertRaises(AccessError):
            document.vat_number = "5"
        with self.assertRaises(AccessError):
            self.env["tour.document"].create(
                {"kind": "upd", "order_id": self.order.id, "vat_number": "5"}
            )
        other = self._create_booking()
        smuggled = self.env["tour.document"].with_context(
            default_vat_number="5", default_issued_as="5/"
        )
        draft = smuggled.create({"kind": "upd", "order_id": other.id})
        self.assertFalse(draft.vat_number or draft.issued_as)

    def test_invoice_of_another_booking_is_refused(self):
        move = self._invoice(self._create_booking())
        document = self._make("upd")
        with self.assertRaises(ValidationError):
            document.move_id = move
        # Nor by the key that the making itself uses.
        made = self.order.with_context(
            tour_document_ru_move_id=move.id, tour_document_kind="vat_invoice"
        )
        made.action_make_document()
        documents = self.order.document_ids
        self.assertNotIn(move, documents.move_id)

    def test_made_in_the_form(self):
        """The kind is chosen before there is a booking."""
        form = Form(self.env["tour.document"])
        form.kind = "upd"
        form.order_id = self.order
        document = form.save()
        self.assertEqual(document.upd_status, "1")
        self.assertEqual(str(document.transfer_date), "2026-10-07")
        self.assertIn(self.order.name, document.transfer_basis)

    def test_cover_sheet_encloses_what_is_issued(self):
        draft = self._make("vat_invoice")
        self.assertNotIn(draft, self.order._get_enclosed_documents())
        self._invoice()
        document = self._make("vat_invoice")
        self.assertIn(document, self.order._get_enclosed_documents())
        facts = document._get_enclosed_facts("en_US")
        self.assertEqual(
            (facts["number"], facts["copies"], str(facts["total"])),
            ("1", 1, "19520.00"),
        )

    def test_locked_form_stays(self):
        document = self._make("upd")
        document.action_lock()
        with self.assertRaisesRegex(UserError, "locked"):
            document.transfer_note = "x"

    def test_company_needs_its_tax_id(self):
        self.company.vat = False
        with self.assertRaisesRegex(UserError, "no tax id"):
            self._make("vat_invoice")

    def test_roles(self):
        self._invoice()
        for role in ("manager_own", "head", "accountant", "admin"):
            order = self.order.with_user(self.users[role])
            document = order._make_documents("vat_invoice")
            self.assertEqual(document.vat_number, "1", role)
        with self.assertRaises(AccessError):
            self.order.with_user(self.users["director"])._make_documents("vat_invoice")

    def test_client_reads_no_other_paper(self):
        self._invoice()
        document = self._make("vat_invoice")
        document.action_open_to_client()
        self.assertFalse(
            document.with_user(self.other_user).search([("id", "=", document.id)])
        )
