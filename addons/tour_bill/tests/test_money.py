from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestMoney(BillCommon):
    def test_a_payment_order_enters_the_books_once(self):
        bill = self._create_ordered(amount=7000.0)
        payment = bill.tour_bill_event_ids.payment_id
        self.assertRecordValues(
            payment,
            [
                {
                    "amount": 7000.0,
                    "payment_type": "outbound",
                    "partner_id": self.supplier.id,
                    "journal_id": self.main_bank.id,
                    "partner_bank_id": self.bank_account.id,
                }
            ],
        )
        self.assertEqual(bill.tour_bill_ordered_amount, 7000.0)
        self.assertEqual(bill.tour_bill_paid_amount, 0.0)
        with self.assertRaises(UserError):
            bill.with_user(self.accountant).action_order_bill()
        self.assertEqual(len(bill.tour_bill_event_ids.payment_id), 1)

    def test_the_wording_of_the_payment(self):
        bill = self._create_handed(ref="15/А", amount=7000.0)
        wording = bill._get_bill_wording()
        self.assertIn("15/А", wording)
        self.assertIn(self.booking.name, wording)
        self.assertIn("Without VAT", wording)

    def test_the_rest_goes_round_again_by_the_rules(self):
        bill = self._create_handed(amount=150000.0)
        self._act(bill, "approve", self.director, amount=50000.0)
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "director",
                    "tour_bill_pay_amount": 100000.0,
                    "tour_bill_paid_amount": 50000.0,
                    "tour_bill_why": "because a part of it was paid before",
                    "tour_bill_round": 2,
                }
            ],
        )
        self._act(bill, "approve", self.director)
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertEqual(bill.amount_residual, 0.0)

    def test_a_partly_paid_bill_keeps_what_was_entered(self):
        bill = self._create_handed(amount=150000.0)
        self._act(bill, "approve", self.director, amount=50000.0)
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        self._act(bill, "recall", self.manager)
        self.assertEqual(bill.state, "posted")
        self._open_prepare(bill, ref="other", amount=1.0, note="wait").action_apply()
        self.assertRecordValues(
            bill,
            [{"ref": "77", "amount_total": 150000.0, "tour_bill_note": "wait"}],
        )

    def test_paid_when_the_order_is_made_if_the_company_wants(self):
        self.env.company.tour_bill_paid_by = "order"
        bill = self._create_ordered()
        self.assertEqual(bill.tour_bill_state, "paid")

    def test_an_order_is_taken_back_with_a_reason(self):
        bill = self._create_ordered()
        payment = bill.tour_bill_event_ids.payment_id
        with self.assertRaisesRegex(UserError, "say why"):
            self._act(bill, "unorder", self.accountant, note="")
        with self.assertRaisesRegex(UserError, "payment order of"):
            payment.with_user(self.accountant).action_cancel()
        self._act(bill, "unorder", self.accountant, note="the bank refused it")
        self.assertEqual(bill.tour_bill_state, "accounting")
        self.assertEqual(payment.state, "canceled")
        bill.with_user(self.accountant).action_order_bill()
        self.assertEqual(bill.amount_residual, 0.0)

    def test_an_order_is_taken_back_after_others_were_made(self):
        """Odoo deletes no entry from the middle of its numbers: it is cancelled."""
        first = self._create_ordered(b"1", ref="1", amount=10.0)
        second = self._create_ordered(b"2", ref="2", amount=20.0)
        self._create_ordered(b"3", ref="3", amount=30.0)
        entries = (first | second).tour_bill_event_ids.payment_id.move_id
        self._act(first, "unorder", self.accountant)
        self._act(second, "recall", self.manager)
        self.assertEqual(first.tour_bill_state, "accounting")
        self.assertEqual(second.tour_bill_state, "prepared")
        self.assertEqual(entries.mapped("state"), ["cancel", "cancel"])
        self.assertEqual((first.amount_residual, second.state), (10.0, "draft"))
        first.with_user(self.accountant).action_order_bill()
        self.assertEqual(first.tour_bill_ordered_amount, 10.0)

    def test_not_paid_after_all(self):
        bill = self._create_ordered()
        bill.with_user(self.accountant).action_confirm_bill()
        self._act(bill, "unconfirm", self.accountant, note="returned by the bank")
        self.assertEqual(bill.tour_bill_state, "ordered")
        self.assertEqual(bill.tour_bill_ordered_amount, 10000.0)

    def test_ordered_is_not_paid_where_no_account_is_between(self):
        lines = self.main_bank.outbound_payment_method_line_ids
        lines.payment_account_id = self.main_bank.default_account_id
        bill = self._create_ordered()
        self.assertEqual(bill.tour_bill_event_ids.payment_id.state, "paid")
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "ordered",
                    "tour_bill_ordered_amount": 10000.0,
                    "tour_bill_paid_amount": 0.0,
                }
            ],
        )

    def test_the_bank_confirms_a_payment_once(self):
        bill = self._create_ordered()
        payment = bill.tour_bill_event_ids.payment_id
        self.assertEqual(payment._confirm_bill_payments(), bill)
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertFalse(payment._confirm_bill_payments())

    def _create_paid_in_two(self):
        """A bill of 150,000: 50,000 were paid, the rest is ordered."""
        bill = self._create_handed(amount=150000.0)
        self._act(bill, "approve", self.director, amount=50000.0)
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        self._act(bill, "approve", self.director)
        bill.with_user(self.accountant).action_order_bill()
        return bill, *bill.tour_bill_event_ids.payment_id.sorted("id")

    def test_the_bank_speaks_of_each_payment_by_itself(self):
        bill, first, second = self._create_paid_in_two()
        first._unconfirm_bill_payments("returned")
        self.assertEqual(bill.tour_bill_ordered_amount, 150000.0)
        second._confirm_bill_payments()
        self.assertEqual(bill.tour_bill_state, "ordered", "The first one waits.")
        self.assertEqual(bill.tour_bill_ordered_amount, 50000.0)
        first._confirm_bill_payments()
        self.assertEqual(bill.tour_bill_state, "paid")
        first._unconfirm_bill_payments("returned")
        self.assertEqual(bill.tour_bill_state, "ordered")
        self.assertFalse(first.tour_bill_confirmed_on)
        self.assertTrue(second.tour_bill_confirmed_on)

    def test_the_bank_confirms_a_payment_of_a_bill_that_went_round_again(self):
        bill = self._create_handed(amount=150000.0)
        self._act(bill, "approve", self.director, amount=50000.0)
        bill.with_user(self.accountant).action_order_bill()
        payment = bill.tour_bill_event_ids.payment_id
        payment._confirm_bill_payments()
        payment._unconfirm_bill_payments("another line")
        self.assertEqual(bill.tour_bill_ordered_amount, 50000.0)
        self.assertFalse(payment._confirm_bill_payments(), "It stays where it is.")
        self.assertEqual(bill.tour_bill_state, "director")
        self.assertEqual(bill.tour_bill_ordered_amount, 0.0)

    def test_not_before_its_day(self):
        bill = self._create_handed(wanted_date=self._day(5))
        with self.assertRaisesRegex(UserError, "not before"):
            bill.with_user(self.accountant).action_order_bill()

    def test_an_account_changed_behind_the_approval_is_refused(self):
        bill = self._create_handed()
        self.bank_account.acc_number = "40802810000000000002"
        with self.assertRaisesRegex(UserError, "handed over with account 4070281080"):
            bill.with_user(self.accountant).action_order_bill()

    def test_no_more_than_is_left(self):
        """A credit note was matched after the approval: less is owed."""
        bill = self._create_handed()
        note = bill._reverse_moves([{"invoice_date": self.today}])
        note.action_post()
        self.assertEqual(bill.amount_residual, 0.0)
        with self.assertRaisesRegex(UserError, "are left to pay"):
            bill.with_user(self.accountant).action_order_bill()

    def test_a_new_bill_carries_over_what_was_paid(self):
        former = self._create_handed(amount=150000.0)
        self._act(former, "approve", self.director, amount=50000.0)
        former.with_user(self.accountant).action_order_bill()
        former.with_user(self.accountant).action_confirm_bill()
        bill = self._create_prepared(
            b"new", ref="78", amount=120000.0, replaces_id=former.id
        )
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(former.tour_bill_state, "closed")
        self.assertEqual(former.state, "cancel")
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "director",
                    "amount_residual": 70000.0,
                    "tour_bill_paid_amount": 50000.0,
                    "tour_bill_pay_amount": 70000.0,
                }
            ],
        )

    def test_a_bill_whose_order_waits_is_not_replaced(self):
        former = self._create_ordered()
        bill = self._upload(b"new")
        wizard = self._open_prepare(bill, ref="78", replaces_id=former.id)
        with self.assertRaisesRegex(UserError, "waits for the bank"):
            wizard.action_apply()

    def test_another_currency(self):
        other = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", "CHF")])
        )
        other.active = True
        self.env["res.currency.rate"].create(
            {"name": self.today, "currency_id": other.id, "rate": 0.5}
        )
        bill = self._create_handed(amount=49999.0, currency_id=other.id)
        self.assertEqual(bill.tour_bill_company_amount, 99998.0)
        self.assertEqual(bill.tour_bill_state, "accounting")
        large = self._create_handed(b"2", ref="2", amount=50000.0, currency_id=other.id)
        self.assertEqual(large.tour_bill_state, "director")
        bill.with_user(self.accountant).action_order_bill()
        self.assertEqual(bill.amount_residual, 0.0)
