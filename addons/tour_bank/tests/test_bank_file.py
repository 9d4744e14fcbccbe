from base64 import b64decode
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tour_bank.engine import client_bank

from .common import OWN, BankCommon


@tagged("post_install", "-at_install")
class TestBankFile(BankCommon):
    """Payment orders go to the bank in a file, each once."""

    def _order(self, content=b"bill 1", **values):
        bill = self._create_paid_out(content, **values)
        return bill, bill.sudo().tour_bill_event_ids.payment_id

    def _make(self, payments, user=None):
        user = user or self.accountant
        action = payments.sudo(False).with_user(user).action_make_bank_file()
        return self.env["tour.bank.file"].browse(action["res_id"])

    def _read(self, file):
        data = b64decode(file.content)
        [statement] = client_bank.read(data, orders=True)
        return statement

    def test_file(self):
        _bill, payment = self._order()
        file = self._make(payment)
        self.assertRecordValues(
            file,
            [
                {
                    "state": "made",
                    "payment_count": 1,
                    "amount": 10000.0,
                    "journal_id": self.main_bank.id,
                    "encoding": "Windows",
                }
            ],
        )
        self.assertEqual(payment.tour_bank_file_id, file)
        statement = self._read(file)
        self.assertEqual(statement.account, OWN)
        [line] = statement.lines
        self.assertEqual(line.amount, Decimal("-10000.00"))
        self.assertEqual(line.account, "40702810800000000001")
        self.assertEqual(line.tax_id, "7701234560")
        self.assertEqual(line.bic, "044525593")
        self.assertEqual(line.name, "Alpina LLC")
        self.assertEqual(line.number, payment.tour_order_number)
        self.assertIn("77", line.purpose)

    def test_encoding_of_the_journal(self):
        self.main_bank.tour_bank_encoding = "DOS"
        _bill, payment = self._order()
        data = b64decode(self._make(payment).content)
        self.assertIn("Кодировка=DOS", data.decode("cp866"))

    def test_once(self):
        _bill, payment = self._order()
        self._make(payment)
        with self.assertRaisesRegex(UserError, "went to the bank already"):
            self._make(payment)

    def test_made_again_with_a_reason(self):
        _bill, payment = self._order()
        file = self._make(payment)
        number = payment.tour_order_number
        wizard = (
            self.env["tour.bank.remake"]
            .with_user(self.accountant)
            .with_context(**file.with_user(self.accountant).action_remake()["context"])
            .create({"reason": "The bank's program lost it"})
        )
        again = self.env["tour.bank.file"].browse(wizard.action_apply()["res_id"])
        self.assertEqual(file.state, "replaced")
        self.assertEqual(file.payment_ids, payment, "what went stays told")
        self.assertEqual(again.replaces_id, file)
        self.assertEqual(payment.tour_bank_file_id, again)
        self.assertEqual(payment.tour_order_number, number)
        with self.assertRaisesRegex(UserError, "Made again"):
            file.with_user(self.accountant)._remake("Once more")
        with self.assertRaisesRegex(UserError, "Say why"):
            again.with_user(self.accountant)._withdraw("  ")

    def test_withdrawn(self):
        """A bill whose order lies in a file is not recalled, until it is withdrawn."""
        bill, payment = self._order()
        file = self._make(payment)
        with self.assertRaisesRegex(UserError, "went to the bank in"):
            self._act(bill, "recall", self.manager)
        with self.assertRaisesRegex(UserError, "went to the bank in"):
            self._act(bill, "unorder", self.accountant)
        file.with_user(self.accountant)._withdraw("Not sent")
        self.assertFalse(payment.tour_bank_file_id)
        self.assertEqual(file.state, "withdrawn")
        self._act(bill, "unorder", self.accountant)
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_all_that_is_in_the_way(self):
        """Told at once, by payment; and nothing is made or numbered."""
        _bill, payment = self._order()
        self.their_bank.bic = False
        payment2 = self._order(b"bill 2", ref="78")[1]
        with self.assertRaisesRegex(UserError, "BIC(.|\n)*BIC"):
            self._make(payment | payment2)
        self.assertFalse(self.env["tour.bank.file"].search([]))

    def test_what_comes_back(self):
        """The number that we gave is what the bank's statement names."""
        bill, payment = self._order(b"bill 1", ref="71")
        other, other_payment = self._order(b"bill 2", ref="72")
        self._make(payment | other_payment)
        line = self._import_one(-10000, "Оплата", Номер=payment.tour_order_number)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertEqual(other.tour_bill_state, "ordered")
        self.assertIn("payment order No.", line.tour_why)

    def test_what_the_bank_paid_goes_in_no_other_file(self):
        _bill, payment = self._order()
        file = self._make(payment)
        self._import_one(-10000, "Оплата", Номер=payment.tour_order_number)
        with self.assertRaisesRegex(UserError, "the bank paid all of it"):
            file.with_user(self.accountant)._remake("Once more")

    def test_nobody_writes_what_went(self):
        _bill, payment = self._order()
        file = self._make(payment)
        for user in (self.accountant, self.head, self.director, self.manager):
            with self.subTest(user.name), self.assertRaises(AccessError):
                file.with_user(user).write({"state": "withdrawn"})
        with self.assertRaises(AccessError):
            file.sudo().write({"state": "withdrawn"})
        with self.assertRaises(AccessError):
            payment.sudo().write({"tour_bank_file_id": False})
        with self.assertRaises(AccessError):
            self._make(payment, self.director)
