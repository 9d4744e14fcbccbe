import io

import docx

from odoo.tests import tagged

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestRepostingPaper(CorrectionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company.vat = "7701234560"
        cls.client_company.name = "Metran\x0b"
        cls.order = cls._create_done(cls._stay([{"last_name": "Orlov"}]))

    def _finish(self, order=None):
        order = order or self.order
        order.with_user(self.manager).action_finish_reposting()
        return order.reposting_ids[0]

    def _read_word(self, reposting):
        document = docx.Document(io.BytesIO(reposting.sudo().document_id.raw))
        cells = [
            [cell.text for cell in row.cells]
            for table in document.tables
            for row in table.rows
        ]
        return [paragraph.text for paragraph in document.paragraphs], cells

    def test_both_files_are_kept(self):
        self._shorten(self.order, 2)
        reposting = self._finish()
        self.assertEqual(
            (reposting.document_id | reposting.pdf_id).mapped("name"),
            [
                f"Reposting of {self.order.name}.docx",
                f"Reposting of {self.order.name}.pdf",
            ],
        )
        for button in ("action_open_document", "action_open_pdf"):
            action = getattr(reposting.with_user(self.head), button)()
            self.assertEqual(action["type"], "ir.actions.act_url")

    def test_word_file_says_what_changed(self):
        """Three nights become two: 15,000 and 10,000 on both sides."""
        self._shorten(self.order, 2)
        texts, cells = self._read_word(self._finish())
        self.assertIn(f"Reposting of {self.order.name}", texts)
        rows = {row[0]: row[1:] for row in cells}
        self.assertEqual(rows["Client"], ["Metran"])
        self.assertEqual(rows["Tax ID of the client"], ["7701234560"])
        self.assertIn("Manager", rows["Finished"][0])
        amounts = [text.replace("\xa0", " ") for text in rows["To the client"]]
        self.assertIn("15,000.00", amounts[0])
        self.assertIn("10,000.00", amounts[1])
        self.assertIn("-", amounts[2])
        self.assertIn("5,000.00", amounts[2])
        self.assertIn("10,000.00", rows["Due to suppliers"][1])
        self.assertEqual(rows["Nights"], ["3", "2"])

    def test_pdf_says_the_same(self):
        self._shorten(self.order, 2)
        reposting = self._finish()
        text = self._read_pdf(reposting.sudo().pdf_id.raw)
        self.assertIn(f"Reposting of {self.order.name}", text)
        for word in ("15,000.00", "10,000.00", "7701234560", "Nights"):
            self.assertIn(word, text)

    def test_accounting_gets_both_by_mail(self):
        self._shorten(self.order, 2)
        reposting = self._finish()
        mail = self.env["mail.mail"].search(
            [("model", "=", "tour.reposting"), ("res_id", "=", reposting.id)]
        )
        self.assertEqual(mail.recipient_ids, self.accountant.partner_id)
        self.assertEqual(mail.subject, f"Reposting of {self.order.name}")
        self.assertEqual(
            sorted(mail.attachment_ids.mapped("mimetype")),
            [
                "application/pdf",
                "application/vnd.openxmlformats-officedocument"
                ".wordprocessingml.document",
            ],
        )
        # Who takes a file out of the mail leaves the reposting its own.
        self.assertFalse(
            mail.attachment_ids & (reposting.document_id | reposting.pdf_id)
        )

    def test_contacts_of_the_setting_get_it(self):
        contact = self.env["res.partner"].create(
            {"name": "Contracts", "email": "dogovor@tour.example"}
        )
        self.env.company.tour_accounting_partner_ids = contact
        self._shorten(self.order, 2)
        self.assertEqual(self._finish().sent_to, "dogovor@tour.example")

    def test_without_setting_all_accountants_get_it(self):
        self.env.company.tour_accounting_partner_ids = False
        self._shorten(self.order, 2)
        sent_to = self._finish().sent_to
        self.assertIn("accountant@tour.example", sent_to)
        self.assertNotIn("head@tour.example", sent_to)

    def test_nobody_to_tell_is_said(self):
        self.accountant.partner_id.email = False
        self._shorten(self.order, 2)
        reposting = self._finish()
        self.assertFalse(reposting.sent_to)
        self.assertTrue(reposting.document_id)
        self.assertIn("Nobody is set", self.order.message_ids[0].body)

    def test_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        self._shorten(self.order, 2)
        paper = self._finish()._as_mover()._get_paper()
        self.assertEqual(paper["lang"], "fr_FR")
        sums = paper["sums"]["rows"][0][1].replace("\u202f", " ").replace("\xa0", " ")
        self.assertIn("15 000,00", sums)

    def test_only_who_may_read_the_reposting_reads_its_files(self):
        self._shorten(self.order, 2)
        document = self._finish().document_id
        stranger = self._create_staff("stranger", "manager_own")
        self.assertTrue(document.with_user(self.head).has_access("read"))
        self.assertFalse(document.with_user(stranger).has_access("read"))
