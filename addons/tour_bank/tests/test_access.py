from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import BankCommon, make_document, make_statement


@tagged("post_install", "-at_install")
class TestAccess(BankCommon):
    """Accountants act; heads and directors read; managers and clients see nothing."""

    def test_who_imports(self):
        content = make_statement(make_document(10))
        for user in (self.head, self.director, self.manager, self.olga):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._import(content, user)
        self.assertTrue(self._import(content))

    def test_who_reads(self):
        line = self._import_one(10, "x")
        fields = ["amount", "payment_ref", "tour_why", "journal_id", "statement_id"]
        spec = {name: {} for name in fields}
        for name in ("journal_id", "statement_id"):
            spec[name] = {"fields": {"display_name": {}}}
        for user in (self.accountant, self.head, self.director):
            with self.subTest(user.name):
                Line = self.env["account.bank.statement.line"].with_user(user)
                [row] = Line.web_search_read([("id", "=", line.id)], spec)["records"]
                self.assertEqual(row["amount"], 10.0)
        for user in (self.manager, self.manager_all, self.olga):
            with self.subTest(user.name), self.assertRaises(AccessError):
                line.with_user(user).read(["amount"])

    def test_who_acts(self):
        invoice = self._create_shown()
        line = self._import_one(10000, "x", tax_id="7707083893")
        proposal = line.tour_proposal_ids[0]
        for user in (self.head, self.director, self.manager, self.olga):
            with self.subTest(user.name):
                for record, act in (
                    (line, "action_propose"),
                    (line, "action_take_best"),
                    (line, "action_undo_match"),
                    (line, "action_match_by_hand"),
                    (proposal, "action_take"),
                ):
                    with self.assertRaises(AccessError):
                        getattr(record.with_user(user), act)()
        self.assertEqual(invoice.amount_residual, 10000.0)

    def test_proposals_are_not_written(self):
        line = self._import_one(10, "x", tax_id="7707083893")
        proposal = line.tour_proposal_ids
        self.assertTrue(proposal)
        for user in (self.accountant, self.head, self.director):
            with self.subTest(user.name):
                with self.assertRaises(AccessError):
                    proposal.with_user(user).write({"is_certain": True})
                with self.assertRaises(AccessError):
                    proposal.with_user(user).copy({})

    def test_windows_of_others(self):
        """Nobody works with the window that somebody else filled in."""
        wizard = self._open_import(make_statement(make_document(10)))
        with self.assertRaises(AccessError):
            wizard.with_user(self.accountant2).import_file_button()
        line = self._import_one(10, "x")
        match = (
            self.env["tour.bank.match"]
            .with_user(self.accountant)
            .create({"line_id": line.id})
        )
        with self.assertRaises(AccessError):
            match.with_user(self.accountant2).action_apply()

    def test_entries_that_heads_read(self):
        """Those of statements, and no other of the books."""
        line = self._import_one(10, "x")
        bill = self._create_paid_out()
        payment = bill.sudo().tour_bill_event_ids.payment_id
        self.assertTrue(line.with_user(self.head).move_id.name)
        with self.assertRaises(AccessError):
            payment.move_id.sudo(False).with_user(self.head).read(["name"])
