from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MatchCommon


@tagged("post_install", "-at_install")
class TestDispute(MatchCommon):
    def _dispute(self, bill, user, reason="two nights, not three", matches=None):
        bill = bill.sudo(False).with_user(user)
        context = bill.action_dispute_bill()["context"]
        wizard = self.env["tour.bill.dispute"].with_user(user)
        values = {"move_id": context["default_move_id"], "reason": reason}
        if matches:
            values["match_ids"] = [(6, 0, matches.ids)]
        return wizard.create(values).action_apply()

    def test_it_comes_back_to_the_manager(self):
        bill = self._create_handed(amount=10000.0, booking=self.booking)
        self.assertEqual(bill.sudo().tour_bill_state, "accounting")
        self._dispute(bill, self.accountant, matches=self._matches(bill))
        self.assertRecordValues(
            bill.sudo(),
            [
                {
                    "tour_bill_state": "prepared",
                    "tour_bill_is_disputed": True,
                    "tour_bill_dispute": "two nights, not three",
                    "tour_bill_match_state": "disputed",
                }
            ],
        )
        self.assertEqual(self._matches(bill).mapped("state"), ["disputed"])
        self.assertBilling(self.booking, "none", 0, -10000)
        acts = bill.sudo().tour_bill_event_ids.mapped("act")
        self.assertEqual(acts[:2], ["send_back", "dispute"])

    def test_a_manager_disputes_what_accounting_has(self):
        bill = self._create_handed(amount=10000.0, booking=self.booking)
        self._dispute(bill, self.manager)
        self.assertEqual(bill.sudo().tour_bill_state, "prepared")
        self.assertEqual(bill.sudo().tour_bill_event_ids[:1].act, "recall")

    def test_handed_over_all_the_same_it_warns_and_goes_to_the_director(self):
        bill = self._bill(10000)
        self._dispute(bill, self.manager)
        action = bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("two nights, not three", action["params"]["message"])
        self.assertEqual(bill.sudo().tour_bill_state, "director")
        # What is disputed is not accepted by rule.
        self.assertEqual(self._matches(bill).mapped("state"), ["disputed"])
        self.assertBilling(self.booking, "none", 0, -10000)
        self.assertEqual(bill.sudo().tour_bill_why, "because it is disputed")
        codes = [alarm["code"] for alarm in bill.sudo().tour_bill_alarms]
        self.assertIn("disputed", codes)

    def test_no_longer_disputed(self):
        bill = self._bill(10000)
        self._dispute(bill, self.manager, matches=self._matches(bill))
        bill.with_user(self.manager).action_settle_dispute()
        self.assertFalse(bill.sudo().tour_bill_is_disputed)
        self.assertEqual(self._matches(bill).mapped("state"), ["accepted"])
        self.assertBilling(self.booking, "billed", 10000, 0)
        with self.assertRaisesRegex(UserError, "not disputed"):
            bill.with_user(self.manager).action_settle_dispute()

    def test_a_reason_is_needed(self):
        bill = self._bill(10000)
        with self.assertRaisesRegex(UserError, "Say why"):
            bill.with_user(self.manager)._dispute_bill("  ", self._matches(bill)[:0])

    def test_services_of_another_bill_are_not_disputed(self):
        bill, other = self._bill(6000), self._bill(3000, number="78")
        with self.assertRaisesRegex(UserError, "another bill"):
            self._dispute(bill, self.manager, matches=self._matches(other))

    def test_directors_and_clients_do_not(self):
        bill = self._bill(10000)
        for user in (self.director, self.olga):
            with self.assertRaises(AccessError):
                bill.with_user(user).action_dispute_bill()
        with self.assertRaises(AccessError):
            bill.with_user(self.manager).write({"tour_bill_is_disputed": True})

    def test_the_manager_is_told(self):
        bill = self._bill(10000)
        self._dispute(bill, self.accountant)
        told = self.env["mail.message"].search(
            [("body", "ilike", "two nights, not three")]
        )
        self.assertIn(self.manager.partner_id, told.notified_partner_ids)
