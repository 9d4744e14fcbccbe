"""Making documents from bookings."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestMaking(TourDocumentCommon):
    def test_voucher_for_each_service(self):
        documents = self.order._make_documents("voucher")
        self.assertEqual(documents.line_id, self.stay | self.transfer)
        self.assertEqual(documents.partner_id, self.client)

    def test_one_booking_sheet_and_invoice(self):
        for kind in ("booking_sheet", "invoice"):
            document = self.order._make_documents(kind)
            self.assertRecordValues(
                document,
                [
                    {
                        "kind": kind,
                        "order_id": self.order.id,
                        "line_id": False,
                        "partner_id": self.client.id,
                        "number": self.order.name,
                        "access": "staff",
                        "locked": False,
                    }
                ],
            )

    def test_request_for_each_supplier(self):
        documents = self.order._make_documents("supplier_request")
        self.assertEqual(documents.partner_id, self.supplier | self.carrier)
        hotel = documents.filtered(lambda d: d.partner_id == self.supplier)
        self.assertIn("Жемчужина", self._read(hotel))
        self.assertNotIn("Airport", self._read(hotel))

    def test_each_has_its_number(self):
        vouchers = self.order._make_documents("voucher")
        invoice = self.order._make_documents("invoice")
        name = self.order.name
        self.assertEqual(vouchers.mapped("number"), [name, f"{name}-2"])
        self.assertEqual(invoice.number, name)

    def test_pressed_twice_makes_nothing_twice(self):
        for kind in ("voucher", "booking_sheet", "invoice", "supplier_request"):
            first = self.order._make_documents(kind)
            second = self.order._make_documents(kind)
            self.assertEqual(first, second)
            self.assertEqual(set(second.mapped("version_number")), {1})

    def test_same_booking_makes_no_new_version(self):
        document = self.order._make_documents("invoice")
        self.assertFalse(document._draw())
        self.assertEqual(len(document.version_ids), 1)

    def test_change_makes_new_version_and_keeps_the_old(self):
        document = self.order._make_documents("invoice")
        old = document.current_version_id
        old_file = old.attachment_id.raw
        self.stay.price_unit = 20000.0
        self.assertEqual(document._draw(), document)
        document.invalidate_recordset(["version_ids"])
        self.assertEqual(document.version_ids.mapped("number"), [2, 1])
        self.assertEqual(document.current_version_id.number, 2)
        self.assertEqual(old.attachment_id.raw, old_file)
        self.assertIn("20,000.00", self._read(document))

    def test_change_that_the_paper_does_not_show_makes_no_version(self):
        document = self.order._make_documents("invoice")
        self.stay.supplier_price_total = 1.0
        self.order.internal_note = "Another note"
        self.assertFalse(document._draw())

    def test_version_knows_its_file_and_maker(self):
        document = self.order.with_user(self.manager)._make_documents("invoice")
        version = document.current_version_id
        self.assertEqual(version.create_uid, self.manager)
        self.assertEqual(
            version.attachment_id.name, f"Invoice for payment {self.order.name}.pdf"
        )
        self.assertEqual(version.attachment_id.mimetype, "application/pdf")
        self.assertEqual(len(version.file_checksum), 64)

    def test_locked_document_stays(self):
        document = self.order._make_documents("invoice")
        document.action_lock()
        self.stay.price_unit = 20000.0
        self.assertFalse(document._draw())
        self.assertEqual(self.order._make_documents("invoice"), document)
        self.assertEqual(document.version_number, 1)
        with self.assertRaisesRegex(UserError, "locked"):
            document.action_draw()

    def test_locked_document_is_not_edited(self):
        document = self.order._make_documents("invoice")
        document.action_lock()
        for values in (
            {"wording": "<p>x</p>"},
            {"row_wording": "x"},
            {"lang": "en_US"},
            {"date": "2026-01-01"},
            {"template_id": document.template_id.id},
        ):
            with self.assertRaisesRegex(UserError, "Unlock"):
                document.write(values)
        document.action_unlock()
        document.wording = "<p>Edited</p>"
        self.assertTrue(document._draw())

    def test_locked_and_sent_documents_are_not_deleted(self):
        document = self.order._make_documents("invoice")
        document.action_lock()
        with self.assertRaisesRegex(UserError, "Archive"):
            document.unlink()
        document.action_unlock()
        document._write_own({"sent_on": "2026-01-01"})
        with self.assertRaisesRegex(UserError, "Archive"):
            document.unlink()

    def test_deleted_document_takes_its_files_along(self):
        document = self.order._make_documents("invoice")
        attachment = document.current_version_id.attachment_id
        document.unlink()
        self.assertFalse(attachment.exists())

    def test_deleted_booking_takes_its_documents_along(self):
        document = self.order._make_documents("invoice")
        attachment = document.current_version_id.attachment_id
        self.order.unlink()
        self.assertFalse(document.exists())
        self.assertFalse(attachment.exists())

    def test_deleted_number_of_an_archived_document_is_not_reused(self):
        document = self.order._make_documents("invoice")
        document.active = False
        other = self.order._make_documents("invoice")
        self.assertNotEqual(other, document)
        self.assertEqual(other.number, f"{self.order.name}-2")

    def test_copy_is_another_document(self):
        document = self.order._make_documents("invoice")
        document.wording = "<p>Second half</p>"
        other = document.copy()
        self.assertEqual(other.number, f"{self.order.name}-2")
        self.assertEqual(str(other.wording), "<p>Second half</p>")
        self.assertFalse(other.version_ids)

    def test_every_reason_is_told_at_once(self):
        (self.stay | self.transfer).supplier_id = False
        with self.assertRaises(UserError) as error:
            self.order._make_documents("supplier_request")
        self.assertIn("Жемчужина", str(error.exception))
        self.assertIn("Airport", str(error.exception))

    def test_nothing_without_services(self):
        order = self._create_booking(lines=[])
        with self.assertRaisesRegex(UserError, "no services"):
            order._make_documents("invoice")

    def test_no_voucher_for_what_does_not_take_place(self):
        self._move_to(self.order, "cancelled")
        for kind in ("voucher", "supplier_request"):
            with self.assertRaisesRegex(UserError, "does not take place"):
                self.order._make_documents(kind)

    def test_ordinary_orders_have_none(self):
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        with self.assertRaisesRegex(UserError, "not a booking"):
            order._make_documents("invoice")

    def test_voucher_of_a_service_that_is_gone(self):
        """It is put away; a locked one stays."""
        gone, kept = self.order._make_documents("voucher")
        kept.action_lock()
        self.order.order_line.unlink()
        self.assertFalse(gone.active)
        self.assertTrue(kept.active)
        with self.assertRaisesRegex(UserError, "no service"):
            gone._draw()
        self.assertTrue(gone.is_outdated)

    def test_changed_booking_is_told(self):
        document = self.order._make_documents("invoice")
        self.assertFalse(document.is_outdated)
        self.stay.price_unit = 20000.0
        document.invalidate_recordset(["is_outdated"])
        self.assertTrue(document.is_outdated)
        document.action_lock()
        document.invalidate_recordset(["is_outdated"])
        self.assertFalse(document.is_outdated)

    def test_many_bookings_at_once(self):
        orders = self.order | self._create_booking() | self._create_booking()
        documents = orders._make_documents("invoice")
        self.assertEqual(documents.order_id, orders)
        self.assertEqual(set(documents.mapped("version_number")), {1})

    def test_button_opens_what_it_made(self):
        action = self.order.action_make_invoice()
        self.assertEqual(action["res_id"], self.order.document_ids.id)
        action = self.order.action_make_voucher()
        self.assertFalse(action.get("res_id"))
        found = self.env["tour.document"].search(action["domain"])
        self.assertEqual(found.mapped("kind"), ["voucher", "voucher"])
        self.assertEqual(self.order.document_count, 3)
        found = self.env["tour.document"].search(
            self.order.action_open_documents()["domain"]
        )
        self.assertEqual(len(found), 3)

    def test_language_of_the_addressee(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.client.lang = "fr_FR"
        document = self.order._make_documents("invoice")
        self.assertEqual(document.lang, "fr_FR")
        self.assertIn(
            "octobre 2026", self._read(self.order._make_documents("voucher")[0])
        )
