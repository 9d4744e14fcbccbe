from odoo import api, fields, models

from .. import today_sources as sources
from ..today import index


class TourChange(models.Model):
    _inherit = "tour.change"

    due_on = fields.Date(
        string="Due on",
        compute="_compute_due_on",
        store=True,
        help="The day of the deadline.",
    )

    _today_idx = models.Index(index(sources.CHANGE, "company_id", "user_id"))

    @api.depends("deadline", "create_date", "company_id.partner_id.tz")
    def _compute_due_on(self):
        """The day of the deadline; without one it is due at once."""
        for change in self:
            change.due_on = change.company_id._get_day(
                change.deadline or change.create_date
            )
