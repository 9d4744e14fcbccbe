"""What the metrics are asked for: checked, as it comes from anywhere."""

from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ..engine import buckets
from ..engine.periods import Period, month_of, previous_month, yesterday
from ..metrics import CUSTOM, PRESETS

DEFAULTS = {
    "preset": "this_month",
    "date_from": False,
    "date_to": False,
    "interval": "day",
    "partner_ids": [],
    "user_ids": [],
}
MAX_YEARS = 10
# More points than a chart shows.
MAX_POINTS = 800
MAX_RECORDS = 100
FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_ID = 2**31 - 1


class Params(NamedTuple):
    """What is asked for, once it is checked."""

    preset: str
    period: Period
    interval: str
    partner_ids: tuple[int, ...]
    user_ids: tuple[int, ...]

    def to_client(self):
        return {
            "preset": self.preset,
            "date_from": str(self.period.start),
            "date_to": str(self.period.end),
            "interval": self.interval,
            "partner_ids": list(self.partner_ids),
            "user_ids": list(self.user_ids),
        }


class TourReportMetric(models.AbstractModel):
    _inherit = "tour.report.metric"

    @api.model
    def _read_params(self, values):
        """Check what is asked for.

        :param values: of `DEFAULTS`; those that are left out are the usual ones
        :raise UserError: naming what is wrong
        """
        if not isinstance(values, dict) or values.keys() - DEFAULTS.keys():
            raise UserError(
                self.env._("Unknown settings of the metrics. Reload the page.")
            )
        values = {**DEFAULTS, **values}
        preset = self._read_choice(values["preset"], PRESETS)
        interval = self._read_choice(values["interval"], buckets.INTERVALS)
        period = self._read_period(preset, values)
        self._check_points(period, interval)
        return Params(
            preset=preset,
            period=period,
            interval=interval,
            partner_ids=self._read_ids("res.partner", values["partner_ids"]),
            user_ids=self._read_ids("res.users", values["user_ids"]),
        )

    def _read_choice(self, value, choices):
        if not isinstance(value, str) or value not in choices:
            raise UserError(
                self.env._(
                    "“%(value)s” is nothing to choose from. Choose one of: "
                    "%(choices)s.",
                    value=str(value)[:50],
                    choices=", ".join(choices),
                )
            )
        return value

    def _read_period(self, preset, values):
        if preset != CUSTOM:
            return self._get_preset_period(preset)
        period = Period(
            *(self._read_date(values[name]) for name in ("date_from", "date_to"))
        )
        if period.end < period.start:
            raise UserError(self.env._("The period ends before it begins."))
        if period.end.year - period.start.year > MAX_YEARS or (
            (period.end - period.start).days > MAX_YEARS * 366
        ):
            raise UserError(
                self.env._(
                    "A period has %(years)s years at most. Choose a shorter one.",
                    years=MAX_YEARS,
                )
            )
        return period

    def _read_date(self, value):
        try:
            day = fields.Date.to_date(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if not day or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError(
                self.env._(
                    "The first and the last day of the period are days between "
                    "%(first)s and %(last)s. Choose both.",
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
            )
        return day

    def _check_points(self, period, interval):
        points = buckets.count(period, interval)
        if points > MAX_POINTS:
            raise UserError(
                self.env._(
                    "A chart has no room for %(points)s points. Choose a shorter "
                    "period, or weeks or months.",
                    points=points,
                )
            )

    def _read_ids(self, model, values):
        """Ids of records that the user sees."""
        if (
            not isinstance(values, list | tuple)
            or len(values) > MAX_RECORDS
            or any(type(value) is not int for value in values)
        ):
            raise UserError(
                self.env._(
                    "Choose at most %(count)s clients and as many managers.",
                    count=MAX_RECORDS,
                )
            )
        found = self._find_ids(model, values)
        if len(found) < len(set(values)):
            raise UserError(
                self.env._(
                    "A client or a manager of the filters is not there any more, or "
                    "not for you. Take it out."
                )
            )
        return found

    def _find_ids(self, model, values):
        known = [each for each in values if type(each) is int and 0 < each <= MAX_ID]
        records = self.env[model].with_context(active_test=False)
        found = records.search([("id", "in", known)]) if known else records
        return tuple(sorted(found.ids))

    # === Periods === #

    def _get_week_start(self):
        """The first day of the week in the user's language, 0 is Monday."""
        return int(get_lang(self.env).week_start) - 1

    def _get_preset_period(self, preset):
        today = self.env.company._get_report_today()
        if preset == "this_week":
            first = buckets.start_of(today, "week", self._get_week_start())
            return Period(first, first + timedelta(days=6))
        if preset == "this_quarter":
            first = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
            return Period(first, month_of(first.replace(month=first.month + 2)).end)
        simple = {
            "today": lambda day: Period(day, day),
            "yesterday": yesterday,
            "this_month": month_of,
            "last_month": previous_month,
            "this_year": buckets.year_of,
            "last_year": lambda day: buckets.year_of(
                day.replace(day=1, year=day.year - 1)
            ),
        }
        return simple[preset](today)

    # === What was chosen last === #

    def _recall(self):
        """What the user chose last, or the usual if nothing can be made of it."""
        # In sudo: users write their settings through this model only.
        kept = self.env.user.sudo().res_users_settings_id.tour_report_metrics
        if not isinstance(kept, dict):
            return self._read_params({})
        values = {name: kept[name] for name in DEFAULTS.keys() & kept.keys()}
        # Records that went since then are no reason to show nothing.
        for name, model in (("partner_ids", "res.partner"), ("user_ids", "res.users")):
            ids = values.get(name)
            ids = ids if isinstance(ids, list) else []
            values[name] = list(self._find_ids(model, ids[:MAX_RECORDS]))
        try:
            return self._read_params(values)
        except UserError:
            return self._read_params({})

    def _remember(self, params):
        values = params.to_client()
        if params.preset != CUSTOM:
            # "This month" is another one next month.
            values |= {"date_from": False, "date_to": False}
        # In sudo: users write their settings through this model only.
        settings = self.env["res.users.settings"]._find_or_create_for_user(
            self.env.user
        )
        if settings.tour_report_metrics != values:
            settings.tour_report_metrics = values
