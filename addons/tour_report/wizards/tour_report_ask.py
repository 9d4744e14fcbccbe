"""Asking for a report: on the screen, or as a file."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.periods import Period
from ..models.tour_report_parameters import get_default_period
from ..reports import REPORTS


class TourReportAsk(models.TransientModel):
    _name = "tour.report.ask"
    _description = "Report"
    _inherit = ["tour.report.parameters"]

    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
    )
    recipient_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_report_ask_recipient_rel",
        column1="ask_id",
        column2="partner_id",
        string="Mail it to",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )

    @api.depends("report", "company_id")
    def _compute_period(self):
        """The period that the report is of as a rule."""
        for wizard in self:
            if wizard.report in REPORTS:
                today = (wizard.company_id or self.env.company)._get_report_today()
                period = get_default_period(wizard.report, today)
                wizard.date_from, wizard.date_to = period

    @api.depends("company_id")
    def _compute_recipient_ids(self):
        for wizard in self:
            wizard.recipient_ids = wizard.company_id.tour_report_partner_ids

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

    def action_send(self):
        """Make the file, and mail it."""
        self.ensure_one()
        if not self.recipient_ids:
            raise UserError(
                self.env._(
                    "Nobody is named to mail it to. Name them here, or once for all "
                    "under Configuration, Settings, Reports."
                )
            )
        recipients = [fields.Command.set(self.recipient_ids.ids)]
        return self._start(recipient_ids=recipients).get_formview_action()

    def _start(self, **values):
        return self.env["tour.report.run"]._start(self, self._get_period(), **values)
