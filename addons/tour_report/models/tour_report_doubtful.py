"""The monthly mail to managers: their bookings with a doubtful commission (NTF-4)."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.tour_booking.booking_states import FINISHED

from ..engine.periods import Period, previous_month

CODE = "doubtful_commission"
# Not in the night between two months, nor before people come to work.
HOUR = 8


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _cron_tell_doubtful(self):
        """Mail the month that is over to each manager, once."""
        companies = self.search([], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            company._tell_doubtful()
            if not cron._commit_progress(1):
                break

    def _tell_doubtful(self):
        """Mail what has not been told yet; a month that was missed comes with it."""
        month = previous_month(self._get_report_today())
        told = self.tour_doubtful_told_to
        if told and told >= month.end or not self._is_office_hour():
            return
        # Two at once: the other one has it, or has told it when we get it.
        if not self.try_lock_for_update(allow_referencing=True):
            return
        # The mails and this are committed together: never twice, never lost.
        self.tour_doubtful_told_to = month.end
        start = told + timedelta(days=1) if told else month.start
        self._mail_doubtful(Period(start, month.end))

    def _is_office_hour(self):
        return self._get_report_now().hour >= HOUR

    def _mail_doubtful(self, period):
        category = self.env["tour.notification.category"]
        template = self.env.ref("tour_report.mail_template_doubtful")
        groups = self.env["tour.report.service"]._read_group(
            self._get_doubtful_domain(period), ["user_id"]
        )
        for [manager] in groups:
            if manager.active and not manager.share:
                # One mail for each: its rows are told by the context.
                category.with_company(self)._send_mail(
                    CODE,
                    template.with_company(self).with_context(tour_period=period),
                    manager,
                    manager.partner_id,
                )

    def _get_doubtful_domain(self, period):
        """Services whose commission, or mark for the agents' report, is doubtful."""
        agents = (
            Domain("client_kind", "=", "agent")
            & Domain("service_kind", "=", "accommodation")
            & Domain("settlement", "=", "full")
            & Domain("commission_amount", "=", 0)
        )
        return (
            Domain("company_id", "=", self.id)
            & Domain("user_id", "!=", False)
            & Domain("service_day", ">=", period.start)
            & Domain("service_day", "<=", period.end)
            # Sold or being worked on. With a penalty there is no commission to check.
            & Domain("penalty_from", "=", False)
            & (
                Domain("counts_in_turnover", "=", True)
                | Domain("booking_state", "not in", [*FINISHED, "archive"])
            )
            & (Domain("doubtful_commission", "=", True) | agents)
        )


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_doubtful_services(self):
        """The rows of his mail, of the company and the period of the context."""
        company, period = self.env.company, self.env.context["tour_period"]
        domain = company._get_doubtful_domain(Period(*period))
        # In sudo: his own bookings, in a mail that is written for him.
        services = self.env["tour.report.service"].sudo()
        return services.search(
            domain & Domain("user_id", "=", self.id), order="service_day, name, id"
        )
