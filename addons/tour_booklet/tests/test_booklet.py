from base64 import b64encode
from hashlib import sha256

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import CHANGED, INSURANCE, TICKET, BookletCommon


@tagged("post_install", "-at_install")
class TestBooklet(BookletCommon):
    def test_upload_makes_a_version(self):
        version = self.ticket.version_ids
        self.assertEqual(version.number, 1)
        self.assertEqual(version.sha256, sha256(TICKET).hexdigest())
        self.assertEqual(version.attachment_id.raw, TICKET)
        self.assertEqual(version.attachment_id.res_model, "tour.booklet.version")
        self.assertEqual(version.attachment_id.res_id, version.id)
        self.assertEqual(self.ticket.name, "ticket")

    def test_other_bytes_make_a_new_version_and_keep_the_old(self):
        self.ticket.with_user(self.manager).write(
            {"upload": b64encode(CHANGED), "upload_name": "new ticket.pdf"}
        )
        versions = self.ticket.version_ids
        self.assertEqual(versions.mapped("number"), [2, 1])
        self.assertEqual(versions.attachment_id.mapped("raw"), [CHANGED, TICKET])
        self.assertEqual(self.ticket.version_number, 2)
        self.assertEqual(versions[0].create_uid, self.manager)
        self.assertEqual(self.ticket.upload_name, "new ticket.pdf")

    def test_same_bytes_make_none(self):
        self.ticket.write({"upload": b64encode(TICKET), "upload_name": "other.pdf"})
        self.assertEqual(self.ticket.version_ids.mapped("number"), [1])

    def test_a_file_is_opened_where_it_is_read(self):
        action = self.ticket.with_user(self.manager).action_open()
        self.assertEqual(
            action["url"], self.ticket.order_id._get_booklet_path(self.ticket)
        )
        self.ticket.version_ids.sudo().unlink()
        with self.assertRaisesRegex(UserError, "no file yet"):
            self.ticket.with_user(self.manager).action_open()

    def test_what_is_no_such_file_is_refused(self):
        for name, content in (
            ("ticket.pdf", b"MZ no pdf"),
            ("page.html", b"<html></html>"),
            ("empty.pdf", b""),
        ):
            with self.assertRaises(UserError):
                self._add_file(name, content) if content else self.ticket._put(
                    name, b""
                )
        self.env["ir.config_parameter"].set_param("tour_file.max_mb", "1")
        with self.assertRaisesRegex(UserError, "bigger than 1 MB"):
            self.ticket._put("big.pdf", b"%PDF-" + b"x" * 1024 * 1024)

    def test_paper_of_ours_shows_its_own_version(self):
        self.assertEqual(self.voucher_item.version_number, 1)
        self.assertEqual(
            self.voucher_item._get_file(), self.voucher.current_version_id.attachment_id
        )
        with self.assertRaises(UserError):
            self.voucher_item._put("mine.pdf", TICKET)

    def test_only_papers_of_the_booking_for_the_client(self):
        request = self._make("supplier_request")[0]
        other = self._make("invoice", order=self._create_booking())
        for document in (request, other):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["tour.booklet.item"].create(
                    {"order_id": self.order.id, "document_id": document.id}
                )

    def test_item_stays_with_its_booking(self):
        with self.assertRaises(UserError):
            self.ticket.order_id = self._create_booking()

    def test_complete_and_not(self):
        self._complete()
        self.assertTrue(self.order.booklet_complete_on)
        self.assertEqual(self.order.booklet_complete_by_id, self.manager)
        self.assertFalse(self.order.booklet_sent_on)
        self.assertFalse(self._get_mails())
        self.own_order.action_booklet_reopen()
        self.assertFalse(self.order.booklet_complete_on)
        self.assertFalse(self.order._get_booklet_files())

    def test_complete_needs_files(self):
        empty = self.env["tour.booklet.item"].create(
            {"order_id": self.order.id, "name": "Insurance"}
        )
        with self.assertRaisesRegex(UserError, "Insurance"):
            self._complete()
        empty._put("insurance.pdf", INSURANCE)
        self._complete()
        bare = self._create_booking()
        with self.assertRaisesRegex(UserError, "no travel documents"):
            bare.action_booklet_complete()
        self._move_to(bare, "cancelled")
        with self.assertRaisesRegex(UserError, "not take place"):
            bare.action_booklet_complete()

    def test_complete_draws_papers_anew(self):
        self.stay.confirmation_number = "NEW-77"
        self.stay.date_to = "2026-10-08"
        self._complete()
        self.assertEqual(self.voucher_item.version_number, 2)

    def test_other_client_sees_nothing_yet(self):
        self._complete()
        self.order.partner_id = self.other_client
        self.assertFalse(self.order.booklet_complete_on)

    def test_cancelled_booking_shows_nothing(self):
        self._complete()
        self.assertEqual(len(self.order._get_booklet_files()), 2)
        self._move_to(self.order, "cancelled")
        self.assertFalse(self.order._get_booklet_files())

    def test_paper_closed_to_the_client_is_not_in_it(self):
        self._complete()
        self.assertEqual(self.voucher.access, "client")
        self.voucher.with_user(self.manager).action_close_to_client()
        self.assertEqual(len(self.order._get_booklet_files()), 1)

    def test_paper_that_comes_later_is_open_at_once(self):
        self._complete()
        invoice = self._make("invoice")
        self.env["tour.booklet.item"].with_user(self.manager).create(
            {"order_id": self.order.id, "document_id": invoice.id}
        )
        self.assertEqual(invoice.access, "client")
        self.assertEqual(len(self.order._get_booklet_files()), 3)

    def test_archived_item_is_not_in_it(self):
        self._complete()
        self.ticket.with_user(self.manager).action_archive_item()
        self.env.invalidate_all()
        self.assertEqual(len(self.order._get_booklet_files()), 1)

    def test_sent_items_stay(self):
        self._complete()
        self.own_order.action_booklet_send()
        with self.assertRaises(UserError):
            self.ticket.unlink()
        bare = self._add_file("a.pdf", TICKET, self._create_booking())
        attachment = bare.version_ids.attachment_id
        bare.unlink()
        self.assertFalse(attachment.exists())

    def test_add_many_at_once(self):
        files = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create(
                [
                    {"name": "insurance.pdf", "raw": INSURANCE},
                    {"name": "plan.txt", "raw": b"Day 1"},
                ]
            )
        )
        invoice = self._make("invoice")
        self.env["tour.booklet.add"].with_user(self.manager).create(
            {
                "order_id": self.order.id,
                "attachment_ids": files.ids,
                "document_ids": (invoice | self.voucher).ids,
            }
        ).action_apply()
        items = self.order.booklet_item_ids
        self.assertEqual(len(items), 5)
        self.assertEqual(items.document_id, invoice | self.voucher)
        self.assertFalse(files.exists())
        self.assertIn("insurance", items.mapped("name"))
