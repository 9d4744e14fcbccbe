"""Asking for a report: on the screen, or as a file."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..engine.periods import Period
from ..models.tour_report_parameters import get_default_period
from ..reports import REPORTS


class TourReportAsk(models.TransientModel):
    _name = "tour.report.ask"
    _description = "Report"
    _inherit = ["tour.report.parameters"]

    basis = fields.Selection(
        compute="_compute_usual", store=True, readonly=False, precompute=True
    )
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
    )
    state_ids = fields.Many2many(
        compute="_compute_usual", store=True, readonly=False, precompute=True
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )

    @api.depends("report", "company_id")
    def _compute_usual(self):
        """What the report is made of as a rule."""
        statuses = self.env["tour.booking.status"].search([])
        for wizard in self:
            report = REPORTS.get(wizard.report)
            if not report:
                continue
            zone = (wizard.company_id or self.env.company)._get_report_zone()
            today = datetime.now(ZoneInfo("UTC")).astimezone(zone).date()
            period = get_default_period(wizard.report, today)
            wizard.basis = report.bases[0]
            wizard.date_from, wizard.date_to = period
            wizard.state_ids = statuses.filtered(
                lambda status, report=report: status.state in report.states
            )

    def _get_period(self):
        return Period(self.date_from, self.date_to)

    # === Buttons === #

    def action_show(self):
        """The rows as a list, a pivot or a chart."""
        self.ensure_one()
        return self._get_rows_action(self._get_period())

    def action_make(self):
        """The file: at once, or in the background if it is long."""
        self.ensure_one()
        run = self._start()
        if run.state == "done" and not self.finish:
            return run.action_download()
        return run.get_formview_action()

    def _start(self, **values):
        return self.env["tour.report.run"]._start(self, self._get_period(), **values)
