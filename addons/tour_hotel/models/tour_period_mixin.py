from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_DAY = timedelta(days=1)


class TourPeriodMixin(models.AbstractModel):
    """A span of days, first and last day included; an empty end is open."""

    _name = "tour.period.mixin"
    _description = "Period"

    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")

    _period_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A period can't end before it begins."
    )

    @api.constrains("date_from", "date_to")
    def _check_overlap(self):
        """Refuse two periods of the same kind on one day: which would count?"""
        others = self.search(self._prepare_twins_domain())
        groups = others.grouped(lambda period: period._get_overlap_key())
        for group in groups.values():
            ordered = group.sorted(lambda period: period.date_from or date.min)
            for period, following in zip(ordered, ordered[1:], strict=False):
                if (following.date_from or date.min) <= (period.date_to or date.max):
                    raise ValidationError(
                        self.env._(
                            "%(first)s and %(second)s overlap.",
                            first=period._get_period_label(),
                            second=following._get_period_label(),
                        )
                    )

    def _prepare_twins_domain(self):
        """Return which periods could overlap with these, themselves included."""
        return [("hotel_id", "in", self.hotel_id.ids)]

    def _get_overlap_key(self):
        """Return what periods must share to exclude each other."""
        self.ensure_one()
        return self.hotel_id.id

    def _get_period_label(self):
        """Return how messages name the period."""
        self.ensure_one()
        start = fields.Date.to_string(self.date_from) or "…"
        end = fields.Date.to_string(self.date_to) or "…"
        return f"{self.display_name} ({start} – {end})"

    def _is_valid_on(self, day):
        self.ensure_one()
        start, end = self.date_from, self.date_to
        return (not start or start <= day) and (not end or day <= end)

    def _get_borders(self, date_from, date_to):
        """Return the days inside the stay on which the period begins, or is over."""
        self.ensure_one()
        days = set()
        if self.date_from:
            days.add(self.date_from)
        if self.date_to:
            days.add(self.date_to + _DAY)
        return {day for day in days if date_from < day < date_to}
