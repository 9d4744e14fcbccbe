from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .test_collection import CollectionCommon
from .test_gift_cheque import GiftCommon
from .test_plan import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTrialBalance(GiftCommon, CollectionCommon):
    """What each scenario leaves on the accounts, worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat_account = cls._create_account("VAT", "699971", "liability_current")
        cls.fee_account = cls._create_account("Fees", "699972", "expense")
        cls.before = cls._read_balances()

    @classmethod
    def _create_account(cls, name, code, kind):
        return cls.env["account.account"].create(
            {"name": name, "code": code, "account_type": kind}
        )

    @classmethod
    def _read_balances(cls):
        cls.env.flush_all()
        groups = cls.env["account.move.line"]._read_group(
            [
                ("parent_state", "=", "posted"),
                ("company_id", "=", cls.env.company.id),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return dict(groups)

    @classmethod
    def _create_vat(cls, **values):
        """20 % VAT on an account of its own."""
        rows = [
            Command.create({"repartition_type": "base"}),
            Command.create(
                {"repartition_type": "tax", "account_id": cls.vat_account.id}
            ),
        ]
        return cls.env["account.tax"].create(
            {
                "name": "VAT",
                "amount": 20,
                "type_tax_use": "sale",
                "invoice_repartition_line_ids": rows,
                "refund_repartition_line_ids": rows,
                **values,
            }
        )

    def _assert_balances(self, invoice, **expected):
        """Compare what moved on each account since the class was set up."""
        company = self.env.company
        roles = {
            invoice.partner_id.property_account_receivable_id: "receivable",
            self._get_outstanding(self.cash): "cash",
            self._get_outstanding(self.bank, self.provider): "cards",
            company.tour_gift_journal_id.default_account_id: "gift",
            self.vat_account: "vat",
            self.fee_account: "fees",
            company.tour_gift_expense_account_id: "gifts_given",
            company.expense_currency_exchange_account_id: "exchange_loss",
            company.income_currency_exchange_account_id: "exchange_gain",
        }
        for account in invoice.invoice_line_ids.account_id:
            roles[account] = "revenue"
        moved = {}
        for account, balance in self._read_balances().items():
            change = round(balance - self.before.get(account, 0.0), 2)
            if change:
                role = roles.get(account, account.display_name)
                moved[role] = round(moved.get(role, 0.0) + change, 2)
        self.assertEqual(moved, expected)
        self.assertEqual(round(sum(moved.values()), 2), 0)

    def _get_outstanding(self, journal, provider=None):
        lines = journal.inbound_payment_method_line_ids
        lines = lines.filtered(
            lambda line: line.payment_provider_id
            == (provider or line.payment_provider_id.browse())
        )
        return lines[:1].payment_account_id

    def _set_outstanding(self):
        """Accounts of their own for what came in by cash and by card."""
        self.cash.inbound_payment_method_line_ids.payment_account_id = (
            self._create_account("Cash in", "699973", "asset_current")
        )
        self.bank.inbound_payment_method_line_ids.payment_account_id = (
            self._create_account("Cards in", "699974", "asset_current")
        )

    def setUp(self):
        super().setUp()
        self._set_outstanding()

    # === Scenarios === #

    def test_deposit_at_the_desk_balance_by_card(self):
        invoice = self._create_planned()
        self._mark_paid(invoice, amount=3000)
        self._assert_balances(invoice, receivable=7000, cash=3000, revenue=-10000)
        self._pay_online(invoice)
        self._assert_balances(invoice, cash=3000, cards=7000, revenue=-10000)

    def test_deposit_and_balance_from_the_saved_card(self):
        invoice = self._create_saved()
        self._assert_balances(invoice, receivable=7000, cards=3000, revenue=-10000)
        with self._answering("done"):
            self._run()
            self._run()
        self._assert_balances(invoice, cards=10000, revenue=-10000)

    def _create_deposit(self, order, **values):
        """Odoo's down payment, paid at the desk."""
        Wizard = self.env["sale.advance.payment.inv"].with_user(self.manager)
        wizard = Wizard.create({"sale_order_ids": [Command.set(order.ids)], **values})
        deposit = wizard._create_invoices(order.with_user(self.manager)).sudo()
        self._mark_paid(deposit)
        return deposit

    def test_deposit_invoice_then_the_rest_with_vat(self):
        """A third of 9,999.97 first: 3,333.32. Both have 1,666.66 of VAT inside."""
        vat = self._create_vat(price_include_override="tax_included")
        order = self._create_taxed_order(vat)
        deposit = self._create_deposit(
            order, advance_payment_method="percentage", amount=33.3333
        )
        self.assertEqual(deposit.amount_total, 3333.32)
        rest = order.with_user(self.manager)._create_invoices(final=True).sudo()
        self.assertEqual(rest.amount_total, 6666.65)
        self._mark_paid(rest)
        self._assert_balances(
            rest | deposit, cash=9999.97, revenue=-8333.31, vat=-1666.66
        )

    def test_deposit_invoice_then_the_rest(self):
        """3,000 first, then 10,000 less 3,000."""
        order = self._create_sold()
        deposit = self._create_deposit(
            order, advance_payment_method="fixed", fixed_amount=3000
        )
        rest = order.with_user(self.manager)._create_invoices(final=True).sudo()
        self.assertEqual(rest.amount_total, 7000)
        self._mark_paid(rest)
        self._assert_balances(rest | deposit, cash=10000, revenue=-10000)
        self.assertEqual(order.client_payment_state, "paid")
        self.assertEqual(order.client_invoiced_amount, 10000)

    def test_vat_inside_odd_kopecks(self):
        """9,999.97 with VAT inside is 8,333.31 and 1,666.66."""
        vat = self._create_vat(price_include_override="tax_included")
        invoice = self._create_taxed(vat)
        self.assertEqual(invoice.amount_total, 9999.97)
        self._mark_paid(invoice, amount=3333.33)
        self._pay_online(invoice)
        self._assert_balances(
            invoice, cash=3333.33, cards=6666.64, revenue=-8333.31, vat=-1666.66
        )

    def test_vat_on_top_odd_kopecks(self):
        """9,999.97 and VAT of 1,999.99 on top of it: 11,999.96."""
        vat = self._create_vat(price_include_override="tax_excluded")
        invoice = self._create_taxed(vat)
        self.assertEqual(invoice.amount_total, 11999.96)
        self._mark_paid(invoice)
        self._assert_balances(invoice, cash=11999.96, revenue=-9999.97, vat=-1999.99)

    def _create_taxed_order(self, vat, price=9999.97, **values):
        stay = self._stay(date_from=date(2026, 7, 1), date_to=date(2026, 7, 3))
        order = self._create_sold(stay, **values)
        order.order_line.write({"price_unit": price, "tax_ids": [(6, 0, vat.ids)]})
        return order

    def _create_taxed(self, vat, price=9999.97, **values):
        invoice = self._invoice(self._create_taxed_order(vat, price, **values))
        invoice.action_show_to_client()
        return invoice.sudo()

    def _set_rates(self, later):
        """A currency of 4 to one, from June 10th another; and bookings in it."""
        self.other = self.setup_other_currency(
            "HRK", rates=[("2026-01-01", 4.0), ("2026-06-10", later)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": self.other.id}
        )
        return {"pricelist_id": pricelist.id, "date_order": TODAY}

    def test_two_currencies_by_plan_with_vat_inside(self):
        """1,200.24 are 1,000.20 and VAT of 200.04; at 4 to one 250.05 and 50.01, of
        which 30 % are 360.07, or 90.02, and the rest 840.17, or 210.04. Paid at 5 to
        one the rest is 168.03: 42.01 are lost."""
        vat = self._create_vat(price_include_override="tax_included")
        values = {**self._set_rates(5.0), "payment_term_id": self.plan.id}
        invoice = self._create_taxed(vat, 1200.24, **values)
        self.assertEqual(
            (invoice.currency_id, invoice.amount_total), (self.other, 1200.24)
        )
        self._mark_paid(invoice, amount=360.07)
        self._assert_balances(
            invoice, receivable=210.04, cash=90.02, revenue=-250.05, vat=-50.01
        )
        with freeze_time("2026-06-10 08:00:00"):
            self._pay_online(invoice)
        self._assert_balances(
            invoice,
            cash=90.02,
            cards=168.03,
            exchange_loss=42.01,
            revenue=-250.05,
            vat=-50.01,
        )

    def test_two_currencies_with_vat_on_top(self):
        """1,000.20 and 200.04 on top, at 4 to one 300.06; at 3 to one 400.08 come in,
        100.02 more."""
        vat = self._create_vat(price_include_override="tax_excluded")
        invoice = self._create_taxed(vat, 1000.20, **self._set_rates(3.0))
        self.assertEqual(invoice.amount_total, 1200.24)
        with freeze_time("2026-06-10 08:00:00"):
            self._mark_paid(invoice)
        self._assert_balances(
            invoice, cash=400.08, exchange_gain=-100.02, revenue=-250.05, vat=-50.01
        )

    def test_two_currencies(self):
        """1,000 at 4 to one are 250; paid at 5 to one they are 200: 50 are lost."""
        order = self._create_sold(**self._set_rates(5.0))
        order.order_line.price_unit = 1000
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        invoice = invoice.sudo()
        self.assertEqual(
            (invoice.currency_id, invoice.amount_total), (self.other, 1000)
        )
        self._assert_balances(invoice, receivable=250, revenue=-250)
        with freeze_time("2026-06-10 08:00:00"):
            # A caller's context leaves nothing out of the books.
            window = self._open_pay(invoice)
            window.with_context(no_exchange_difference=True).action_apply()
        self._assert_balances(invoice, cash=200, revenue=-250, exchange_loss=50)

    def test_gift_cheque(self):
        """Sold for 5,000; 4,000 of it pay, the rest of 10,000 is cash."""
        cheque = self._create_cheque()
        invoice = self._create_shown()
        self._assert_balances(
            invoice, receivable=10000, cash=5000, gift=-5000, revenue=-10000
        )
        self._mark_paid(invoice, gift_code=cheque.code, amount=4000)
        self._mark_paid(invoice)
        self._assert_balances(invoice, cash=11000, gift=-1000, revenue=-10000)
        invoice.with_user(self.accountant).action_cancel_invoice()
        self._assert_balances(invoice, cash=5000, gift=-5000)

    def test_gift_cheque_given_away_with_vat_inside(self):
        """3,333.33 are a cost of ours when they are given; 6,666.64 come by card."""
        account = self._create_account("Given", "699975", "expense")
        self.env.company.tour_gift_expense_account_id = account
        vat = self._create_vat(price_include_override="tax_included")
        cheque = self._create_cheque(kind="given", value=3333.33, partner_id=False)
        invoice = self._create_taxed(vat)
        self._assert_balances(
            invoice,
            receivable=9999.97,
            gift=-3333.33,
            gifts_given=3333.33,
            revenue=-8333.31,
            vat=-1666.66,
        )
        self.assertFalse(invoice._pay_by_gift_code(cheque.code))
        self._pay_online(invoice)
        self._assert_balances(
            invoice, cards=6666.64, gifts_given=3333.33, revenue=-8333.31, vat=-1666.66
        )

    def test_gift_cheque_in_two_currencies(self):
        """Sold for 1,000 at 4 to one: 250. At 5 to one 600.60 of it pay 120.12 of an
        invoice of 1,000, or 200: they were 150.15, so 30.03 are won. Of the cheque
        399.40 are left, or 99.85. Undone, all is as it was."""
        rates = self._set_rates(5.0)
        cheque = self._create_cheque(value=1000, currency_id=self.other.id)
        with freeze_time("2026-06-10 08:00:00"):
            order = self._create_sold(**rates)
            order.order_line.price_unit = 1000
            invoice = self._invoice(order)
            invoice.action_show_to_client()
            invoice = invoice.sudo()
            start = {"receivable": 200, "cash": 250, "gift": -250, "revenue": -200}
            self._assert_balances(invoice, **start)
            self._mark_paid(invoice, gift_code=cheque.code, amount=600.60)
            self.assertEqual(cheque.remaining, 399.40)
            self._assert_balances(
                invoice,
                receivable=79.88,
                cash=250,
                gift=-99.85,
                revenue=-200,
                exchange_gain=-30.03,
            )
            invoice.with_user(self.accountant).action_cancel_invoice()
        self.assertEqual(cheque.remaining, 1000)
        self._assert_balances(invoice, cash=250, gift=-250)

    def test_gift_cheque_by_the_client_then_his_card(self):
        cheque, invoice = self._create_cheque(), self._create_shown()
        self.assertFalse(invoice._pay_by_gift_code(cheque.code))
        self._assert_balances(invoice, receivable=5000, cash=5000, revenue=-10000)
        # Nothing is left of it.
        self.assertEqual(invoice._pay_by_gift_code(cheque.code), "gift_code")
        self._pay_online(invoice)
        self._assert_balances(invoice, cash=5000, cards=5000, revenue=-10000)

    def test_marked_as_paid_and_undone(self):
        invoice = self._create_shown()
        self._mark_paid(invoice, amount=2500.5)
        self._mark_paid(invoice)
        self._assert_balances(invoice, cash=10000, revenue=-10000)
        invoice.with_user(self.accountant).action_cancel_invoice()
        self._assert_balances(invoice)

    def test_notice_twice(self):
        invoice = self._create_shown()
        tx = self._pay_online(invoice)
        tx._set_done()
        tx._post_process()
        self._assert_balances(invoice, cards=10000, revenue=-10000)

    def test_notice_too_late(self):
        """Both came in; what is too much stands to the client's credit."""
        invoice = self._create_shown()
        tx = self._create_transaction(invoice)
        self._mark_paid(invoice)
        tx._set_done()
        tx._post_process()
        self._assert_balances(
            invoice, receivable=-10000, cash=10000, cards=10000, revenue=-10000
        )

    def test_fee_of_the_provider(self):
        """2.5 % of 10,000 and 10: 260 are a cost, 9,740 come in."""
        self.provider.write(
            {
                "tour_fee_percent": 2.5,
                "tour_fee_fixed": 10,
                "tour_fee_account_id": self.fee_account.id,
            }
        )
        invoice = self._create_shown()
        tx = self._pay_online(invoice)
        tx._post_process()
        self._assert_balances(invoice, cards=9740, fees=260, revenue=-10000)
        order = invoice.tour_booking_ids
        self.assertEqual((order.acquiring_cost, order.service_costs), (260, 260))
        self.assertEqual(tx.payment_id.tour_fee, 260)

    def test_fee_of_two_bookings(self):
        """Booked together: 10,000 and 5,000 bear 100 and 50 of 1 %."""
        self.provider.tour_fee_percent = 1
        large = self._create_sold()
        small = self._create_sold(self._stay(date_to=self._day(2)))
        invoice = (large | small).with_user(self.manager)._create_invoices().sudo()
        self.assertEqual(invoice.tour_booking_ids, large | small)
        invoice.action_show_to_client()
        self._pay_online(invoice)
        self.assertEqual((large | small).mapped("acquiring_cost"), [100, 50])

    def test_fee_without_an_account(self):
        """It is the booking's cost all the same."""
        self.provider.tour_fee_percent = 1
        invoice = self._create_shown()
        self._pay_online(invoice)
        self._assert_balances(invoice, cards=10000, revenue=-10000)
        self.assertEqual(invoice.tour_booking_ids.acquiring_cost, 100)
