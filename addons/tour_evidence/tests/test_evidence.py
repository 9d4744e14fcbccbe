import io
import json
import zipfile
from base64 import b64encode
from hashlib import sha256

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.tour_document.tests.common import TourDocumentCommon

TICKET = b"%PDF-1.4 ticket %%EOF"


class EvidenceCommon(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.users["head"]
        cls.director = cls.users["director"]
        cls.contract = cls._make("contract")
        cls.sheet = cls._make("booking_sheet")
        (cls.contract | cls.sheet).action_open_to_client()
        cls.contract.with_user(cls.client_user).action_client_agree(1)
        cls.stay.price_unit = 20000.0
        cls.sheet._draw()
        cls.env["tour.booklet.item"].create(
            {
                "order_id": cls.order.id,
                "upload": b64encode(TICKET),
                "upload_name": "ticket.pdf",
            }
        )
        cls.order._move_to("accepted")
        cls.order.message_post(
            body="We agreed by phone.",
            subject="../../Call",
            attachments=[("../../evil.txt", b"attached")],
        )

    def _make_zip(self, user):
        file = io.BytesIO()
        self.order.with_user(user)._write_evidence(file)
        return zipfile.ZipFile(file)


@tagged("post_install", "-at_install")
class TestEvidence(EvidenceCommon):
    def test_what_is_in_it(self):
        archive = self._make_zip(self.head)
        names = archive.namelist()
        self.assertEqual(names[-2:], ["manifest.json", "index.html"])
        for part in (
            "history/",
            "accepted/",
            "documents/Contract",
            "documents/Booking sheet",
            "booklet/",
            "money/",
            "mails/",
        ):
            self.assertTrue([name for name in names if name.startswith(part)], part)
        sheets = [name for name in names if name.startswith("documents/Booking sheet")]
        self.assertEqual(len(sheets), 2)
        self.assertIn("/v1 ", sheets[0])
        self.assertIn("/v2 ", sheets[1])
        ticket = [name for name in names if name.endswith("ticket.pdf")]
        self.assertEqual(archive.read(ticket[0]), TICKET)

    def test_hashes(self):
        archive = self._make_zip(self.head)
        manifest = json.loads(archive.read("manifest.json"))
        self.assertEqual(len(manifest["files"]), len(archive.namelist()) - 2)
        for one in manifest["files"]:
            content = archive.read(one["path"])
            self.assertEqual(one["sha256"], sha256(content).hexdigest())
            self.assertEqual(one["size"], len(content))
            self.assertEqual(one.get("kept_sha256", one["sha256"]), one["sha256"])
        agreed = self.contract.agreement_ids.sha256
        table = [name for name in archive.namelist() if "confirmed" in name]
        self.assertIn(agreed, archive.read(table[0]).decode())
        self.assertIn(agreed, [one["sha256"] for one in manifest["files"]])

    def test_names_stay_in_the_folder(self):
        for name in self._make_zip(self.head).namelist():
            self.assertNotIn("..", name.split("/"))
            self.assertFalse(name.startswith("/"))
            self.assertNotIn("\\", name)
        mails = [n for n in self._make_zip(self.head).namelist() if "mails/" in n]
        self.assertTrue([name for name in mails if name.endswith("/evil.txt")])

    def test_always_in_the_same_order(self):
        first = self._make_zip(self.head).namelist()
        second = self._make_zip(self.head).namelist()
        # The note that it was taken is a message, too.
        self.assertEqual(first, [name for name in second if name in first])

    def test_heads_and_directors_only(self):
        self._make_zip(self.director)
        for role in ("manager_own", "manager_all", "accountant", "hotel_editor"):
            with self.assertRaises(AccessError):
                self._make_zip(self.users[role])
            with self.assertRaises(AccessError):
                self.order.with_user(self.users[role]).action_evidence()
        with self.assertRaises(AccessError):
            self._make_zip(self.client_user)
        sale = self.env["sale.order"].create({"partner_id": self.client.id})
        with self.assertRaises(UserError):
            sale.with_user(self.head).action_evidence()

    def test_what_he_may_not_read_is_not_in_it(self):
        rule = self.env["ir.rule"].create(
            {
                "name": "No contracts for heads",
                "model_id": self.env["ir.model"]._get_id("tour.document"),
                "domain_force": "[('kind', '!=', 'contract')]",
            }
        )
        archive = self._make_zip(self.head)
        names = archive.namelist()
        self.assertFalse([n for n in names if n.startswith("documents/Contract")])
        table = [name for name in names if "confirmed" in name]
        self.assertNotIn(
            self.contract.agreement_ids.sha256, archive.read(table[0]).decode()
        )
        rule.unlink()

    def test_private_file_of_another_is_not_in_it(self):
        secret = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"SECRET"})
        message = self.order.message_post(body="See there.")
        message.sudo().attachment_ids = secret
        archive = self._make_zip(self.head)
        for name in archive.namelist():
            self.assertNotIn(b"SECRET", archive.read(name))

    def test_who_took_it_is_noted(self):
        self._make_zip(self.director)
        note = self.order.message_ids[0]
        self.assertIn("evidence", note.body)
        self.assertEqual(note.author_id, self.director.partner_id)


@tagged("post_install", "-at_install")
class TestEvidenceRoute(HttpCase, EvidenceCommon):
    def _get(self, user, order_id=None):
        self.authenticate(user.login, user.login)
        order_id = order_id or self.order.id
        return self.url_open(f"/tour/bookings/{order_id}/evidence")

    def test_download(self):
        response = self._get(self.head)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        self.assertIsNone(archive.testzip())

    def test_others_learn_nothing(self):
        for user in (self.manager, self.client_user, self.users["accountant"]):
            self.assertEqual(self._get(user).status_code, 404)
        self.assertEqual(self._get(self.head, 99999999).status_code, 404)
