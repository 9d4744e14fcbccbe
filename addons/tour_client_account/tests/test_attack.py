from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import AccountCommon


@tagged("post_install", "-at_install")
class TestAttack(AccountCommon):
    """What a program may send."""

    def test_clients_bring_no_defaults(self):
        Topup = self.env["tour.topup"].with_user(self.olga)
        context = {
            "default_state": "paid",
            "default_paid_amount": 500,
            "default_cancelled": True,
            "default_date": "2020-01-01",
        }
        topup_id = Topup.with_context(**context).action_ask_topup(500)
        topup = self.env["tour.topup"].browse(topup_id)
        self.assertRecordValues(
            topup,
            [
                {
                    "state": "open",
                    "paid_amount": 0,
                    "cancelled": False,
                    "date": fields.Date.context_today(topup),
                }
            ],
        )

    def test_whether_it_was_paid_is_not_written(self):
        topup = self._top_up(paid=0)
        values = {
            "state": "paid",
            "paid_amount": 5000,
            "cancelled": True,
            "by_client": True,
            "name": "TU/1",
        }
        for name, value in values.items():
            for user in (self.accountant, self.head):
                with self.assertRaises(AccessError):
                    topup.with_user(user).write({name: value})
            with self.assertRaises(AccessError):
                self._top_up(paid=0, user=self.manager, **{name: value})
        Topup = self.env["tour.topup"].with_user(self.manager)
        made = Topup.with_context(default_state="paid", default_paid_amount=5).create(
            {"partner_id": self.client_company.id, "amount": 5}
        )
        self.assertEqual((made.state, made.paid_amount), ("open", 0))

    def test_who_may_not_write_learns_nothing(self):
        paid = self._top_up(5000)
        for user in (self.manager, self.director, self.olga):
            with self.assertRaises(AccessError):
                paid.with_user(user).write({"amount": 1})

    def test_payments_are_not_tied_by_hand(self):
        topup = self._top_up(paid=0)
        payment = self._mark_paid(self._create_shown()).sudo(False)
        payment = payment.with_user(self.accountant)
        with self.assertRaises(AccessError):
            payment.tour_topup_id = topup
        invoice = self._create_shown()
        wizard = self._open_pay(invoice).with_context(default_tour_topup_id=topup.id)
        wizard.action_apply()
        tx = self._create_transaction(self._create_shown(), 5).sudo(False)
        with self.assertRaises(AccessError):
            tx.with_user(self.accountant).tour_topup_id = topup
        self.assertEqual((topup.state, topup.paid_amount), ("open", 0))

    def test_no_other_currency_is_taken_for_it(self):
        topup = self._top_up(5000, paid=0)
        other = self.setup_other_currency("HRK")
        for values in ({"currency_id": other.id}, {"payment_type": "outbound"}):
            payment = self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.client_company.id,
                    "amount": 5000,
                    "journal_id": self.cash.id,
                    "tour_topup_id": topup.id,
                    **values,
                }
            )
            payment.action_post()
        self.assertEqual((topup.state, topup.paid_amount), ("open", 0))

    def test_numbers_that_are_none(self):
        Topup = self.env["tour.topup"].with_user(self.olga)
        for amount in (10**400, -(10**400), 1e300, 0.001):
            with self._refused("Amount: enter more than nothing"):
                Topup.action_ask_topup(amount)
        for company in ("1", [self.env.company.id], -1, 10**30, {}):
            with self.assertRaises(AccessError):
                Topup.action_ask_topup(5, company)
        with self.assertRaises(ValidationError):
            self._top_up(1e13, paid=0, user=self.manager)
        topup = self._top_up(5000, paid=0)
        for amount in (1e13, -5, 0):
            with self._refused("more than nothing"):
                self._pay_topup(topup, amount=amount)

    def test_not_paid_tomorrow(self):
        topup = self._top_up(5000, paid=0)
        tomorrow = fields.Date.context_today(topup) + timedelta(days=1)
        with self._refused("Paid on"):
            self._pay_topup(topup, date=tomorrow)

    def test_clients_do_not_flood(self):
        Topup = self.env["tour.topup"].with_user(self.olga)
        for amount in range(1, 21):
            Topup.action_ask_topup(amount)
        with self._refused("not paid"):
            Topup.action_ask_topup(21)

    def test_pressed_twice(self):
        Topup = self.env["tour.topup"].with_user(self.olga)
        first = Topup.action_ask_topup(5)
        self.assertEqual(Topup.action_ask_topup(5), first)
        self.assertNotEqual(Topup.action_ask_topup(6), first)
        self.assertNotEqual(
            self.env["tour.topup"].with_user(self.curator).action_ask_topup(5), first
        )

    # === Whose money === #

    def test_money_of_another_payer_is_not_his(self):
        """The invoice of his booking is another company's to pay."""
        payer = self.env["res.partner"].create(
            {"name": "Payer", "is_company": True, "tour_client_corporate": True}
        )
        self._top_up(20000, partner_id=payer.id)
        order = self._create_sold()
        order.partner_invoice_id = payer
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        self.assertEqual(invoice.sudo().commercial_partner_id, payer)
        for user in (self.olga, self.curator):
            with self.assertRaises(AccessError):
                self._pay(invoice, user)
        self._pay(invoice)
        self.assertEqual(invoice.sudo().amount_residual, 0)

    def test_clients_switch_nothing_off(self):
        """Differences of exchange are entered, whatever the context says."""
        currency = self.setup_other_currency(
            "HRK", rates=[("2020-01-01", 4.0), (self.today, 5.0)]
        )
        topup = self._top_up(1000, paid=0, currency_id=currency.id)
        self._pay_topup(topup, date="2020-02-01")
        pricelist = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": currency.id}
        )
        order = self._create_sold(pricelist_id=pricelist.id)
        order.order_line.price_unit = 1000
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        self._pay(
            invoice.with_context(no_exchange_difference=True, no_cash_basis=True),
            self.olga,
        )
        invoice = invoice.sudo()
        self.assertEqual(invoice.amount_residual, 0)
        rows = invoice.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        self.assertTrue(rows.matched_credit_ids.exchange_move_id)
