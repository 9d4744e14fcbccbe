from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BillCorrectionCommon


@tagged("post_install", "-at_install")
class TestAccess(BillCorrectionCommon):
    def test_who_reads_credits(self):
        self._next(8000.0)
        credit = self.overpayment.credit_ids
        for user in (self.accountant, self.director):
            self.assertEqual(credit.with_user(user).amount, 5000.0)
        for user in (self.manager, self.head, self.olga):
            with self.assertRaises(AccessError):
                credit.with_user(user).read(["amount"])

    def test_nobody_writes_credits(self):
        self._next(8000.0)
        credit = self.overpayment.credit_ids
        for user in (self.manager, self.head, self.accountant, self.director):
            as_user = credit.with_user(user)
            with self.assertRaises(AccessError):
                as_user.write({"amount": 1.0})
            with self.assertRaises(AccessError):
                as_user.unlink()
            with self.assertRaises(AccessError):
                as_user.create(
                    {
                        "overpayment_id": self.overpayment.id,
                        "credit_id": credit.credit_id.id,
                        "state": "used",
                    }
                )
        with self.assertRaises(AccessError):
            credit.sudo().write({"state": "undone"})

    def test_what_is_wanted_is_not_written(self):
        bill = self._create_prepared(
            b"next", booking=self.other, ref="B-2", amount=8000.0
        )
        with self.assertRaises(AccessError):
            bill.sudo().write({"tour_bill_setoff_wanted": True})

    def test_only_accountants_and_heads_enter_credits(self):
        for user in (self.manager, self.director):
            with self.assertRaises(AccessError):
                self.overpayment.with_user(user).action_enter_credit()
        self.overpayment.with_user(self.head).action_enter_credit()
        self.assertEqual(len(self._get_notes()), 1)

    def test_heads_close_without_reading_the_books(self):
        bill = self._next(8000.0, set_off=False)
        self.overpayment.with_user(self.head)._settle(
            "closed_setoff", 5000.0, setoff_bill_id=bill.id
        )
        self.assertEqual(bill.amount_residual, 3000.0)

    def test_of_another_company_nothing_is_told(self):
        company = self.env["res.company"].create({"name": "Second"})
        bill = self._create_prepared(
            b"next", booking=self.other, ref="B-2", amount=8000.0
        )
        self.assertTrue(bill.tour_bill_owed_text)
        found = self.env["account.move"]._find_owed(self.supplier, company)
        self.assertFalse(found)

    def test_the_window_tells_nothing_of_another_company(self):
        """A program may name a bill of a company where its user does not work."""
        bill = self._upload(b"next", booking=self.other)
        company = self.env["res.company"].create({"name": "Second"})
        self.manager2.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        Wizard = self.env["tour.bill.prepare"]
        window = {"move_id": bill.id, "partner_id": self.supplier.id}
        self.assertTrue(Wizard.with_user(self.manager).new(window).owed_text)
        self.assertFalse(Wizard.with_user(self.manager2).new(window).owed_text)

    def test_clients_see_nothing_of_it(self):
        bill = self._next(8000.0)
        seller = self._create_client_user("seller", parent=self.supplier)
        for name in ("tour_bill_owed_text", "tour_bill_setoff_amount"):
            with self.assertRaises(AccessError):
                bill.with_user(seller).read([name])

    def test_queries_do_not_grow_with_bills(self):
        bills = [
            self._create_prepared(
                f"n{number}".encode(), booking=self.other, ref=f"N-{number}"
            )
            for number in range(5)
        ]
        many = bills[0].union(*bills[1:])
        counts = []
        # The first round only fills caches of what is the same for all.
        for records in (many, bills[0], many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            texts = records.with_user(self.accountant).mapped("tour_bill_owed_text")
            self.assertTrue(all(texts))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
