"""What each paper holds, read back from its PDF."""

import io
from datetime import date

from pypdf import PdfReader

from odoo import Command
from odoo.tests import tagged

from .. import pdf
from ..papers import present
from ..sample import sample_facts, sample_stay
from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestPapers(TourDocumentCommon):
    def _assert_holds(self, text, *words):
        for word in words:
            self.assertIn(word, text)

    def test_voucher(self):
        self.stay.confirmation_number = "GL-48291"
        text = self._read(self._make("voucher", date=date(2026, 9, 21))[0])
        self._assert_holds(
            text,
            f"Voucher No. {self.order.name}",
            "September 21, 2026",
            "Гостиница «Жемчужина»",
            "ул. Морская, 1",
            "+7 862 555-00-00",
            "October 5, 2026",
            "Monday, 14:00",
            "October 7, 2026",
            "Wednesday, 12:00",
            "Nights 2",
            "Standard Double",
            "Breakfast",
            "GL-48291",
            "Иванов Пётр Номер1",
            "Клиент-Энерго",
            "Tour Example LLC",
        )

    def test_voucher_of_a_transfer(self):
        text = self._read(self._make("voucher")[1])
        self._assert_holds(text, "Airport – hotel", "Business", "SU 1124")
        self.assertNotIn("Жемчужина", text)
        self.assertNotIn("00:00", text)

    def test_booking_sheet(self):
        text = self._read(self._make("booking_sheet"))
        self._assert_holds(
            text,
            "Annex 1 to the contract",
            "Клиент-Энерго",
            "7701234560",
            "770101001",
            "REF-77",
            "Surgut branch",
            "18,300.00",
            "1,220.00",
            "19,520.00",
            "Nineteen thousand five hundred and twenty",
            "Иванов Пётр Номер1",
        )

    def test_invoice(self):
        """18,300 + 1,220 = 19,520 with 22% VAT included: 3,300 + 220 = 3,520."""
        text = self._read(self._make("invoice"))
        self._assert_holds(
            text,
            f"Invoice for payment No. {self.order.name}",
            "dated ",
            "Sample Bank",
            "044525225",
            "30101810400000000225",
            "40702810200000000001",
            "Tax ID 7712345671",
            "KPP 771201001",
            "Buyer Клиент-Энерго",
            "22%",
            "3,300.00",
            "220.00",
            "16,000.00",
            "VAT of tests 3,520.00",
            "19,520.00",
            "Items: 2",
            "Nineteen thousand five hundred and twenty",
            "A. Orlova",
            "P. Volkov",
        )

    def test_taxes_of_one_group_are_added_up(self):
        """1,220 with 22% of VAT and 10% beside it: 220 and 100."""
        other = self.tax.copy(
            {
                "name": "Other VAT",
                "amount": 10.0,
                "price_include_override": "tax_excluded",
            }
        )
        self.stay.unlink()
        self.transfer.tax_ids = self.tax | other
        self._assert_holds(self._read(self._make("invoice")), "VAT 22% 320.00")

    def test_invoice_without_tax(self):
        self.order.order_line.tax_ids = False
        text = self._read(self._make("invoice"))
        self._assert_holds(text, "no VAT", "VAT not charged")

    def test_rows_of_the_invoice_add_up_with_ordinary_lines(self):
        product = self.env["product.product"].create({"name": "Visa fee"})
        self.order.order_line = [
            Command.create(
                {"product_id": product.id, "price_unit": 480.0, "tax_ids": False}
            )
        ]
        text = self._read(self._make("invoice"))
        self._assert_holds(text, "Visa fee", "480.00", "20,000.00", "Items: 3")

    def test_request(self):
        """14,222.22 less the commission of 1,422.22 is 12,800."""
        document = self._make("supplier_request").filtered(
            lambda d: d.partner_id == self.supplier
        )
        text = self._read(document)
        self._assert_holds(
            text,
            "Booking request No.",
            "Hidden Supplier Ltd",
            "Standard Double",
            "Breakfast",
            "14:00",
            "12:00",
            "Иванов Пётр Номер1",
            "7,111.11",
            "14,222.22",
            "1,422.22",
            "10%",
            "12,800.00",
            "paid less the commission",
            "Please make out the bill to",
            "Confirmation number",
        )

    def test_children_and_their_age(self):
        self.stay.guest_ids = [
            Command.create({"last_name": "Иванова", "guest_type": "child", "age": 7})
        ]
        text = self._read(self._make("voucher")[0])
        self._assert_holds(text, "Child, age 7", "Adult")

    def test_extra_fields_of_guests(self):
        group = self.env["tour.company.group"].create(
            {
                "name": "Group",
                "guest_properties_definition": [
                    {"name": "aa11", "string": "Personnel number", "type": "char"}
                ],
            }
        )
        self.client.company_group_id = group
        self.stay.guest_ids.guest_properties = {"aa11": "00417"}
        for kind in ("booking_sheet", "voucher"):
            text = self._read(self._make(kind)[0])
            self._assert_holds(text, "Personnel number 00417")
        request = self._make("supplier_request")
        self.assertNotIn("00417", "".join(self._read(each) for each in request))

    def test_terms_of_the_booking(self):
        self.order.note = "<p>Agreed by phone</p>"
        for kind, expected in (
            ("booking_sheet", True),
            ("invoice", True),
            ("voucher", False),
            ("supplier_request", False),
        ):
            text = self._read(self._make(kind)[0])
            self.assertEqual("Agreed by phone" in text, expected, kind)

    def test_phone_of_the_client_is_hidden_until_accepted(self):
        self.client.phone = "+7 343 555-02-02"
        self.assertNotIn("555-02-02", self._read(self._make("invoice")))
        self._move_to(self.order, "accepted")
        self.assertIn("555-02-02", self._read(self._make("invoice")))

    def test_forty_guests(self):
        order = self._create_booking(guests=40, lines=None)
        for kind in ("voucher", "booking_sheet", "supplier_request", "invoice"):
            document = self._make(kind, order=order).sorted("id")[0]
            text = self._read(document)
            for number in (1, 20, 40):
                self.assertIn(f"Номер{number}", text.replace(" ", ""), kind)

    def _render(self, kind, **values):
        template = self.env["tour.document.template"]._get_default(kind, self.company)
        content = pdf.render(template._render_html(sample_facts(kind, **values)))
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_sixty_rows_on_many_pages(self):
        pages = self._render("invoice", services=[sample_stay() for _ in range(60)])
        self.assertGreaterEqual(len(pages), 3)
        for number, text in enumerate(pages, start=1):
            self.assertIn("Tour Example LLC", text)
            self.assertIn(f"Page {number} of {len(pages)}", text)
        for text in pages[1:]:
            self.assertIn("Invoice S00123", text)
        # 60 x 24,400 = 1,464,000.
        self.assertIn("RUB 1,464,000.00", pages[-1].replace("\xa0", " "))
        self.assertIn("Director", pages[-1])

    def test_long_names(self):
        name = "Акционерное общество «Научно-производственное объединение " * 3
        party = {**sample_facts("invoice")["recipient"], "name": name}
        for kind in ("voucher", "booking_sheet", "invoice", "supplier_request"):
            text = " ".join(self._render(kind, recipient=party))
            self.assertIn("Научно-производственное", text.replace("- ", "-"), kind)

    def test_languages(self):
        """Dates, amounts and words; the labels are the translators' (see i18n)."""
        expected = {
            "ru_RU": ("21 сентября 2026 г.", "28 060,00 ₽", "Двадцать восемь тысяч"),
            "fr_FR": ("21 septembre 2026", "28 060,00 RUB", "Vingt-huit mille"),
            "hu_HU": ("2026. szeptember 21.", "28 060,00 RUB", "Huszonnyolcezer"),
            "en_GB": ("21 September 2026", "RUB 28,060.00", "Twenty-eight thousand"),
        }
        for lang, words in expected.items():
            self.env["res.lang"]._activate_lang(lang)
            text = " ".join(self._render("invoice", lang=lang)).replace("\xa0", " ")
            for word in words:
                self.assertIn(word, text, lang)

    def test_guest_of_two_services_is_named_once(self):
        facts = sample_facts("booking_sheet")
        guests = present(facts)["guests"]
        self.assertEqual(
            [(guest["name"], guest["services"]) for guest in guests],
            [
                ("Ivanov Ivan Sergeevich", "1, 2"),
                ("Ivanova Anna Petrovna", "1"),
                ("Ivanova Maria", "1"),
            ],
        )
