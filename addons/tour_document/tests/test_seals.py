"""Signatures and stamps: on papers that want them, and seen by nobody else."""

import base64
import struct
import zlib

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..seals import MAX_BYTES, PNG_HEAD
from .common import TourDocumentCommon


def make_png(width=60, height=40, colour=6, noise=b""):
    """A picture of one colour; with alpha unless told otherwise."""

    def chunk(name, data):
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    pixel = {2: b"\x10\x20\x90", 6: b"\x10\x20\x90\x80"}[colour]
    rows = (b"\0" + pixel * width) * height
    return base64.b64encode(
        PNG_HEAD
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", noise)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@tagged("post_install", "-at_install")
class TestSeals(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seals = cls.env["tour.document.seal"].create(
            [
                {"role": "signatory", "image": make_png(61)},
                {"role": "accountant", "image": make_png(62)},
                {"role": "stamp", "image": make_png(63)},
            ]
        )
        cls.template = cls.env.ref("tour_document.tour_document_template_invoice")

    def _count_pictures(self, document):
        html = self._html(document)
        return sum(html.count(seal.image.decode()) for seal in self.seals)

    def test_papers_have_them_where_the_template_wants_it(self):
        self.assertEqual(self._count_pictures(self._make("invoice")), 0)
        self.template.is_sealed = True
        invoice = self._create_booking()._make_documents("invoice")
        self.assertTrue(invoice.is_sealed)
        html = self._html(invoice)
        for seal in self.seals:
            self.assertIn(seal.image.decode(), html)
        self.assertEqual(self._count_pictures(invoice), 3)

    def test_a_document_may_do_without(self):
        self.template.is_sealed = True
        invoice = self._make("invoice")
        invoice.with_user(self.manager).is_sealed = False
        self.assertEqual(self._count_pictures(invoice), 0)
        self.assertTrue(invoice._draw())

    def test_no_document_has_them_against_its_template(self):
        invoice = self._make("invoice")
        with self.assertRaisesRegex(ValidationError, "has no signature"):
            invoice.with_user(self.manager).is_sealed = True
        self.template.is_sealed = True
        self.env.cr.execute("UPDATE tour_document SET is_sealed = true")
        self.template.is_sealed = False
        self.env.invalidate_all()
        self.assertEqual(self._count_pictures(invoice), 0)

    def test_managers_may_not_change_the_template(self):
        with self.assertRaises(AccessError):
            self.template.with_user(self.manager).is_sealed = True

    def test_locked_document_stays_as_it_is_sealed(self):
        self.template.is_sealed = True
        invoice = self._make("invoice")
        invoice.action_lock()
        with self.assertRaisesRegex(UserError, "Unlock"):
            invoice.is_sealed = False

    def test_form_shows_the_same_paper_as_is_drawn(self):
        """Forms ask for the size of pictures; papers are drawn with the pictures."""
        self.template.is_sealed = True
        self.company.write({"logo": make_png(30)})
        invoice = self._make("invoice").with_context(bin_size=True)
        self.assertFalse(invoice.is_outdated)

    def test_new_picture_makes_a_new_version(self):
        self.template.is_sealed = True
        invoice = self._make("invoice")
        self.assertFalse(invoice._draw())
        self.seals[2].image = make_png(90)
        self.assertTrue(invoice._draw())

    def test_each_kind_that_is_signed(self):
        for kind, count in (
            ("booking_sheet", 2),
            ("voucher", 2),
            ("contract", 2),
            ("service_act", 2),
            ("apartment_act", 2),
            ("cover_sheet", 2),
            ("guarantee_letter", 3),
            ("cancellation_letter", 2),
        ):
            template = self.env.ref(f"tour_document.tour_document_template_{kind}")
            template.is_sealed = True
            document = self._make_in_time(kind)[0]
            document.is_sealed = True
            self.assertEqual(self._count_pictures(document), count, kind)

    def test_pictures_are_for_heads_and_administrators(self):
        for role in ("manager_own", "manager_all", "accountant", "director"):
            seal = self.seals[0].with_user(self.users[role])
            with self.assertRaises(AccessError, msg=role):
                seal.read(["image"])
            with self.assertRaises(AccessError, msg=role):
                seal.search([])
            with self.assertRaises(AccessError, msg=role):
                seal.write({"image": make_png()})
        seal = self.seals[0].with_user(self.users["head"])
        self.assertTrue(seal.image)
        seal.image = make_png(80)

    def test_their_files_are_nobodys_else(self):
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "tour.document.seal"),
                    ("res_field", "=", "image"),
                    ("res_id", "in", self.seals.ids),
                ]
            )
        )
        self.assertEqual(len(files), 3)
        for user in (self.manager, self.users["accountant"], self.client_user):
            for file in files:
                with self.assertRaises(AccessError):
                    file.with_user(user).read(["datas"])
            found = self.env["ir.attachment"].with_user(user)
            self.assertFalse(
                found.search([("id", "in", files.ids), ("res_field", "!=", False)])
            )

    def test_preview_has_them_for_who_may_see_them(self):
        self.template.is_sealed = True
        size = len(self.template.with_user(self.manager)._render_preview("en_US"))
        head = self.template.with_user(self.users["head"])
        self.assertGreater(len(head._render_preview("en_US")), size)

    def test_what_is_no_picture_for_a_paper_is_refused(self):
        noise = bytes(MAX_BYTES)
        for image, reason in (
            (base64.b64encode(b"GIF89a" + bytes(60)), "no PNG"),
            (base64.b64encode(b"\x89PNG\r\n\x1a\n"), "no PNG"),
            (b"!!!", "no PNG"),
            (False, "no PNG"),
            (make_png(colour=2), "not transparent"),
            (make_png(1601, 1), "more than"),
            (make_png(noise=noise), "more than"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                self.seals[0].image = image
        with self.assertRaisesRegex(ValidationError, "no PNG"):
            company = self.env["res.company"].create({"name": "Other"})
            self.env["tour.document.seal"].create({"company_id": company.id})

    def test_company_has_one_of_each(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.seals.create({"role": "stamp", "image": make_png()})

    def test_papers_of_another_company_have_its_own(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.assertEqual(other._get_paper_seals(), {})
        self.assertEqual(
            set(self.company._get_paper_seals()), {"signatory", "accountant", "stamp"}
        )
