from contextlib import closing
from unittest.mock import patch

import requests
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.payment.models.payment_transaction import PaymentTransaction

from ..models.tour_collection import REQUEST_LOCK
from .test_plan import TODAY, PlanCommon

DUE = "2026-06-21"


class CollectionCommon(PlanCommon):
    """The deposit is paid by card, which is saved; 7,000 fall due on June 21st."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.tour_auto_collect = True
        cls.token = cls._create_token()

    @classmethod
    def _create_token(cls, partner=None):
        return (
            cls.env["payment.token"]
            .sudo()
            .create(
                {
                    "provider_id": cls.provider.id,
                    "payment_method_id": cls.method.id,
                    "payment_details": "1234",
                    "partner_id": (partner or cls.olga.partner_id).id,
                    "provider_ref": "card",
                }
            )
        )

    def _create_saved(self, **values):
        invoice = self._create_planned(**values)
        self._pay_online(invoice, 3000, token_id=self.token.id)
        return invoice

    def _run(self, day=DUE):
        self.env.flush_all()
        with freeze_time(day):
            self.env["tour.collection"]._cron_collect()

    def _get_attempts(self, invoice):
        return self.env["tour.collection"].search([("move_id", "=", invoice.id)])


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestCollection(CollectionCommon):
    """7,000 are collected once, or never."""

    def test_card_is_saved_with_the_deposit(self):
        invoice = self._create_saved()
        self.assertEqual(invoice.tour_booking_ids.collect_token_id, self.token)

    def test_collected_when_due_and_not_before(self):
        invoice = self._create_saved()
        with self._answering("done") as asked:
            self._run("2026-06-20")
            self.assertFalse(asked)
            self._run()
            self._run()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        self.assertEqual(asked, [f"{invoice.name}-{row.id}-1"])
        attempt = self._get_attempts(invoice)
        self.assertEqual((attempt.state, attempt.amount), ("done", 7000))
        self.assertEqual((invoice.amount_residual, invoice.tour_stage), (0, "online"))
        self.assertEqual(invoice.client_payment_state, "paid")

    def test_what_we_ask_is_kept_before_we_ask(self):
        """The attempt is committed before the provider is asked."""
        invoice = self._create_saved()
        commits, seen = self.commits, []

        def note(tx):
            seen.append((len(commits), tx.collection_ids.state))
            raise OSError("cut off")

        with (
            patch.object(PaymentTransaction, "_send_payment_request", note),
            mute_logger("odoo.addons.tour_billing.models.payment_transaction"),
        ):
            self._run()
        # Its dates, its reminder, one commit to begin with, one with the attempt.
        self.assertEqual(seen, [(4, "no_answer")])
        self.assertEqual(self._get_attempts(invoice).state, "no_answer")

    def test_each_sum_settles_its_own_row(self):
        """3,000 are refused, 7,000 are paid: those are not the 3,000's."""
        invoice = self._create_planned()
        order = invoice.tour_booking_ids.sudo()
        order.collect_token_id = self.token

        refused = "The card is tired."

        def send(tx):
            if tx.amount == 3000:
                raise ValidationError(refused)
            tx._set_done()

        with patch.object(PaymentTransaction, "_send_payment_request", send):
            self._run()
        deposit, balance = invoice._get_due_rows().sorted("date_maturity")
        self.assertEqual(deposit.amount_residual, 3000)
        self.assertTrue(balance.reconciled)
        self.assertEqual(
            self._get_attempts(invoice).filtered("is_open").line_id, deposit
        )

    def test_paid_and_its_row_open_needs_somebody(self):
        invoice = self._create_saved()
        with self._answering("done"):
            self._run()
        attempt = self._get_attempts(invoice)
        self.assertFalse(attempt.is_open)
        attempt.line_id.remove_move_reconcile()
        self.assertTrue(attempt.is_open)

    def test_one_bad_invoice_holds_up_no_other(self):
        """Neither in moving dates, nor in reminding, nor in collecting."""
        bad, good = self._create_saved(), self._create_saved()
        for name in ("_update_due_dates", "_mail_client"):
            self._let_fail(name, bad)
        with (
            self._answering("done") as asked,
            mute_logger("odoo.addons.tour_billing.models.tour_collection"),
        ):
            self._run()
        self.assertEqual(len(asked), 2)
        self.assertFalse(any(bad._get_due_rows().mapped("tour_reminded_for")))
        self.assertTrue(any(good._get_due_rows().mapped("tour_reminded_for")))

    def test_one_bad_card_holds_up_no_other(self):
        bad, good = self._create_saved(), self._create_saved()
        self._let_fail("_get_collect_token", bad)
        with (
            self._answering("done") as asked,
            mute_logger("odoo.addons.tour_billing.models.tour_collection"),
        ):
            self._run()
        self.assertEqual(len(asked), 1)
        self.assertTrue(self._get_attempts(good))
        self.assertEqual((bad.amount_residual, good.amount_residual), (7000, 0))

    def _let_fail(self, name, bad):
        """Let a method of invoices fail for one of them."""
        Move = type(self.env["account.move"])
        original = getattr(Move, name)

        def method(move, *args, **kwargs):
            if bad in move:
                raise ValueError(name)
            return original(move, *args, **kwargs)

        self.patch(Move, name, method)

    def test_refused_is_tried_again_and_given_up(self):
        invoice = self._create_saved()
        with self._answering("The card is empty.") as asked:
            for day, count in (
                (DUE, 1),
                ("2026-06-22", 1),
                ("2026-06-23", 2),
                ("2026-06-25", 3),
                ("2026-07-30", 3),
            ):
                self._run(day)
                self.assertEqual(len(asked), count, day)
        self.assertEqual(len(set(asked)), 3)
        attempts = self._get_attempts(invoice)
        self.assertEqual(set(attempts.mapped("state")), {"failed"})
        # The latest is what somebody has to look after.
        self.assertEqual(attempts.filtered("is_open"), attempts[0])
        self._mark_paid(invoice)
        self.assertFalse(attempts.filtered("is_open"))
        self.assertEqual(attempts[0].message, "The card is empty.")
        told = self.env["mail.message"].search(
            [
                ("model", "=", "account.move"),
                ("res_id", "=", invoice.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.manager.partner_id.ids),
            ]
        )
        self.assertEqual(len(told), 3)
        self.assertIn("last attempt", told.sorted("id")[-1].body)

    def test_no_answer_is_not_repeated(self):
        """A time-out: the card may have been charged."""
        invoice = self._create_saved()
        error = ValidationError("Could not establish the connection.")
        error.__context__ = requests.Timeout()
        with self._answering(error) as asked:
            for day in (DUE, "2026-06-23", "2026-07-30"):
                self._run(day)
        self.assertEqual(len(asked), 1)
        attempt = self._get_attempts(invoice)
        self.assertEqual(attempt.state, "no_answer")
        self.assertEqual(attempt.transaction_id.state, "pending")
        # The provider's notice comes late: it is paid, and not asked for again.
        attempt.transaction_id._set_done()
        attempt.transaction_id._post_process()
        with self._answering("done") as asked:
            self._run("2026-07-31")
        self.assertFalse(asked)
        self.assertEqual(invoice.amount_residual, 0)

    def test_somebody_finds_out_that_it_was_not_charged(self):
        invoice = self._create_saved()
        with self._answering("pending"):
            self._run()
        attempt = self._get_attempts(invoice)
        button = attempt.with_user(self.accountant).action_not_charged
        with self.assertRaises(AccessError):
            attempt.with_user(self.manager).action_not_charged()
        with freeze_time(f"{DUE} 00:59:00"), self.assertRaisesRegex(UserError, "hour"):
            button()
        with freeze_time("2026-06-22"):
            button()
        self.assertEqual(attempt.state, "failed")
        with self.assertRaisesRegex(UserError, "answer already"):
            button()
        with self._answering("done") as asked:
            self._run("2026-06-23")
        self.assertTrue(asked[0].endswith("-2"))
        self.assertEqual(invoice.amount_residual, 0)

    def test_not_charged_is_not_said_while_the_request_runs(self):
        """Another connection holds the attempt, as the cron does while it asks."""
        invoice = self._create_saved()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        with freeze_time(DUE):
            attempt = self.env["tour.collection"]._prepare_attempt(row)
        lock = "SELECT pg_try_advisory_xact_lock(%s, %s)"
        with (
            freeze_time("2026-06-22"),
            self.assertRaisesRegex(UserError, "right now"),
            closing(db_connect(self.env.cr.dbname).cursor()) as other,
        ):
            other.execute(lock, (REQUEST_LOCK, attempt.id))
            attempt.with_user(self.accountant).action_not_charged()
        self.assertEqual(attempt.state, "no_answer")

    def test_not_charged_is_not_said_of_what_the_provider_holds(self):
        invoice = self._create_saved()
        with self._answering("pending"):
            self._run()
        attempt = self._get_attempts(invoice)
        # The provider of these tests takes money at once: so its state is put there.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE payment_transaction SET state = 'authorized' WHERE id = %s",
            attempt.transaction_id.ids,
        )
        attempt.transaction_id.invalidate_recordset()
        with freeze_time("2026-06-22"), self.assertRaisesRegex(UserError, "holds"):
            attempt.with_user(self.accountant).action_not_charged()

    def test_what_was_answered_meanwhile_is_not_asked(self):
        invoice = self._create_saved()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        with freeze_time(DUE), self._answering("done") as asked:
            attempt = self.env["tour.collection"]._prepare_attempt(row)
            attempt.transaction_id._set_error("Not charged.")
            attempt._ask_card()
        self.assertFalse(asked)

    def test_cut_off_before_the_answer(self):
        """The attempt is there, its payment a draft: nobody knows, nobody repeats."""
        invoice = self._create_saved()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        with freeze_time(DUE):
            self.env["tour.collection"]._prepare_attempt(row)
        with self._answering("done") as asked:
            self._run("2026-07-30")
        self.assertFalse(asked)

    def test_cut_off_it_is_neither_paid_nor_cancelled(self):
        """The card may have been charged: nobody takes the money another way."""
        invoice = self._create_saved()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        with freeze_time(DUE):
            self.env["tour.collection"]._prepare_attempt(row)
        self.assertEqual(invoice._get_pending_transactions().state, "draft")
        self.assertIn("on its way", invoice._get_online_fault(7000))
        with self.assertRaisesRegex(UserError, "on its way"):
            self._mark_paid(invoice)
        with self.assertRaisesRegex(UserError, "refund only|on its way"):
            invoice.with_user(self.accountant).button_draft()

    def test_while_the_client_is_on_the_providers_page(self):
        """An hour long; then he has left it."""
        invoice = self._create_saved()
        with freeze_time(f"{DUE} 10:00:00"):
            self._create_transaction(invoice)
        with self._answering("done") as asked:
            self._run(f"{DUE} 10:59:00")
            self.assertFalse(asked)
            self._run(f"{DUE} 11:01:00")
        self.assertEqual(len(asked), 1)

    def test_two_crons_at_once(self):
        """Who has not seen the other's attempt breaks off on its number."""
        invoice = self._create_saved()
        row = invoice.tour_booking_ids.due_line_ids[-1]
        Collection = self.env["tour.collection"]
        order = invoice.tour_booking_ids
        values = Collection._prepare_attempt_vals(row, order, 1)
        Collection.create(values)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            Collection._prepare_attempt_vals(row, order, 1)

    def test_while_the_client_pays_himself(self):
        invoice = self._create_saved()
        self._pay_online(invoice, state="pending")
        with self._answering("done") as asked:
            self._run()
        self.assertFalse(asked)

    def test_not_without_plan_card_or_showing(self):
        self.plan.tour_auto_collect = False
        other = self._create_saved()
        self.plan.tour_auto_collect = True
        self.assertFalse(other.tour_booking_ids.collect_token_id)
        archived = self._create_saved()
        self.token.active = False
        with self._answering("done") as asked:
            self._run()
        self.assertFalse(asked)
        self.assertEqual(archived.amount_residual, 7000)

    def test_cards_are_the_clients_to_give(self):
        """Staff set none; and neither is a colleague's card kept, nor a stranger's."""
        order = self._create_sold()
        own = order.with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "client's to give"):
            own.collect_token_id = self.token
        Order = own.browse().with_context(default_collect_token_id=self.token.id)
        made = Order.create(
            {"is_tour_booking": True, "partner_id": self.client_company.id}
        )
        self.assertFalse(made.sudo().collect_token_id)
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        for partner in (stranger, self.boris.partner_id):
            with self.assertRaisesRegex(ValidationError, "another client's"):
                order.sudo().collect_token_id = self._create_token(partner)
        order.sudo().collect_token_id = self.token
        own.collect_token_id = False
        self.assertFalse(order.sudo().collect_token_id)

    def test_a_card_that_staff_charged_is_not_kept(self):
        invoice = self._create_planned()
        self._pay_online(invoice, 3000, token_id=self.token.id, operation="offline")
        self.assertFalse(invoice.tour_booking_ids.collect_token_id)

    def test_the_card_goes_with_its_owner(self):
        order = self._create_saved().tour_booking_ids.sudo()
        self.assertEqual(order.collect_token_id, self.token)
        order.client_user_id = self.boris
        self.assertFalse(order.collect_token_id)

    def test_one_card_for_all_bookings_of_an_invoice(self):
        """Of two bookings, one has no card, or another: nobody is charged for both."""
        self.env.company.tour_one_open_invoice = False
        invoice = self._create_saved()
        order = invoice.tour_booking_ids
        other = self._create_sold(client_user_id=self.boris.id)
        invoice.tour_booking_ids |= other
        with self._answering("done") as asked:
            self._run()
            token = self._create_token(self.boris.partner_id)
            other.sudo().collect_token_id = token
            self._run()
            self.assertFalse(asked)
            invoice.tour_booking_ids = order
            self._run()
        self.assertEqual(len(asked), 1)

    def test_attempts_are_for_reading(self):
        invoice = self._create_saved()
        with self._answering("pending"):
            self._run()
        attempt = self._get_attempts(invoice)
        self.assertEqual(attempt.with_user(self.manager).state, "no_answer")
        with self.assertRaises(AccessError):
            attempt.with_user(self.accountant).write({"number": 7})
        self.assertFalse(
            self.env["tour.collection"]
            .with_user(self._create_staff("other", "manager_own"))
            .search([("id", "=", attempt.id)])
        )
