from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillCorrectionCommon

EXPENSE, PAYABLE, ORDERED = "expense", "liability_payable", "asset_current"
BEFORE = {EXPENSE: 15000.0, ORDERED: -15000.0}
AFTER = {EXPENSE: 18000.0, PAYABLE: -3000.0, ORDERED: -15000.0}


@tagged("post_install", "-at_install")
class TestSetoffUndone(BillCorrectionCommon):
    def test_recalled_and_handed_over_again(self):
        bill = self._next(8000.0)
        self._act(bill, "recall", self.manager, note="wrong sum")
        self.assertEqual((bill.state, bill.tour_bill_state), ("draft", "prepared"))
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertIn("wrong sum", self.overpayment.message_ids[0].body)
        self.assertEqual(self._get_trial_balance(), BEFORE)
        self.assertFalse(self._get_notes())
        # What was wanted is wanted still, and done once.
        self.assertTrue(bill.tour_bill_setoff_wanted)
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(self._get_trial_balance(), AFTER)
        self.assertEqual(len(self._get_notes()), 1)

    def test_a_part_is_undone_too(self):
        bill = self._next(2000.0, set_off=False)
        bill.with_user(self.accountant).action_set_off()
        self.assertEqual(bill.tour_bill_state, "paid")
        part = self.overpayment.part_ids
        part.with_user(self.accountant)._undo("another supplier's")
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertRecordValues(
            bill, [{"tour_bill_state": "accounting", "amount_residual": 2000.0}]
        )
        self.assertEqual(bill.tour_bill_event_ids[:1].act, "unsetoff")
        self.assertFalse(self._get_notes())

    def test_recalled_without_a_word(self):
        bill = self._next(8000.0)
        self._act(bill, "recall", self.manager, note="")
        self.assertOwed(self.overpayment, "open", 5000.0)

    def test_sent_back(self):
        bill = self._next(8000.0)
        self._act(bill, "send_back", self.accountant)
        self.assertEqual(bill.state, "draft")
        self.assertEqual(self._get_trial_balance(), BEFORE)

    def test_closed(self):
        bill = self._next(8000.0)
        self._act(bill, "close", self.accountant, note="came twice")
        self.assertRecordValues(
            bill, [{"tour_bill_state": "closed", "state": "cancel"}]
        )
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertEqual(self._get_trial_balance(), BEFORE)

    def test_replaced(self):
        """8,000 with 5,000 set off, then 9,000 in its place: 4,000 are left."""
        former = self._next(8000.0)
        bill = self._next(9000.0, set_off=False, ref="B-3", replaces_id=former.id)
        self.assertEqual(former.tour_bill_state, "closed")
        self.assertEqual(bill.tour_bill_pay_amount, 4000.0)
        self.assertEqual(self.overpayment.setoff_bill_id, bill)
        self.assertEqual(len(self._get_notes()), 1)
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 19000.0, PAYABLE: -4000.0, ORDERED: -15000.0},
        )

    def test_opened_again_by_an_accountant(self):
        bill = self._next(8000.0)
        self.overpayment.with_user(self.accountant)._move_to("open", "by mistake")
        self.assertEqual(bill.amount_residual, 8000.0)
        # More than was approved is not paid by that: the rest goes round.
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)
        self.assertFalse(self._get_notes())
        self.assertEqual(bill.tour_bill_event_ids[:1].act, "unsetoff")

    def test_unmatched_in_the_books(self):
        """The note stays, and waits; whoever sets off again uses it."""
        bill = self._next(8000.0)
        note = self._get_notes()
        note.line_ids.remove_move_reconcile()
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertEqual(bill.amount_residual, 8000.0)
        waiting = self.overpayment.credit_ids.filtered(lambda c: c.state == "waiting")
        self.assertEqual(waiting.credit_id, note)
        bill.with_user(self.accountant).action_set_off()
        self.assertEqual(self._get_notes(), note)
        self.assertEqual(self._get_trial_balance(), AFTER)

    def test_the_note_is_not_taken_out_behind_its_back(self):
        self._next(8000.0)
        with self.assertRaisesRegex(UserError, "entered for an overpayment"):
            self._get_notes().button_draft()

    def test_another_overpayment_of_the_service_takes_it(self):
        """5,000 are set off; a night less, 5,000 more are owed. Then the bill is
        recalled: it is 10,000 that the one that is followed says."""
        bill = self._next(8000.0)
        self._change(self.order, 1)
        younger = self.order.overpayment_ids - self.overpayment
        self.assertOwed(younger, "open", 5000.0)
        self._act(bill, "recall", self.manager)
        self.assertOwed(younger, "open", 10000.0)
        self.assertOwed(self.overpayment, "closed_setoff", 0.0)
        self.assertEqual(self._get_trial_balance(), BEFORE)

    def test_a_part_of_what_is_closed_is_owed_again(self):
        """2,000 set off against one bill, 3,000 against another; the first one's
        payment never happened."""
        first = self._next(2000.0, set_off=False)
        first.with_user(self.accountant).action_set_off()
        second = self._next(8000.0, ref="B-3")
        self.assertOwed(self.overpayment, "closed_setoff", 3000.0)
        note = first.tour_setoff_credit_ids.credit_id
        note.line_ids.remove_move_reconcile()
        self.assertOwed(self.overpayment, "closed_setoff", 3000.0)
        younger = self.order.overpayment_ids - self.overpayment
        self.assertOwed(younger, "open", 2000.0)
        self.assertEqual(second.amount_residual, 5000.0)
