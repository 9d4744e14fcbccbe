from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OWN, ROUBLES, BankCommon, make_document, make_statement

CLIENT_INN = "7707083893"


@tagged("post_install", "-at_install")
class TestMatch(BankCommon):
    """What is certain is settled at once; the rest waits with its reasons."""

    def _client_line(self, amount, purpose, **values):
        values.setdefault("tax_id", CLIENT_INN)
        values.setdefault("account", "40702810900000000007")
        return self._import_one(amount, purpose, **values)

    # === Bills === #

    def test_bill_is_paid_when_the_bank_says_so(self):
        bill = self._create_paid_out()
        self.assertEqual(bill.tour_bill_state, "ordered")
        line = self._import_one(-10000, "Оплата счета 77")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.tour_matched_by, "rule")
        self.assertEqual(bill.tour_bill_state, "paid")
        payment = bill.sudo().tour_bill_event_ids.payment_id
        self.assertEqual(payment.state, "paid")
        self.assertEqual(payment.reconciled_statement_line_ids, line)
        self.assertIn("tax id 7701234560", line.tour_why)
        self.assertIn("the sum agrees", line.tour_why)
        self.assertIn("77", line.tour_best)

    def test_two_payments_of_a_sum_wait_for_a_person(self):
        """Which of them it is, nothing says."""
        first = self._create_paid_out(b"bill 1", ref="71")
        second = self._create_paid_out(b"bill 2", ref="72")
        line = self._import_one(-10000, "Оплата")
        self.assertFalse(line.is_reconciled)
        self.assertEqual(len(line.tour_proposal_ids), 2)
        self.assertEqual({first.tour_bill_state, second.tour_bill_state}, {"ordered"})
        named = self._import_one(-10000, "Оплата счета № 72", Номер="9")
        self.assertTrue(named.is_reconciled)
        self.assertEqual(second.tour_bill_state, "paid")
        self.assertEqual(first.tour_bill_state, "ordered")

    def test_another_sum_is_not_certain(self):
        bill = self._create_paid_out()
        line = self._import_one(-9999.99, "Оплата счета 77")
        self.assertFalse(line.is_reconciled)
        self.assertEqual(bill.tour_bill_state, "ordered")
        self.assertIn("less than is open", line.tour_why)

    def test_undo(self):
        bill = self._create_paid_out()
        line = self._import_one(-10000, "Оплата счета 77")
        line.with_user(self.accountant).action_undo_match()
        self.assertFalse(line.is_reconciled)
        self.assertEqual(bill.tour_bill_state, "ordered")
        # What a person took back no rule does again; he may.
        self.env["account.bank.statement.line"]._cron_match()
        self.assertFalse(line.is_reconciled)
        self.assertTrue(line.tour_proposal_ids)
        line.with_user(self.accountant).action_take_best()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.tour_matched_by, "hand")
        self.assertEqual(bill.tour_bill_state, "paid")

    def test_odoos_own_undo_tells_the_bill(self):
        bill = self._create_paid_out()
        line = self._import_one(-10000, "Оплата счета 77")
        line.sudo().action_undo_reconciliation()
        self.assertEqual(bill.tour_bill_state, "ordered")

    # === Clients === #

    def test_invoice_by_its_number(self):
        invoice = self._create_shown()
        line = self._client_line(10000, f"Оплата по счету {invoice.name}")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(invoice.tour_stage, "marked")
        self.assertIn(invoice.name, line.tour_why)
        self.assertEqual(line.sudo().partner_id, self.client_company)

    def test_two_invoices_in_one_sum(self):
        first, second = self._create_shown(), self._create_shown()
        line = self._client_line(20000, f"Счета {first.name} и {second.name}")
        self.assertTrue(line.is_reconciled)
        self.assertEqual((first | second).mapped("amount_residual"), [0.0, 0.0])

    def test_by_tax_id_and_sum_it_is_proposed(self):
        invoice = self._create_shown()
        line = self._client_line(10000, "За проживание")
        self.assertFalse(line.is_reconciled)
        best = line.tour_proposal_ids[0]
        self.assertEqual(best.aml_ids.move_id, invoice)
        best.with_user(self.accountant).action_take()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_somebody_else_pays(self):
        invoice = self._create_shown()
        line = self._client_line(10000, invoice.name, tax_id="500100732259")
        self.assertFalse(line.is_reconciled)
        self.assertIn("but it is for tax id 7707083893", line.tour_why)

    def test_paid_twice(self):
        """The second time the money stands to the client's account."""
        invoice = self._create_shown()
        lines = self._import(
            make_statement(
                make_document(10000, invoice.name, tax_id=CLIENT_INN),
                make_document(10000, invoice.name, tax_id=CLIENT_INN, Номер="215"),
            )
        )
        self.assertEqual(lines.mapped("is_reconciled"), [True, False])
        second = lines[1]
        self.assertEqual(second.tour_proposal_ids.mapped("kind"), ["account"])
        second.with_user(self.accountant).action_take_best()
        self.assertTrue(second.is_reconciled)
        credits = self.client_company.sudo()._get_account_credits(self.env.company)
        self.assertEqual(list(credits.values()), [10000.0])

    def test_more_than_the_invoice(self):
        """What is too much stands to the client's account."""
        invoice = self._create_shown()
        line = self._client_line(10500, invoice.name)
        self.assertFalse(line.is_reconciled)
        line.with_user(self.accountant).action_take_best()
        self.assertEqual(invoice.amount_residual, 0.0)
        credits = self.client_company.sudo()._get_account_credits(self.env.company)
        self.assertEqual(list(credits.values()), [500.0])

    def test_less_than_the_invoice(self):
        invoice = self._create_shown()
        line = self._client_line(4000, invoice.name)
        line.with_user(self.accountant).action_take_best()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.amount_residual, 6000.0)

    def test_topup(self):
        topup = (
            self.env["tour.topup"]
            .with_user(self.accountant)
            .create({"partner_id": self.client_company.id, "amount": 5000})
        )
        line = self._client_line(5000, f"Пополнение {topup.name}")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(topup.state, "paid")
        credits = self.client_company.sudo()._get_account_credits(self.env.company)
        self.assertEqual(list(credits.values()), [5000.0])
        line.with_user(self.accountant).action_undo_match()
        topup.invalidate_recordset()
        self.assertEqual(topup.state, "open")
        self.assertFalse(
            self.client_company.sudo()._get_account_credits(self.env.company)
        )

    # === By hand === #

    def _choose(self, line, user=None, **values):
        Wizard = self.env["tour.bank.match"].with_user(user or self.accountant)
        return Wizard.create({"line_id": line.id, **values})

    def test_fee_by_hand(self):
        account = self.env["account.account"].create(
            {"name": "Fees", "code": "BNKFEE", "account_type": "expense"}
        )
        line = self._import_one(-150, "Комиссия", tax_id="7707083893")
        self._choose(line, account_id=account.id, only_partner_id=False).action_apply()
        self.assertTrue(line.is_reconciled)
        rows = line.sudo().move_id.line_ids
        self.assertEqual(sum(rows.mapped("balance")), 0.0)
        self.assertIn(account, rows.account_id)

    def test_nothing_chosen_settles_nothing(self):
        line = self._import_one(-150, "Комиссия", tax_id="7700000000")
        with self.assertRaisesRegex(UserError, "Choose what the line settles"):
            self._choose(line, only_partner_id=False).action_apply()
        self.assertFalse(line.is_reconciled)

    def test_account_in_another_currency(self):
        """The fee of a rouble account in books of another currency, at its rate."""
        journal = self._create_rouble_journal()
        journal.currency_id.rate_ids.unlink()
        journal.currency_id.rate_ids.create(
            {"currency_id": journal.currency_id.id, "name": "2026-01-01", "rate": 80.0}
        )
        account = self.env["account.account"].create(
            {"name": "Fees", "code": "BNKFEE", "account_type": "expense"}
        )
        content = make_statement(make_document(-160, "Комиссия", tax_id=""))
        line = self._import(content.replace(OWN.encode(), ROUBLES.encode()))
        self._choose(line, account_id=account.id, only_partner_id=False).action_apply()
        rows = line.sudo().move_id.line_ids.filtered(lambda r: r.account_id == account)
        self.assertEqual(rows.mapped("amount_currency"), [160.0])
        self.assertEqual(rows.mapped("balance"), [2.0])
        self.assertTrue(line.is_reconciled)

    def test_several_by_hand(self):
        first, second = self._create_shown(), self._create_shown()
        line = self._client_line(15000, "За всё")
        due = (first | second).line_ids.filtered(
            lambda row: row.display_type == "payment_term"
        )
        self._choose(line, aml_ids=due.ids).action_apply()
        self.assertEqual(sum((first | second).mapped("amount_residual")), 5000.0)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.tour_why, "chosen by hand")

    def test_credit_note_with_its_invoice(self):
        """The client pays what the credit note left."""
        invoice = self._create_shown()
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.client_company.id,
                "invoice_line_ids": [
                    Command.create({"name": "Discount", "price_unit": 1000})
                ],
            }
        )
        note.action_post()
        owed = note.amount_total
        line = self._client_line(10000 - owed, "За вычетом")
        due = (invoice | note).line_ids.filtered(
            lambda row: row.display_type == "payment_term"
        )
        self._choose(line, aml_ids=due.ids).action_apply()
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(note.amount_residual, 0.0)
        self.assertTrue(line.is_reconciled)

    def test_nothing_is_settled_twice(self):
        invoice = self._create_shown()
        line = self._client_line(10000, "За проживание")
        other = self._client_line(10000, "За проживание", Номер="300")
        due = invoice.line_ids.filtered(lambda row: row.display_type == "payment_term")
        wizard = self._choose(other, aml_ids=due.ids)
        proposal = line.tour_proposal_ids[0].with_user(self.accountant)
        proposal.action_take()
        with self.assertRaisesRegex(UserError, "not open any more"):
            wizard.action_apply()
        self.assertFalse(other.is_reconciled)
        with self.assertRaisesRegex(UserError, "settled already"):
            proposal.action_take()

    def test_entries_of_others(self):
        """The window may be filled in by a program: it takes no row of a statement,
        and no account that holds money."""
        line = self._import_one(-100, "a")
        row = self._import_one(-100, "b", Номер="8").sudo().move_id.line_ids[:1]
        with self.assertRaisesRegex(UserError, "not settled by a line"):
            self._choose(line, aml_ids=row.ids).action_apply()
        account = self.main_bank.default_account_id
        with self.assertRaisesRegex(UserError, "takes no rest"):
            self._choose(line, account_id=account.id).action_apply()

    def test_books_balance(self):
        """Whatever was settled and undone, nothing stays on the suspense account but
        what is not settled."""
        invoice = self._create_shown()
        self._create_paid_out()
        lines = self._import(
            make_statement(
                make_document(10000, invoice.name, tax_id=CLIENT_INN),
                make_document(-10000, "счет 77"),
                make_document(-33, "Комиссия", tax_id=""),
            )
        )
        suspense = self.main_bank.suspense_account_id
        rows = self.env["account.move.line"].search([("account_id", "=", suspense.id)])
        self.assertEqual(rows.mapped("balance"), [33.0])
        lines[:2].with_user(self.accountant).action_undo_match()
        rows = self.env["account.move.line"].search([("account_id", "=", suspense.id)])
        self.assertEqual(sum(rows.mapped("balance")), 33.0)
        self.assertEqual(len(rows), 3)

    # === Cost === #

    def test_fixed_number_of_queries(self):
        """For what is open, and for any number of lines, the same questions."""
        counts = []
        for count in (5, 25):
            rows = [make_document(n + 1, "x", Номер=str(count)) for n in range(count)]
            lines = self._import(make_statement(*rows)).sudo()
            self.env.flush_all()
            self.env.invalidate_all()
            lines.fetch(["amount"])
            before = self.env.cr.sql_log_count
            lines._get_open_items(self.main_bank, lines.currency_id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_screen(self):
        line = self._client_line(10, "x")
        view = "tour_bank.account_bank_statement_line_view_form"
        for user in (self.accountant, self.head, self.director):
            form = Form(line.with_user(user), view)
            self.assertEqual(form.amount, 10.0)
        Wizard = self.env["tour.bank.match"].with_user(self.accountant)
        window = Form(Wizard.with_context(default_line_id=line.id))
        self.assertEqual(window.amount, 10.0)
        self.assertEqual(window.only_partner_id, self.client_company)
