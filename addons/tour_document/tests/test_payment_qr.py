"""Payment codes: written, drawn, read back; and what is refused."""

import io
import warnings
from dataclasses import replace
from decimal import Decimal

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from odoo.tests import BaseCase, tagged

from odoo.addons.tour_document import pdf, qr, qr_reader
from odoo.addons.tour_document.payment_qr import (
    GOST_ENCODINGS,
    EpcPayment,
    GostPayment,
    PaymentQrError,
    build_epc,
    build_gost,
    parse,
    parse_epc,
    parse_gost,
)

GOST = GostPayment(
    name='ООО "ТУР ПРИМЕР"',
    account="40702810200000000001",
    bank_name="ПАО СБЕРБАНК",
    bic="044525225",
    corr_account="30101810400000000225",
    amount=Decimal("24400.00"),
    purpose="Оплата по счету 7 от 05.10.2026. В т.ч. НДС 22% - 4400-00",
    payee_inn="7712345671",
    payee_kpp="771201001",
)
EPC = EpcPayment(
    name="Tour Example Kft",
    iban="HU42117730161111101800000000",
    amount=Decimal("1234.50"),
    bic="OTPVHUHB",
    remittance="Számla S00123, 2026.10.05.",
)
ACCOUNTS = [
    ("40702810200000000001", "044525225", "30101810400000000225"),
    ("40702810800000000001", "044525593", "30101810200000000593"),
    ("40802810000000000002", "044525593", ""),
]
LETTERS = 'абвЯЁё ABCxyz019"()|~_^;#$&@*!?%=.,-/'
# KOI8-R has all of these letters too.
texts = st.text(LETTERS, min_size=1)
amounts = st.none() | st.integers(1, 10**15).map(lambda n: Decimal(n).scaleb(-2))


def code_page(addresses):
    """A page with the pictures, as a paper holds them."""
    images = "".join(
        f'<img src="{address}" style="width: 32mm; margin: 5mm"/>'
        for address in addresses
    )
    return f"<html><body><p>Счёт</p>{images}</body></html>"


@st.composite
def gost_payments(draw):
    account, bic, corr_account = draw(st.sampled_from(ACCOUNTS))
    keys = draw(st.lists(st.sampled_from(["Contract", "DocNo", "Flat"]), unique=True))
    return GostPayment(
        name=draw(st.text(LETTERS, min_size=1, max_size=60)),
        account=account,
        bank_name=draw(st.text(LETTERS, min_size=1, max_size=30)),
        bic=bic,
        corr_account=corr_account,
        amount=draw(amounts),
        purpose=draw(st.text(LETTERS, max_size=210)),
        payee_inn=draw(st.sampled_from(["", "7707083893", "500100732259"])),
        payee_kpp=draw(st.sampled_from(["", "771201001"])),
        others=tuple((key, draw(texts.map(lambda t: t[:15]))) for key in keys),
    )


@st.composite
def epc_payments(draw):
    words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]))
    remittance = draw(words)[:30]
    return EpcPayment(
        name=draw(words)[:20] or "x",
        iban=draw(st.sampled_from(["HU42117730161111101800000000"])),
        amount=draw(
            st.none() | st.integers(1, 10**11 - 1).map(lambda n: Decimal(n).scaleb(-2))
        ),
        bic=draw(st.sampled_from(["", "OTPVHUHB", "DEUTDEFF500"])),
        reference="" if remittance else draw(st.sampled_from(["", "RF18539007547034"])),
        remittance=remittance,
    )


