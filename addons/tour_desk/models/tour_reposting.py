from odoo import api, fields, models

from .. import today_sources as sources
from ..today import index


class TourReposting(models.Model):
    _inherit = "tour.reposting"

    due_on = fields.Date(
        string="Due on",
        compute="_compute_due_on",
        store=True,
        help="The day it was started: accounting waits from then on.",
    )

    _today_idx = models.Index(index(sources.REPOSTING, "company_id", "user_id"))

    @api.depends("started_on", "company_id.partner_id.tz")
    def _compute_due_on(self):
        for reposting in self:
            reposting.due_on = reposting.company_id._get_day(reposting.started_on)
