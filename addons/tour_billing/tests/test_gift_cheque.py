from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import BillingCommon


class GiftCommon(BillingCommon):
    """Cheques of 5,000, bought by somebody who paid at the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.env["res.partner"].create({"name": "Grandmother"})

    def _create_cheque(self, issue=True, paid=True, **values):
        Cheque = self.env["tour.gift.cheque"].with_user(self.accountant)
        cheque = Cheque.create({"value": 5000, "partner_id": self.buyer.id, **values})
        if issue:
            cheque.action_issue()
        if issue and paid and cheque.kind == "sold":
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=cheque.move_id.ids
            ).create({"journal_id": self.cash.id})._create_payments()
        return cheque


@tagged("post_install", "-at_install")
class TestGiftCheque(GiftCommon):
    def test_used_in_parts(self):
        cheque = self._create_cheque()
        self.assertEqual(cheque.remaining, 5000)
        first, second = self._create_shown(), self._create_shown()
        payment = self._mark_paid(first, gift_code=cheque.code.lower(), amount=1500.5)
        self.assertEqual(payment.gift_cheque_id, cheque)
        self.assertEqual(cheque.remaining, 3499.5)
        self.assertEqual(first.amount_residual, 8499.5)
        self._mark_paid(second, gift_code=cheque.code, amount=3499.5)
        self.assertEqual(cheque.remaining, 0)
        with self.assertRaisesRegex(UserError, "0.00 left"):
            self._mark_paid(second, gift_code=cheque.code, amount=0.01)

    def test_window_offers_what_is_left(self):
        cheque = self._create_cheque()
        invoice = self._create_shown().sudo(False).with_user(self.accountant)
        context = invoice.action_mark_paid()["context"]
        Wizard = self.env["tour.invoice.pay"].with_user(self.accountant)
        with Form(Wizard.with_context(**context)) as form:
            form.gift_code = cheque.code
            self.assertEqual(form.amount, 5000)

    def test_undone_it_is_worth_as_much_again(self):
        cheque = self._create_cheque()
        invoice = self._create_shown()
        self._mark_paid(invoice, gift_code=cheque.code, amount=5000)
        invoice.with_user(self.accountant).action_cancel_invoice()
        self.assertEqual(cheque.remaining, 5000)

    def test_undone_in_closed_books_it_is_worth_as_much_again(self):
        """The payment's books are closed: an entry of today takes it back."""
        cheque = self._create_cheque()
        invoice = self._create_shown()
        payment = self._mark_paid(
            invoice, gift_code=cheque.code, amount=5000, date=self._day(-40)
        )
        self.env.company.sudo().fiscalyear_lock_date = self._day(-30)
        invoice.with_user(self.accountant).action_cancel_invoice()
        self.assertEqual(payment.move_id.state, "posted")
        self.assertEqual(payment.tour_taken_back_on, self.today)
        self.assertEqual(cheque.remaining, 5000)
        self._mark_paid(self._create_shown(), gift_code=cheque.code, amount=5000)

    def test_nobody_writes_that_a_payment_was_taken_back(self):
        payment = self._mark_paid(
            self._create_shown(), gift_code=self._create_cheque().code, amount=5000
        )
        payment = payment.sudo(False).with_user(self.accountant)
        with self.assertRaises(AccessError):
            payment.tour_taken_back_on = self.today

    def test_heads_take_it_too(self):
        cheque = self._create_cheque()
        invoice = self._create_shown()
        self._mark_paid(invoice, user=self.head, gift_code=cheque.code, amount=100)
        self.assertEqual(cheque.remaining, 4900)

    def test_what_is_refused(self):
        invoice = self._create_shown()
        eur = self.setup_other_currency("HRK")
        for cheque, reason in (
            (self._create_cheque(issue=False), "not valid"),
            (self._create_cheque(paid=False), "not paid for"),
            (self._create_cheque(expires_on=self._day(-1)), "was valid until"),
            (self._create_cheque(currency_id=eur.id), "is in HRK"),
        ):
            with self.assertRaisesRegex(UserError, reason):
                self._mark_paid(invoice, gift_code=cheque.code, amount=10)
        with self.assertRaisesRegex(UserError, "no gift cheque"):
            self._mark_paid(invoice, gift_code="AAAA-BBBB-CCCC", amount=10)
        with self.assertRaisesRegex(UserError, "5,000.00 left"):
            self._mark_paid(invoice, gift_code=self._create_cheque().code)

    def test_journal_takes_nothing_without_a_cheque(self):
        """Neither by our window nor by Odoo's."""
        self._create_cheque()
        journal = self.env.company.tour_gift_journal_id
        invoice = self._create_shown()
        with self.assertRaisesRegex(UserError, "takes no payments"):
            self._mark_paid(invoice, journal_id=journal.id)
        register = self.env["account.payment.register"].with_user(self.accountant)
        wizard = register.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": journal.id})
        with self.assertRaisesRegex(UserError, "with their code"):
            wizard.action_create_payments()

    def test_never_overdrawn(self):
        """Whatever way a payment comes, the database says no."""
        cheque = self._create_cheque()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            payment = self._mark_paid(
                self._create_shown(), gift_code=cheque.code, amount=10
            )
            self.env.cr.execute(
                "UPDATE account_payment SET amount = 5001 WHERE id = %s", payment.ids
            )
            payment.invalidate_recordset()
            self.env.add_to_compute(cheque._fields["remaining"], cheque)
            self.env.flush_all()

    def test_code_and_status_are_not_written(self):
        cheque = self._create_cheque(issue=False)
        for values in ({"state": "issued"}, {"code": "MINE"}, {"move_id": False}):
            with self.assertRaises(AccessError):
                cheque.write(values)
        for values in ({"code": "MINE"}, {"remaining": 5}, {"payment_ids": []}):
            with self.assertRaises(AccessError):
                cheque.create({"value": 5, **values})
        with self.assertRaises(AccessError):
            cheque.write({"remaining": 100000})
        cheque.action_issue()
        with self.assertRaisesRegex(UserError, "does not change"):
            cheque.value = 100000
        with self.assertRaisesRegex(UserError, "cancelled, not deleted"):
            cheque.unlink()

    def test_status_is_no_default_either(self):
        """A caller's context makes no cheque that the books do not know."""
        Cheque = self.env["tour.gift.cheque"].with_user(self.accountant)
        cheque = Cheque.with_context(
            default_state="issued",
            default_code="MINE",
            default_remaining=100000,
            default_move_id=self._create_shown().id,
        ).create({"value": 5, "partner_id": self.buyer.id})
        self.assertEqual((cheque.state, cheque.remaining), ("draft", 5))
        self.assertNotEqual(cheque.code, "MINE")
        self.assertFalse(cheque.move_id)

    def test_without_an_entry_it_pays_nothing(self):
        cheque = self._create_cheque(issue=False, kind="given")
        cheque._as_actor().state = "issued"
        with self.assertRaisesRegex(UserError, "not valid"):
            self._mark_paid(self._create_shown(), gift_code=cheque.code, amount=5)

    def test_cancelled(self):
        unpaid = self._create_cheque(paid=False)
        unpaid.action_cancel()
        self.assertEqual((unpaid.state, unpaid.move_id.state), ("cancelled", "cancel"))
        with self.assertRaisesRegex(UserError, "credit note"):
            self._create_cheque().action_cancel()

    def _credit(self, cheque, amount=None):
        invoice = cheque.sudo().move_id
        note = invoice._reverse_moves([{"invoice_date": self.today}], cancel=False)
        note.invoice_line_ids.price_unit = amount or cheque.value
        note.action_post()
        return note

    def test_credited_before_it_was_paid(self):
        """Nobody paid, and a credit note took back the whole: nothing to pay with."""
        cheque = self._create_cheque(paid=False)
        note = self._credit(cheque)
        lines = (note | cheque.sudo().move_id).line_ids
        lines = lines.filtered(lambda row: row.display_type == "payment_term")
        lines.filtered(lambda row: not row.reconciled).reconcile()
        self.assertEqual(cheque.sudo().move_id.payment_state, "reversed")
        with self.assertRaisesRegex(UserError, "taken back"):
            self._mark_paid(self._create_shown(), gift_code=cheque.code, amount=10)
        cheque.action_cancel()
        # What the books took back stays in them, with its credit note.
        self.assertEqual(cheque.state, "cancelled")
        self.assertEqual((cheque.sudo().move_id | note).mapped("state"), ["posted"] * 2)
        self.assertFalse(note.amount_residual)

    def test_money_back(self):
        cheque = self._create_cheque()
        note = self._credit(cheque)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=note.ids
        ).create({"journal_id": self.cash.id})._create_payments()
        with self.assertRaisesRegex(UserError, "taken back"):
            self._mark_paid(self._create_shown(), gift_code=cheque.code, amount=10)
        cheque.action_cancel()
        self.assertEqual(cheque.state, "cancelled")

    def test_credited_in_part_it_is_not_cancelled(self):
        cheque = self._create_cheque(paid=False)
        self._credit(cheque, 1000)
        with self.assertRaisesRegex(UserError, "make a credit note"):
            cheque.action_cancel()

    # === The code === #

    def _get_mails(self, cheque):
        return self.env["mail.mail"].search([("body_html", "like", cheque.code)])

    def test_the_books_do_not_know_the_code(self):
        self.env.company.tour_gift_expense_account_id = self.env[
            "account.account"
        ].create({"name": "Gifts", "code": "699977", "account_type": "expense"})
        for kind in ("sold", "given"):
            move = self._create_cheque(kind=kind, paid=False).move_id.sudo()
            code = self.env["tour.gift.cheque"].search([("move_id", "=", move.id)]).code
            words = [move.ref, move.payment_reference, move.name, move.narration]
            words += move.line_ids.mapped("name")
            text = " ".join(filter(None, words))
            self.assertNotIn(code, text)
            self.assertIn(code[-4:], text)

    def test_the_code_is_mailed_when_it_is_paid_for(self):
        self.buyer.email = "grandmother@example.com"
        cheque = self._create_cheque(paid=False)
        self.assertFalse(self._get_mails(cheque))
        paid = self._create_cheque()
        self.assertEqual(len(self._get_mails(paid)), 1)
        self.assertTrue(paid.mailed_on)
        paid.sudo().move_id._invoice_paid_hook()
        self.assertEqual(len(self._get_mails(paid)), 1)

    def test_money_is_entered_though_the_code_is_not_mailed(self):
        with (
            patch.object(
                type(self.env["tour.notification.category"]),
                "_send_mails",
                side_effect=ValueError("no template"),
            ),
            mute_logger("odoo.addons.tour_billing.models.tour_gift_payment"),
        ):
            cheque = self._create_cheque()
        self.assertTrue(cheque._is_bought())
        self.assertFalse(cheque.mailed_on)

    def test_no_defaults_in_what_issues_it(self):
        """Whoever issues says by no default what the books get."""
        cheque = self._create_cheque(issue=False)
        defaults = {"default_narration": "Mine", "default_discount": 100}
        cheque.with_context(**defaults, default_ref="Mine").action_issue()
        move = cheque.sudo().move_id
        self.assertEqual(move.amount_total, 5000)
        self.assertNotIn("Mine", f"{move.narration} {move.ref}")

    def test_given_away(self):
        with self.assertRaisesRegex(UserError, "in the settings"):
            self._create_cheque(kind="given")
        account = self.env["account.account"].create(
            {"name": "Gifts", "code": "699977", "account_type": "expense"}
        )
        self.env.company.tour_gift_expense_account_id = account
        cheque = self._create_cheque(kind="given", partner_id=False)
        self._mark_paid(self._create_shown(), gift_code=cheque.code, amount=5000)
        self.assertEqual(cheque.remaining, 0)

    def test_managers_see_no_codes(self):
        cheque = self._create_cheque()
        with self.assertRaises(AccessError):
            cheque.with_user(self.manager).read(["code"])
        with self.assertRaises(AccessError):
            cheque.with_user(self.olga).read(["code"])
