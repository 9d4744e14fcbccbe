"""Reports that are made by themselves: which, when, and for whom."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_datetime

from ..engine.periods import (
    Period,
    get_previous_day,
    next_month_day,
    next_working_day,
    previous_month,
)

_logger = logging.getLogger(__name__)

# A company looks so far ahead for a working day.
AHEAD = timedelta(days=366)
# 23:59 and a half would be midnight.
LAST_HOUR = 24 - 1 / 120


class TourReportSchedule(models.Model):
    """A report on every working day, or once a month.

    Its period follows from that: the month before; or from the day after what was made
    last to yesterday, so that no weekend and no holiday is left out.
    """

    _name = "tour.report.schedule"
    _description = "Report by Itself"
    _inherit = ["tour.report.parameters"]
    _order = "report, id"
    _rec_name = "report"

    active = fields.Boolean(string="On", default=True)
    when = fields.Selection(
        [("daily", "Every working day"), ("monthly", "Once a month")],
        required=True,
        default="daily",
    )
    month_day = fields.Integer(
        string="On day", default=1, help="A month that is shorter has its last day."
    )
    hour = fields.Float(
        string="At",
        default=8.0,
        help="By the clock on the company's wall.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="With the rights of",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        index=True,
        ondelete="restrict",
        help="What he may see is in the report.",
    )
    recipient_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_report_schedule_recipient_rel",
        column1="schedule_id",
        column2="partner_id",
        string="Mail it to",
        help="None: to whom the settings name.",
    )
    has_recipients = fields.Boolean(compute="_compute_has_recipients")
    since = fields.Datetime(
        string="On since",
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
        help="The time that it was off is not made up.",
    )
    next_on = fields.Datetime(
        string="Next",
        compute="_compute_next_on",
        store=True,
        precompute=True,
        index=True,
    )
    run_ids = fields.One2many(
        comodel_name="tour.report.run", inverse_name="schedule_id", string="Made"
    )
    run_count = fields.Integer(string="Reports made", compute="_compute_run_count")

    _month_day_range = models.Constraint(
        "CHECK(month_day BETWEEN 1 AND 31)", "The day of the month is from 1 to 31."
    )
    _hour_range = models.Constraint(
        "CHECK(hour >= 0 AND ROUND(hour::numeric * 60) < 1440)",
        "The hour of the day is from 0:00 to 23:59.",
    )

    @api.depends(
        "when",
        "month_day",
        "hour",
        "company_id.partner_id.tz",
        "company_id.resource_calendar_id.tz",
        "company_id.resource_calendar_id.attendance_ids.dayofweek",
        "active",
    )
    def _compute_next_on(self):
        now = fields.Datetime.now()
        for schedule in self:
            if schedule.active and schedule.next_on and schedule.next_on <= now:
                # It has come, and waits for the cron: nothing that is due is lost.
                schedule.next_on = schedule.next_on
            else:
                schedule.next_on = schedule.active and schedule._find_next(now)

    @api.depends("recipient_ids", "company_id.tour_report_partner_ids")
    def _compute_has_recipients(self):
        for schedule in self:
            schedule.has_recipients = bool(schedule._get_recipients())

    @api.constrains("active", "company_id", "recipient_ids")
    def _check_recipients(self):
        """What nobody reads sets no statuses, and fills no disk."""
        for schedule in self.filtered("active"):
            if not schedule._get_recipients():
                raise ValidationError(
                    self.env._(
                        "%(schedule)s: nobody would get it. Name who it is mailed to, "
                        "here or under Configuration, Settings, Reports; then switch "
                        "it on.",
                        schedule=schedule._get_label("report"),
                    )
                )

    def _get_recipients(self):
        return self.recipient_ids or self.company_id.tour_report_partner_ids

    @api.depends("run_ids")
    def _compute_run_count(self):
        groups = self.env["tour.report.run"]._read_group(
            [("schedule_id", "in", self.ids)], ["schedule_id"], ["__count"]
        )
        counts = dict(groups)
        for schedule in self:
            schedule.run_count = counts.get(schedule, 0)

    @api.depends("report", "when", "next_on")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for schedule in self:
            when = schedule.next_on and format_datetime(
                self.env, schedule.next_on, dt_format="short"
            )
            label = schedule._get_label("report")
            schedule.display_name = f"{label} ({when})" if when else label

    def _find_next(self, after):
        """The next moment, in UTC, that the report is due; False: never."""
        self.ensure_one()
        if not (self.company_id and 0 <= self.hour < LAST_HOUR):
            return False
        zone = self.company_id._get_report_zone()
        if self.when == "monthly":
            day = min(max(self.month_day, 1), 31)
            return next_month_day(after, day, self.hour, zone)
        today = self.company_id._get_report_day(after)
        is_working = self.company_id._get_working_days(today, today + AHEAD)
        return next_working_day(after, self.hour, zone, is_working) or False

    # === Rights === #

    @api.model_create_multi
    def create(self, vals_list):
        schedules = super().create(vals_list)
        schedules._check_given_rights()
        return schedules

    def write(self, vals):
        if vals.get("active"):
            off = self.filtered(lambda schedule: not schedule.active)
            super(TourReportSchedule, off).write({"since": fields.Datetime.now()})
        result = super().write(vals)
        self._check_given_rights()
        return result

    def _check_given_rights(self):
        """Nobody lets a report be made with rights that he has not himself."""
        if not self.env.su:
            self._check_may_run()
            others = self.user_id - self.env.user
            if others and not self.env.user.has_group("tour_partner.tour_group_head"):
                raise AccessError(
                    self.env._(
                        "Only heads of department let a report be made with the rights "
                        "of somebody else. Name yourself in place of %(users)s.",
                        users=", ".join(others.mapped("name")),
                    )
                )

    # === Making them === #

    @api.model
    def _cron_schedules(self):
        """Make what is due; what was missed is made up once."""
        due = self.search([("next_on", "<=", fields.Datetime.now())], order="next_on")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for schedule in due:
            schedule._run_due_safely()
            if not cron._commit_progress(1):
                break

    def _run_due_safely(self):
        """Whatever is wrong with one, the others are made."""
        try:
            with self.env.cr.savepoint():
                self._run_due()
        except OperationalError:
            # Somebody else changes the same: the cron is run again.
            raise
        except Exception:
            _logger.exception("Schedule %s of reports failed", self.id)

    def _run_due(self):
        """Make the report that is due, unless another run was faster."""
        self.ensure_one()
        now = fields.Datetime.now()
        if not self.try_lock_for_update():
            return
        self.invalidate_recordset(["next_on"])
        slot = self.next_on
        if not slot or slot > now:
            return
        if self._is_off(slot):
            slot = self._find_next(slot)
        self.next_on = self._find_next(now)
        if not slot or slot > now or self._is_made(slot):
            return
        if period := self._get_due_period():
            self._make_run(period, slot=slot)

    def _is_made(self, slot):
        """Whether it was made already: the clock of the server was put back."""
        made = [("schedule_id", "=", self.id), ("slot", "=", slot)]
        return bool(self.env["tour.report.run"].search_count(made, limit=1))

    def _is_off(self, slot):
        """Whether its day was made a holiday since it was planned."""
        day = self.company_id._get_report_day(slot)
        is_working = self.company_id._get_working_days(day, day)
        return self.when == "daily" and not is_working(day)

    def _make_run(self, period, **values):
        self.ensure_one()
        run = self.env["tour.report.run"]._create_run(
            self,
            period,
            user_id=self.user_id.id,
            schedule_id=self.id,
            recipient_ids=[fields.Command.set(self._get_recipients().ids)],
            **values,
        )
        run._make()
        return run

    def _get_due_period(self):
        """The days of the next report; none if they were all in one already."""
        today = self.company_id._get_report_today()
        if self.when == "monthly":
            return previous_month(today)
        yesterday = today - timedelta(days=1)
        last = self.env["tour.report.run"].search(
            [
                ("schedule_id", "=", self.id),
                ("slot", ">=", self.since),
                ("state", "!=", "failed"),
            ],
            order="date_to desc",
            limit=1,
        )
        if last:
            start = last.date_to + timedelta(days=1)
        else:
            is_working = self.company_id._get_working_days(today - AHEAD, today)
            start = get_previous_day(today, is_working)
        return Period(start, yesterday) if start <= yesterday else None

    # === Buttons === #

    def action_run(self):
        """Make it now, with the rights of who presses, and mail it."""
        self.ensure_one()
        self.check_access("read")
        today = self.company_id._get_report_today()
        yesterday = today - timedelta(days=1)
        period = self._get_due_period() or Period(yesterday, yesterday)
        run = self.env["tour.report.run"]._start(
            self,
            period,
            schedule_id=self.id,
            recipient_ids=[fields.Command.set(self._get_recipients().ids)],
        )
        return run.get_formview_action()

    def action_view_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_report.tour_report_run_action"
        )
        return {**action, "domain": [("schedule_id", "=", self.id)]}


class TourReportRun(models.Model):
    _inherit = "tour.report.run"

    schedule_id = fields.Many2one(
        comodel_name="tour.report.schedule",
        string="By itself",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    slot = fields.Datetime(
        string="Due on",
        readonly=True,
        help="When it was to be made by itself. Empty: it was made by hand.",
    )

    _one_a_slot = models.UniqueIndex(
        "(schedule_id, slot) WHERE slot IS NOT NULL",
        "This report was made already.",
    )
