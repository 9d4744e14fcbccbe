"""Reports: an agency that keeps its discount, and what was made so far."""

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from odoo.addons.tour_report.engine.periods import Period, previous_month

# Whose sums are counted less the discount.
LESS_DISCOUNT = "agency_ru"


def load(stage):
    """Mark the agency, let reports go by themselves, and make some."""
    stage["client", LESS_DISCOUNT].tour_less_discount = True
    stage.company.tour_report_partner_ids = stage["user", "accountant"].partner_id
    schedules = stage.env["tour.report.schedule"].with_context(active_test=False)
    schedules.search([("company_id", "=", stage.company.id)]).write(
        {"active": True, "user_id": stage["user", "head"].id}
    )
    stage.env.flush_all()
    since = stage.today - relativedelta(months=3)
    _make(stage, "accountant", "daily", Period(since, stage.day(-1)))
    _make(stage, "accountant", "agents", previous_month(stage.today))
    _make(stage, "head", "turnover", Period(since, stage.day(-1)))


def _make(stage, login, report, period):
    """Make a report with the rights of a user of the story."""
    user = stage["user", login]
    ask = stage.env(user=user.id, su=False)["tour.report.ask"].create(
        {
            "report": report,
            "company_id": stage.company.id,
            "date_from": period.start,
            "date_to": period.end,
        }
    )
    if report == "daily":
        # Three months of them all: what is not over, too.
        ask.state_ids = [Command.clear()]
    ask._start()
