from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillCorrectionCommon

EXPENSE, PAYABLE, ORDERED = "expense", "liability_payable", "asset_current"


@tagged("post_install", "-at_install")
class TestSetoff(BillCorrectionCommon):
    def test_what_was_paid_too_much_is_owed(self):
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 15000.0, ORDERED: -15000.0}
        )

    def test_the_window_says_so(self):
        bill = self._upload(b"next", booking=self.other)
        wizard = self._open_prepare(bill, user=self.manager2, ref="B-2", amount=8000.0)
        self.assertIn("Alpina LLC owes", wizard.owed_text)
        self.assertIn("5,000.00", wizard.owed_text)
        self.assertIn(self.order.name, wizard.owed_text)
        self.assertFalse(wizard.set_off)

    def test_nothing_is_said_of_other_suppliers(self):
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        bill = self._upload(b"next", booking=self.other)
        wizard = self._open_prepare(bill, partner_id=other.id, partner_bank_id=False)
        self.assertFalse(wizard.owed_text)

    def test_less_is_to_be_paid_of_the_next_bill(self):
        """15,000 + 8,000 were billed, 5,000 come off: 18,000 are the costs, and 3,000
        of the bill are left."""
        bill = self._next(8000.0)
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "accounting",
                    "amount_residual": 3000.0,
                    "tour_bill_pay_amount": 3000.0,
                    "tour_bill_setoff_amount": 5000.0,
                    "tour_bill_setoff_wanted": False,
                }
            ],
        )
        self.assertOwed(self.overpayment, "closed_setoff", 5000.0)
        self.assertEqual(self.overpayment.setoff_bill_id, bill)
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 18000.0, PAYABLE: -3000.0, ORDERED: -15000.0},
        )
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 18000.0, ORDERED: -18000.0}
        )

    def test_the_credit_note_says_of_what_it_is(self):
        bill = self._next(8000.0)
        self.assertRecordValues(
            self._get_notes(),
            [
                {
                    "amount_total": 5000.0,
                    "payment_state": "paid",
                    "tour_order_ids": self.order.ids,
                    "invoice_date": self.today,
                }
            ],
        )
        credit = self.overpayment.credit_ids
        self.assertEqual(credit.against_id, bill)
        event = bill.tour_bill_event_ids.filtered(lambda e: e.act == "setoff")
        self.assertEqual(event.amount, 5000.0)
        self.assertIn(self.order.name, event.why)

    def test_not_without_being_wanted(self):
        bill = self._next(8000.0, set_off=False)
        self.assertEqual(bill.tour_bill_pay_amount, 8000.0)
        self.assertOwed(self.overpayment, "open", 5000.0)
        self.assertFalse(self._get_notes())

    def test_one_click_while_it_waits_for_payment(self):
        bill = self._next(8000.0, set_off=False)
        as_accountant = bill.with_user(self.accountant)
        self.assertTrue(as_accountant.tour_bill_may_set_off)
        self.assertIn(self.order.name, as_accountant.tour_bill_owed_text)
        as_accountant.action_set_off()
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)
        self.assertFalse(as_accountant.tour_bill_owed_text)
        with self.assertRaisesRegex(UserError, "owes nothing any more"):
            as_accountant.action_set_off()
        self.assertEqual(len(self._get_notes()), 1)
        self.assertEqual(bill.amount_residual, 3000.0)

    def test_the_manager_wants_it_with_a_click(self):
        bill = self._create_prepared(
            b"next", booking=self.other, ref="B-2", amount=8000.0
        )
        as_manager = bill.with_user(self.manager)
        self.assertTrue(as_manager.tour_bill_may_set_off)
        as_manager.action_set_off()
        self.assertTrue(bill.tour_bill_setoff_wanted)
        self.assertFalse(self._get_notes())
        as_manager.action_keep_setoff()
        self.assertFalse(bill.tour_bill_setoff_wanted)
        as_manager.action_set_off()
        as_manager.action_hand_over_bill()
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)

    def test_a_smaller_bill_is_paid_by_it(self):
        """2,000 of the 5,000 are used; the bill is paid, and not reversed."""
        bill = self._next(2000.0)
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "paid",
                    "payment_state": "paid",
                    "amount_residual": 0.0,
                    "tour_bill_setoff_amount": 2000.0,
                }
            ],
        )
        self.assertOwed(self.overpayment, "open", 3000.0)
        self.assertRecordValues(
            self.overpayment.part_ids,
            [{"kind": "setoff", "amount": 2000.0, "setoff_bill_id": bill.id}],
        )
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 15000.0, ORDERED: -15000.0}
        )
        self._next(8000.0, ref="B-3")
        self.assertOwed(self.overpayment, "closed_setoff", 3000.0)
        # 15,000 + 2,000 + 8,000 - 2,000 - 3,000.
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 20000.0, PAYABLE: -5000.0, ORDERED: -15000.0},
        )

    def test_the_oldest_debt_goes_first(self):
        self.overpayment._as_mover().write({"date": self._day(-9)})
        second = self._create_stay(2)
        younger = self.env["tour.overpayment"].create(
            {
                "order_id": second.id,
                "line_id": second.order_line.id,
                "paid_amount": 11000.0,
            }
        )
        self.assertOwed(younger, "open", 1000.0)
        bill = self._next(5600.0)
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertOwed(self.overpayment, "closed_setoff", 5000.0)
        self.assertOwed(younger, "open", 400.0)
        self.assertEqual(len(self._get_notes()), 2)

    def test_another_currency(self):
        """A franc was 2.50 when the bill came, and is 2.00 today: the 5,000 are 2,500
        francs, that stand in the bill with 6,250. The rest of the bill is 1,500 francs,
        that are 3,750; by 1,250 the debt became less."""
        francs = self._get_francs()
        bill = self._next(
            4000.0, currency_id=francs.id, invoice_date=self.today - timedelta(days=1)
        )
        self.assertRecordValues(
            bill,
            [
                {
                    "amount_residual": 1500.0,
                    "tour_bill_pay_amount": 1500.0,
                    "tour_bill_setoff_amount": 2500.0,
                }
            ],
        )
        self.assertOwed(self.overpayment, "closed_setoff", 5000.0)
        self.assertRecordValues(
            self._get_notes(), [{"amount_total": 2500.0, "currency_id": francs.id}]
        )
        balance = self._get_trial_balance()
        self.assertEqual(balance.pop(EXPENSE), 20000.0)
        self.assertEqual(balance.pop(PAYABLE), -3750.0)
        self.assertEqual(balance.pop(ORDERED), -15000.0)
        # Whatever the chart of accounts has for gains of exchange.
        self.assertEqual(list(balance.values()), [-1250.0])

    def test_a_part_in_another_currency(self):
        """1,000 francs are 2,000 today; 3,000 of the 5,000 stay owed."""
        bill = self._next(1000.0, currency_id=self._get_francs().id)
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertOwed(self.overpayment, "open", 3000.0)
        self.assertEqual(
            self._get_trial_balance(), {EXPENSE: 15000.0, ORDERED: -15000.0}
        )

    def _get_francs(self):
        francs = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", "CHF")])
        )
        francs.active = True
        self.env["res.currency.rate"].create(
            [
                {"name": self._day(-1), "currency_id": francs.id, "rate": 0.4},
                {"name": self.today, "currency_id": francs.id, "rate": 0.5},
            ]
        )
        return francs

    def test_tax_of_the_bill_is_in_the_credit_note(self):
        """6,000 with 20 % in it are 5,000 and 1,000, as the bill has it."""
        tax = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "purchase"}
        )
        order = self._create_stay(3)
        order.order_line.supplier_due = 18000.0
        bill = self._create_ordered(
            b"vat", booking=order, ref="V-1", amount=18000.0, tax_id=tax.id
        )
        bill.with_user(self.accountant).action_confirm_bill()
        order.order_line.with_user(self.manager).supplier_due = 12000.0
        self.assertOwed(order.overpayment_ids, "open", 6000.0)
        self._next(20000.0)
        note = self._get_notes().filtered(lambda n: n.tour_order_ids == order)
        self.assertRecordValues(
            note,
            [{"amount_total": 6000.0, "amount_tax": 1000.0, "amount_untaxed": 5000.0}],
        )

    def test_a_credit_that_is_there_is_used(self):
        note = self._create_note_by_hand(5000.0)
        bill = self._next(8000.0)
        self.assertEqual(self._get_notes(), note)
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)
        self.assertEqual(
            self._get_trial_balance(),
            {EXPENSE: 18000.0, PAYABLE: -3000.0, ORDERED: -15000.0},
        )

    def test_a_part_of_it_is_there(self):
        """2,000 by the supplier's own note, 3,000 by ours: nothing twice."""
        note = self._create_note_by_hand(2000.0)
        bill = self._next(8000.0)
        ours = self._get_notes() - note
        self.assertEqual(ours.amount_total, 3000.0)
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)
        self.assertEqual(sum(self.overpayment.credit_ids.mapped("amount")), 5000.0)

    def test_a_larger_credit_is_for_a_person(self):
        self._create_note_by_hand(7000.0)
        with self.assertRaisesRegex(UserError, "more than is set off here"):
            self._next(8000.0)

    def _create_note_by_hand(self, amount):
        note = self.env["account.move"].create(
            {
                "move_type": "in_refund",
                "partner_id": self.supplier.id,
                "invoice_date": self.today,
                "tour_order_ids": [(6, 0, self.order.ids)],
                "invoice_line_ids": [
                    (0, 0, {"name": "x", "price_unit": amount, "tax_ids": False})
                ],
            }
        )
        note.action_post()
        return note

    def test_the_window_of_closing_enters_it_too(self):
        bill = self._next(8000.0, set_off=False)
        wizard = (
            self.env["tour.overpayment.close"]
            .with_user(self.accountant)
            .create(
                {
                    "overpayment_ids": [(6, 0, self.overpayment.ids)],
                    "how": "setoff",
                    "setoff_bill_id": bill.id,
                }
            )
        )
        wizard.action_apply()
        self.assertEqual(bill.tour_bill_pay_amount, 3000.0)

    def test_no_more_than_is_left_of_the_bill(self):
        bill = self._next(8000.0, set_off=False)
        bill.with_user(self.accountant).action_order_bill()
        with self.assertRaisesRegex(UserError, "is left to pay"):
            self.overpayment.with_user(self.accountant)._settle(
                "closed_setoff", 5000.0, setoff_bill_id=bill.id
            )

    def test_who_may_not(self):
        bill = self._next(8000.0, set_off=False)
        for user in (self.manager, self.director):
            self.assertFalse(bill.with_user(user).tour_bill_may_set_off)
            with self.assertRaises(AccessError):
                bill.with_user(user).action_set_off()
        self.assertOwed(self.overpayment, "open", 5000.0)

    def test_not_once_it_is_ordered(self):
        bill = self._next(8000.0, set_off=False)
        bill.with_user(self.accountant).action_order_bill()
        with self.assertRaises(UserError):
            bill.with_user(self.accountant).action_set_off()

    def test_a_subsidiary_does_not_pay_for_its_parent(self):
        """It is a company of its own, with its own account at the supplier's."""
        daughter = self.env["res.partner"].create(
            {"name": "Alpina South", "is_company": True, "parent_id": self.supplier.id}
        )
        self.overpayment._as_mover().write({"supplier_id": daughter.id})
        bill = self._next(8000.0)
        self.assertFalse(bill.tour_bill_setoff_amount)
        self.assertOwed(self.overpayment, "open", 5000.0)

    def test_rules_do_not_take_it_for_a_payment(self):
        """Bills of which a part is paid go to the director; this one is not paid."""
        bill = self._next(8000.0)
        self.assertEqual(
            (bill.tour_bill_paid_share, bill.tour_bill_paid_amount), (0, 0)
        )
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_what_was_set_off_the_supplier_has_got(self):
        """2,000 of 10,000 were set off and 8,000 paid: all of it comes back, if the
        booking comes to nothing."""
        self.overpayment._as_mover().write({"paid_amount": 12000.0})
        self.overpayment._follow_due(self.overpayment.due_amount)
        bill = self._next(10000.0)
        self.assertEqual(bill.tour_bill_pay_amount, 8000.0)
        bill.with_user(self.accountant).action_order_bill()
        bill.with_user(self.accountant).action_confirm_bill()
        line = self.other.order_line.sudo()
        self.assertEqual(line._get_supplier_paid_share(), 1.0)
