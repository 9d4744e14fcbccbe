import unittest

from odoo.tests import tagged

from odoo.addons.tour_payment_order.tests import pdf_factory

from .common import LINES, ReadingCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(pdf_factory.has_font(), "No font with Russian letters")
class TestHints(ReadingCommon):
    """What the window is given: values that can be filled in, or why not."""

    def _values(self, bill, name):
        return self._hints(bill)["hints"][name]["values"]

    def test_ready_to_be_filled_in(self):
        bill = self._upload_read(self._make(f"Заявка {self.booking.name}"))
        self.assertEqual(self._values(bill, "ref"), {"ref": "В-15"})
        self.assertEqual(
            self._values(bill, "invoice_date"), {"invoice_date": "2026-10-05"}
        )
        amount = self._values(bill, "amount")
        self.assertEqual(amount["amount"], 12200.0)
        self.assertEqual(amount["currency_id"]["id"], self.roubles.id)
        self.assertEqual(self._values(bill, "tax_id"), {"tax_id": False})
        self.assertEqual(
            self._values(bill, "partner_id")["partner_id"]["id"], self.supplier.id
        )
        account = self._hints(bill)["hints"]["partner_bank_id"]
        self.assertEqual(
            account["values"]["partner_bank_id"]["id"], self.bank_account.id
        )
        self.assertEqual(account["partner_id"], self.supplier.id)
        bookings = self._values(bill, "order_ids")["order_ids"]
        self.assertEqual(bookings, self.booking.ids)
        self.assertEqual(account["level"], "sure")
        self.assertIn("Р/с", account["why"])

    def test_supplier_none_or_several(self):
        bill = self._upload_read()
        self.supplier.vat = False
        hint = self._hints(bill)["hints"]["partner_id"]
        self.assertIsNone(hint["values"])
        self.assertIn("No supplier has tax id 7701234560", hint["warning"])
        (self.supplier | self.supplier.copy({"name": "Twin"})).write(
            {"vat": "7701234560", "tour_supplier": True}
        )
        hint = self._hints(bill)["hints"]["partner_id"]
        self.assertIsNone(hint["values"])
        self.assertIn("Several have tax id 7701234560", hint["warning"])
        self.assertIn("Twin", hint["warning"])

    def test_unknown_account_is_not_filled_in(self):
        self.bank_account.unlink()
        hint = self._hints(self._upload_read())["hints"]["partner_bank_id"]
        self.assertIsNone(hint["values"])
        self.assertIn("telephone", hint["warning"])

    def test_tax_by_its_rate(self):
        lines = [*LINES[:4], "Итого: 12 200,00", "В том числе НДС 22%: 2 200,00"]
        bill = self._upload_read(pdf_factory.draw({"lines": lines}))
        taxes = self.env["account.tax"].search(
            [("type_tax_use", "=", "purchase"), ("amount", "=", 22)]
        )
        taxes.active = False
        self.assertIn("no such tax", self._hints(bill)["hints"]["tax_id"]["warning"])
        tax = self.env["account.tax"].create(
            {"name": "НДС 22 %", "amount": 22, "type_tax_use": "purchase"}
        )
        self.assertEqual(self._values(bill, "tax_id")["tax_id"]["id"], tax.id)

    def test_currency_that_is_not_in_use(self):
        bill = self._upload_read()
        self.roubles.active = False
        hint = self._hints(bill)["hints"]["amount"]
        self.assertIsNone(hint["values"])
        self.assertIn("RUB", hint["warning"])

    def test_foreign_bill(self):
        """No tax id: the supplier is who has the account; the currency is its own."""
        self.bank_account.acc_number = "HU42 1177 3016 1111 1018 0000 0000"
        self.env.ref("base.EUR").active = True
        lines = [
            "INVOICE",
            "Invoice No: 77",
            "Invoice date: 5 October 2026",
            "Total due: EUR 1,024.50",
            "Beneficiary: Blue Lake Kft",
            "IBAN: HU42 1177 3016 1111 1018 0000 0000",
            "SWIFT: OTPVHUHB",
        ]
        bill = self._upload_read(pdf_factory.draw({"lines": lines}))
        self.assertEqual(
            self._values(bill, "partner_id")["partner_id"]["id"], self.supplier.id
        )
        amount = self._values(bill, "amount")
        self.assertEqual(amount["amount"], 1024.5)
        self.assertEqual(amount["currency_id"]["id"], self.env.ref("base.EUR").id)

    def test_bookings_of_others_are_not_told(self):
        bill = self._upload_read(self._make("Заявка T987654"))
        self.assertNotIn("order_ids", self._hints(bill)["hints"])

    # === Where people enter something else === #

    def _doubts(self, bill, **values):
        values = {"currency_id": self.roubles.id, **values}
        return self._open_prepare(bill, **values).warning or ""

    def test_window_warns_of_what_differs(self):
        bill = self._upload_read()
        right = {"ref": "в 15", "amount": 12200.0}
        self.assertEqual(self._doubts(bill, **right), "")
        self.assertIn("number В-15", self._doubts(bill, **{**right, "ref": "В-16"}))
        self.assertIn("12,200.00", self._doubts(bill, **{**right, "amount": 12300.0}))
        euros = {**right, "currency_id": self.env.ref("base.EUR").id}
        self.assertIn("12200.00 RUB", self._doubts(bill, **euros))
        other = self.env["res.partner.bank"].create(
            {"acc_number": "40702810200000000001", "partner_id": self.supplier.id}
        )
        text = self._doubts(bill, **right, partner_bank_id=other.id)
        self.assertIn("40702810800000000001", text)
        self.assertIn("40702810200000000001", text)

    def test_dismissed_hints_warn_no_more(self):
        bill = self._upload_read()
        bill.sudo(False).with_user(self.manager).dismiss_bill_hint("amount")
        self.assertEqual(self._doubts(bill, ref="В-15", amount=12300.0), "")

    def test_alarm_for_the_director(self):
        """Whoever approves sees that the money goes elsewhere than the file says."""
        bill = self._upload_read()
        other = self.env["res.partner.bank"].create(
            {"acc_number": "40702810200000000001", "partner_id": self.supplier.id}
        )
        wizard = self._open_prepare(
            bill,
            ref="В-15",
            amount=12300.0,
            currency_id=self.roubles.id,
            partner_bank_id=other.id,
        )
        wizard.action_apply()
        codes = [alarm["code"] for alarm in bill.sudo()._find_bill_alarms()]
        self.assertIn("file_account", codes)
        self.assertIn("file_amount", codes)
