from datetime import timedelta

from odoo import api, fields, models

from .. import today_sources as sources
from ..today import index


class TourConfirmation(models.Model):
    _inherit = "tour.confirmation"

    due_on = fields.Date(
        string="Due on",
        compute="_compute_due_on",
        store=True,
        help="When to see after it: before the client's time is up, or at once where "
        "he may take his time.",
    )

    _today_idx = models.Index(index(sources.CONFIRMATION, "company_id", "user_id"))

    @api.depends("deadline", "asked_on", "company_id.partner_id.tz")
    def _compute_due_on(self):
        early = timedelta(days=sources.SILENCE_DAYS)
        for confirmation in self:
            deadline = confirmation.deadline
            confirmation.due_on = confirmation.company_id._get_day(
                deadline - early if deadline else confirmation.asked_on
            )
