from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.tour_bill_match import MATCHER
from .common import MatchCommon


@tagged("post_install", "-at_install")
class TestMatching(MatchCommon):
    # === By rule === #

    def test_what_agrees_is_accepted_by_rule(self):
        self.assertBilling(self.booking, "none", 0, -10000)
        bill = self._bill(10000)
        match = self._matches(bill)
        self.assertRecordValues(
            match,
            [
                {
                    "service_id": self.service.id,
                    "amount": 10000,
                    "state": "accepted",
                    "is_by_rule": True,
                    "user_id": False,
                }
            ],
        )
        self.assertIn(f"it was uploaded for booking {self.booking.name}", match.why)
        self.assertIn("the supplier agrees; the sum agrees", match.why)
        self.assertBilling(self.service, "billed", 10000, 0)
        self.assertBilling(self.booking, "billed", 10000, 0)
        self.assertRecordValues(
            bill.sudo(),
            [
                {
                    "tour_bill_match_state": "matched",
                    "tour_bill_matched_amount": 10000,
                    "tour_bill_unmatched_amount": 0,
                }
            ],
        )

    def test_a_little_more_is_billed_all_the_same(self):
        self._bill(10010)
        self.assertBilling(self.booking, "billed", 10010, 10)

    def test_more_than_a_little_is_for_people(self):
        bill = self._bill(10011)
        self.assertEqual(self._matches(bill).mapped("state"), ["proposed"])
        self.assertBilling(self.booking, "none", 0, -10000)
        self.assertEqual(bill.sudo().tour_bill_match_state, "none")

    def test_one_bill_of_many_bookings(self):
        other = self._create_due(5000, 3000)
        bill = self._bill(18000, self.booking, other)
        amounts = {m.service_id: m.amount for m in self._matches(bill)}
        first, second = other.order_line
        self.assertEqual(amounts, {self.service: 10000, first: 5000, second: 3000})
        self.assertBilling(self.booking, "billed", 10000, 0)
        self.assertBilling(other, "billed", 8000, 0)

    def test_a_number_in_the_comment_links_the_booking(self):
        other = self._create_due(4321)
        bill = self._bill(4321, self.booking, note=f"это {other.name}")
        self.assertEqual(self._matches(bill).service_id, other.order_line)
        self.assertIn(other, bill.sudo().tour_order_ids)

    def test_a_changed_sum_is_looked_at_again(self):
        bill = self._bill(4000)
        self.assertEqual(self._matches(bill).mapped("state"), ["proposed"])
        self._open_prepare(bill, amount=10000.0).action_apply()
        self.assertEqual(self._matches(bill).mapped("state"), ["accepted"])
        self._open_prepare(bill, amount=3000.0).action_apply()
        self.assertEqual(self._matches(bill).mapped("state"), ["proposed"])
        self.assertBilling(self.booking, "none", 0, -10000)

    def test_what_is_found_again_stays_as_it_is(self):
        """Handing over looks again, and writes neither matches nor services."""
        bill = self._bill(10000)
        match, place = self._matches(bill), self._get_place()
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(self._matches(bill), match)
        self.assertEqual(self._get_place(), place)

    def _get_place(self):
        """Where the row of the service is: each write takes it somewhere else."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT ctid::text FROM sale_order_line WHERE id = %s", [self.service.id]
        )
        return self.env.cr.fetchone()

    def test_what_is_billed_is_not_accepted_twice(self):
        self._bill(10000)
        bill = self._bill(10000, number="78")
        self.assertFalse(self._matches(bill))
        self.assertBilling(self.booking, "billed", 10000, 0)
        hint = bill.with_user(self.manager).tour_bill_match_hint
        self.assertEqual(
            hint, f"Nothing is left to bill of {self.booking.name} Alpina."
        )

    def test_rows_of_a_bill_by_their_guests(self):
        booking = self._create_due(6000, 6000)
        first, second = booking.order_line
        for line, last_name in ((first, "Иванов"), (second, "Сидоров")):
            self.env["tour.guest"].create({"line_id": line.id, "last_name": last_name})
        bill = self._bill(12000, booking)
        rows = [("Sidorov", 6000), ("Ivanov", 6000)]
        bill.sudo().write(
            {
                "invoice_line_ids": [(5, 0, 0)]
                + [
                    (0, 0, {"name": name, "price_unit": price, "tax_ids": [(5, 0, 0)]})
                    for name, price in rows
                ]
            }
        )
        bill.with_user(self.accountant).action_find_services()
        by_row = {m.row_text: m.service_id for m in self._matches(bill)}
        self.assertEqual(by_row, {"Sidorov": second, "Ivanov": first})
        self.assertEqual(set(self._matches(bill).mapped("state")), {"accepted"})

    def test_a_bill_in_another_currency(self):
        """Two of theirs are one of ours: 5,000 of ours are 10,000 of theirs."""
        currency = self._enable_currency("CHF" if self.company.currency_id.name != "CHF"
                                         else "USD")  # fmt: skip
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 2.0, "name": "2020-01-01"}
        )
        booking = self._create_due(5000)
        bill = self._bill(10000, booking, currency_id=currency.id)
        self.assertRecordValues(
            self._matches(bill),
            [{"amount": 10000, "service_amount": 5000, "state": "accepted"}],
        )
        self.assertBilling(booking, "billed", 5000, 0)

    # === By people === #

    def test_a_part_is_accepted(self):
        bill = self._bill(6000)
        match = self._matches(bill)
        match.with_user(self.manager).action_accept()
        self.assertEqual((match.state, match.user_id), ("accepted", self.manager))
        self.assertBilling(self.booking, "partly", 6000, -4000)
        # The rest agrees, and is accepted by rule.
        self._bill(4000, number="78")
        self.assertBilling(self.booking, "billed", 10000, 0)

    def test_what_people_decided_stays(self):
        bill = self._bill(6000)
        self._matches(bill).with_user(self.manager).action_accept()
        self._open_prepare(bill, amount=7000.0).action_apply()
        self.assertRecordValues(
            self._matches(bill),
            [
                {"amount": 6000, "state": "accepted"},
                {"amount": 1000, "state": "proposed"},
            ],
        )

    def test_taken_off(self):
        bill = self._bill(10000)
        self._matches(bill).with_user(self.manager).action_withdraw()
        self.assertBilling(self.booking, "none", 0, -10000)
        self.assertEqual(bill.sudo().tour_bill_match_state, "none")

    def test_allotted_over_bookings(self):
        other = self._create_due(9000)
        bill = self._bill(12000, self.booking, other)
        allot = self._allot(bill)
        lines = {line.service_id: line for line in allot.line_ids}
        self.assertEqual(lines[self.service].left, 10000)
        lines[self.service].amount = 8000
        lines[other.order_line].amount = 4000
        self.assertEqual(allot.left, 0)
        allot.action_apply()
        self.assertBilling(self.booking, "partly", 8000, -2000)
        self.assertBilling(other, "partly", 4000, -5000)
        self.assertEqual(bill.sudo().tour_bill_match_state, "matched")
        # Opened again it shows what was allotted, and what else is left.
        lines = {line.service_id: line for line in self._allot(bill).line_ids}
        self.assertEqual(lines[self.service].amount, 8000)
        self.assertEqual(lines[self.service].left, 10000)

    def test_spread_by_what_is_left(self):
        other = self._create_due(5000)
        bill = self._bill(10000, self.booking, other)
        allot = self._allot(bill)
        allot.action_spread()
        # 10,000 over 10,000 and 5,000: two thirds and one.
        self.assertEqual(sorted(allot.line_ids.mapped("amount")), [3333.33, 6666.67])

    def test_no_more_is_allotted_than_the_bill_is_of(self):
        bill = self._bill(12000)
        allot = self._allot(bill)
        allot.line_ids.amount = 12001
        with self.assertRaisesRegex(UserError, "no more of it"):
            allot.action_apply()
        allot.line_ids.amount = -1
        with self.assertRaisesRegex(UserError, "nothing or more"):
            allot.action_apply()

    def _allot(self, bill, user=None):
        bill = bill.sudo(False).with_user(user or self.manager_all)
        context = bill.action_allot()["context"]
        return (
            self.env["tour.bill.allot"]
            .with_user(bill.env.user)
            .create({"move_id": context["default_move_id"]})
        )

    def test_over_billing_is_told(self):
        self._bill(10000)
        bill = self._bill(2500, number="78")
        allot = self._allot(bill)
        allot.line_ids.amount = 2500
        allot.action_apply()
        self.assertBilling(self.service, "over", 12500, 2500)
        self.assertBilling(self.booking, "over", 12500, 2500)
        self.assertIn("2,500.00", self.booking.supplier_billing_warning)
        bill.with_user(self.manager).action_hand_over_bill()
        codes = [alarm["code"] for alarm in bill.sudo().tour_bill_alarms]
        self.assertIn("over_billed", codes)

    # === What follows when things change === #

    def test_prices_that_change_afterwards(self):
        self._bill(10000)
        for due, state, difference in (
            (12000, "partly", -2000),
            (9000, "over", 1000),
            (9995, "billed", 5),
            (0, "over", 10000),
            (10000, "billed", 0),
        ):
            with self.subTest(due=due):
                self.service.supplier_due = due
                self.assertBilling(self.service, state, 10000, difference)
                self.assertBilling(self.booking, state, 10000, difference)

    def test_one_service_too_much_is_over_billing(self):
        """Though the whole agrees: 6,000 and 4,000, billed the other way."""
        booking = self._create_due(6000, 4000)
        bill = self._bill(10000, booking)
        first, second = booking.order_line
        allot = self._allot(bill)
        for line in allot.line_ids:
            line.amount = 4000 if line.service_id == first else 6000
        allot.action_apply()
        self.assertBilling(first, "partly", 4000, -2000)
        self.assertBilling(second, "over", 6000, 2000)
        self.assertBilling(booking, "over", 10000, 0)

    def test_a_closed_bill_takes_its_services_off(self):
        bill = self._bill(10000)
        self._act(bill, "close", self.manager)
        self.assertBilling(self.booking, "none", 0, -10000)
        self._act(bill, "reopen", self.head)
        self.assertBilling(self.booking, "billed", 10000, 0)

    def test_a_bill_in_place_of_another(self):
        bill = self._create_handed(amount=10000.0, booking=self.booking)
        self.assertBilling(self.booking, "billed", 10000, 0)
        newer = self._bill(10000, number="78", replaces_id=bill.id)
        self.assertEqual(self._matches(newer).mapped("state"), ["accepted"])
        newer.with_user(self.manager).action_hand_over_bill()
        self.assertBilling(self.booking, "billed", 10000, 0)

    def test_a_cancelled_booking_owes_nothing(self):
        self._bill(10000)
        self._force_state(self.booking, "cancelled")
        self.assertBilling(self.booking, "over", 10000, 10000)

    def test_a_penalty_is_what_may_be_billed(self):
        booking = self._create_due(6000, 2000)
        self._force_state(booking, "cancelled_penalty")
        booking.write({"penalty_from": "hotel", "penalty_amount": 3000})
        # 3,000 over 6,000 and 2,000.
        self.assertEqual(booking.order_line.mapped("supplier_to_bill"), [2250, 750])
        booking.write({"penalty_from": "us"})
        self.assertEqual(booking.order_line.mapped("supplier_to_bill"), [0, 0])

    def test_a_changed_allowance_judges_anew(self):
        self._bill(10010)
        self.company.tour_bill_match_amount = 5
        self.assertBilling(self.booking, "over", 10010, 10)
        self.company.tour_bill_match_amount = 20
        self.assertBilling(self.booking, "billed", 10010, 10)

    def test_bookings_are_found_and_grouped_by_it(self):
        self._bill(10000)
        other = self._create_due(700)
        Order = self.env["sale.order"].with_user(self.manager_all)
        mine = [("id", "in", (self.booking | other).ids)]
        found = Order.search([*mine, ("supplier_billing_state", "=", "billed")])
        self.assertEqual(found, self.booking)
        groups = Order._read_group(mine, ["supplier_billing_state"], ["__count"])
        self.assertEqual(sorted(groups), [("billed", 1), ("none", 1)])

    # === Many at once === #

    def test_many_bills_take_as_many_queries_as_few(self):
        few = self._make_bills(2)
        many = self._make_bills(12)
        few._match_bill_services()
        counts = []
        for bills in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            bills._match_bill_services()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(
                bills.tour_bill_match_ids.mapped("state"), ["accepted"] * len(bills)
            )
        # Rows are written by the hundred, and read so; two are for what is first.
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def _make_bills(self, count):
        bills = self.env["account.move"]
        for number in range(count):
            booking = self._create_due(1000 + number)
            bills |= self._bill(1000 + number, booking, number=f"{count}-{number}")
        return bills.sudo()

    # === Nobody writes matches === #

    def test_nobody_writes_matches(self):
        match = self._matches(self._bill(10000))
        vals = {
            "move_id": match.move_id.id,
            "service_id": self.service.id,
            "amount": 1,
            "state": "accepted",
        }
        for user in (
            self.manager,
            self.head,
            self.accountant,
            self.director,
            self.env.user,
        ):
            with self.subTest(user=user.login):
                theirs = match.with_user(user)
                with self.assertRaises(AccessError):
                    theirs.write({"amount": 1})
                with self.assertRaises(AccessError):
                    theirs.create(vals)
                with self.assertRaises(AccessError):
                    theirs.unlink()
        with self.assertRaises(AccessError):
            match.sudo().with_context(tour_bill_matcher=True).write({"amount": 1})
        match.sudo().with_context(tour_bill_matcher=MATCHER).write({"amount": 1})

    def test_who_decides(self):
        match = self._matches(self._bill(6000))
        with self.assertRaisesRegex(AccessError, "Managers and accountants"):
            match.with_user(self.director).action_accept()
        match.with_user(self.accountant).action_accept()
        self.assertEqual(match.state, "accepted")

    def test_others_bookings_are_out_of_sight(self):
        theirs = self._create_due(5000, user_id=self.manager_all.id)
        bill = self._bill(14000, self.booking, theirs, user=self.manager_all)
        matches = self._matches(bill)
        hidden = matches.filtered(lambda match: match.order_id == theirs)
        self.assertTrue(hidden)
        Match = self.env["tour.bill.match"].with_user(self.manager)
        seen = Match.search([("move_id", "=", bill.id)])
        self.assertEqual(seen.order_id, self.booking)
        with self.assertRaises(AccessError):
            hidden.with_user(self.manager).action_accept()
        # What is theirs stays theirs when the rest is allotted.
        matches.with_user(self.manager_all).action_accept()
        total = sum(hidden.mapped("amount"))
        allot = self._allot(bill, self.manager)
        self.assertAlmostEqual(allot.total, 14000 - total)
        allot.line_ids.amount = 100
        allot.action_apply()
        self.assertTrue(hidden.exists())
        self.assertBilling(self.booking, "partly", 100, -9900)

    def test_nothing_is_told_of_a_bill_that_one_does_not_see(self):
        """A program may name any entry: what is no bill is told to no manager."""
        bill = self.env["account.move"].create(
            {"move_type": "entry", "partner_id": self.supplier.id}
        )
        Allot = self.env["tour.bill.allot"].with_user(self.manager)
        for name in ("supplier_id", "total", "line_ids"):
            with self.subTest(name), self.assertRaises(AccessError):
                Allot.new({"move_id": bill.id}).mapped(name)

    def test_clients_and_clerks_see_nothing(self):
        match = self._matches(self._bill(10000))
        for user in (self.olga, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                match.with_user(user).read(["amount"])
        with self.assertRaises(AccessError):
            self.booking.with_user(self.olga).action_view_reconciliation()
        fields = self.env["sale.order"].with_user(self.olga).fields_get()
        self.assertFalse([name for name in fields if name.startswith("supplier_bill")])
