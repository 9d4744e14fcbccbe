"""When an answer is due, by the company's working hours, and who learns it was not."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
BATCH = 500


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    @api.model
    def _get_answer_due(self, kind, company, start):
        """When who wrote at ``start`` is to be answered; False: at no time."""
        hours = kind.answer_hours
        if not hours:
            return False
        calendar = company.resource_calendar_id
        due = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
        # A schedule without hours would never let anybody answer.
        return due or start + timedelta(hours=hours)

    def _get_own_due(self, start):
        return self._get_answer_due(self.kind_id, self.company_id, start)

    def _count_hours(self, start, end):
        """The working hours between two moments."""
        self.ensure_one()
        if calendar := self.company_id.resource_calendar_id:
            return calendar.get_work_hours_count(start, end, compute_leaves=True)
        return (end - start).total_seconds() / 3600

    def _reset_due(self):
        """Count again for another kind of request."""
        # In sudo: the schedule is the company's.
        for request in self.sudo():
            if request.waiting_since:
                due = request._get_own_due(request.waiting_since)
                request._as_mover().write({"answer_due": due})

    # === What is overdue === #

    @api.model
    def _cron_report_overdue(self):
        """Report to the heads what was not answered in time, once for each request."""
        domain = self._get_overdue_domain()
        requests = self.search(domain, order="answer_due, id", limit=BATCH)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(requests))
        for request in requests:
            request._report_overdue()
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_overdue_domain(self):
        return [
            ("is_waiting", "=", True),
            ("overdue_told_on", "=", False),
            ("answer_due", "<", fields.Datetime.now()),
        ]

    def _report_overdue(self):
        """Tell, unless another run, or an answer, was faster."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                locked = self.try_lock_for_update(allow_referencing=True)
        except OperationalError:
            _logger.info("Request for help %s is being worked on", self.id)
            return
        self.invalidate_recordset()
        if not locked or not self.filtered_domain(self._get_overdue_domain()):
            return
        self._as_mover().write({"overdue_told_on": fields.Datetime.now()})
        self._tell_overdue()

    def _tell_overdue(self):
        self.env["tour.notification.category"]._tell_users(
            "help_overdue",
            self._get_heads(),
            lambda env: env._("%(request)s is not answered in time", request=self.name),
            lambda env: env._(
                "%(subject)s. Client: %(client)s. Responsible: %(user)s.",
                subject=self.subject,
                client=self.partner_id.name or self.email_from or env._("unknown"),
                user=self.user_id.name or env._("nobody"),
            ),
            self,
        )
