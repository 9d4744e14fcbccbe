from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import fields, models

from ..engine.periods import UTC


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_report_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_report_recipient_rel",
        column1="company_id",
        column2="partner_id",
        string="Mail reports to",
        groups="base.group_user",
    )
    # First day of the month that managers were last told of.
    tour_doubtful_month = fields.Date(
        string="Month told of", groups="base.group_system"
    )

    def _get_report_zone(self):
        """The zone of the clock on the company's wall."""
        self.ensure_one()
        # In sudo: schedules are run for companies whose contact nobody may read.
        company = self.sudo()
        zone = company.partner_id.tz or company.resource_calendar_id.tz
        return ZoneInfo(zone or self.env.user.tz or "UTC")

    def _get_report_today(self):
        """The day on the company's wall."""
        return self._get_report_day(fields.Datetime.now())

    def _get_report_day(self, moment):
        """The day on the company's wall at a moment in UTC."""
        zone = self._get_report_zone()
        return moment.replace(tzinfo=UTC).astimezone(zone).date()

    def _get_working_days(self, start, end):
        """Tells of days from ``start`` to ``end`` whether people work on them.

        They do on the days of the company's schedule, unless time off for everybody
        covers noon. Without a schedule, or without hours in it, on all days.
        """
        self.ensure_one()
        # In sudo, as above.
        calendar = self.sudo().resource_calendar_id
        has_hours = calendar.attendance_ids and not calendar.flexible_hours
        zone = self._get_report_zone()

        def noon(day):
            moment = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
            return moment.astimezone(UTC).replace(tzinfo=None)

        # In sudo, as above.
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search_fetch(
                [
                    ("resource_id", "=", False),
                    ("time_type", "=", "leave"),
                    ("company_id", "in", (self.id, False)),
                    ("calendar_id", "in", (calendar.id, False)),
                    ("date_to", ">=", noon(start)),
                    ("date_from", "<=", noon(end)),
                ],
                ["date_from", "date_to"],
            )
        )
        off = [(leave.date_from, leave.date_to) for leave in leaves]
        return lambda day: (
            not any(begin <= noon(day) <= stop for begin, stop in off)
            and (not has_hours or calendar._works_on_date(day))
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_report_partner_ids = fields.Many2many(
        related="company_id.tour_report_partner_ids", readonly=False
    )
