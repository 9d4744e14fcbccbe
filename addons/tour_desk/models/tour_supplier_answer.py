from odoo import api, fields, models

from .. import today_sources as sources
from ..today import index


class TourSupplierAnswer(models.Model):
    _inherit = "tour.supplier.answer"

    due_on = fields.Date(
        string="Due on",
        compute="_compute_due_on",
        store=True,
        help="The day it came: what a supplier refused has to be found elsewhere.",
    )

    _today_idx = models.Index(index(sources.ANSWER, "company_id", "user_id"))

    @api.depends("date", "company_id.partner_id.tz")
    def _compute_due_on(self):
        for answer in self:
            answer.due_on = answer.company_id._get_day(answer.date)
