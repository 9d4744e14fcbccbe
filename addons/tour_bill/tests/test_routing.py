from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestRouting(BillCommon):
    def _create_rule(self, **values):
        return self.env["tour.bill.rule"].create(
            {
                "name": "Alpina",
                "sequence": 1,
                "domain": f"[('partner_id', '=', {self.supplier.id})]",
                "sentence": "because it is Alpina's",
                **values,
            }
        )

    def test_most_go_straight_to_accounting(self):
        bill = self._create_handed()
        self.assertEqual(bill.tour_bill_state, "accounting")
        self.assertEqual(bill.tour_bill_why, "no rule sends it to the director")
        self.assertEqual(bill.tour_bill_pay_amount, 10000.0)

    def test_large_bills_go_to_the_director_and_say_why(self):
        bill = self._create_handed(amount=100000.0)
        self.assertEqual(bill.tour_bill_state, "director")
        self.assertEqual(bill.tour_bill_why, "because it is of 100,000 or more")
        below = self._create_handed(b"2", amount=99999.99, ref="2")
        self.assertEqual(below.tour_bill_state, "accounting")

    def test_urgent_by_tomorrow_goes_to_the_director(self):
        bill = self._create_handed(is_urgent=True, wanted_date=self._day(1))
        self.assertEqual(bill.tour_bill_state, "director")
        later = self._create_handed(
            b"2", is_urgent=True, wanted_date=self._day(2), ref="2", amount=2.0
        )
        self.assertEqual(later.tour_bill_state, "accounting")

    def test_a_rule_on_trial_counts_for_nothing(self):
        rule = self._create_rule()
        bill = self._create_handed()
        self.assertEqual(bill.tour_bill_state, "accounting")
        with self.assertRaisesRegex(UserError, "Try Alpina"):
            rule.action_make_live()

    def test_a_rule_is_tried_on_last_month_s_bills(self):
        changed = self._create_handed()
        self._create_handed(b"2", amount=200000.0, ref="2")  # The director has it.
        old = self._create_handed(b"3", ref="3")
        old._as_bill_mover().tour_bill_handed_on = fields.Datetime.now() - timedelta(40)
        rule = self._create_rule()
        action = rule.action_try()
        found = self.env["account.move"].search(action["domain"])
        self.assertEqual(found, changed)
        self.assertRecordValues(rule, [{"tried_total": 2, "tried_count": 1}])
        rule.action_make_live()
        bill = self._create_handed(b"4", ref="4")
        self.assertEqual(bill.tour_bill_why, "because it is Alpina's")

    def test_a_changed_rule_is_on_trial_again(self):
        rule = self._create_rule()
        rule.action_try()
        rule.action_make_live()
        rule.write({"name": "Renamed", "domain": rule.domain})
        self.assertEqual(rule.state, "live")
        rule.domain = "[]"
        self.assertEqual(rule.state, "trial")
        self.assertFalse(rule.tried_on)

    def test_a_wrong_condition_is_refused(self):
        for domain in ("[('no_such_field', '=', 1)]", "nonsense(", "__import__('os')"):
            with self.assertRaisesRegex(ValidationError, "Rule Alpina"):
                self._create_rule(domain=domain)

    def test_the_director_says_how_much_and_when(self):
        bill = self._create_handed(amount=150000.0)
        self._act(bill, "approve", self.director, amount=50000.0, pay_date=self._day(2))
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "accounting",
                    "tour_bill_pay_amount": 50000.0,
                    "tour_bill_pay_date": self._day(2),
                }
            ],
        )

    def test_amounts_out_of_bounds_are_refused(self):
        bill = self._create_handed(amount=150000.0)
        for amount in (0.0, -1.0, 150000.01):
            with self.assertRaisesRegex(UserError, "no more than"):
                self._act(bill, "approve", self.director, amount=amount)
        for amount in ("150000", True):
            with self.assertRaisesRegex(UserError, "as a number"):
                self._act(bill, "approve", self.director, amount=amount)
        with self.assertRaisesRegex(UserError, "has not passed"):
            self._act(bill, "approve", self.director, pay_date=self._day(-2))

    def test_limits_of_authority(self):
        Authority = self.env["tour.bill.authority"]
        Authority.create({"role": "director", "limit": 120000})
        Authority.create({"user_id": self.director2.id, "limit": 500000})
        bill = self._create_handed(amount=150000.0)
        with self.assertRaisesRegex(UserError, "you may approve up to"):
            self._act(bill, "approve", self.director)
        self._act(bill, "approve", self.director, amount=120000.0)
        self.assertEqual(bill.tour_bill_pay_amount, 120000.0)
        other = self._create_handed(b"2", amount=500000.0, ref="2")
        self._act(other, "approve", self.director2)
        self.assertEqual(other.tour_bill_state, "accounting")

    def test_accountants_approve_within_their_limit(self):
        bill = self._create_handed(amount=150000.0)
        self.assertNotIn("approve", bill.with_user(self.accountant).tour_bill_acts)
        self.env["tour.bill.authority"].create({"role": "accountant", "limit": 200000})
        self._act(bill, "approve", self.accountant)
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_a_substitute_until_a_date(self):
        bill = self._create_handed(amount=150000.0)
        substitute = self.env["tour.bill.substitute"].create(
            {
                "user_id": self.director.id,
                "substitute_id": self.head.id,
                "date_from": self._day(-3),
                "date_to": self._day(-1),
            }
        )
        self.assertFalse(bill.with_user(self.head)._get_bill_authorities())
        substitute.date_to = self._day(0)
        self._act(bill, "approve", self.head)
        event = bill.tour_bill_event_ids[:1]
        self.assertEqual(event.user_id, self.head)
        self.assertEqual(event.substituted_id, self.director)
        self.assertRegex(event._get_text(), "^Approved by Head .* in place of Director")

    def test_nobody_stands_in_for_himself(self):
        with self.assertRaisesRegex(ValidationError, "himself"):
            self.env["tour.bill.substitute"].create(
                {
                    "user_id": self.director.id,
                    "substitute_id": self.director.id,
                    "date_to": self._day(1),
                }
            )

    def test_a_substitute_works_in_the_company(self):
        with self.assertRaisesRegex(ValidationError, "Head does not work in Other"):
            self.env["tour.bill.substitute"].create(
                {
                    "user_id": self.director.id,
                    "substitute_id": self.head.id,
                    "company_id": self.env["res.company"].create({"name": "Other"}).id,
                    "date_to": self._day(1),
                }
            )

    def test_four_eyes(self):
        self.env.company.tour_bill_four_eyes_amount = 50000
        bill = self._create_handed(amount=60000.0)
        self.assertEqual(bill.tour_bill_state, "director")
        self.assertIn("two approvals", bill.tour_bill_why)
        self._act(bill, "approve", self.director)
        self.assertEqual(bill.tour_bill_state, "director")
        with self.assertRaisesRegex(UserError, "somebody else's"):
            self._act(bill, "approve", self.director)
        self._act(bill, "approve", self.director2)
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_four_eyes_are_of_two_people_even_by_substitution(self):
        self.env.company.tour_bill_four_eyes_amount = 50000
        self.env["tour.bill.substitute"].create(
            {
                "user_id": self.director2.id,
                "substitute_id": self.director.id,
                "date_to": self._day(1),
            }
        )
        bill = self._create_handed(amount=60000.0)
        self._act(bill, "approve", self.director)
        with self.assertRaisesRegex(UserError, "somebody else's"):
            self._act(bill, "approve", self.director)

    def test_who_prepared_it_does_not_give_one_of_two_approvals(self):
        self.env.company.tour_bill_four_eyes_amount = 50000
        self.env["tour.bill.authority"].create({"role": "head", "limit": 100000})
        bill = self._create_handed(amount=60000.0, user=self.head)
        with self.assertRaisesRegex(UserError, "neither is of who prepared it"):
            self._act(bill, "approve", self.head)

    def test_the_second_approves_no_more_than_the_first(self):
        self.env.company.tour_bill_four_eyes_amount = 50000
        bill = self._create_handed(amount=60000.0)
        self._act(bill, "approve", self.director, amount=55000.0)
        with self.assertRaisesRegex(UserError, "first approval was of"):
            self._act(bill, "approve", self.director2, amount=60000.0)

    def test_a_smaller_amount_does_not_save_the_second_approval(self):
        """The first approver pays less than the limit: the bill still needs two."""
        self.env.company.tour_bill_four_eyes_amount = 50000
        bill = self._create_handed(amount=60000.0)
        self._act(bill, "approve", self.director, amount=10000.0)
        self.assertEqual(bill.tour_bill_state, "director")
        self._act(bill, "approve", self.director2, amount=10000.0)
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_a_small_first_approval_opens_no_way_to_the_whole_sum(self):
        self.env.company.tour_bill_four_eyes_amount = 50000
        bill = self._create_handed(amount=60000.0)
        self._act(bill, "approve", self.director, amount=10000.0)
        with self.assertRaisesRegex(UserError, "somebody else's"):
            self._act(bill, "approve", self.director, amount=60000.0)
        self._act(bill, "approve", self.director2, amount=10000.0)
        self.assertEqual(bill.tour_bill_state, "accounting")
        self._act(bill, "to_director", self.accountant)
        self._act(bill, "approve", self.director, amount=60000.0)
        self.assertEqual(bill.tour_bill_state, "director")
