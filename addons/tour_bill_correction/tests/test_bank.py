from odoo.tests import tagged

from .common import BillCorrectionCommon

EXPENSE, PAYABLE, ORDERED = "expense", "liability_payable", "asset_current"


@tagged("post_install", "-at_install")
class TestBank(BillCorrectionCommon):
    def _pay_back(self, amount, memo="", **values):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "supplier",
                "partner_id": self.supplier.id,
                "journal_id": self.main_bank.id,
                "amount": amount,
                "memo": memo,
                **values,
            }
        )
        payment.action_post()
        # What tour_bank calls when the bank's line is matched with a payment.
        payment._confirm_bill_payments()
        return payment

    def _create_debt(self, amount):
        order = self._create_stay(2)
        return self.env["tour.overpayment"].create(
            {
                "order_id": order.id,
                "line_id": order.order_line.id,
                "paid_amount": 10000.0 + amount,
            }
        )

    def test_a_payment_that_names_the_booking(self):
        """15,000 were billed and paid, 5,000 came back."""
        self._create_debt(5000.0)
        payment = self._pay_back(5000.0, f"Возврат по заявке {self.order.name}.")
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "closed_payment",
                    "payment_id": payment.id,
                    "payment_date": payment.date,
                    "amount": 5000.0,
                }
            ],
        )
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 10000.0, ORDERED: -10000.0}
        )

    def test_the_sum_of_the_only_one(self):
        debt = self._create_debt(700.0)
        self._pay_back(5000.0)
        self.assertOwed(self.overpayment, "closed_payment", 5000.0)
        self.assertOwed(debt, "open", 700.0)

    def test_the_sum_of_all(self):
        debt = self._create_debt(700.0)
        self._pay_back(5700.0)
        self.assertEqual(
            (self.overpayment | debt).mapped("state"), ["closed_payment"] * 2
        )

    def test_what_is_not_clear_is_for_a_person(self):
        debt = self._create_debt(5000.0)
        self._pay_back(5000.0)
        self._pay_back(1234.0)
        self.assertEqual((self.overpayment | debt).mapped("state"), ["open", "open"])

    def test_less_came_back(self):
        self._pay_back(2000.0, self.order.name)
        self.assertOwed(self.overpayment, "open", 3000.0)
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 13000.0, ORDERED: -13000.0}
        )

    def test_more_came_back(self):
        """What is too much stands to the supplier's credit."""
        self._pay_back(5500.0, self.order.name)
        self.assertOwed(self.overpayment, "closed_payment", 5000.0)
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 10000.0, PAYABLE: -500.0, ORDERED: -9500.0},
        )

    def test_once(self):
        payment = self._pay_back(5000.0, self.order.name)
        debt = self._create_debt(5000.0)
        payment._confirm_bill_payments()
        self.assertOwed(debt, "open", 5000.0)
        self.assertEqual(len(self._get_notes()), 1)

    def test_others_give_nothing_back(self):
        self._pay_back(5000.0, self.order.name, partner_id=self.client_company.id)
        self._pay_back(5000.0, self.order.name, partner_type="customer")
        self._pay_back(5000.0, self.order.name, payment_type="outbound")
        self.assertOwed(self.overpayment, "open", 5000.0)

    def test_the_bank_s_match_is_taken_back(self):
        payment = self._pay_back(5000.0, self.order.name)
        payment._unconfirm_bill_payments("another supplier's")
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertFalse(self._get_notes())
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 15000.0, PAYABLE: -5000.0, ORDERED: -10000.0},
        )

    # A note that waits

    def _enter(self):
        self.overpayment.with_user(self.accountant).action_enter_credit()
        return self._get_notes()

    def _match_line(self, note, amount):
        """What the bank's line says goes against the note, as its matching does."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.main_bank.id,
                "date": self.today,
                "payment_ref": "PP 4711",
                "amount": amount,
            }
        )
        row = note.line_ids.filtered(lambda r: r.account_type == PAYABLE)
        _liquidity, suspense, _others = line._seek_for_lines()
        suspense.with_context(skip_readonly_check=True).write(
            {"account_id": row.account_id.id, "partner_id": self.supplier.id}
        )
        (suspense | row).reconcile()
        return line

    def test_a_note_waits_for_the_money(self):
        note = self._enter()
        self.assertEqual((note.amount_total, note.amount_residual), (5000.0, 5000.0))
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 10000.0, PAYABLE: 5000.0, ORDERED: -15000.0},
        )
        self.overpayment.with_user(self.accountant).action_enter_credit()
        self.assertEqual(self._get_notes(), note)

    def test_the_bank_s_line_closes_it(self):
        line = self._match_line(self._enter(), 5000.0)
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "closed_payment",
                    "payment_reference": "PP 4711",
                    "payment_date": self.today,
                }
            ],
        )
        self.assertEqual(self.overpayment.credit_ids.against_id, line.move_id)
        # Money that came back is set off against no bill.
        self.assertEqual(line.move_id.tour_bill_setoff_amount, 0.0)
        self.assertFalse(line.move_id.tour_bill_setoff_text)
        line.action_undo_reconciliation()
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertEqual(self.overpayment.credit_ids.state, "waiting")

    def test_a_set_off_uses_the_note_that_waits(self):
        note = self._enter()
        bill = self._next(8000.0)
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)
        self.assertEqual(self._get_notes(), note)

    def test_of_another_amount_it_is_wrong(self):
        note = self._enter()
        self._change(self.order, 1)
        self.assertOwed(self.overpayment, "open", 10000.0)
        self.assertEqual(note.state, "cancel")
        self._enter()
        self._change(self.order, 3)
        self.assertEqual(self.overpayment.state, "nothing")
        self.assertFalse(self._get_notes())

    def test_written_off_it_is_out_of_the_books(self):
        note = self._enter()
        self.overpayment.with_user(self.head)._move_to("written_off", "bankrupt")
        self.assertEqual(note.state, "cancel")
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 15000.0, ORDERED: -15000.0}
        )

    def test_matched_with_a_bill_in_the_books(self):
        note = self._enter()
        bill = self._next(8000.0, set_off=False)
        (note | bill)._get_open_rows().reconcile()
        self.assertOwed(self.overpayment, "closed_setoff", 5000.0)
        self.assertRecordValues(
            bill, [{"tour_bill_pay_amount": 3000.0, "amount_residual": 3000.0}]
        )
