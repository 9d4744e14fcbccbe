"""What the official forms show, held against the numbers of the forms."""

import pypdfium2

from odoo import Command
from odoo.tests import tagged

from odoo.addons.tour_document import pdf
from odoo.addons.tour_document.papers import present
from odoo.addons.tour_document.sample import sample_facts, sample_stay
from odoo.addons.tour_document.tests.test_seals import make_png

from .. import vat_form
from .common import RussianDocumentCommon

# As the decree of the government and the letter of the tax service number them.
LINES = "(1) (1а) (2) (2а) (2б) (3) (4) (5) (5а) (5б) (6) (6а) (6б) (7) (8)".split()
COLUMNS = "1 1а 1б 2 2а 3 4 5 6 7 8 9 10 10а 11 12 12а 13 14"
GIVER = "[12] [13] [14] [15] [16]".split()
TAKER = "[17] [18] [19] [20] [21]".split()


@tagged("post_install", "-at_install")
class TestForms(RussianDocumentCommon):
    def test_vat_invoice_has_every_number_of_its_form(self):
        document = self._make("vat_invoice")
        self.assert_in_order(document, [*LINES, f" {COLUMNS} ", "Всего к оплате (9)"])
        self.assertNotIn("[10]", self._read(document))

    def test_transfer_document_has_every_number_of_its_form(self):
        document = self._make("upd")
        marks = ["Статус: 1", *LINES, f" А {COLUMNS} ", "Всего к оплате (9)"]
        self.assert_in_order(document, [*marks, "[10]", "[11]", *GIVER])
        self.assert_in_order(document, ["[10]", "[11]", *TAKER])
        self.assert_shown(document, "Документ составлен на 1 листах")

    def test_page_is_landscape(self):
        for kind in ("vat_invoice", "upd"):
            content = self._make(kind).sudo().current_version_id.attachment_id.raw
            self.assertTrue(content.startswith(b"%PDF"))
            width, height = self._get_page_size(content)
            self.assertGreater(width, height, kind)

    def _get_page_size(self, content):
        import io

        from pypdf import PdfReader

        box = PdfReader(io.BytesIO(content)).pages[0].mediabox
        return box.width, box.height

    def test_sums_of_a_posted_invoice(self):
        """18,300 is 15,000 and 3,300 of VAT; 1,220 is 1,000 and 220."""
        move = self._invoice()
        document = self._make("vat_invoice")
        self.assertEqual(document.move_id, move)
        self.assertEqual(str(document.date), "2026-10-08")
        self.assert_shown(
            document,
            "Счет-фактура № 1 от 8 октября 2026 г.",
            "15 000,00 15 000,00 без акциза 22% 3 300,00 18 300,00",
            "1 000,00 1 000,00 без акциза 22% 220,00 1 220,00",
            "Всего к оплате (9) 16 000,00 Х 3 520,00 19 520,00",
            "ИНН/КПП продавца: 7712345671/771201001 (2б)",
            "ИНН/КПП покупателя: 7701234560/770101001 (6б)",
            "Клиент-Энерго (6)",
            "642 ед 1",
            "Гостиница «Жемчужина», Standard Double",
            "A. Orlova",
            "P. Volkov",
        )

    def test_sums_of_a_booking_before_it_is_invoiced(self):
        document = self._make("upd")
        self.assertFalse(document.move_id)
        self.assert_shown(document, "16 000,00 Х 3 520,00 19 520,00", "ПРОЕКТ")

    def test_rows_without_vat(self):
        self.order.order_line.tax_ids = False
        document = self._make("upd")
        self.assertEqual(document.upd_status, "2")
        self.assert_shown(
            document,
            "18 300,00 18 300,00 без акциза без НДС без НДС 18 300,00",
            "19 520,00 Х без НДС 19 520,00",
            "Статус: 2",
        )
        self.assertNotIn("ПРОЕКТ", self._read(document))

    def test_rate_of_nothing_is_not_the_same_as_no_vat(self):
        tax = self.tax.copy({"name": "VAT 0%", "amount": 0.0})
        self.order.order_line.tax_ids = tax
        self.assert_shown(
            self._make("vat_invoice"),
            "без акциза 0% 0,00 18 300,00",
            "Х 0,00 19 520,00",
        )

    def test_tax_on_top(self):
        """1,000 and 22% on it; 500 without."""
        tax = self.tax.copy(
            {"name": "On top", "price_include_override": "tax_excluded"}
        )
        self.stay.write({"price_unit": 1000.0, "tax_ids": tax.ids})
        self.transfer.write({"price_unit": 500.0, "tax_ids": False})
        self.assert_shown(
            self._make("vat_invoice"),
            "1 000,00 без акциза 22% 220,00 1 220,00",
            "500,00 без акциза без НДС без НДС 500,00",
            "1 500,00 Х 220,00 1 720,00",
        )

    def test_rounded_rows_add_up(self):
        """Three of 100.01 with 22% in them.

        Each has 18.0346 of VAT, shown as 18.03; the whole 54.1038, which is 54.10.
        Rounded for the whole, the odd hundredth is put on one of the rows.
        """
        self.company.tax_calculation_rounding_method = "round_globally"
        values = [self._prepare_transfer() for _ in range(3)]
        order = self._create_booking(lines=values)
        order.order_line.write({"price_unit": 100.01})
        rows, is_advance = order._get_vat_rows(self.env["account.move"])
        self.assertFalse(is_advance)
        self.assertEqual(sum(row["tax"] for row in rows), vat_form.Decimal("54.10"))
        self.assertEqual(sum(row["total"] for row in rows), vat_form.Decimal("300.03"))
        for row in rows:
            self.assertEqual(row["untaxed"] + row["tax"], row["total"])

    def test_advance(self):
        """What is paid before has the computed rate, and neither price nor quantity."""
        facts = sample_facts("vat_invoice", services=[sample_stay()])
        form = vat_form.sample(facts) | {"is_advance": True}
        form["rows"][0]["rate"] = vat_form.rate_label([vat_form.Decimal(22)], True)
        shown = vat_form.present(form, "vat_invoice")
        self.assertEqual(
            shown["rows"][0][3:12],
            ["–", "–", "–", "–", "–", "–", "22/122", "4\xa0400,00", "24\xa0400,00"],
        )
        self.assertEqual(shown["totals"]["untaxed"], "–")

    def test_currency_is_named_in_russian(self):
        form = vat_form.sample(sample_facts("vat_invoice"))
        for code, number, shown in (
            ("RUB", "643", "Российский рубль, 643"),
            ("EUR", "978", "Евро, 978"),
            ("XAF", "950", "CFA franc, 950"),
        ):
            form["currency"] = {"code": code, "number": number, "name": "CFA franc"}
            sides = vat_form.present(form, "vat_invoice")["sides"]
            (line,) = [line for line in sides[1] if line[2] == "(7)"]
            self.assertEqual(line[1], shown)

    def test_seller_is_the_principal(self):
        principal = self._create_company("Принципал", vat="7707083893")
        document = self._make("upd")
        document.seller_id = principal
        document._draw()
        self.assert_in_order(document, ["Принципал", "(2)", "7707083893", "(2б)"])
        self.assert_shown(
            document, "Tour Example LLC, ИНН/КПП 7712345671/771201001 [16]"
        )

    def test_fields_typed_by_hand(self):
        document = self._make("upd")
        document.write(
            {
                "correction_number": "1",
                "correction_date": "2026-10-20",
                "payment_documents": "№ 17 от 01.10.2026",
                "advance_invoices": "№ 12 от 01.09.2026",
                "state_contract": "0123456789",
                "transfer_basis": "Договор № 5",
                "transfer_date": "2026-10-07",
                "transfer_note": "Без претензий",
            }
        )
        document._draw()
        self.assert_shown(
            document,
            "Исправление № 1 от 20 октября 2026 г. (1а)",
            "№ 17 от 01.10.2026 (5)",
            "№ 12 от 01.09.2026 (5б)",
            "0123456789 (8)",
            "Договор № 5 [10]",
            "7 октября 2026 г. [13]",
            "Без претензий [14]",
        )

    def test_basis_names_contract_and_booking(self):
        document = self._make("upd")
        self.assertIn(f"Заявка № {self.order.name} от", document.transfer_basis)
        self.assertEqual(str(document.transfer_date), "2026-10-07")

    def test_document_of_line_5a(self):
        self.assert_shown(
            self._make("vat_invoice"),
            f"Акт, № п/п 1–2 № {self.order.name} от 07.10.2026 (5а)",
        )

    def test_entrepreneur_signs_alone(self):
        self.company.partner_id.ogrn = "304500116000157"
        document = self._make("vat_invoice")
        self.assert_shown(document, "304500116000157")
        self.assertNotIn("P. Volkov", self._read(document))

    def test_forms_are_russian_in_every_language(self):
        for lang in ("fr_FR", "hu_HU"):
            self.env["res.lang"]._activate_lang(lang)
        for lang in ("en_US", "fr_FR", "hu_HU", "ru_RU"):
            self.client.lang = lang
            order = self._create_booking()
            document = self._make("upd", order=order)
            self.assertEqual(document.lang, "ru_RU")
            document.lang = lang
            document._draw()
            self.assert_shown(
                document, "Продавец:", "Всего к оплате (9)", "16 000,00 Х 3 520,00"
            )

    def test_forty_guests_and_many_rows(self):
        order = self._create_booking(guests=40)
        order.order_line = [
            Command.create(self._prepare_transfer(route=f"Трансфер {number}"))
            for number in range(30)
        ]
        document = self._make("upd", order=order)
        self.assert_in_order(document, [f" А {COLUMNS} "] * 2)
        self.assert_shown(document, "Всего к оплате (9)", "[21]")

    def test_signatures_stay_on_their_lines(self):
        """On whichever page the fields of who hands over and takes come to stand."""
        self.company.tour_signatory_name = "Константинопольский-Задунайский А. Р."
        self.env["tour.document.seal"].create(
            {"role": "signatory", "image": make_png(90, 30)}
        )
        template = self.env["tour.document.template"]._get_default("upd", self.company)
        template.is_sealed = True
        pages = set()
        for count in range(2, 14, 2):
            lines = [self._prepare_transfer() for _number in range(count)]
            document = self._make("upd", order=self._create_booking(lines=lines))
            for mark in ("[12]", "[15]"):
                page, baseline, bottoms = self._get_signatures(document, mark)
                pages.add(page)
                beside = [y for y in bottoms if abs(y - baseline) < 12]
                self.assertEqual(len(beside), 1, f"{count} {mark} {baseline} {bottoms}")
        self.assertEqual(pages, {0, 1})

    def _get_signatures(self, document, mark):
        """Page and place of the mark, and places of the pictures on that page."""
        version = document.sudo().current_version_id
        reader = pypdfium2.PdfDocument(version.attachment_id.raw)
        for number, page in enumerate(reader):
            found = page.get_textpage().search(mark).get_next()
            if not found:
                continue
            pictures = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
            bottoms = [picture.get_bounds()[1] for picture in pictures]
            return number, page.get_textpage().get_charbox(found[0])[1], bottoms
        raise AssertionError(mark)

    def test_preview(self):
        for kind in ("vat_invoice", "upd"):
            template = self.env["tour.document.template"]._get_default(
                kind, self.company
            )
            self.assertTrue(template._render_preview("en_US").startswith(b"%PDF"))
            paper = template._present(sample_facts(kind))
            self.assertEqual(present(sample_facts(kind))["kind"], kind)
            self.assertTrue(pdf.render(template._render_html(sample_facts(kind))))
            self.assertEqual(paper["form"]["is_upd"], kind == "upd")
