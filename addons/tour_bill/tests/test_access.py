from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestAccess(BillCommon):
    def test_managers_read_bills_on_their_way_and_no_others(self):
        bill = self._create_prepared()
        plain = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.supplier.id}
        )
        as_manager = bill.with_user(self.manager2)
        self.assertEqual(as_manager.ref, "77")
        with self.assertRaises(AccessError):
            as_manager.write({"narration": "x"})
        with self.assertRaises(AccessError):
            plain.with_user(self.manager).read(["ref"])

    def test_a_supplier_with_a_login_sees_nothing_of_ours(self):
        bill = self._create_handed()
        user = self._create_client_user("seller", parent=self.supplier)
        bill.message_subscribe(user.partner_id.ids)
        Move = self.env["account.move"].with_user(user)
        with self.assertRaises(AccessError):
            Move.search([("tour_bill_note", "!=", False)])
        with self.assertRaises(AccessError):
            bill.with_user(user).read(["tour_bill_note"])
        with self.assertRaises(AccessError):
            bill.with_user(user).action_recall_bill()
        # Of several bookings a list is opened, whose domain names them.
        bill.sudo().tour_order_ids |= self._create_sold()
        for name in ("bookings", "papers"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(bill.with_user(user), f"action_view_bill_{name}")()

    def test_acts_of_others_are_refused(self):
        bill = self._create_handed()
        for user in (self.manager, self.head, self.director):
            with self.assertRaises(AccessError):
                bill.with_user(user).action_order_bill()
        with self.assertRaises(AccessError):
            self._act(bill, "recall", self.director)
        large = self._create_handed(b"2", ref="2", amount=200000.0)
        for user in (self.manager, self.head, self.accountant):
            with self.assertRaises(AccessError):
                self._act(large, "approve", user)

    def test_rules_and_limits_are_the_director_s(self):
        values = {"name": "x", "sentence": "because", "domain": "[]"}
        for user in (self.manager, self.head, self.accountant):
            with self.assertRaises(AccessError):
                self.env["tour.bill.rule"].with_user(user).create(values)
            with self.assertRaises(AccessError):
                self.env["tour.bill.authority"].with_user(user).create(
                    {"role": "accountant", "limit": 5}
                )
        self.assertTrue(
            self.env["tour.bill.rule"].with_user(self.director).create(values)
        )

    def test_nobody_writes_history(self):
        bill = self._create_handed()
        event = bill.tour_bill_event_ids[:1]
        for user in (self.manager, self.accountant, self.director):
            self.assertTrue(event.with_user(user).act)
            with self.assertRaises(AccessError):
                event.with_user(user).write({"note": "x"})
            with self.assertRaises(AccessError):
                event.with_user(user).unlink()

    def test_what_was_handed_over_is_not_deleted(self):
        bill = self._create_handed()
        self._act(bill, "recall", self.manager)
        with self.assertRaisesRegex(Exception, "not deleted"):
            bill.sudo().unlink()

    def test_another_company_s_bill_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other"})
        bill = self._create_handed()
        stranger = self._create_staff("stranger", "accountant")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            bill.with_user(stranger).action_order_bill()
        with self.assertRaises(AccessError):
            bill.with_user(stranger).action_view_bill_bookings()
        window = {"act": "approve", "move_ids": [(6, 0, bill.ids)]}
        with self.assertRaises(AccessError):
            self.env["tour.bill.act"].with_user(stranger).create(window).mapped(
                "amount"
            )
        dealt = self.env["account.move"].with_user(stranger)._deal_bill("accounting")
        self.assertFalse(dealt)
