from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RefundCommon


@tagged("post_install", "-at_install")
class TestAttack(RefundCommon):
    """What a program may send, and what Odoo's own buttons would undo."""

    # === The caller's context === #

    def test_a_client_brings_no_defaults(self):
        invoice = self._create_paid()
        foreign = self._create_paid()._reverse_moves([{"invoice_date": self.today}])
        context = {
            "default_note_id": foreign.id,
            "default_reason": "x",
            "default_how": "hand",
            "default_reject_reason": "x",
            "default_message": "x",
        }
        refund = self._ask(invoice.with_context(**context))
        self.assertRecordValues(
            refund,
            [
                {
                    "note_id": False,
                    "reason": False,
                    "how": False,
                    "reject_reason": False,
                    "message": False,
                }
            ],
        )

    def test_a_head_brings_no_defaults_into_the_books(self):
        invoice = self._create_paid()
        wizard = self._open_refund(invoice, self.head)
        wizard = wizard.with_context(
            default_auto_post="monthly",
            default_payment_reference="x",
            skip_invoice_sync=True,
            no_exchange_difference=True,
        )
        refund = self.env["tour.refund"].browse(wizard.action_apply()["res_id"])
        note = refund.sudo().note_id
        self.assertEqual((note.auto_post, note.payment_state), ("no", "paid"))
        self.assertNotEqual(note.payment_reference, "x")

    def test_transactions_are_not_tied_by_hand(self):
        refund = self._refund(self._create_paid())
        tx = self._create_transaction(self._create_shown(), 5)
        tx = tx.sudo(False).with_user(self.accountant)
        with self.assertRaises(AccessError):
            tx.tour_refund_id = refund
        with self.assertRaises(AccessError):
            tx.copy({"tour_refund_id": refund.id})
        # Nor by what a caller says of an act that makes one in sudo mode.
        tx = tx.sudo().with_context(default_tour_refund_id=refund.id)
        tied = tx.copy({"reference": "T-1"})
        self.assertFalse(tied.tour_refund_id)

    # === Who === #

    def test_staff_do_not_ask_in_the_client_s_name(self):
        invoice = self._create_paid()
        for user in (self.manager, self.head, self.accountant):
            with self.assertRaises(AccessError):
                self._ask(invoice, user=user)

    def test_windows_show_nothing_of_other_companies(self):
        invoice = self._create_paid()
        refund = self._ask(invoice)
        company = self.env["res.company"].create({"name": "Another"})
        stranger = self._create_staff("stranger", "accountant")
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        for model, values in (
            ("tour.refund.make", {"move_id": invoice.id}),
            ("tour.refund.reject", {"refund_id": refund.id, "reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(stranger).create(values)

    def test_numbers_that_are_none(self):
        invoice = self._create_paid()
        for amount in (10**400, -(10**400), 1e300):
            with self._refused("Amount: enter more than nothing"):
                self._ask(invoice, amount=amount)
        for amount in (-1, 0, 1e13):
            with self._refused("more than nothing"):
                self._refund(invoice, kind="amount", amount=amount)
        self.assertEqual(
            self._ask(invoice, reason="Ill\0ness").client_reason, "Illness"
        )

    def test_day_that_it_was_given_on(self):
        """Not tomorrow, and not before the invoice."""
        invoice = self._create_paid()
        today = fields.Date.context_today(invoice)
        for days in (-400, 1):
            with self._refused("Given on"):
                self._refund(invoice, date=fields.Date.add(today, days=days))
        refund = self._refund(invoice, date=invoice.invoice_date)
        self.assertEqual(refund.note_id.invoice_date, invoice.invoice_date)

    def test_why_is_kept_of_what_was_asked_for(self):
        invoice = self._create_paid()
        refund = self._refund(invoice, refund=self._ask(invoice), reason="Goodwill")
        self.assertEqual(refund.reason, "Goodwill")
        self.assertFalse(refund.reject_reason)

    # === Odoo's own buttons === #

    def test_note_of_a_refund_stays_in_the_books(self):
        """Cancelled, it would let the money go back again."""
        invoice = self._create_paid()
        note = self._refund(invoice).note_id
        note = note.sudo(False).with_user(self.accountant)
        for button in ("button_draft", "button_cancel"):
            with self._refused("belongs to a refund"):
                getattr(note, button)()
        self.assertEqual(invoice._get_refundable(), 0)

    def test_note_under_way_is_not_entered_nor_paid_by_hand(self):
        invoice = self._create_paid(online=True)
        refund = self._refund(invoice)
        note = refund.note_id.sudo(False).with_user(self.accountant)
        for button in ("action_post", "button_cancel"):
            with self._refused("belongs to a refund"):
                getattr(note, button)()
        with self._refunding("pending"):
            self._send()
        refund._post_notes()
        register = self.env["account.payment.register"].with_user(self.accountant)
        register = register.with_context(
            active_model="account.move", active_ids=note.ids
        ).create({"journal_id": self.cash.id})
        with self._refused("belongs to a refund"):
            register.action_create_payments()

    def test_note_that_was_changed_is_not_asked_for(self):
        """Lowered, it would leave more to refund than there is."""
        invoice = self._create_paid(online=True)
        refund = self._refund(invoice)
        refund.note_id.invoice_line_ids[0].price_unit -= 4000
        self.assertEqual(invoice._get_refundable(), 0)
        with self._refunding("done") as asked:
            self._send()
        self.assertEqual((asked, refund.state), ([], "failed"))
        self.assertIn("was changed", refund.message)
        # All of it can be refunded anew, to the same card.
        refund = self._refund(invoice, how="provider")
        with self._refunding("done") as asked:
            self._send()
        self.assertEqual((asked, refund.state), ([-10000], "done"))

    def test_not_more_credit_than_invoiced(self):
        """Odoo's own credit note after a refund would be the client's once more."""
        invoice = self._create_paid()
        self._refund(invoice, kind="amount", amount=1)
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        with self._refused("more would be credited"):
            note.action_post()
        note.invoice_line_ids[0].price_unit -= 1
        note.action_post()
        self.assertEqual(invoice._get_refundable(), 0)

    def test_payments_are_not_unmatched_by_a_reversal(self):
        invoice = self._create_paid()
        self._refund(invoice, kind="amount", amount=1)
        with self._refused("was refunded"):
            invoice._reverse_moves([{"invoice_date": self.today}], cancel=True)

    def test_copies_of_a_note_refund_nothing(self):
        invoice = self._create_nights()
        note = self._refund(invoice, kind="lines", rows={0: (1, 5000)}).note_id
        note.copy()
        self._refund(invoice, kind="lines", rows={0: (1, 5000)})

    # === What was not paid in money === #

    def test_what_was_written_off_does_not_go_back(self):
        """9,999 came for 10,000, and the rest was let go."""
        invoice = self._create_shown()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create(
            {
                "journal_id": self.cash.id,
                "amount": 9999,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": invoice.invoice_line_ids.account_id[:1].id,
            }
        )._create_payments()
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(invoice._get_refundable(), 9999)
        self.assertEqual(self._refund(invoice).amount, 9999)

    def test_a_cheque_that_was_given_away_is_no_money(self):
        invoice = self._create_shown()
        self.env.company.tour_gift_expense_account_id = (
            invoice.invoice_line_ids.account_id[:1]
        )
        cheque = self.env["tour.gift.cheque"].create({"value": 4000, "kind": "given"})
        cheque.action_issue()
        self._mark_paid(invoice, gift_code=cheque.code, amount=4000)
        self._mark_paid(invoice)
        self.assertEqual(invoice._get_refundable(), 6000)
