from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestInvoiceLife(BillingCommon):
    """An invoice of 10,000, from its draft to its end."""

    def test_shown_by_the_manager(self):
        order = self._create_sold()
        invoice = self._invoice(order)
        self.assertEqual(invoice.tour_booking_ids, order)
        self.assertEqual(invoice.tour_stage, "draft")
        self.assertFalse(order.client_payment_state)
        invoice.action_show_to_client()
        self.assertEqual((invoice.state, invoice.tour_stage), ("posted", "shown"))
        self.assertEqual(order.client_payment_state, "awaiting")
        self.assertEqual(order.client_invoiced_amount, 10000)

    def test_the_client_is_mailed_a_link(self):
        invoice = self._create_shown()
        mail = self.env["mail.mail"].search(
            [("subject", "=", f"Invoice {invoice.name} to pay")]
        )
        self.assertEqual(len(mail), 1)
        self.assertIn(f"/my/invoices/{invoice.id}", mail.body_html)
        self.assertIn(self.olga.email, mail.email_to or mail.recipient_ids.email)

    def test_shown_once_only(self):
        invoice = self._create_shown()
        with self.assertRaisesRegex(UserError, "cannot be shown"):
            invoice.with_user(self.manager).action_show_to_client()

    def test_nobody_writes_that_it_was_shown(self):
        invoice = self._invoice(self._create_sold()).sudo()
        with self.assertRaises(AccessError):
            invoice.tour_shown_on = "2026-01-01 00:00:00"
        with self.assertRaises(AccessError):
            invoice.copy({"tour_shown_on": "2026-01-01 00:00:00"})
        self.env.company.tour_one_open_invoice = False
        default = {"default_tour_shown_on": "2026-01-01 00:00:00"}
        self.assertFalse(invoice.with_context(**default).copy().tour_shown_on)

    def test_nor_that_it_was_not(self):
        invoice = self._create_shown().sudo(False).with_user(self.accountant)
        with self.assertRaises(AccessError):
            invoice.tour_shown_on = False

    def test_what_odoo_sends_was_shown(self):
        invoice = self._invoice(self._create_sold()).sudo()
        invoice.action_post()
        self.assertEqual(invoice.tour_stage, "entered")
        invoice.is_move_sent = True
        self.assertEqual(invoice.tour_stage, "shown")

    # === Paid === #

    def test_marked_as_paid(self):
        """From the draft at once: entered, shown, paid, and the sum is green."""
        order = self._create_sold()
        invoice = self._invoice(order)
        payment = self._mark_paid(invoice, reference="slip 7")
        self.assertEqual(payment.journal_id, self.cash)
        self.assertEqual(payment.amount, 10000)
        self.assertEqual((invoice.tour_stage, invoice.amount_residual), ("marked", 0))
        self.assertTrue(invoice.tour_shown_on)
        self.assertEqual(order.client_payment_state, "paid")
        self.assertTrue(order.invoices_paid)

    def test_a_head_marks_it_too(self):
        invoice = self._create_shown()
        self._mark_paid(invoice, user=self.head)
        self.assertEqual(invoice.tour_stage, "marked")

    def test_paid_in_part(self):
        invoice = self._create_shown()
        self._mark_paid(invoice, amount=2500.5)
        self.assertEqual(
            (invoice.tour_stage, invoice.amount_residual), ("partly", 7499.5)
        )
        self.assertEqual(invoice.client_payment_state, "awaiting")
        self._mark_paid(invoice)
        self.assertEqual(invoice.tour_stage, "marked")

    def test_never_more_than_what_is_left(self):
        invoice = self._create_shown()
        for amount in (10000.01, 0, -5):
            with self.assertRaisesRegex(UserError, "not more than"):
                self._mark_paid(invoice, amount=amount)

    def test_only_by_journals_of_the_company_that_take_payments(self):
        invoice = self._create_shown()
        with self.assertRaisesRegex(UserError, "takes no payments"):
            self._mark_paid(invoice, journal_id=invoice.journal_id.id)
        line = self.bank.inbound_payment_method_line_ids.filtered("payment_provider_id")
        with self.assertRaisesRegex(UserError, "takes no payments"):
            self._mark_paid(
                invoice, journal_id=self.bank.id, payment_method_line_id=line.id
            )

    def test_paid_online(self):
        invoice = self._create_shown()
        tx = self._pay_online(invoice)
        self.assertEqual(invoice.tour_stage, "online")
        self.assertEqual(tx.payment_id.amount, 10000)
        self.assertEqual(invoice.tour_booking_ids.client_payment_state, "paid")

    # === Cancelled === #

    def test_shown_is_cancelled_until_paid(self):
        order = self._create_sold()
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        invoice.with_user(self.accountant).action_cancel_invoice()
        self.assertEqual((invoice.state, invoice.tour_stage), ("cancel", "cancelled"))
        self.assertFalse(invoice.tour_shown_on)
        self.assertFalse(order.client_payment_state)
        # The services can be invoiced again.
        self.assertEqual(self._invoice(order).amount_total, 10000)

    def test_marked_as_paid_is_cancelled_with_its_payment(self):
        invoice = self._create_shown()
        payment = self._mark_paid(invoice)
        entry = payment.move_id
        invoice.with_user(self.head).action_cancel_invoice()
        self.assertEqual(invoice.state, "cancel")
        self.assertEqual(payment.state, "canceled")
        self.assertEqual(entry.state, "cancel")
        self.assertFalse(invoice.tour_booking_ids.invoices_paid)

    def test_paid_online_is_undone_by_refund_only(self):
        invoice = self._create_shown()
        tx = self._pay_online(invoice)
        with self.assertRaisesRegex(UserError, "by a refund only"):
            invoice.with_user(self.head).action_cancel_invoice()
        # Odoo's own buttons neither.
        for button in ("button_draft", "button_cancel"):
            with self.assertRaisesRegex(UserError, "by a refund only"):
                getattr(invoice.with_user(self.accountant), button)()
        for button in ("action_draft", "action_cancel"):
            with self.assertRaisesRegex(UserError, "by a refund only"):
                getattr(tx.payment_id.with_user(self.accountant), button)()

    def test_paid_online_in_part_neither(self):
        invoice = self._create_shown()
        self._pay_online(invoice, 3000)
        self.assertEqual(invoice.tour_stage, "partly_online")
        with self.assertRaisesRegex(UserError, "by a refund only"):
            invoice.with_user(self.head).action_cancel_invoice()
        # The rest may be paid at the desk.
        self._mark_paid(invoice)
        self.assertEqual(invoice.tour_stage, "online")

    def test_paid_online_and_matched_by_hand_neither(self):
        """The money came for another invoice, and was set off against this one."""
        first, invoice = self._create_shown(), self._create_shown()
        payment = self._pay_online(first).payment_id
        first._get_due_rows().remove_move_reconcile()
        self._match(invoice, payment.move_id)
        self.assertEqual((invoice.tour_stage, invoice.amount_residual), ("online", 0))
        for button in ("action_cancel_invoice", "button_draft"):
            with self.assertRaisesRegex(UserError, "by a refund only"):
                getattr(invoice.with_user(self.accountant), button)()

    def test_paid_online_without_an_invoice_is_not_undone(self):
        invoice = self._create_shown()
        tx = self._create_transaction(invoice, invoice_ids=False)
        tx._set_done()
        tx._post_process()
        with self.assertRaisesRegex(UserError, "by a refund only"):
            tx.payment_id.with_user(self.accountant).action_cancel()

    def test_being_paid_online_is_neither_cancelled_nor_marked(self):
        invoice = self._create_shown()
        self._pay_online(invoice, state="pending")
        with self.assertRaisesRegex(UserError, "on its way"):
            invoice.with_user(self.head).action_cancel_invoice()
        with self.assertRaisesRegex(UserError, "on its way"):
            self._mark_paid(invoice)

    def _match(self, *moves):
        rows = self.env["account.move.line"].union(*(m.line_ids for m in moves))
        rows.filtered(lambda row: row.account_type == "asset_receivable").reconcile()

    def _assert_not_cancelled(self, invoice, reason):
        matched = invoice._get_counterparts()
        with self.assertRaisesRegex(UserError, reason):
            invoice.with_user(self.accountant).action_cancel_invoice()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice._get_counterparts(), matched)

    def test_credited_in_part_is_not_cancelled(self):
        """4,000 were credited: the credit note is not left alone in silence."""
        invoice = self._create_shown()
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.invoice_line_ids.price_unit = 4000
        note.action_post()
        self._match(invoice, note)
        self.assertEqual(invoice.amount_residual, 6000)
        self._assert_not_cancelled(invoice, f"matched with .*{note.name}")

    def test_matched_with_the_bank_is_not_cancelled(self):
        """A row of the statement was matched with the invoice itself."""
        invoice = self._create_shown()
        row = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": self.today,
                "payment_ref": "Metran",
                "partner_id": invoice.partner_id.id,
                "amount": 10000,
                "counterpart_account_id": invoice._get_due_rows().account_id.id,
            }
        )
        self._match(invoice, row.move_id)
        self.assertEqual(invoice.amount_residual, 0)
        self._assert_not_cancelled(invoice, "matched with")

    def test_payment_for_something_else_too_is_not_undone(self):
        """Of 10,000, 6,000 were for the invoice, 4,000 for an entry of its own."""
        invoice = self._create_shown()
        payment = self._mark_paid(invoice, amount=6000)
        payment.move_id.button_draft()
        receivable = invoice._get_due_rows().account_id
        payment.amount = 10000
        payment.move_id.action_post()
        account = invoice.invoice_line_ids.account_id
        partner = invoice.commercial_partner_id.id
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.id,
                            "partner_id": partner,
                            "debit": 4000,
                        }
                    ),
                    Command.create({"account_id": account.id, "credit": 4000}),
                ]
            }
        )
        entry.action_post()
        self._match(entry, payment.move_id)
        self._match(invoice, payment.move_id)
        self.assertEqual(invoice.amount_residual, 4000)
        self._assert_not_cancelled(invoice, "also for")

    def test_closed_books_are_not_changed(self):
        invoice = self._create_shown()
        self.env.company.sudo().fiscalyear_lock_date = invoice.date
        with self.assertRaisesRegex(UserError, "credit note of today"):
            invoice.with_user(self.accountant).action_cancel_invoice()

    # === A further one === #

    def test_a_further_one_only_after_the_former_is_paid(self):
        invoice = self._invoice(self._create_sold())
        order = invoice.tour_booking_ids
        values = {
            "move_type": "out_invoice",
            "partner_id": order.partner_id.id,
            "tour_booking_ids": [Command.set(order.ids)],
            "invoice_line_ids": [Command.create({"name": "Visa", "price_unit": 500})],
        }
        Move = self.env["account.move"].with_user(self.accountant)
        with (
            self.assertRaisesRegex(UserError, f"{order.name} already has"),
            self.cr.savepoint(),
        ):
            Move.create(values)
        self._mark_paid(invoice)
        self.assertTrue(Move.create(values))

    def test_the_company_may_allow_it(self):
        self.env.company.tour_one_open_invoice = False
        order = self._invoice(self._create_sold()).tour_booking_ids
        extra = self._create_visa()
        lines = [{"product_id": extra.id, "quantity": 1}]
        self.assertTrue(order.with_user(self.manager)._create_extra_invoice(lines))

    # === Extra services === #

    def _create_visa(self):
        return self.env["product.product"].create(
            {
                "name": "Visa",
                "type": "service",
                "list_price": 1000,
                "taxes_id": False,
                "tour_extra_service": True,
            }
        )

    def test_extra_services_from_the_price_list(self):
        """Two visas at 900, and 10 % off the second line."""
        visa = self._create_visa()
        self.client_company.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Metran",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": visa.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": 900,
                        }
                    )
                ],
            }
        )
        order = self._create_sold().with_user(self.manager)
        action = order.action_invoice_extra()
        Wizard = self.env["tour.invoice.extra"].with_user(self.manager)
        wizard = Wizard.with_context(**action["context"]).create(
            {
                "line_ids": [
                    Command.create({"product_id": visa.id, "quantity": 2}),
                    Command.create({"product_id": visa.id, "discount": 10}),
                ]
            }
        )
        opened = wizard.action_apply()
        invoice = self.env["account.move"].browse(opened["res_id"])
        self.assertEqual(invoice.amount_untaxed, 1800 + 810)
        self.assertEqual(invoice.tour_booking_ids, order)
        self.assertEqual(order.client_invoice_count, 1)
        # The services themselves are still to be invoiced.
        self.assertEqual(order.invoice_status, "to invoice")
        with self.assertRaisesRegex(UserError, "already has an invoice"):
            order.action_invoice_extra()

    def test_only_extra_services(self):
        order = self._create_sold().with_user(self.manager)
        wizard = (
            self.env["tour.invoice.extra"]
            .with_user(self.manager)
            .create(
                {
                    "order_id": order.id,
                    "line_ids": [
                        Command.create({"product_id": self.accommodation.product_id.id})
                    ],
                }
            )
        )
        with self.assertRaisesRegex(UserError, "no extra service"):
            wizard.action_apply()

    # === What the client is told === #

    def test_refunded(self):
        """A credit note that was paid back: in part, then the rest."""
        order = self._create_sold()
        invoice = self._invoice(order)
        self._mark_paid(invoice)
        self._credit(invoice.sudo(), 4000)
        self.assertEqual(order.client_payment_state, "partly_refunded")
        self._credit(invoice.sudo(), 6000)
        self.assertEqual(invoice.client_payment_state, "refunded")
        self.assertEqual(order.client_payment_state, "refunded")

    def test_a_credit_note_before_payment_asks_for_nothing(self):
        invoice = self._create_shown()
        note = invoice._reverse_moves([{"date": self.today}], cancel=True)
        self.assertEqual(note.state, "posted")
        self.assertEqual(invoice.tour_stage, "settled")
        self.assertFalse(invoice.client_payment_state)

    def _credit(self, invoice, amount):
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.invoice_line_ids.price_unit = amount
        note.action_post()
        register = self.env["account.payment.register"]
        register.with_context(active_model="account.move", active_ids=note.ids).create(
            {"journal_id": self.cash.id}
        )._create_payments()
        return note
