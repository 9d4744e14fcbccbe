import random
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .. import statement
from .test_statement import StatementCommon


@tagged("post_install", "-at_install")
class TestLedger(StatementCommon):
    """The statement is the ledger, whatever is in it and whichever the period."""

    def _make_moves(self, rng, income, partners, currencies):
        """Entries of odd kopecks, some of them drafts."""
        moves = self.env["account.move"]
        for number in range(30):
            amount = rng.randint(1, 99999999) / 100 * rng.choice((1, -1))
            currency, rate = rng.choice(currencies)
            row = {"currency_id": currency.id, "partner_id": rng.choice(partners).id}
            balance = round(amount / rate, 2)
            moves |= moves.create(
                {
                    "date": f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                    "ref": f"Entry {number}",
                    "line_ids": [
                        Command.create(
                            {
                                **row,
                                "account_id": account.id,
                                "amount_currency": sign * amount,
                                "balance": sign * balance,
                            }
                        )
                        for account, sign in ((self.receivable, 1), (income, -1))
                    ],
                }
            )
        moves.filtered(lambda move: rng.random() < 0.9).action_post()

    def test_any_period_equals_the_ledger(self):
        """Opening and turnover make the closing balance, which is the ledger's."""
        rng = random.Random(19)
        other = self.setup_other_currency("HRK", rates=[("2026-01-01", 4.0)])
        department = self.env["res.partner"].create(
            {"name": "Sales", "parent_id": self.client_company.id}
        )
        stranger = self.env["res.partner"].create({"name": "Other"})
        own = self.env.company.currency_id
        self._make_moves(
            rng,
            self._scenario().invoice_line_ids.account_id[:1],
            [self.client_company, department, stranger],
            [(own, 1.0), (own, 1.0), (other, 4.0)],
        )
        first = date(2025, 12, 20)
        for _period in range(25):
            days = sorted(rng.randint(0, 390) for _end in range(2))
            begin, end = (first + timedelta(days=day) for day in days)
            for currency in (own, other):
                wizard = self._open_statement(
                    date_from=begin, date_to=end, currency_id=currency.id
                )
                opening, rows = wizard._read_rows()
                total = statement.totals(opening, rows)
                before = self._get_ledger(begin - timedelta(days=1), currency)
                self.assertAlmostEqual(float(opening), before, 2)
                ledger = self._get_ledger(end, currency)
                self.assertAlmostEqual(float(total.closing), ledger, 2)
                self.assertEqual(opening + total.debit - total.credit, total.closing)
