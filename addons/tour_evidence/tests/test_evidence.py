import io
import json
import tracemalloc
import zipfile
from hashlib import sha256
from tempfile import TemporaryFile

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import TICKET, EvidenceCommon


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

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.head.lang = "ru_RU"
        archive = self._make_zip(self.head)
        index = archive.read("index.html").decode()
        self.assertIn('<html lang="ru">', index)
        for word in (
            "Файл",
            "Файлы",
            "Байт",
            "Счета клиенту",
            "История статусов",
            "UTC",
        ):
            self.assertIn(word, index)
        for word in ("<th>File</th>", "<th>What</th>", "<h2>Files</h2>", "draft"):
            self.assertNotIn(word, index)
        self.assertTrue(
            [n for n in archive.namelist() if n.endswith("/Счета клиенту.csv")]
        )

    def test_what_is_lost_on_the_server_is_named(self):
        """And the rest comes out."""
        attachment = self.order.message_ids.attachment_ids[:1]
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = '00/none' WHERE id = %s",
            (attachment.id,),
        )
        self.env.invalidate_all()
        with mute_logger("odoo.addons.tour_evidence.models.sale_order"):
            archive = self._make_zip(self.head)
        # By the message and by the files of the booking.
        names = [name for name in archive.namelist() if "evil.txt" in name]
        self.assertEqual(len(names), 2)
        for name in names:
            self.assertIn(b"missing", archive.read(name))
        self.assertTrue([n for n in archive.namelist() if n.startswith("booklet/")])

    def test_memory_does_not_grow_with_the_files(self):
        """64 MB are written with less than 8 MB."""
        self.env["ir.attachment"].create(
            {
                "name": "film.bin",
                "raw": bytes(64 * 2**20),
                "res_model": "sale.order",
                "res_id": self.order.id,
            }
        )
        self.env.invalidate_all()
        with TemporaryFile() as file:
            self._make_zip(self.head)
            self.env.invalidate_all()
            tracemalloc.start()
            try:
                self.order.with_user(self.head)._write_evidence(file)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            sizes = [one.file_size for one in zipfile.ZipFile(file).infolist()]
        self.assertEqual(max(sizes), 64 * 2**20)
        self.assertLess(peak, 8 * 2**20)

    def test_no_formula_in_a_table(self):
        self.order._move_to("refused", "=HYPERLINK(1)")
        archive = self._make_zip(self.head)
        (name,) = (n for n in archive.namelist() if n.startswith("history/"))
        cells = archive.read(name).decode("utf-8-sig")
        self.assertIn("'=HYPERLINK(1)", cells)
        self.assertNotIn(",=HYPERLINK(1)", cells)
        index = archive.read("index.html").decode()
        self.assertIn("<td>=HYPERLINK(1)</td>", index)


@tagged("post_install", "-at_install")
class TestEvidenceOfMoney(EvidenceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.supplier.id,
                "invoice_date": "2026-10-01",
                "ref": "=B-1207",
                "tour_order_ids": [Command.link(cls.order.id)],
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Stay", "price_unit": 12800, "tax_ids": False}
                    )
                ],
            }
        )
        cls.bill.action_post()
        cls.env["ir.attachment"].create(
            {
                "name": "bill.pdf",
                "raw": b"%PDF-1.4 bill %%EOF",
                "res_model": "account.move",
                "res_id": cls.bill.id,
            }
        )

    def _pay(self):
        """A payment that is matched with the bill afterwards, by hand."""
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        account = self.env["account.account"].create(
            {"name": "On the way", "code": "TOUREV", "account_type": "asset_current"}
        )
        journal.outbound_payment_method_line_ids.payment_account_id = account
        payment = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": self.supplier.id,
                "journal_id": journal.id,
                "amount": 12800,
                "memo": "BY-HAND",
            }
        )
        payment.action_post()
        lines = (payment.move_id | self.bill).line_ids
        lines.filtered(lambda x: x.account_type == "liability_payable").reconcile()

    def test_bills_with_their_files_and_payments(self):
        self._pay()
        money = self._read_money(self.director)
        table = money["money/Supplier bills.csv"]
        for text in (
            self.bill.name,
            "'=B-1207",
            ",12800.00,0.00,",
            "Posted",
            "2026-10-01",
        ):
            self.assertIn(text, table)
        self.assertIn("BY-HAND", money["money/Payments.csv"])
        folder = self.bill.name.replace("/", "-")
        self.assertIn("bill", money[f"money/{folder}/bill.pdf"])

    def test_what_it_costs_is_for_who_may_read_bills(self):
        """A head of department reads the client's invoices only."""
        self._pay()
        self.assertFalse(self.bill.with_user(self.head).has_access("read"))
        text = "".join(f"{k} {v}" for k, v in self._read_money(self.head).items())
        for secret in (self.bill.name, "B-1207", "12800", "BY-HAND", "bill.pdf"):
            self.assertNotIn(secret, text)


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
