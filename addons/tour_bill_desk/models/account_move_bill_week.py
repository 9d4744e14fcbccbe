"""The chart of the payments that are planned, by day, for the week ahead (BIL-6)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.tour_bill.bill_states import DIRECTOR, HANDED

DAYS = 7


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def bill_desk_week(self):
        """What is to be paid on each day of the week ahead; what is late comes first.

        :return: the currency, the states, and the days: each with its amounts by
            state, how many bills they are, and the domain that opens them
        """
        if not (self.env.su or self.env.user.has_group(DIRECTOR)):
            raise AccessError(
                self.env._("The plan of payments is for the director. Ask him.")
            )
        today = fields.Date.context_today(self)
        days = self._get_week_days(today)
        for day, state, currency, amount, count in self._read_week(today):
            row = days[day if day >= today else False]
            row["amounts"][state] += self._get_own_amount(currency, amount, today)
            row["count"] += count
        states = dict(self._fields["tour_bill_state"]._description_selection(self.env))
        return {
            "currency_id": self.env.company.currency_id.id,
            "states": [{"code": code, "name": states[code]} for code in HANDED],
            "days": list(days.values()),
        }

    @api.model
    def _get_week_days(self, today):
        """{day, or False for what is late: its row}."""
        dates = [today + timedelta(days=number) for number in range(DAYS)]
        late = Domain("tour_bill_pay_date", "<", str(today))
        domains = {date: Domain("tour_bill_pay_date", "=", str(date)) for date in dates}
        ours = Domain("company_id", "=", self.env.company.id)
        return {
            date: {
                "date": fields.Date.to_string(date) if date else False,
                "amounts": dict.fromkeys(HANDED, 0.0),
                "count": 0,
                "domain": list(ours & domain),
            }
            for date, domain in {False: late, **domains}.items()
        }

    @api.model
    def _read_week(self, today):
        """Sums by day, state and currency, in one query."""
        domain = Domain("company_id", "=", self.env.company.id)
        domain &= Domain("tour_bill_state", "in", HANDED)
        domain &= Domain("tour_bill_pay_date", "<", str(today + timedelta(days=DAYS)))
        # In sudo: sums for the director, who was asked for above.
        return self.sudo()._read_group(
            domain,
            ["tour_bill_pay_date:day", "tour_bill_state", "currency_id"],
            ["tour_bill_pay_amount:sum", "__count"],
        )

    @api.model
    def _get_own_amount(self, currency, amount, today):
        """The amount in the currency of the company."""
        company = self.env.company
        return currency._convert(amount, company.currency_id, company, today)
