"""Once a month each manager gets a mail with what to look at (NTF-4)."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.tour_booking.booking_states import OPEN

from ..engine.periods import Period, at_hour, previous_month

_logger = logging.getLogger(__name__)

CODE = "doubtful_commission"
HOUR = 9.0
# So many are named in a mail; it says where the rest are.
SHOWN = 200


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _cron_tell_doubtful(self):
        """Tell managers of the month before, from its first morning on, once."""
        # In sudo: the cron serves all companies.
        companies = self.env["res.company"].sudo()
        # Somewhere it is tomorrow already; which day it is there, each says itself.
        month = (fields.Date.today() + timedelta(days=1)).replace(day=1)
        companies = companies.search(
            Domain("tour_doubtful_month", "=", False)
            | Domain("tour_doubtful_month", "<", month)
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            company._tell_doubtful_safely()
            if not cron._commit_progress(1):
                break

    def _find_doubtful(self, company, period):
        """The manager's services of a period whose commission is doubtful."""
        self.ensure_one()
        domain = company._get_doubtful_domain(period)
        return self.env["tour.report.service"].search(
            domain & Domain("user_id", "=", self.id), order="service_day, id"
        )

    def _get_doubtful_rows(self):
        """What the mail says: number and link, client, hotel, days, commissions."""
        self.ensure_one()
        company = self.env["res.company"].browse(
            self.env.context.get("tour_doubtful_company") or self.company_id.id
        )
        # Without one it is a look at the template.
        days = self.env.context.get("tour_doubtful_period")
        period = (
            Period(*map(fields.Date.to_date, days))
            if days
            else previous_month(company._get_report_today())
        )
        services = self._find_doubtful(company, period)
        ways = dict(services._fields["settlement"]._description_selection(self.env))
        return [
            {
                "name": service.name,
                "url": f"{company.get_base_url()}/mail/view?model=sale.order"
                f"&res_id={service.order_id.id}",
                "client": service.client_id.name,
                "hotel": service.hotel_id.name,
                "days": f"{format_date(self.env, service.date_from)} – "
                f"{format_date(self.env, service.date_to)}",
                "usual": f"{service.hotel_id.commission_percent:g} %",
                "entered": f"{service.commission_percent:g} %",
                "way": ways.get(service.settlement, ""),
            }
            for service in services[:SHOWN]
        ]

    def _has_more_doubtful(self, rows):
        return len(rows) == SHOWN


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_doubtful_domain(self, period):
        """Of what is sold or being worked on.

        Commission is doubtful; so is the mark for the agents' report, which leaves out
        an agent's stay that is paid in full without commission.
        """
        agents = (
            Domain("client_kind", "=", "agent")
            & Domain("service_kind", "=", "accommodation")
            & Domain("settlement", "=", "full")
            & Domain("commission_amount", "=", 0)
        )
        worked_on = Domain("booking_state", "in", OPEN)
        return (
            Domain("company_id", "=", self.id)
            & (Domain("doubtful_commission", "=", True) | agents)
            & (Domain("counts_in_turnover", "=", True) | worked_on)
            # With a penalty there is no commission to be checked.
            & Domain("penalty_from", "=", False)
            & Domain("service_day", ">=", period.start)
            & Domain("service_day", "<=", period.end)
        )

    def _tell_doubtful_safely(self):
        """Whatever is wrong with one company, the others are told."""
        try:
            with self.env.cr.savepoint():
                self._tell_doubtful()
        except OperationalError:
            # Somebody else changes the same: the cron is run again.
            raise
        except Exception:
            _logger.exception("Doubtful commissions of company %s", self.id)

    def _tell_doubtful(self):
        """Mail the managers of this company, unless that was done for the month."""
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return
        today = self._get_report_today()
        first = today.replace(day=1)
        due = at_hour(first, HOUR, self._get_report_zone())
        if self.tour_doubtful_month == first or fields.Datetime.now() < due:
            return
        if self.tour_doubtful_month:
            self._mail_doubtful(previous_month(today))
        # A company that is new has no month behind it.
        self.tour_doubtful_month = first

    def _mail_doubtful(self, period):
        groups = self.env["tour.report.service"]._read_group(
            self._get_doubtful_domain(period), ["user_id"]
        )
        users = self.env["res.users"].union(*(user for (user,) in groups))
        users = users.filtered(lambda user: user.active and not user.share)
        env = self.with_context(
            tour_doubtful_company=self.id,
            tour_doubtful_period=[str(day) for day in period],
        ).env
        template = env.ref("tour_report.mail_template_doubtful")
        env["tour.notification.category"]._send_mails(
            CODE, template, {user.with_env(env): user.partner_id for user in users}
        )
