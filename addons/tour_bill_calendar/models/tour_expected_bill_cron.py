"""The nightly look at expected bills, and reminders of those that did not come."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.tour_partner.defaults import plain

BATCH = 500
# What a reminder lists.
SHOWN = 10


class TourExpectedBill(models.Model):
    _inherit = "tour.expected.bill"

    @api.model
    def _cron_expect(self):
        """Work out what is expected anew, in batches; remind of what is late."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            own = self.with_company(company).with_context(
                allowed_company_ids=company.ids
            )
            while orders := own._find_next(company):
                own._update_for(orders)
                company.tour_bill_swept_id = orders[-1].id
                if not cron._commit_progress(
                    len(orders), remaining=own._count_left(company)
                ):
                    return
                self.env.invalidate_all()
            company.tour_bill_swept_id = 0
            own._remind_late(company)
            cron._commit_progress()

    @api.model
    def _get_sweep_domain(self, company):
        """Bookings after the last one looked at, of which bills may be expected."""
        return (
            Domain("company_id", "=", company.id)
            & Domain("is_tour_booking", "=", True)
            & Domain("id", ">", company.tour_bill_swept_id)
            & (
                Domain("supplier_unbilled_amount", ">", 0)
                | Domain("expected_bill_ids", "!=", False)
            )
        )

    @api.model
    def _find_next(self, company):
        Order = self.env["sale.order"]
        return Order.search(self._get_sweep_domain(company), order="id", limit=BATCH)

    @api.model
    def _count_left(self, company):
        return self.env["sale.order"].search_count(self._get_sweep_domain(company))

    @api.model
    def _remind_late(self, company):
        """Tell managers, each once, of the bills that did not come."""
        today = fields.Date.context_today(self)
        late = self.search(
            [
                ("company_id", "=", company.id),
                ("reminded_on", "=", False),
                (
                    "expected_date",
                    "<",
                    today - timedelta(days=company.tour_bill_late_days),
                ),
            ]
        )
        for user, bills in late.grouped("user_id").items():
            if user:
                bills._tell_late(user)
        late.reminded_on = today

    def _tell_late(self, user):
        def body(env):
            lines = [bill._get_late_text() for bill in self.with_env(env)[:SHOWN]]
            more = len(self) - SHOWN
            if more > 0:
                lines.append(env._("and %(count)s more", count=more))
            return "\n".join(lines)

        self.env["tour.notification.category"]._tell_users(
            "bill_late",
            user,
            lambda env: env._("Bills did not come: %(count)s", count=len(self)),
            body,
            plain(self)[:1],
        )
