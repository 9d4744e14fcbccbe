"""What a report is asked for: by a person, and by a schedule."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..engine.periods import get_bounds, previous_month, yesterday
from ..reports import ARCHIVED, FIELDS, LOST, REPORTS, SOLD

PERIODS = {"previous_month": previous_month, "yesterday": yesterday}
SCOPES = {"all": (), "done": SOLD[:2], "cancelled": LOST}


class TourReportParameters(models.AbstractModel):
    _name = "tour.report.parameters"
    _description = "Parameters of a Report"

    report = fields.Selection(
        [
            ("daily", "Daily report"),
            ("salary", "Salary report"),
            ("bookings", "Bookings report"),
            ("city", "State of affairs in a city"),
            ("turnover", "Client turnover"),
            ("registry", "Client registry"),
            ("agents", "Agents' report"),
            ("profit", "Profit"),
            ("head", "Income and expense"),
        ],
        required=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        index=True,
    )
    basis = fields.Selection(
        [
            ("created", "Day of the order"),
            ("arrival", "Arrival, pick-up or day of the service"),
            ("departure", "Departure, pick-up or day of the service"),
            ("entry", "Accounting date"),
        ],
        string="Period by",
        required=True,
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
    )
    scope = fields.Selection(
        [("all", "All"), ("done", "Done"), ("cancelled", "Cancelled")],
        string="Bookings",
        default="all",
    )
    state_ids = fields.Many2many(
        comodel_name="tour.booking.status",
        string="Statuses",
        compute="_compute_usual",
        store=True,
        readonly=False,
        precompute=True,
        help="None: bookings in any status. Archived bookings count as what they were "
        "before.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Clients",
        help="None: all clients.",
    )
    company_group_id = fields.Many2one(
        comodel_name="tour.company.group", string="Group of companies"
    )
    user_ids = fields.Many2many(
        comodel_name="res.users", string="Managers", help="None: all managers."
    )
    city_ids = fields.Many2many(
        comodel_name="tour.city", string="Cities", help="None: all cities."
    )
    split = fields.Boolean(
        string="Agents and corporate clients on two sheets", default=True
    )
    finish = fields.Boolean(
        string="Set statuses",
        help="Booked bookings of the report whose last service is over become Done. "
        "Those that cannot are named, and why.",
    )
    asks = fields.Char(string="Has parameters", compute="_compute_asks")

    @api.depends("report")
    def _compute_asks(self):
        """Which parameters the report has; the form shows these."""
        for record in self:
            report = REPORTS.get(record.report)
            record.asks = (
                " ".join(
                    sorted(report.asks | ({"basis"} if report.bases[1:] else set()))
                )
                if report
                else ""
            )

    @api.depends("report")
    def _compute_usual(self):
        """What the report is made by, and of, as a rule."""
        reports = [REPORTS[each] for each in self.mapped("report") if each in REPORTS]
        states = {state for report in reports for state in report.states}
        statuses = self.env["tour.booking.status"].search([("state", "in", [*states])])
        for record in self:
            report = REPORTS.get(record.report)
            if report:
                record.basis = report.bases[0]
                record.state_ids = statuses.filtered(
                    lambda status, report=report: status.state in report.states
                )

    @api.constrains("report", "basis")
    def _check_basis(self):
        for record in self:
            if record.basis not in REPORTS[record.report].bases:
                raise ValidationError(
                    self.env._(
                        "%(report)s is not made by “%(basis)s”. Choose another day.",
                        report=record._get_label("report"),
                        basis=record._get_label("basis"),
                    )
                )

    # === Rights === #

    def _check_may_run(self):
        """Refuse who may not have the report, or not of this company.

        :raise AccessError: naming the report
        """
        for record in self:
            groups = REPORTS[record.report].groups
            if not any(map(self.env.user.has_group, groups)):
                raise AccessError(
                    self.env._(
                        "“%(report)s” is not for your role. Ask your head of "
                        "department for it.",
                        report=record._get_label("report"),
                    )
                )
            if record.company_id not in self.env.companies:
                raise AccessError(
                    self.env._(
                        "%(company)s is not chosen. Choose it in the bar above.",
                        company=record.company_id.display_name,
                    )
                )

    # === What the parameters mean === #

    def _get_report(self):
        """The declaration, with the rows that these parameters give."""
        self.ensure_one()
        report = REPORTS[self.report]
        if report.single and len(self.partner_ids) == 1:
            return report._replace(group_by=(*report.group_by[:-1], report.single))
        return report

    def _get_columns(self):
        """The columns that the report has with these parameters."""
        report = self._get_report()
        hidden = {report.single} - set(report.group_by)
        hidden |= set(REPORTS[self.report].group_by) - set(report.group_by)
        return [name for name in report.columns if name not in hidden]

    def _get_domain(self, period):
        """Which rows, as a domain on the report's model.

        :param period: days on the company's wall
        """
        self.ensure_one()
        report = REPORTS[self.report]
        names = FIELDS[report.model]
        domain = Domain(list(report.domain))
        domain &= Domain("company_id", "=", self.company_id.id)
        domain &= self._get_period_domain(names[self.basis], period)
        domain &= self._get_states_domain(names)
        for parameter, name, operator in (
            ("partner_ids", "client", "child_of"),
            ("company_group_id", "group", "in"),
            ("user_ids", "manager", "in"),
            ("city_ids", "city", "in"),
        ):
            if self[parameter]:
                domain &= Domain(names[name], operator, self[parameter].ids)
        return domain

    def _get_period_domain(self, name, period):
        if self.basis != "created":
            return Domain(name, ">=", period.start) & Domain(name, "<=", period.end)
        start, end = get_bounds(period, self.company_id._get_report_zone())
        return Domain(name, ">=", start) & Domain(name, "<", end)

    def _get_states_domain(self, names):
        """The statuses; what is archived counts as what it was."""
        states = self._get_states()
        if not states:
            return Domain.TRUE
        state, sold, penalty = names["state"], names["sold"], names["penalty"]
        archived = Domain.OR(
            Domain(sold, "=", was_sold)
            & Domain(penalty, "!=" if has_penalty else "=", False)
            for was_sold, has_penalty in {
                ARCHIVED[each] for each in states if each in ARCHIVED
            }
        )
        if "archive" in states:
            archived = Domain.TRUE
        return Domain(state, "in", list(states)) | (
            Domain(state, "=", "archive") & archived
        )

    def _get_states(self):
        if "scope" in REPORTS[self.report].asks:
            return SCOPES[self.scope or "all"]
        return tuple(self.state_ids.mapped("state"))

    # === In words === #

    def _get_label(self, name):
        """The wording of a selection's value."""
        values = dict(self._fields[name]._description_selection(self.env))
        return values.get(self[name], "")

    def _get_subtitles(self, period):
        """The parameters in words, as the head of the file says them."""
        env, asks = self.env, REPORTS[self.report].asks
        texts = [
            env._(
                "%(company)s, %(start)s – %(end)s, by: %(basis)s",
                company=self.company_id.name,
                start=format_date(env, period.start),
                end=format_date(env, period.end),
                basis=self._get_label("basis"),
            )
        ]
        if "scope" in asks:
            texts.append(env._("Bookings: %s", self._get_label("scope")))
        for name in ("state_ids", "partner_ids", "company_group_id", "user_ids"):
            if self[name]:
                label = self._fields[name]._description_string(env)
                texts.append(f"{label}: {', '.join(self[name].mapped('display_name'))}")
        if self.city_ids:
            label = self._fields["city_ids"]._description_string(env)
            texts.append(f"{label}: {', '.join(self.city_ids.mapped('display_name'))}")
        return tuple(texts)

    @api.model
    def _get_parameter_names(self):
        """Fields that say what is asked for, to be handed on to another record."""
        parameters = self.env["tour.report.parameters"]._fields
        return [
            name
            for name, field in parameters.items()
            if field.store and name not in models.MAGIC_COLUMNS
        ]

    def _copy_parameters(self):
        """Values of the parameters, for `create` of another model of theirs."""
        self.ensure_one()
        values = {}
        for name in self._get_parameter_names():
            field, value = self._fields[name], self[name]
            if field.type == "many2many":
                values[name] = [fields.Command.set(value.ids)]
            else:
                values[name] = field.convert_to_write(value, self)
        return values


def get_default_period(report, today):
    """The usual period of a report on a day.

    >>> from datetime import date
    >>> get_default_period("agents", date(2026, 3, 1)).start
    datetime.date(2026, 2, 1)
    """
    return PERIODS[REPORTS[report].period](today)
