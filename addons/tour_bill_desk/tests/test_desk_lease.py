from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillDeskCommon


@tagged("post_install", "-at_install")
class TestDeskLease(BillDeskCommon):
    def test_two_accountants_have_two_bills(self):
        bills = self._create_bills(2)
        first = self._next(self.accountant)["bill"]
        second = self._next(self.accountant2)["bill"]
        self.assertEqual([first["id"], second["id"]], bills.ids)
        self.assertEqual(self._next(self.accountant)["bill"]["id"], bills[0].id)
        # Seven minutes, less what passed since.
        self.assertTrue(400 < first["lease"] <= 420)

    def test_time_over_and_nobody_took_it(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        self._end_lease(bill)
        kept = self.moves.with_user(self.accountant).bill_desk_keep(
            "accounting", bill.id, shown["bill"]["seen"]
        )
        self.assertEqual(kept["bill"]["id"], bill.id)
        self.assertTrue(kept["bill"]["lease"] > 400)
        self.assertEqual(self._next(self.accountant2)["bill"], False)

    def test_time_over_and_another_has_it(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        self._end_lease(bill)
        self.assertEqual(self._next(self.accountant2)["bill"]["id"], bill.id)
        with self.assertRaisesRegex(UserError, "is dealt to Accountant2"):
            self._do(self.accountant, shown, "order")
        with self.assertRaisesRegex(UserError, "is dealt to Accountant2"):
            self.moves.with_user(self.accountant).bill_desk_keep(
                "accounting", bill.id, shown["bill"]["seen"]
            )
        self.assertEqual(bill.tour_bill_state, "accounting")
        self.assertEqual(self._get_held(bill), self.accountant2)

    def test_time_over_and_another_paid_it(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        self._end_lease(bill)
        self._do(self.accountant2, self._next(self.accountant2), "order")
        for act in ("order", "send_back", "to_director"):
            with self.assertRaisesRegex(UserError, "Payment order made by Accountant2"):
                self._do(self.accountant, shown, act, note="too late")
        with self.assertRaisesRegex(UserError, "Payment order made by Accountant2"):
            self.moves.with_user(self.accountant).bill_desk_keep(
                "accounting", bill.id, shown["bill"]["seen"]
            )
        self.assertEqual(len(bill._get_bill_payments()), 1)

    def test_recalled_while_open(self):
        bills = self._create_bills(2)
        shown = self._next(self.accountant)
        self._act(bills[0], "recall", self.manager, note="another hotel")
        with self.assertRaisesRegex(UserError, "Recalled by Manager.*another hotel"):
            self._do(self.accountant, shown, "order")
        self.assertEqual(bills[0].tour_bill_state, "prepared")
        self.assertEqual(self._next(self.accountant)["bill"]["id"], bills[1].id)

    def test_handed_over_again_is_not_what_was_seen(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        self._act(bill, "recall", self.manager)
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(bill.tour_bill_state, "accounting")
        with self.assertRaisesRegex(UserError, "Look at it again"):
            self._do(self.accountant, shown, "order")

    def test_who_has_it_open_hears_of_a_recall_at_once(self):
        bill = self._create_handed()
        self._next(self.accountant)
        with patch.object(type(self.env["res.users"]), "_bus_send") as send:
            self._act(bill, "recall", self.manager, note="another hotel")
        told = [call.args for call in send.call_args_list]
        (message,) = [m for kind, m in told if kind == "tour_bill_desk/changed"]
        self.assertEqual(message["id"], bill.id)
        self.assertIn("another hotel", message["text"])

    def test_nobody_hears_of_what_he_did_himself_or_had_no_longer(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        with patch.object(type(self.env["res.users"]), "_bus_send") as send:
            self._do(self.accountant, shown, "send_back", note="wrong")
            bill.with_user(self.manager).action_hand_over_bill()
            self._next(self.accountant)
            self._end_lease(bill)
            self._act(bill, "recall", self.manager)
        kinds = [call.args[0] for call in send.call_args_list]
        self.assertNotIn("tour_bill_desk/changed", kinds)

    def test_a_lease_is_given_back_by_its_holder_only(self):
        bill = self._create_handed()
        self._next(self.accountant)
        self.moves.with_user(self.accountant2).bill_desk_skip("accounting", bill.id)
        self.assertEqual(self._get_held(bill), self.accountant)
