from zoneinfo import ZoneInfo

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_report_zone(self):
        """The zone of the clock on the company's wall."""
        self.ensure_one()
        # In sudo: schedules are run for companies whose contact nobody may read.
        company = self.sudo()
        zone = company.partner_id.tz or company.resource_calendar_id.tz
        return ZoneInfo(zone or self.env.user.tz or "UTC")
