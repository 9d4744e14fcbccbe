"""The payment QR code on invoices, read back from the drawn paper."""

from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.tour_document import pdf
from odoo.addons.tour_document.payment_qr import EpcPayment, GostPayment
from odoo.addons.tour_document.qr_reader import read_payments
from odoo.addons.tour_document.sample import ISSUER, sample_facts

from .common import TourDocumentCommon

IBAN = "HU42 1177 3016 1111 1018 0000 0000"


@tagged("post_install", "-at_install")
class TestPaymentCode(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.company.partner_id.bank_ids
        cls.tax.name = "VAT 22%"
        cls._set_currency("RUB")

    @classmethod
    def _set_currency(cls, code):
        currency = cls.env.ref(f"base.{code}")
        currency.active = True
        # What the booking is reckoned in is not the matter here.
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE sale_order SET currency_id = %s WHERE id = %s",
            (currency.id, cls.order.id),
        )
        cls.env.invalidate_all()

    def _read_payments(self, document):
        return read_payments(document.sudo().current_version_id.attachment_id.raw)

    def _get_hint(self, document):
        document.invalidate_recordset(["payment_qr_hint"])
        return document.payment_qr_hint

    def test_roubles(self):
        """18,300 and 1,220 with 22% in them: 3,520 of VAT."""
        document = self._make("invoice", date="2026-10-05")
        number = document.number
        self.assertEqual(
            self._read_payments(document),
            [
                GostPayment(
                    name="Tour Example LLC",
                    account="40702810200000000001",
                    bank_name="Sample Bank",
                    bic="044525225",
                    corr_account="30101810400000000225",
                    amount=Decimal("19520.00"),
                    purpose=f"Оплата по счету № {number} от 05.10.2026."
                    " В т.ч. НДС 22% - 3520-00",
                    payee_inn="7712345671",
                    payee_kpp="771201001",
                )
            ],
        )
        self.assertIn("Scan to pay", self._read(document))
        self.assertFalse(self._get_hint(document))

    def test_euros(self):
        self._set_currency("EUR")
        self.account.acc_number = IBAN
        document = self._make("invoice")
        self.assertEqual(
            self._read_payments(document),
            [
                EpcPayment(
                    name="Tour Example LLC",
                    iban="HU42117730161111101800000000",
                    amount=Decimal("19520.00"),
                    # That of the bank is a Russian one, and no SWIFT code.
                    remittance=f"Invoice {document.number}",
                )
            ],
        )

    def test_other_currencies_have_none(self):
        self._set_currency("USD")
        document = self._make("invoice")
        self.assertEqual(self._read_payments(document), [])
        self.assertFalse(self._get_hint(document))

    def test_staff_are_told_what_is_missing(self):
        for values, hint in (
            ({"acc_number": "40702810300000000001"}, "does not belong to the bank"),
            ({"acc_number": IBAN}, "20 digits"),
        ):
            self.account.write(values)
            document = self._make("invoice")
            self.assertEqual(self._read_payments(document), [])
            self.assertNotIn("Scan to pay", self._read(document))
            self.assertIn(hint, self._get_hint(document))
        self.account.acc_number = "40702810200000000001"
        self.account.bank_id.bic = False
        self.assertIn("BIC", self._get_hint(self._make("invoice")))
        self._set_currency("EUR")
        self.assertIn("IBAN", self._get_hint(self._make("invoice")))
        self.account.unlink()
        self.assertIn("no bank account", self._get_hint(self._make("invoice")))

    def test_only_invoices_have_one(self):
        self.account.unlink()
        for kind in ("voucher", "booking_sheet", "supplier_request"):
            document = self._make(kind)[0]
            self.assertFalse(self._get_hint(document))
            self.assertEqual(self._read_payments(document), [])

    def test_template_without_one(self):
        document = self._make("invoice")
        document.template_id.payment_qr = False
        document._draw()
        self.assertEqual(document.version_number, 2)
        self.assertEqual(self._read_payments(document), [])
        self.account.unlink()
        self.assertFalse(self._get_hint(document))

    def test_nothing_to_pay_has_none(self):
        for line in self.order.order_line:
            line.price_unit = 0
            line.client_discount_amount = 0
        document = self._make("invoice")
        self.assertEqual(self._read_payments(document), [])
        self.assertFalse(self._get_hint(document))

    def test_long_names_take_the_shorter_encoding(self):
        """134 letters: in UTF-8 above the 300 bytes that the payee may take."""
        template = self.env["tour.document.template"]._get_default(
            "invoice", self.company
        )
        name = "Общество с ограниченной ответственностью «Туры»" * 4
        facts = sample_facts("invoice", issuer={**ISSUER, "name": name})
        facts["issuer"]["bank"] = {**ISSUER["bank"], "name": "Банк " * 20}
        (payment,) = read_payments(pdf.render(template._render_html(facts)))
        self.assertEqual(payment.name, name[:160])
        self.assertEqual(payment.bank_name, ("Банк " * 20)[:45].strip())

    def test_preview_shows_the_code(self):
        template = self.env["tour.document.template"]._get_default(
            "invoice", self.company
        )
        payments = read_payments(template._render_preview("en_US"))
        self.assertEqual([payment.amount for payment in payments], [28060])
