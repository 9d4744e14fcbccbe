from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.tour_billing.tests.test_plan import TODAY
from odoo.addons.tour_billing.tests.test_trial_balance import TestTrialBalance

from .common import RefundCommon


class BalanceCommon(TestTrialBalance, RefundCommon):
    """Not to be run again: the scenarios of invoices have their own run."""

    def _refund_out(self):
        for journal in (self.cash, self.bank):
            incoming = journal.inbound_payment_method_line_ids.payment_account_id
            journal.outbound_payment_method_line_ids.payment_account_id = incoming


for name in dir(TestTrialBalance):
    if name.startswith("test_"):
        setattr(BalanceCommon, name, None)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRefundBalance(BalanceCommon):
    """What refunds leave on the accounts, worked out by hand."""

    def setUp(self):
        super().setUp()
        self._refund_out()

    def _pay_taxed(self, include):
        vat = self._create_vat(name=include, price_include_override=include)
        invoice = self._create_taxed(vat)
        self._mark_paid(invoice)
        return invoice

    def test_vat_inside_an_amount(self):
        """9,999.97 paid, of it 1,666.66 VAT. 3,333.33 back, with its part of the VAT:
        1,666.66 x 3,333.33 / 9,999.97 is 555.55, and 2,777.78 are left of it. On the
        accounts 6,666.64 stay: 5,555.53 and 1,111.11."""
        invoice = self._pay_taxed("tax_included")
        self._refund(invoice, kind="amount", amount=3333.33)
        self._assert_balances(invoice, cash=6666.64, revenue=-5555.53, vat=-1111.11)

    def test_vat_inside_the_rest(self):
        """All of it went back in two parts: nothing is left but what VAT rounds."""
        invoice = self._pay_taxed("tax_included")
        self._refund(invoice, kind="amount", amount=3333.33)
        self._refund(invoice)
        self._assert_balances(invoice)

    def test_vat_in_many_parts(self):
        """However it is divided, when all went back nothing is on any account."""
        for include, parts in (
            ("tax_included", (0.01, 0.04, 1111.11, 3333.33, 0.07, 2.5, 4000.02)),
            ("tax_excluded", (0.01, 0.02, 0.02, 5000.55, 333.33, 1.01)),
        ):
            invoice = self._pay_taxed(include)
            for amount in parts:
                self._refund(invoice, kind="amount", amount=amount)
            self._refund(invoice)
            self.assertEqual(invoice.client_payment_state, "refunded")
            self._assert_balances(invoice)

    def test_rows_in_parts_then_the_rest(self):
        """Three nights at 33.35, VAT inside, one by one: what rows round goes back
        with the last."""
        vat = self._create_vat(price_include_override="tax_included")
        invoice = self._create_nights(nights=3, price=33.35, tax=vat)
        for _night in range(2):
            self._refund(invoice, kind="lines", rows={0: (1, 33.35)})
        self._refund(invoice)
        self._assert_balances(invoice)

    def test_vat_on_top_whole(self):
        invoice = self._pay_taxed("tax_excluded")
        self._refund(invoice)
        self._assert_balances(invoice)

    def test_vat_on_top_an_amount(self):
        """11,999.96 paid, 0.05 back: 0.04 and 0.01 of VAT."""
        invoice = self._pay_taxed("tax_excluded")
        self._refund(invoice, kind="amount", amount=0.05)
        self._assert_balances(invoice, cash=11999.91, revenue=-9999.93, vat=-1999.98)

    def test_by_quantity(self):
        """Two nights at 33.35 with VAT on top: 66.70 and 13.34. One goes back: 33.35
        and 6.67; left 40.02."""
        vat = self._create_vat(price_include_override="tax_excluded")
        invoice = self._create_nights(price=33.35, tax=vat)
        self._refund(invoice, kind="lines", rows={0: (1, 33.35)})
        self._assert_balances(invoice, cash=40.02, revenue=-33.35, vat=-6.67)

    def test_two_currencies(self):
        """1,000 at 4 are 250, paid at once. 400 go back at 5: 80, of revenue and of
        cash."""
        currency = self.setup_other_currency(
            "HRK", rates=[("2026-01-01", 4.0), ("2026-06-10", 5.0)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": currency.id}
        )
        order = self._create_sold(pricelist_id=pricelist.id)
        order.order_line.price_unit = 1000
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        invoice = invoice.sudo()
        self._mark_paid(invoice)
        self._assert_balances(invoice, cash=250, revenue=-250)
        with freeze_time("2026-06-10 08:00:00"):
            refund = self._refund(invoice, kind="amount", amount=400)
        self.assertEqual(refund.note_id.amount_total, 400)
        self._assert_balances(invoice, cash=170, revenue=-170)

    def test_provider_told_twice(self):
        invoice = self._create_shown()
        self._pay_online(invoice)
        refund = self._refund(invoice, kind="amount", amount=1234.56)
        self._assert_balances(invoice, cards=10000, revenue=-10000)
        with self._refunding("pending"):
            self._send()
        tx = refund.transaction_ids
        for _notice in range(2):
            tx._set_done()
            tx._post_process()
        self._assert_balances(invoice, cards=8765.44, revenue=-8765.44)
