"""Reports that were made: of what, by whom, and their files."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

from ..engine.periods import Period
from ..reports import REPORTS

STATES = [
    ("waiting", "Waiting"),
    ("done", "Done"),
    ("failed", "Failed"),
]
# More rows than these are made in the background.
AT_ONCE = 20_000


class TourReportRun(models.Model):
    """One report as it was made. The program writes it, and nobody else."""

    _name = "tour.report.run"
    _description = "Report Made"
    _inherit = ["tour.report.parameters", "mail.thread"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(compute="_compute_name")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Made for",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose rights decide what is in it.",
    )
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="waiting"
    )
    failure = fields.Text(string="Why not", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="File",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    file_size = fields.Integer(related="attachment_id.file_size", compute_sudo=True)
    done_on = fields.Datetime(string="Made on", readonly=True)

    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )

    @api.depends("report", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for run in self:
            days = sorted({str(day) for day in (run.date_from, run.date_to) if day})
            run.name = " ".join([run._get_label("report"), *days])

    # === Asking for one === #

    @api.model
    def _start(self, parameters, period, **values):
        """Ask for a report; a short one is made at once.

        :param parameters: a record of `tour.report.parameters`
        :param period: of days
        :return: the run, as the user's own record
        :raise AccessError: if the user may not have this report
        """
        parameters._check_may_run()
        run = self._create_run(parameters, period, user_id=self.env.uid, **values)
        if run._is_short():
            run._make()
        else:
            # In sudo: whoever asks may wake up the cron.
            self.env.ref("tour_report.ir_cron_make").sudo()._trigger()
        return run.sudo(False).with_env(self.env)

    @api.model
    def _create_run(self, parameters, period, **values):
        """Note that a report is to be made; return the run in sudo mode."""
        # In sudo: runs are written by the program only.
        runs = plain(self).sudo()
        return runs.create(
            {
                **parameters._copy_parameters(),
                "date_from": period.start,
                "date_to": period.end,
                **values,
            }
        )

    def _get_period(self):
        return Period(self.date_from, self.date_to)

    def _is_short(self):
        found = self._as_asked()._count_rows(AT_ONCE + 1)
        return found <= AT_ONCE

    # === Buttons === #

    def action_download(self):
        """The file, as it was made."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("%(report)s has no file yet.", report=self.name))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    def action_show(self):
        """The rows as a list, a pivot or a chart."""
        self.ensure_one()
        self.check_access("read")
        return self._get_rows_action(self._get_period())

    def action_make_again(self):
        """The same report once more, of what is there now."""
        self.ensure_one()
        self.check_access("read")
        run = self._start(self, self._get_period())
        return run.get_formview_action()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """The log of what went out stays."""
        raise UserError(self.env._("Reports that were made are kept."))

    def _check_own_rights(self):
        """Refuse if whom it is made for may not have it any more."""
        if not self.user_id.active:
            raise AccessError(
                self.env._("%(user)s is not active.", user=self.user_id.name)
            )
        self._check_may_run()

    def _get_groups(self):
        return REPORTS[self.report].groups
