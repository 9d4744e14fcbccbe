import base64
import io
import os
import resource
import subprocess
import sys
import tempfile
import unittest
import zlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pypdf

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document.words import amount_in_words
from odoo.addons.tour_payment_order.engine import orders, pdf

from . import pdf_factory as factory

LIST = {"lines": ["Приложение: список гостей, оплата по договору", "Иванов Пётр"]}
SECOND = {
    "number": "16",
    "amount": "10000=",
    "words": "Десять тысяч рублей",
    "purpose": "Оплата брони 20260101-5-77",
    "mark": "ИСПОЛНЕНО",
}
# What reading 500 pages may need beyond what the first one needs, in KB.
MEMORY = 150 * 1024


def read(content, **kwargs):
    return list(orders.iter_entries(content, **kwargs))


def words(amount):
    return amount_in_words(amount, "RUB", "ru_RU")


def _to_bytes(packed):
    return packed.encode() if isinstance(packed, str) else packed


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestReading(BaseCase):
    def _check_first(self, entry):
        order = entry.order
        self.assertEqual(entry.faults, ())
        self.assertEqual(order.number.value, "15")
        self.assertEqual(order.date.value, date(2026, 10, 5))
        self.assertEqual(order.amount.value, Decimal("24400.00"))
        self.assertEqual(order.payer_tax_id, ("7712345671", "checked"))
        self.assertEqual(order.payee_tax_id, ("7707083893", "checked"))
        self.assertEqual(order.payer_kpp.value, "771201001")
        self.assertEqual(order.payee_kpp.value, "770701001")
        self.assertEqual(order.payer_account, ("40702810200000000001", "checked"))
        self.assertEqual(order.payee_account, ("40702810800000000001", "checked"))
        self.assertEqual(order.payee_bic, ("044525593", "checked"))
        self.assertEqual(
            order.purpose.value,
            "Оплата по счету B-1207 за проживание, заявка T000123. Без НДС",
        )
        self.assertFalse(order.executed)

    def test_form_of_reportlab(self):
        first, second = read(factory.draw({}, SECOND))
        self._check_first(first)
        self.assertEqual(second.order.number.value, "16")
        self.assertEqual(second.order.amount.value, Decimal(10000))
        self.assertTrue(second.order.executed)

    def test_labels_typed_before_values(self):
        """Read as it is seen, where it was typed in another order."""
        first, _second = read(factory.draw({}, SECOND, layout="labels_first"))
        self._check_first(first)

    def test_table_of_weasyprint(self):
        first, second = read(factory.weave({}, SECOND))
        self._check_first(first)
        self.assertEqual(second.order.purpose.value, "Оплата брони 20260101-5-77")

    def test_sum_is_borne_out_by_its_words(self):
        (entry,) = read(factory.draw({}), in_words=words)
        self.assertEqual(entry.order.amount.trust, "checked")
        (entry,) = read(factory.draw({"amount": "94400-00"}), in_words=words)
        self.assertEqual(entry.order.amount.trust, "read")

    def test_ways_to_write_a_sum(self):
        sums = {"24400-00": "24400", "24 400.50": "24400.50", "7=": "7", "0-01": "0.01"}
        for text, amount in sums.items():
            with self.subTest(text):
                (entry,) = read(factory.draw({"amount": text}))
                self.assertEqual(entry.order.amount.value, Decimal(amount))

    def test_what_has_no_heading_belongs_to_the_order_before(self):
        first, second, third = read(factory.draw({}, LIST, LIST, SECOND, LIST, {}))
        self.assertEqual((first.first, first.pages), (0, 3))
        self.assertEqual((second.first, second.pages), (3, 2))
        self.assertEqual((third.first, third.pages, third.next), (5, 1, 6))
        self.assertEqual(len(pypdf.PdfReader(io.BytesIO(first.content)).pages), 3)

    def test_a_list_without_an_order_waits(self):
        first, second = read(factory.draw(LIST, {}))
        self.assertEqual(first.faults, ("no_order",))
        self._check_first(second)

    def test_a_page_as_picture_is_a_scan_of_its_own(self):
        first, scan, last = read(factory.draw({}, {"picture": True}, SECOND))
        self._check_first(first)
        self.assertEqual(scan.faults, ("scan",))
        self.assertEqual(scan.order, orders.Order())
        self.assertEqual(last.order.number.value, "16")

    def test_two_orders_on_one_page_are_for_a_person(self):
        lines = ["ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 1 01.10.2026", "ИНН 7712345671", "Сумма 5="]
        (entry,) = read(factory.draw({"lines": lines * 2}))
        self.assertEqual(entry.faults, ("several",))

    def test_missing_fields_are_named(self):
        (entry,) = read(factory.draw({"amount": "", "number": ""}))
        self.assertEqual(entry.faults, ("missing_number", "missing_amount"))

    def test_reading_goes_on_where_it_stopped(self):
        content = factory.draw({}, SECOND, {"number": "17"})
        rest = read(content, start=1)
        self.assertEqual([entry.order.number.value for entry in rest], ["16", "17"])
        self.assertEqual(rest[0].first, 1)

    # Fonts

    def test_broken_fonts_are_not_trusted(self):
        for mode in ("none", "private", "shift"):
            for content in (factory.draw({}), factory.weave({})):
                with self.subTest(mode, size=len(content)):
                    (entry,) = read(factory.break_font(content, mode))
                    self.assertTrue(entry.faults)
                    self.assertEqual(entry.order, orders.Order())

    def test_wrong_digits_are_not_trusted(self):
        """A font that shows a 3 and says 4, on otherwise sound text."""
        values = {"payer_tax_id": "8823456782", "payee_tax_id": "8818194904"}
        (entry,) = read(factory.draw(values))
        self.assertEqual(entry.faults, ("digits",))

    def test_a_broken_page_holds_up_no_other(self):
        content = factory.break_font(factory.draw({}), "private")
        target = pypdf.PdfWriter()
        for part in (content, factory.draw(SECOND)):
            target.append(io.BytesIO(part))
        stream = io.BytesIO()
        target.write(stream)
        first, second = read(stream.getvalue())
        self.assertEqual(first.faults, ("letters",))
        self.assertEqual(second.order.number.value, "16")

    # Memory

    def test_500_pages_in_bounded_memory(self):
        """Read in a process of its own, which says how much it needed."""
        content = factory.draw(*({"number": str(number)} for number in range(1, 501)))
        script = (
            "import sys, resource; sys.path.insert(0, sys.argv[1])\n"
            "from engine import orders\n"
            "entries = orders.iter_entries(sys.argv[2])\n"
            "next(entries).content\n"
            "start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "read = [(e.order.number.value, len(e.content)) for e in entries]\n"
            "end = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "print(read[-1][0], len(read) + 1, end - start)\n"
        )
        root = Path(__file__).resolve().parents[1]
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(content)
            file.flush()
            answer = subprocess.run(
                [sys.executable, "-c", script, str(root), file.name],
                capture_output=True,
                check=True,
                text=True,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            )
        last, count, grown = answer.stdout.split()
        self.assertEqual((last, count), ("500", "500"))
        self.assertLess(int(grown), MEMORY)
        self.assertTrue(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestBadFiles(BaseCase):
    def _get_fault(self, content, **limits):
        try:
            pdf.check(io.BytesIO(content), **limits)
            read(content)
        except pdf.PdfError as error:
            return error.code
        return None

    def test_what_is_no_payment_order_at_all(self):
        content = factory.draw({})
        self.assertIsNone(self._get_fault(content))
        self.assertEqual(self._get_fault(b""), "empty")
        self.assertEqual(self._get_fault(b"PK\x03\x04" + content[8:]), "type")
        self.assertEqual(self._get_fault(b"<html>" * 300), "type")
        self.assertEqual(self._get_fault(content, max_bytes=100), "size")
        self.assertEqual(self._get_fault(content[:200]), "broken")
        self.assertEqual(self._get_fault(b"%PDF-1.7\n%%EOF"), "broken")
        self.assertEqual(self._get_fault(factory.encrypt(content)), "encrypted")

    def test_cut_off_anywhere_gives_a_typed_error_or_pages(self):
        content = factory.draw({}, SECOND)
        for end in range(0, len(content), len(content) // 40):
            with self.subTest(end):
                self.assertIn(
                    self._get_fault(content[:end]), {None, "empty", "type", "broken"}
                )

    def test_bytes_turned_over_give_a_typed_error_or_pages(self):
        content = bytearray(factory.draw({}))
        for position in range(0, len(content), len(content) // 60):
            with self.subTest(position):
                broken = bytearray(content)
                broken[position] ^= 0xFF
                self.assertIn(
                    self._get_fault(bytes(broken)),
                    {
                        None,
                        "type",
                        "broken",
                        "encrypted",
                        "bomb",
                        "pages",
                        "packing",
                    },  # fmt: skip
                )

    def test_bomb(self):
        """200 MB in 200 KB are found without being unpacked into memory."""
        bomb = factory.make_bomb(200 * 2**20)
        self.assertLess(len(bomb), 300 * 1024)
        self.assertEqual(self._get_fault(bomb), "bomb")

    def test_bombs_in_wrappings(self):
        """Packed twice, in letters, in ways that can't be measured, or many of them."""
        size = 200 * 2**20
        for fault, filters, pack in (
            ("packing", b"[/FlateDecode/FlateDecode]", zlib.compress),
            ("packing", b"[/ASCIIHexDecode/FlateDecode]", bytes.hex),
            ("packing", b"/LZWDecode", bytes),
            ("packing", b"9 0 R", bytes),
            ("bomb", b"[/ASCII85Decode/FlateDecode]", base64.a85encode),
        ):
            with self.subTest(filters):
                bomb = factory.make_bomb(
                    size, filters, lambda data, pack=pack: _to_bytes(pack(data))
                )
                self.assertEqual(self._get_fault(bomb), fault)
        small = factory.make_bomb(100 * 2**20)
        self.assertEqual(self._get_fault(small), None)
        self.assertEqual(self._get_fault(small * 30), "bomb")

    def test_a_locked_bomb_is_not_unpacked(self):
        """Its streams can't be looked at before pdfium has unlocked them."""
        bomb = factory.encrypt(factory.tidy(factory.make_bomb(300 * 2**20)), "")
        with patch.object(pdf.pypdf, "PdfReader") as reader:
            (entry,) = read(bomb)
        reader.assert_not_called()
        self.assertEqual(entry.faults, ("scan",))

    def test_a_page_that_draws_without_end(self):
        """Within the limit of a stream, and still not read letter by letter."""
        (entry,) = read(factory.make_bomb(8 * 2**20))
        self.assertEqual(entry.faults, ("scan",))

    def test_too_many_pages(self):
        content = factory.draw({}, {}, {})
        with self.assertRaises(pdf.PdfError) as caught:
            pdf.count_pages(content, max_pages=2)
        self.assertEqual(caught.exception.code, "pages")

    def test_drawings_within_drawings(self):
        """Ten that each call the next ten times would take for ever."""
        content = factory.make_nested(depth=12, times=10)
        (entry,) = read(content)
        self.assertEqual(entry.faults, ("scan",))