@tagged("post_install", "-at_install")
class TestPaymentQr(BaseCase):
    def assert_refused(self, reason, call, *args, **kwargs):
        with self.assertRaises(PaymentQrError) as caught:
            call(*args, **kwargs)
        self.assertEqual(caught.exception.reason, reason, caught.exception)

    # === GOST R 56042 === #

    def test_gost_says_what_the_standard_shows(self):
        self.assertEqual(
            build_gost(GOST).decode(),
            'ST00012|Name=ООО "ТУР ПРИМЕР"|PersonalAcc=40702810200000000001'
            "|BankName=ПАО СБЕРБАНК|BIC=044525225|CorrespAcc=30101810400000000225"
            "|PayeeINN=7712345671|KPP=771201001|Sum=2440000|Purpose=Оплата по счету 7"
            " от 05.10.2026. В т.ч. НДС 22% - 4400-00",
        )

    def test_gost_digit_tells_the_encoding(self):
        for digit, encoding in GOST_ENCODINGS.items():
            code = build_gost(GOST, encoding)
            self.assertEqual(code[:7], b"ST0001" + digit.encode())
            self.assertIn("Оплата".encode(encoding), code)
            self.assertEqual(parse(code), GOST)

    @settings(max_examples=150, deadline=None)
    @given(
        payment=gost_payments(), encoding=st.sampled_from([*GOST_ENCODINGS.values()])
    )
    def test_gost_is_read_as_it_was_written(self, payment, encoding):
        text = payment.name + payment.bank_name + payment.purpose
        text += "".join(value for _key, value in payment.others)
        if all(mark in text for mark in "|~_^;#$&@*!?%"):
            self.assert_refused("separator", build_gost, payment, encoding)
        else:
            self.assertEqual(parse(build_gost(payment, encoding)), payment)

    def test_separator_stands_in_no_value(self):
        code = build_gost(replace(GOST, purpose="a|b"))
        self.assertTrue(code.startswith(b"ST00012~Name="))
        self.assertEqual(parse(code).purpose, "a|b")

    def test_bank_without_correspondent_account(self):
        payment = replace(GOST, corr_account="")
        self.assertIn(b"|CorrespAcc=0|", build_gost(payment))
        self.assertEqual(parse(build_gost(payment)), payment)

    def test_gost_refuses_what_a_bank_would(self):
        for reason, values in (
            ("bic", {"bic": "04452522"}),
            ("bic", {"bic": "OTPVHUHB"}),
            ("bic", {"bic": "٠٤٤٥٢٥٢٢٥"}),
            ("account", {"account": "4070281020000000001"}),
            ("account_key", {"account": "40702810300000000001"}),
            ("account_key", {"bic": "044525593"}),
            ("corr_account", {"corr_account": "30101810400000000226"}),
            ("corr_account", {"corr_account": "301"}),
            ("inn", {"payee_inn": "77"}),
            ("kpp", {"payee_kpp": "77"}),
            ("missing", {"name": ""}),
            ("missing", {"bank_name": ""}),
            ("too_long", {"name": "x" * 161}),
            ("too_long", {"bank_name": "x" * 46}),
            ("too_long", {"purpose": "x" * 211}),
            ("too_long", {"name": "Ж" * 120}),
            ("too_long", {"others": (("Contract", "x" * 2400),)}),
            ("control", {"purpose": "a\nb"}),
            ("control", {"name": "a\ud800"}),
            ("key", {"others": (("Sum", "1"),)}),
            ("key", {"others": (("A=B", "1"),)}),
            ("key", {"others": (("Flat", "1"), ("Flat", "2"))}),
            ("missing", {"others": (("Flat", ""),)}),
            ("separator", {"purpose": "|~_^;#$&@*!?%"}),
            ("amount", {"amount": Decimal(0)}),
            ("amount", {"amount": Decimal("-1")}),
            ("amount", {"amount": Decimal("0.005")}),
            ("amount", {"amount": Decimal("NaN")}),
            ("amount", {"amount": Decimal("1e17")}),
            ("amount", {"amount": 24400.0}),
        ):
            with self.subTest(values=values):
                self.assert_refused(reason, build_gost, replace(GOST, **values))

    def test_length_counts_bytes_of_the_encoding(self):
        """120 Cyrillic letters are 240 bytes in UTF-8: with the bank above 300."""
        payment = replace(GOST, name="Ж" * 120)
        self.assertEqual(parse(build_gost(payment, "cp1251")), payment)

    def test_letter_that_the_encoding_lacks(self):
        payment = replace(GOST, purpose="Счёт № 7")
        self.assertEqual(parse(build_gost(payment, "cp1251")), payment)
        self.assert_refused("encoding", build_gost, payment, "koi8-r")
        self.assert_refused("encoding", build_gost, payment, "utf-16")

    def test_codes_of_others_are_read(self):
        """Another order of keys, empty values, a line break at the end."""
        code = build_gost(replace(GOST, amount=None, purpose=""), "cp1251")
        head, *rest = code.split(b"|")
        turned = b"|".join([head, *reversed(rest), b"Purpose=", b"Sum=100"]) + b"|\r\n"
        read = parse_gost(turned)
        self.assertEqual(read, replace(GOST, amount=Decimal(1), purpose=""))

    def test_bad_codes_are_refused(self):
        good = build_gost(GOST)
        for reason, code in (
            ("unknown", b""),
            ("unknown", b"ST"),
            ("unknown", b"ST00014|Name=x"),
            ("unknown", b"ST0001"),
            ("missing", b"ST00012|Name=x"),
            ("key", b"ST00012|nothing"),
            ("key", good + b"|" + b"|x"),
            ("twice", good + b"|Sum=1"),
            ("amount", good.replace(b"Sum=2440000", b"Sum=24400.00")),
            ("amount", good.replace(b"Sum=2440000", b"Sum=-1")),
            ("account_key", good.replace(b"=407028102", b"=407028103")),
            ("encoding", good.replace(b"ST00012", b"ST00012", 1)[:-1] + b"\xff"),
            ("too_long", good + b"|Flat=" + b"1" * 3000),
        ):
            with self.subTest(code=code[:60]):
                self.assert_refused(reason, parse, code)

    @settings(max_examples=200, deadline=None)
    @given(
        head=st.sampled_from([b"", b"ST00012|", b"ST00011", b"BCD\n002\n1\nSCT\n"]),
        tail=st.binary(max_size=200),
    )
    def test_whatever_is_in_a_code_is_read_or_refused(self, head, tail):
        try:
            parse(head + tail)
        except PaymentQrError as error:
            self.assertTrue(error.reason)

    # === EPC069-12 === #

    def test_epc_says_what_the_standard_shows(self):
        self.assertEqual(
            build_epc(EPC).decode(),
            "BCD\n002\n1\nSCT\nOTPVHUHB\nTour Example Kft\nHU42117730161111101800000000"
            "\nEUR1234.50\n\n\nSzámla S00123, 2026.10.05.",
        )

    @settings(max_examples=100, deadline=None)
    @given(payment=epc_payments())
    def test_epc_is_read_as_it_was_written(self, payment):
        self.assertEqual(parse(build_epc(payment)), payment)

    def test_epc_of_others_is_read(self):
        code = build_epc(EPC).replace(b"\n002\n1\n", b"\n001\n3\n")
        code = code.decode().encode("iso8859-2").replace(b"\n", b"\r\n")
        self.assertEqual(parse_epc(code), EPC)

    def test_epc_refuses_what_a_bank_would(self):
        for reason, values in (
            ("iban", {"iban": "HU43117730161111101800000000"}),
            ("iban", {"iban": "40702810200000000001"}),
            ("bic", {"bic": "044525225"}),
            ("missing", {"name": ""}),
            ("too_long", {"name": "x" * 71}),
            ("too_long", {"remittance": "x" * 141}),
            ("too_long", {"remittance": "Ж" * 140, "name": "Ж" * 70}),
            ("twice", {"reference": "RF18539007547034"}),
            ("control", {"name": "a\nb"}),
            ("amount", {"amount": Decimal("1000000000")}),
            ("amount", {"amount": Decimal("0.001")}),
            ("amount", {"amount": Decimal(0)}),
        ):
            with self.subTest(values=values):
                self.assert_refused(reason, build_epc, replace(EPC, **values))

    # === Pictures === #

    def test_drawn_codes_are_read_back(self):
        """In every encoding, through a PDF drawn at 200 dpi."""
        codes = [build_gost(GOST, name) for name in GOST_ENCODINGS.values()]
        codes.append(build_epc(EPC))
        for code in codes:
            content = pdf.render(code_page([qr.data_address(code)]))
            self.assertEqual(qr_reader.read_codes(content), [code])
        content = pdf.render(code_page(map(qr.data_address, codes)))
        self.assertCountEqual(qr_reader.read_codes(content), codes)
        self.assertEqual(
            qr_reader.read_payments(content).count(GOST), len(GOST_ENCODINGS)
        )

    def _picture(self, code, mode="L", form="PNG"):
        content = pdf.render(code_page([qr.data_address(code)]))
        page = pypdfium2.PdfDocument(content)[0]
        picture = page.render(scale=200 / 72).to_pil().convert(mode)
        buffer = io.BytesIO()
        picture.save(buffer, form)
        return buffer.getvalue()

    def test_pictures_are_read(self):
        code = build_gost(GOST, "cp1251")
        for mode, form in (
            ("L", "PNG"),
            ("RGB", "JPEG"),
            ("RGBA", "PNG"),
            ("1", "BMP"),
        ):
            self.assertEqual(
                qr_reader.read_payments(self._picture(code, mode, form)), [GOST], form
            )

    def test_codes_that_pay_nothing_are_left_out(self):
        content = self._picture(b"https://example.com")
        self.assertEqual(qr_reader.read_codes(content), [b"https://example.com"])
        self.assertEqual(qr_reader.read_payments(content), [])

    def assert_unreadable(self, reason, content, **limits):
        with self.assertRaises(qr_reader.QrReadError) as caught:
            qr_reader.read_codes(content, **limits)
        self.assertEqual(caught.exception.reason, reason, caught.exception)

    def test_files_that_cannot_be_read(self):
        content = pdf.render(code_page([]))
        self.assertEqual(qr_reader.read_codes(content), [])
        self.assert_unreadable("empty", b"")
        self.assert_unreadable("unknown", b"Hello, world")
        self.assert_unreadable("unknown", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        self.assert_unreadable("corrupt", b"%PDF-1.7\n" + bytes(500))
        self.assert_unreadable("too_large", bytes(qr_reader.MAX_BYTES + 1))
        self.assert_unreadable("too_slow", content, max_seconds=-1)

    def test_broken_pictures_give_nothing(self):
        """Wherever a file is cut off or spoilt, nothing wrong is read from it."""
        # Pillow tells of some of them on its way.
        self.enterContext(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        for form in ("PNG", "JPEG", "GIF", "BMP"):
            whole = self._picture(b"x", form=form)
            for cut in (3, 20, 60, 200, len(whole) // 2, len(whole) - 40):
                for spoilt in (
                    whole[:cut],
                    whole[:cut] + bytes(30) + whole[cut + 30 :],
                ):
                    try:
                        codes = qr_reader.read_codes(spoilt)
                    except qr_reader.QrReadError as error:
                        self.assertIn(error.reason, ("unknown", "corrupt", "too_large"))
                    else:
                        self.assertIn(codes, ([], [b"x"]))

    def test_encrypted_files_say_so(self):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf.render(code_page([])))))
        writer.encrypt("secret", algorithm="RC4-128")
        buffer = io.BytesIO()
        writer.write(buffer)
        self.assert_unreadable("encrypted", buffer.getvalue())

    def test_huge_pictures_are_not_opened(self):
        """A small file of 64 million pixels."""
        buffer = io.BytesIO()
        Image.new("1", (8000, 8000)).save(buffer, "PNG")
        self.assertLess(len(buffer.getvalue()), 100_000)
        self.assert_unreadable("too_large", buffer.getvalue())

    def test_only_the_first_pages_are_read(self):
        pages = "".join(
            f'<div style="break-after: page"><img style="width: 40mm" src="{picture}"/>'
            "</div>"
            for picture in map(qr.data_address, ("1", "2", "3"))
        )
        content = pdf.render(f"<html><body>{pages}</body></html>")
        self.assertEqual(qr_reader.read_codes(content, max_pages=2), [b"1", b"2"])
