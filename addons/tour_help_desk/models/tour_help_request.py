from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.tour_desk.today import day_of, index

from ..today_sources import OVERDUE, WAITING


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    answer_day = fields.Date(
        string="Day of the answer",
        compute="_compute_answer_day",
        store=True,
        help="The day on which the answer is due, where the company works.",
    )

    # What the list 'Today' finds requests by.
    _today_help_idx = models.Index(index(WAITING))
    _today_help_overdue_idx = models.Index(index(OVERDUE))

    @api.depends("answer_due", "waiting_since")
    def _compute_answer_day(self):
        """Without an answer time, the day on which the client wrote."""
        for request in self:
            moment = request.answer_due or request.waiting_since
            zone = request.company_id.resource_calendar_id.tz or "UTC"
            request.answer_day = moment and day_of(moment, ZoneInfo(zone))
