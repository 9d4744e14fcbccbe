from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_amount, format_duration

from ..cancellation import KINDS

KIND_NAMES = [
    ("percent", "% of the price"),
    ("nights", "nights"),
    ("sum", "a sum"),
]
# A year and more ahead nobody promises anything.
MAX_DAYS = 730


class TourCancellationRule(models.Model):
    """From when on cancelling costs how much; for rates, hotels, service types."""

    _name = "tour.cancellation.rule"
    _description = "Cancellation Rule"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Empty: for all companies.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Currency of the sums.",
    )
    step_ids = fields.One2many(
        comodel_name="tour.cancellation.step",
        inverse_name="rule_id",
        string="Steps",
        copy=True,
    )
    description = fields.Char(
        string="In words", compute="_compute_description", compute_sudo=True
    )

    @api.depends(
        "currency_id",
        "step_ids.always",
        "step_ids.days",
        "step_ids.hour",
        "step_ids.kind",
        "step_ids.value",
    )
    @api.depends_context("lang")
    def _compute_description(self):
        for rule in self:
            parts = [step._describe() for step in rule._get_ordered_steps()]
            rule.description = (
                "; ".join(parts) if parts else self.env._("Cancelling is free.")
            )

    def _get_ordered_steps(self):
        """Steps as they begin, one after the other."""
        self.ensure_one()
        return self.step_ids.sorted(
            lambda step: (not step.always, -step.days, step.hour)
        )

    def _get_terms(self):
        """The rule as plain data, which a service keeps when the rule changes later.

        :rtype: dict | None
        """
        if not self:
            return None
        self.ensure_one()
        return {
            "currency": self.currency_id.name,
            "steps": [step._get_terms() for step in self._get_ordered_steps()],
        }


class TourCancellationStep(models.Model):
    """From a moment before arrival on, cancelling costs so much."""

    _name = "tour.cancellation.step"
    _description = "Cancellation Step"
    _order = "always desc, days desc, hour, id"

    rule_id = fields.Many2one(
        comodel_name="tour.cancellation.rule",
        required=True,
        ondelete="cascade",
        index=True,
    )
    currency_id = fields.Many2one(related="rule_id.currency_id")
    always = fields.Boolean(
        string="From the booking on",
        help="Cancelling costs this at any time; the day and the hour do not matter.",
    )
    days = fields.Integer(
        string="Days before arrival",
        help="0: on the day of arrival. The day is that of the arrival, whatever its "
        "hour.",
    )
    hour = fields.Float(
        string="From (hour)",
        default=18.0,
        help="By the hotel's clock. From this minute on cancelling costs; the minute "
        "before is the last one that does not.",
    )
    kind = fields.Selection(selection=KIND_NAMES, required=True, default="nights")
    value = fields.Float(digits=(16, 2), required=True, default=1.0)

    _step_days = models.Constraint(
        f"CHECK(days >= 0 AND days <= {MAX_DAYS})",
        "Days before arrival are between 0 and two years.",
    )
    _step_hour = models.Constraint(
        "CHECK(hour >= 0 AND hour < 24)", "Hours are between 0:00 and 23:59."
    )
    _step_value = models.Constraint(
        "CHECK(value >= 0)", "What cancelling costs cannot be negative."
    )

    @api.constrains("kind", "value")
    def _check_value(self):
        for step in self:
            if step.kind == "percent" and step.value > 100:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: nobody pays more than 100 %% for cancelling. "
                        "Correct the step of %(value)s %%.",
                        rule=step.rule_id.name,
                        value=f"{step.value:g}",
                    )
                )

    def _get_terms(self):
        """The step as plain data."""
        self.ensure_one()
        return {
            "always": self.always,
            "days": self.days,
            "kind": self.kind,
            "minute": min(round(self.hour * 60), 24 * 60 - 1),
            "value": f"{self.value:.2f}",
        }

    def _describe(self):
        """The step in words, before anybody knows the day of arrival."""
        self.ensure_one()
        fee = self._describe_fee(self.kind, self.value, self.currency_id)
        if self.always:
            return self.env._("at any time: %(fee)s", fee=fee)
        hour = format_duration(self.hour)
        if not self.days:
            return self.env._(
                "on the day of arrival from %(hour)s: %(fee)s", hour=hour, fee=fee
            )
        if self.days == 1:
            return self.env._(
                "the day before arrival from %(hour)s: %(fee)s", hour=hour, fee=fee
            )
        return self.env._(
            "from %(hour)s, %(days)s days before arrival: %(fee)s",
            hour=hour,
            days=self.days,
            fee=fee,
        )

    @api.model
    def _describe_fee(self, kind, value, currency):
        """What a step costs, in words; ``kind`` as in the engine."""
        if kind not in KINDS:
            return ""
        if not float(value):
            return self.env._("free")
        if kind == "sum":
            return format_amount(self.env, float(value), currency)
        number = f"{float(value):g}"
        if kind == "percent":
            if float(value) == 100:
                return self.env._("the full price")
            return self.env._("%(percent)s %% of the price", percent=number)
        if float(value) == 1:
            return self.env._("1 night")
        return self.env._("%(count)s nights", count=number)
