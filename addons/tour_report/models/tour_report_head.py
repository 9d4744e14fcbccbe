"""The head's report: income and expense by article, beside the period before and the
year before, and what is overdue (RPT-6)."""

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import xlsx
from ..engine.periods import before, year_before
from ..metrics import PRESETS
from ..reports import REPORTS
from .tour_report_article import SECTIONS
from .tour_report_metric_params import MAX_ID

USUAL = "last_month"
ARTICLE = "tour.report.article"
INCOME = ("income", "other_income")


class Line(NamedTuple):
    """An article in three periods."""

    section: str
    account_id: int
    name: str
    amount: float
    before: float
    year: float


class TourReportHead(models.AbstractModel):
    _name = "tour.report.head"
    _description = "Head's Report"

    # === For the screen === #

    @api.model
    @api.readonly
    def get_report(self, preset=USUAL, date_from=False, date_to=False):
        """Articles by section, with their sums, and what is overdue.

        :param preset: one of `PRESETS`; with "custom" the days count
        :raise AccessError: for who is neither head, director nor accountant
        :raise UserError: if the period is none
        """
        self._check_role()
        params = self._read_params(preset, date_from, date_to)
        period = params.period
        periods = (period, before(period), year_before(period))
        lines = self._get_lines(self.env.company, periods)
        return {
            "preset": params.preset,
            "presets": self._get_presets(),
            "periods": [[str(day) for day in each] for each in periods],
            "sections": self._get_sections(lines),
            "result": self._get_amounts(lines),
            "currency_id": self.env.company.currency_id.id,
            "overdue": self._get_overdue(),
        }

    @api.model
    def make_file(self, preset=USUAL, date_from=False, date_to=False):
        """The report as XLSX.

        :return: the action that downloads it
        """
        self._check_role()
        period = self._read_params(preset, date_from, date_to).period
        ask = self.env["tour.report.ask"].create(
            {"report": "head", "date_from": period.start, "date_to": period.end}
        )
        return ask.action_make()

    @api.model
    def get_entries_action(self, date_from, date_to, section=False, account_id=False):
        """What opens the journal items behind a figure.

        :param section: one of `SECTIONS`; without it, all
        :param account_id: an article of it; without it, all
        """
        self._check_role()
        period = self._read_params("custom", date_from, date_to).period
        domain = self._get_period_domain(self.env.company, period)
        title = self.env._("Income and expense")
        if section is not False:
            names = self._get_section_names()
            title = names[self.env["tour.report.metric"]._read_choice(section, names)]
            domain &= Domain("section", "=", section)
        if account_id is not False:
            domain &= Domain("account_id", "=", self._read_account(account_id).id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_report.tour_report_article_action"
        )
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": list(domain),
            "context": {},
        }

    # === Rights and parameters === #

    @api.model
    def _check_role(self):
        if not any(map(self.env.user.has_group, REPORTS["head"].groups)):
            raise AccessError(
                self.env._(
                    "Income and expense are for heads of department, directors and "
                    "accountants."
                )
            )

    @api.model
    def _read_params(self, preset, date_from, date_to):
        return self.env["tour.report.metric"]._read_params(
            {
                "preset": preset,
                "date_from": date_from,
                "date_to": date_to,
                "interval": "month",
            }
        )

    @api.model
    def _read_account(self, account_id):
        is_id = type(account_id) is int and 0 < account_id <= MAX_ID
        # In sudo: whether there is one; its items are up to the user's rights.
        account = self.env["account.account"].sudo().browse(is_id and account_id)
        if not account.exists():
            raise UserError(self.env._("This article is not there. Reload the page."))
        return account

    @api.model
    def _get_presets(self):
        return self.env["tour.report.metric"]._get_choices(PRESETS)

    # === Figures === #

    @api.model
    def _get_period_domain(self, company, period):
        return (
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", period.start)
            & Domain("date", "<=", period.end)
        )

    @api.model
    def _get_lines(self, company, periods):
        """The articles that have something in one of three periods, by section."""
        sums = [self._read_sums(company, period) for period in periods]
        accounts = {
            key: account for part in sums for key, (account, _sum) in part.items()
        }
        places = {code: place for place, (code, _name) in enumerate(SECTIONS)}
        lines = [
            Line(
                section,
                account_id,
                account.display_name,
                *(part.get((section, account_id), (None, 0.0))[1] for part in sums),
            )
            for (section, account_id), account in accounts.items()
        ]
        return sorted(lines, key=lambda line: (places[line.section], line.name))

    @api.model
    def _read_sums(self, company, period):
        """Account and result by section and account, of one period."""
        groups = self.env[ARTICLE]._read_group(
            self._get_period_domain(company, period),
            ["section", "account_id"],
            ["result:sum"],
        )
        return {
            # In sudo: the name of an account is for whoever sees its sum.
            (section, account.id): (account.sudo(), result)
            for section, account, result in groups
        }

    @api.model
    def _get_section_names(self):
        section = self.env[ARTICLE]._fields["section"]
        return dict(section._description_selection(self.env))

    @api.model
    def _get_sections(self, lines):
        """Sections with their articles; the share of a section is of all income, that
        of an article of its section."""
        names = self._get_section_names()
        sections = []
        income = [line for line in lines if line.section in INCOME]
        (income, *_others) = self._get_amounts(income)["amounts"]
        for code, _name in SECTIONS:
            own = [line for line in lines if line.section == code]
            if own:
                total = self._get_amounts(own, income)
                rows = [
                    {
                        "account_id": line.account_id,
                        "name": line.name,
                        **self._get_amounts([line], total["amounts"][0]),
                    }
                    for line in own
                ]
                sections.append(
                    {"code": code, "name": names[code], "rows": rows, **total}
                )
        return sections

    @api.model
    def _get_amounts(self, lines, whole=None):
        """Sums of three periods, the changes since the other two, and the share.

        Shares and changes in percent are None where there is nothing to compare with.
        """
        currency = self.env.company.currency_id
        amounts = [
            currency.round(sum(line[place] for line in lines)) for place in (3, 4, 5)
        ]
        now, *others = amounts
        return {
            "amounts": amounts,
            "share": get_percent(now, whole) if whole is not None else None,
            "changes": [currency.round(now - other) for other in others],
            "percents": [get_percent(now - other, abs(other)) for other in others],
        }

    # === What is overdue === #

    @api.model
    def _get_overdue(self):
        """How much is past its deadline, by kind, with what opens it."""
        today = self.env.company._get_report_today()
        rows = self.env["tour.today"]
        domain = Domain("deadline", "<", today)
        kinds = dict(rows._fields["kind"]._description_selection(self.env))
        groups = rows._read_group(domain, ["kind"], ["__count"])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_desk.tour_today_action"
        )
        return [
            {
                "kind": kind,
                "name": kinds.get(kind, kind),
                "count": count,
                "action": {
                    **action,
                    "domain": list(domain & Domain("kind", "=", kind)),
                    "context": {},
                },
            }
            for kind, count in groups
        ]


