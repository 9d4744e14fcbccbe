"""The engine on what is not as it should be."""

import io
import random
import unittest
from dataclasses import replace
from decimal import Decimal

import pypdf
from PIL import Image

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_payment_order.engine.packing import PdfError
from odoo.addons.tour_payment_order.tests import pdf_factory

from ..engine import labels
from ..engine.cells import Sheet, text_cells
from ..engine.layouts import LAYOUTS, Layout
from . import bill_factory as factory
from . import bill_pages as pages
from .bill_facts import OUR_TAX_ID, make_facts
from .bill_score import OWN, read

TEXT = [
    "Счет № 15 от 5 октября 2026 г.",
    "Поставщик: ООО «Жемчужина», ИНН 7707083893, КПП 770701001",
    "Р/с 40702810800000000001 БИК 044525593 К/с 30101810200000000593",
    "Покупатель: ООО «Тур Пример», ИНН 7712345671, КПП 771201001",
    "Итого: 12 200,00",
    "В том числе НДС 22%: 2 200,00",
    "Всего к оплате: 12 200,00 руб.",
]


def make(lines):
    """A page of these lines."""
    return pdf_factory.draw({"lines": lines})


@tagged("post_install", "-at_install")
@unittest.skipUnless(pdf_factory.has_font(), "No font with Russian letters")
class TestEngine(BaseCase):
    def _read(self, lines, **options):
        return {name: h.value for name, h in read(make(lines), **options).hints.items()}

    def _replace(self, number, line):
        return [*TEXT[:number], line, *TEXT[number + 1 :]]

    def test_plain_bill(self):
        found = read(make(TEXT)).hints
        self.assertEqual(
            {name: hint.text for name, hint in found.items()},
            {
                "number": "15",
                "date": "2026-10-05",
                "amount": "12200.00",
                "currency": "RUB",
                "vat_rate": "22",
                "vat_amount": "2200.00",
                "tax_id": "7707083893",
                "kpp": "770701001",
                "name": "ООО «Жемчужина»",
                "account": "40702810800000000001",
                "bic": "044525593",
                "corr_account": "30101810200000000593",
            },
        )
        self.assertTrue(all(hint.page == 1 for hint in found.values()))
        self.assertEqual(found["tax_id"].label, "ИНН")
        self.assertEqual(found["tax_id"].source, "label")

    def test_own_requisites_are_never_the_payees(self):
        """Also where the supplier's are missing, and nothing says whose they are."""
        for line in ("Реквизиты: ИНН 7712345671 КПП 771201001", "ИНН 7712345671"):
            with self.subTest(line):
                found = self._read(["Счет № 15 от 05.10.2026", line, "Итого 5 000,00"])
                self.assertNotIn("tax_id", found)
                self.assertNotIn("kpp", found)
        facts = make_facts(1, tax_id=OUR_TAX_ID)
        picture = io.BytesIO()
        factory._draw_picture(facts, "utf-8").save(picture, "PNG")
        reading = read(picture.getvalue())
        self.assertFalse(reading.hints)
        self.assertEqual(reading.fault, "scan")

    def test_check_digits_drop_confidence(self):
        right = read(make(TEXT)).hints
        wrong = read(
            make(
                [
                    line.replace("7707083893", "7707083894").replace(
                        "40702810800000000001", "40702810900000000001"
                    )
                    for line in TEXT
                ]
            )
        ).hints
        for name in ("tax_id", "account"):
            self.assertGreaterEqual(right[name].confidence, 0.9, name)
            self.assertLess(wrong[name].confidence, 0.5, name)

    def test_words_bear_a_sum_out(self):
        lines = [line for line in TEXT if "НДС" not in line]
        alone = read(make(lines)).hints["amount"]
        borne_out = read(
            make([*lines, "Двенадцать тысяч двести рублей 00 копеек"])
        ).hints["amount"]
        self.assertGreater(borne_out.confidence, alone.confidence)

    def test_sum_before_tax_is_not_the_sum(self):
        lines = [
            *TEXT[:4],
            "Итого без НДС: 10 000,00",
            "НДС 22%: 2 200,00",
            "Итого с НДС: 12 200,00",
        ]
        found = self._read(lines)
        self.assertEqual(found["amount"], Decimal("12200.00"))
        self.assertEqual(found["vat_amount"], Decimal("2200.00"))

    def test_other_days_and_numbers(self):
        """Of the contract, of the stay, of paying: none of them is the bill's."""
        found = self._read(
            [
                "Договор № 77/15 от 01.02.2025. Срок оплаты: 20.10.2026",
                *TEXT,
                "Заезд 14.11.2026, выезд 19.11.2026. Оплатить до 20.10.2026",
            ]
        )
        self.assertEqual(found["number"], "15")
        self.assertEqual(found["date"].isoformat(), "2026-10-05")

    def test_accounts_in_groups_are_no_numbers(self):
        found = self._read(
            [
                "Расчётный счёт № 4070 2810 8000 0000 0001 БИК 044525593",
                "СЧЕТ НА ПРЕДОПЛАТУ № 7/2 от «05» октября 2026 года",
                "Договор-счет по договору № 15 от 01.02.2025",
            ]
        )
        self.assertEqual(found["number"], "7/2")
        self.assertEqual(found["account"], "40702810800000000001")

    def test_articles_of_laws_are_no_taxes(self):
        lines = [line for line in TEXT if "НДС" not in line]
        found = self._read([*lines, "НДС: не облагается (пп. 18 п. 3 ст. 149 НК РФ)"])
        self.assertEqual(found["vat_rate"], "none")
        self.assertNotIn("vat_amount", found)

    def test_without_vat(self):
        lines = [line for line in TEXT if "НДС" not in line]
        self.assertNotIn("vat_rate", self._read(lines))
        for words in ("Без НДС", "НДС не облагается", "Без налога (НДС)"):
            with self.subTest(words):
                found = self._read([*lines, words])
                self.assertEqual(found["vat_rate"], "none")
                self.assertNotIn("vat_amount", found)

    def test_code_and_text_that_differ(self):
        """The code leads to another account than the text: what forged bills do."""
        facts = make_facts(7, vat_rate="22")
        other = make_facts(
            7,
            account="40702810800000000001",
            bic="044525593",
            corr_account="30101810200000000593",
        )
        code = factory.data_address(factory.build_gost(factory.make_payment(other)))
        content = factory._weave(pages.MIXED, facts, code=code)
        account = read(content).hints["account"]
        self.assertIn(account.value, (facts.account, other.account))
        self.assertIn(account.rival, (facts.account, other.account))
        self.assertTrue(account.is_contradicted)
        self.assertLess(account.confidence, 0.7)

    def test_bookings(self):
        found = self._read(
            [*TEXT, "Проживание, заявка T000123 и T000007, 20261010-1-5"]
        )
        self.assertEqual(found["bookings"], ("20261010-1-5", "T000007", "T000123"))

    def test_layouts_are_data(self):
        """Words that no layout knows are learnt by a record, not by a program."""
        lines = [
            "Belegnummer INV-2026/15",
            "Ausstellung 05.10.2026",
            "Zu zahlen 12 200,00 EUR",
            "Ferienhof Example GmbH, 1010 Wien",
        ]
        self.assertFalse({"number", "date", "amount"} & set(self._read(lines)))
        layout = Layout(
            "Ferienhof",
            {
                "number": ("Belegnummer",),
                "date": ("Ausstellung",),
                "amount": ("Zu zahlen…",),
            },
            marks=("Ferienhof Example",),
            patterns={"number": "INV-#/#"},
        )
        found = self._read(lines, layouts=(layout,))
        self.assertEqual(found["number"], "INV-2026/15")
        self.assertEqual(found["date"].isoformat(), "2026-10-05")
        self.assertEqual(found["amount"], Decimal("12200.00"))
        self.assertEqual(found["currency"], "EUR")
        elsewhere = [*lines[:3], "Gasthof Other GmbH"]
        self.assertNotIn("number", self._read(elsewhere, layouts=(layout,)))

    def test_sides(self):
        """Whose requisites they are is said by the nearest role."""
        sheet = Sheet(text_cells("\n".join(TEXT)))
        found = [
            hint.value
            for hint in labels.iter_hints(sheet, LAYOUTS, "label")
            if hint.field == "tax_id"
        ]
        self.assertEqual(set(found), {"7707083893"})

    # === Files that are not as they should be === #

    def assert_refused(self, code, content, **options):
        with self.assertRaises(PdfError) as caught:
            read(content, **options)
        self.assertEqual(caught.exception.code, code)

    def test_refused(self):
        good = make(TEXT)
        self.assert_refused("empty", b"")
        self.assert_refused("type", b"PK\x03\x04 a spreadsheet")
        self.assert_refused("size", good, max_bytes=len(good) - 1)
        self.assert_refused("broken", b"%PDF-1.7 and nothing else")
        self.assert_refused("broken", good[:300])
        self.assert_refused("encrypted", pdf_factory.encrypt(good))
        self.assert_refused("bomb", pdf_factory.make_bomb(256 * 2**20))
        self.assert_refused("packing", pdf_factory.make_bomb(2**20, b"/LZWDecode"))

    def test_many_pages(self):
        writer = pypdf.PdfWriter()
        for _page in range(201):
            writer.add_blank_page(100, 100)
        target = io.BytesIO()
        writer.write(target)
        self.assert_refused("pages", target.getvalue())

    def test_nested_drawings_are_left_alone(self):
        reading = read(pdf_factory.tidy(pdf_factory.make_nested(4, 30)))
        self.assertFalse(reading.hints)
        self.assertTrue(reading.fault)

    def test_what_is_not_refused_says_why_it_is_empty(self):
        blank = io.BytesIO()
        Image.new("L", (600, 800), "white").save(blank, "PNG")
        for fault, content in (
            ("scan", blank.getvalue()),
            ("scan", make([])),
            ("letters", pdf_factory.break_font(make(TEXT), "private")),
            ("nothing", make(["Уважаемые коллеги, поздравляем вас с праздником!"])),
        ):
            with self.subTest(fault):
                reading = read(content)
                self.assertFalse(reading.hints)
                self.assertEqual(reading.fault, fault)

    def test_lying_pictures(self):
        self.assert_refused("type", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)
        cut = factory.picture(0).content
        self.assertFalse(read(cut[: len(cut) // 2]).hints)
        huge = io.BytesIO()
        Image.new("1", (20_000, 20_000)).save(huge, "PNG")
        self.assert_refused("size", huge.getvalue())

    def test_long_lines_take_no_time(self):
        """Labels and digits without end: the time is bounded, not the text."""
        lines = ["ИНН " * 60, "Счет № " * 50, "1 " * 100, "9" * 200, "A1" * 100] * 11
        reading = read(make(lines), max_seconds=5)
        self.assertLessEqual(len(reading.hints), 14)

    def test_mutated_files_are_read_or_refused(self):
        """Bytes changed, left out, doubled: no fault but the reader's own."""
        rng = random.Random(5)
        good = [maker(0).content for maker in factory.MAKERS.values()]
        for number in range(120):
            content = bytearray(rng.choice(good))
            for _change in range(rng.choice((1, 5, 50))):
                place = rng.randrange(len(content))
                how = rng.randrange(3)
                if how == 0:
                    content[place] = rng.randrange(256)
                elif how == 1:
                    del content[place : place + rng.randrange(99)]
                else:
                    content[place:place] = content[place : place + rng.randrange(99)]
            with self.subTest(number):
                try:
                    reading = read(bytes(content))
                except PdfError as error:
                    self.assertTrue(error.code)
                else:
                    self.assertEqual(bool(reading.fault), not reading.hints)

    def test_own_account(self):
        found = self._read(self._replace(2, "Р/с 40702810200000000001 БИК 044525225"))
        self.assertNotIn("account", found)
        self.assertTrue(OWN.accounts)

    def test_person_has_no_kpp(self):
        line = "Поставщик: ИП Иванов И. И., ИНН 500100732259, КПП 770701001"
        found = self._read(self._replace(1, line))
        self.assertEqual(found["tax_id"], "500100732259")
        self.assertNotIn("kpp", found)

    def test_facts_are_right_in_themselves(self):
        """The made-up bills are as bills are: VAT within the sum."""
        facts = replace(make_facts(3), vat_rate="22")
        self.assertEqual(facts.vat_amount, round(facts.amount * 22 / 122, 2))
