from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestAccess(BillingCommon):
    def test_managers_neither_mark_nor_cancel(self):
        invoice = self._create_shown().sudo(False).with_user(self.manager)
        self.assertFalse(invoice.tour_acts)
        with self.assertRaisesRegex(AccessError, "Accountant"):
            invoice.action_mark_paid()
        with self.assertRaisesRegex(AccessError, "Accountant"):
            invoice.action_cancel_invoice()
        with self.assertRaises(AccessError):
            self.env["tour.invoice.pay"].with_user(self.manager).create(
                {"move_id": invoice.id}
            )

    def test_managers_tie_no_invoices_to_bookings(self):
        """Neither away from a booking that owes, nor another's to it."""
        invoice = self._create_shown()
        order = invoice.tour_booking_ids.with_user(self.manager).sudo(False)
        other = self._create_sold().with_user(self.manager)
        for booking, command in (
            (order, Command.unlink(invoice.id)),
            (order, Command.clear()),
            (other, Command.link(invoice.id)),
            (other, Command.set(invoice.ids)),
        ):
            with self.assertRaises(AccessError):
                booking.write({"client_invoice_ids": [command]})
        values = {"is_tour_booking": True, "partner_id": self.client_company.id}
        Order = order.browse()
        links = [Command.link(invoice.id)]
        with self.assertRaises(AccessError):
            Order.create({**values, "client_invoice_ids": links})
        made = Order.with_context(default_client_invoice_ids=links).create(values)
        self.assertFalse(made.client_invoice_ids)

    def test_managers_throw_their_drafts_away(self):
        invoice = self._invoice(self._create_sold())
        invoice.action_cancel_invoice()
        self.assertEqual(invoice.state, "cancel")

    def test_managers_show_their_own_only(self):
        order = self._create_sold(user_id=self.manager_all.id)
        invoice = self._invoice(order, user=self.manager_all)
        with self.assertRaises(AccessError):
            invoice.with_user(self.manager).action_show_to_client()
        with self.assertRaises(AccessError):
            order.with_user(self.manager)._create_extra_invoice([])
        invoice.with_user(self.head).action_show_to_client()
        self.assertTrue(invoice.tour_shown_on)

    def test_no_defaults_of_the_caller_in_what_is_made(self):
        """They would come in where the caller himself may write nothing."""
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "payment_details": "1234",
                "partner_id": self.olga.partner_id.id,
                "provider_ref": "card",
            }
        )
        invoice = self._create_shown().sudo(False).with_user(self.accountant)
        wizard = self._open_pay(invoice)
        with self._answering("done") as asked:
            wizard.with_context(
                default_payment_token_id=token.id, default_memo="Mine"
            ).action_apply()
        self.assertFalse(asked)
        payment = invoice._get_reconciled_payments()
        self.assertEqual((payment.amount, payment.journal_id), (10000, self.cash))
        self.assertFalse(payment.payment_token_id)

    def test_no_defaults_in_invoices_of_extra_services(self):
        visa = self.env["product.product"].create(
            {"name": "Visa", "type": "service", "tour_extra_service": True}
        )
        visa.taxes_id = False
        order = self._create_sold().with_user(self.manager)
        context = {"default_narration": "Mine", "default_discount": 100}
        invoice = order.with_context(**context)._create_extra_invoice(
            [{"product_id": visa.id, "quantity": 1, "price_unit": 70}]
        )
        self.assertEqual(invoice.sudo().amount_untaxed, 70)
        self.assertNotIn("Mine", invoice.sudo().narration or "")

    def test_invoices_are_for_bookings_of_their_client_and_company(self):
        order = self._create_sold()
        other = self.env["res.partner"].create({"name": "Stranger"})
        values = {
            "move_type": "out_invoice",
            "tour_booking_ids": [Command.set(order.ids)],
            "invoice_line_ids": [Command.create({"name": "Visa", "price_unit": 70})],
        }
        Move = self.env["account.move"].with_user(self.accountant)
        with (
            self.assertRaisesRegex(ValidationError, "another client"),
            self.cr.savepoint(),
        ):
            Move.create({**values, "partner_id": other.id})
        invoice = Move.create({**values, "partner_id": order.partner_id.id})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            invoice.partner_id = other
        theirs = self._create_sold(partner_id=other.id, client_user_id=False)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            invoice.tour_booking_ids = theirs
        # Of the same client, and of another company of ours.
        company = self.env["res.company"].create({"name": "Other"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET company_id = %s WHERE id = %s",
            (company.id, order.id),
        )
        order.invalidate_recordset(["company_id"])
        with self.assertRaisesRegex(ValidationError, "another company"):
            invoice._check_tour_booking_ids()

    def test_directors_only_look(self):
        invoice = self._create_shown().sudo(False).with_user(self.director)
        self.assertEqual(invoice.tour_stage, "shown")
        self.assertFalse(invoice.tour_acts)
        with self.assertRaises(AccessError):
            invoice.action_cancel_invoice()

    def test_clients_read_what_they_were_shown(self):
        invoice = self._invoice(self._create_sold()).sudo()
        invoice.action_post()
        Move = self.env["account.move"]
        for user in (self.olga, self.curator):
            self.assertNotIn(invoice, Move.with_user(user).search([]))
            with self.assertRaises(AccessError):
                invoice.with_user(user).sudo(False).read(["name"])
            with self.assertRaises(AccessError):
                invoice.line_ids.with_user(user).sudo(False).read(["name"])
        invoice.with_user(self.accountant).action_show_to_client()
        for user in (self.olga, self.curator):
            self.assertIn(invoice, Move.with_user(user).search([]))
            invoice.line_ids.with_user(user).sudo(False).read(["name"])
        # A colleague who did not order it sees neither booking nor invoice.
        self.assertNotIn(invoice, Move.with_user(self.boris).search([]))

    def test_clients_read_credit_notes_of_what_they_were_shown(self):
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        shown = self._create_shown()
        Move = self.env["account.move"].with_user(self.olga)
        for invoice, is_seen in ((hidden, False), (shown, True)):
            note = invoice._reverse_moves([{"invoice_date": self.today}])
            note.action_post()
            self.assertEqual(note.tour_booking_ids, invoice.tour_booking_ids)
            self.assertEqual(note in Move.search([]), is_seen)
            rows = note.line_ids.with_user(self.olga).sudo(False)
            self.assertEqual(rows.has_access("read"), is_seen)
            listed = invoice.tour_booking_ids._get_portal_invoices()
            self.assertEqual(note in listed, is_seen)

    def test_clients_act_on_nothing(self):
        invoice = self._create_shown().sudo(False).with_user(self.olga)
        for button in ("action_mark_paid", "action_cancel_invoice"):
            with self.assertRaises(AccessError):
                getattr(invoice, button)()

    def test_invoices_that_are_no_bookings_are_as_odoo_says(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_company.id,
                "invoice_date": self.today,
                "invoice_line_ids": [(0, 0, {"name": "Desk", "price_unit": 70})],
            }
        )
        invoice.action_post()
        self.assertIn(invoice, self.env["account.move"].with_user(self.olga).search([]))