class TourReportParameters(models.AbstractModel):
    _inherit = "tour.report.parameters"

    def _is_head_report(self):
        return self.report == "head"

    def _get_xlsx_columns(self):
        if not self._is_head_report():
            return super()._get_xlsx_columns()
        env, unit = self.env, self.company_id.currency_id.name
        section, article = (
            self._get_xlsx_column(env[ARTICLE]._fields[name], True)
            for name in ("section", "account_id")
        )
        meaning = env[ARTICLE]._fields["result"]._description_help(env)

        def money(label):
            return xlsx.Column(label, "money", meaning, unit, total=True)

        def percent(label, text):
            return xlsx.Column(label, "percent", text, "%")

        of_section = env._("Of the sum of its section.")
        since = env._("By what the period compared with had.")
        return [
            section,
            article._replace(width=42),
            money(env._("This period")),
            percent(env._("Share"), of_section),
            money(env._("Period before")),
            money(env._("Change")),
            percent(env._("Change (%)"), since),
            money(env._("A year before")),
            money(env._("Change in a year")),
            percent(env._("Change in a year (%)"), since),
        ]

    def _iterate_rows(self, domain):
        if not self._is_head_report():
            return super()._iterate_rows(domain)
        return self._iterate_articles()

    def _iterate_articles(self):
        head = self.env["tour.report.head"].with_company(self.company_id)
        period = self._get_period()
        periods = (period, before(period), year_before(period))
        for section in head._get_sections(head._get_lines(self.company_id, periods)):
            for row in section["rows"]:
                now, previous, year = row["amounts"]
                yield (
                    section["name"],
                    row["name"],
                    now,
                    row["share"],
                    previous,
                    row["changes"][0],
                    row["percents"][0],
                    year,
                    row["changes"][1],
                    row["percents"][1],
                )


def get_percent(part, whole):
    """So many percent of the whole; None of nothing.

    >>> get_percent(5, 20), get_percent(5, 0)
    (25.0, None)
    """
    return 100.0 * part / whole if whole else None
