"""Figures of the metrics, with the domain of the records behind each (RPT-5).

With the rights of whoever looks: record rules leave out what is not for him. All is of
the company that is worked in, whose clock says which day it is.
"""

from datetime import datetime
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import format_date

from odoo.addons.tour_partner.defaults import plain

from ..engine import buckets
from ..engine.periods import Period, get_bounds
from ..metrics import BOOKING, HOTEL, METRICS, PRESETS, TABLES
from ..reports import EVERYBODY, FIELDS, SERVICE

#: Fields of the filters and of the company, by model.
FILTERS = {
    BOOKING: FIELDS[BOOKING] | {"company": "company_id"},
    SERVICE: FIELDS[SERVICE] | {"company": "company_id"},
    HOTEL: {"manager": "create_uid", "company": "company_id"},
}
# A look at them; the list has the others.
SHOWN = 10
COUNTED = 1000


class Point(NamedTuple):
    """A bar, or a point of a line; its domain is among the records of the chart."""

    label: str
    values: tuple[float, ...]
    domain: Domain
    days: Period | None = None


class TourReportMetric(models.AbstractModel):
    _name = "tour.report.metric"
    _description = "Metrics"

    # === For the screen === #

    @api.model
    def get_metrics(self, params=None):
        """What the screen is made of.

        :param params: what is chosen, of `DEFAULTS`; it is remembered. Nothing: what
            was chosen last
        :return: what is chosen, what there is to choose from, the charts and tables
        """
        self._check_role()
        if params is None:
            chosen = self._recall()
        else:
            chosen = self._read_params(params)
            self._remember(chosen)
        codes = [code for code in METRICS if self._may_see(METRICS[code])]
        return {
            "params": chosen.to_client(),
            "presets": self._get_choices(PRESETS),
            "intervals": self._get_choices(buckets.INTERVALS),
            "charts": [
                {**self._get_card(code), "look": METRICS[code].look} for code in codes
            ],
            "tables": [self._get_card(code) for code in TABLES],
        }

    @api.model
    @api.readonly
    def get_figures(self, metric, params):
        """The figures of one chart.

        :param metric: one of `METRICS`
        :return: the first and the last day, the domain of all records, labels and
            domains of the points among them, the values of each measure, and the
            action that opens the records of a domain
        """
        self._check_role()
        declared = self._get_declared(METRICS, metric)
        asked = self._get_asked(declared, self._read_params(params))
        points = self._get_points(metric, asked)
        return {
            "days": [str(day) for day in asked.period],
            "labels": [point.label for point in points],
            "domain": list(self._get_domain(metric, asked)),
            "domains": [list(point.domain) for point in points],
            "measures": [
                {
                    **self._get_measure(declared.model, name),
                    "values": [point.values[place] for point in points],
                }
                for place, name in enumerate(declared.measures)
            ],
            "currency_id": self.env.company.currency_id.id,
            "action": self._get_action(declared),
        }

    @api.model
    @api.readonly
    def get_rows(self, table, params):
        """The first rows of one table.

        :param table: one of `TABLES`
        :return: its columns, its rows, how many there are, and the action that opens
            all of them
        """
        self._check_role()
        declared = self._get_declared(TABLES, table)
        domain = self._get_table_domain(table, self._read_params(params))
        model = self.env[declared.model]
        return {
            "columns": self._get_columns(declared),
            "rows": self._get_table_rows(declared, domain, SHOWN),
            "count": model.search_count(domain, limit=COUNTED + 1),
            "counted": COUNTED,
            "currency_id": self.env.company.currency_id.id,
            "domain": list(domain),
            "action": self._get_action(declared),
        }

    # === Rights === #

    def _check_role(self):
        """Refuse who has none of the roles that see bookings."""
        if not any(map(self.env.user.has_group, EVERYBODY)):
            raise AccessError(
                self.env._("Metrics are for managers, accountants and directors.")
            )

    def _may_see(self, declared):
        return any(map(self.env.user.has_group, declared.groups))

    def _get_declared(self, declarations, code):
        if not isinstance(code, str) or code not in declarations:
            raise UserError(
                self.env._("There is no metric “%(code)s”.", code=str(code)[:50])
            )
        declared = declarations[code]
        if not self._may_see(declared):
            raise AccessError(
                self.env._(
                    "“%(metric)s” is not for your role. Ask your head of department "
                    "for it.",
                    metric=self._get_wordings()[code][0],
                )
            )
        return declared

    # === Which records === #

    def _get_domain(self, metric, params):
        """The records of a chart."""
        declared = METRICS[metric]
        if declared.model == SERVICE:
            return self._get_daily_domain(params) & Domain(list(declared.domain))
        return (
            Domain(list(declared.domain))
            & self._get_filters(declared.model, params)
            & self._get_days_domain(declared, params.period)
        )

    def _get_table_domain(self, table, params):
        declared = TABLES[table]
        if declared.model == SERVICE:
            return self._get_daily_domain(params) & Domain(list(declared.domain))
        return Domain(list(declared.domain)) & self._get_filters(declared.model, params)

    def _get_daily_domain(self, params):
        """The services that the daily report of the period would have."""
        ask = plain(self.env["tour.report.ask"]).new(
            {
                "report": "daily",
                "company_id": self.env.company.id,
                "partner_ids": [Command.set(params.partner_ids)],
                "user_ids": [Command.set(params.user_ids)],
            }
        )
        return ask._get_domain(params.period)

    def _get_filters(self, model, params):
        names = FILTERS[model]
        own = Domain(names["company"], "=", self.env.company.id)
        if model == HOTEL:
            own |= Domain(names["company"], "=", False)
        if params.partner_ids and "client" in names:
            own &= Domain(names["client"], "child_of", list(params.partner_ids))
        if params.user_ids:
            own &= Domain(names["manager"], "in", list(params.user_ids))
        return own

    def _get_days_domain(self, declared, period):
        name = declared.day
        if self.env[declared.model]._fields[name].type == "date":
            return Domain(name, ">=", period.start) & Domain(name, "<=", period.end)
        start, end = get_bounds(period, self.env.company._get_report_zone())
        return Domain(name, ">=", start) & Domain(name, "<", end)

    # === Figures === #

    def _get_points(self, metric, params):
        declared = METRICS[metric]
        if declared.group_by:
            return self._get_group_points(declared, self._get_domain(metric, params))
        return self._get_day_points(declared, self._get_domain(metric, params), params)

    def _get_asked(self, declared, params):
        """What a chart is of, if that is not what is chosen."""
        if not declared.interval:
            return params
        return params._replace(
            interval=declared.interval, period=buckets.year_of(params.period.end)
        )

    def _get_group_points(self, declared, domain):
        """A point for each record that has some, the largest first."""
        name = declared.group_by
        rows = self._read_figures(declared, domain, name)
        # In sudo: who sees the records sees the names in them.
        points = [
            Point(
                label=group.sudo().display_name or self._get_nobody(name),
                values=tuple(values),
                domain=Domain(name, "=", group.id),
            )
            for group, *values in rows
        ]
        return sorted(points, key=lambda point: (-point.values[0], point.label))

    def _get_day_points(self, declared, domain, params):
        """A point for each interval of the period, those without anything, too."""
        interval, week_start = params.interval, self._get_week_start()
        found = {
            _to_day(start): tuple(values)
            for start, *values in self._read_figures(
                declared, domain, f"{declared.day}:{interval}"
            )
        }
        nothing = (0,) * len(declared.measures)
        return [
            Point(
                label=self._get_days_label(days, params),
                values=found.get(
                    buckets.start_of(days.start, interval, week_start), nothing
                ),
                domain=self._get_days_domain(declared, days),
                days=days,
            )
            for days in buckets.split(params.period, interval, week_start)
        ]

    def _read_figures(self, declared, domain, group_by):
        model = self.env[declared.model].with_context(
            # Days begin when they do for the company, wherever the user is.
            tz=str(self.env.company._get_report_zone()),
            # Who made it is told, whatever became of it since.
            active_test=False,
        )
        aggregates = [
            name if name == "__count" else f"{name}:sum" for name in declared.measures
        ]
        return model._read_group(domain, [group_by], aggregates)

    # === Tables === #

    def _get_table_rows(self, declared, domain, limit):
        records = self.env[declared.model].search_fetch(
            domain, declared.columns, limit=limit, order=declared.order
        )
        # In sudo: who sees the records sees the names in them.
        return [
            {
                "booking_id": (
                    record[declared.booking] if declared.booking else record
                ).id,
                "cells": [_to_cell(record[name]) for name in declared.columns],
            }
            for record in records.sudo()
        ]

    def _get_columns(self, declared):
        return [self._get_measure(declared.model, name) for name in declared.columns]

    # === In words === #

    def _get_measure(self, model, name):
        """What a column or a line of a chart is called, and what is in it."""
        if name == "__count":
            return {
                "name": name,
                "label": self._get_count_label(model),
                "kind": "count",
            }
        field = self.env[model]._fields[name]
        kinds = {"monetary": "money", "date": "date", "float": "number"}
        labels = self._get_label_wordings() if model == BOOKING else {}
        return {
            "name": name,
            "label": labels.get(name) or field._description_string(self.env),
            "kind": kinds.get(field.type, "text"),
        }

    def _get_count_label(self, model):
        return self.env._("Hotels") if model == HOTEL else self.env._("Bookings")

    def _get_label_wordings(self):
        """Bookings speak of clients and managers, where orders have other words."""
        env = self.env
        return {
            "name": env._("Number"),
            "partner_id": env._("Client"),
            "user_id": env._("Manager"),
        }

    def _get_nobody(self, name):
        if name == "company_group_id":
            return self.env._("Others")
        return self.env._("Without manager")

    def _get_days_label(self, days, params):
        years = params.period.start.year != params.period.end.year
        if params.interval == "month":
            return format_date(self.env, days.start, date_format="LLL yyyy")
        pattern = "d MMM yyyy" if years else "d MMM"
        texts = [
            format_date(self.env, day, date_format=pattern) for day in sorted(set(days))
        ]
        return " – ".join(texts)

    def _get_card(self, code):
        title, meaning, empty = self._get_wordings()[code]
        return {"code": code, "title": title, "meaning": meaning, "empty": empty}

    def _get_choices(self, codes):
        words = self._get_choice_wordings()
        return [{"code": code, "label": words[code]} for code in codes]

    def _get_choice_wordings(self):
        env = self.env
        return {
            "today": env._("Today"),
            "yesterday": env._("Yesterday"),
            "this_week": env._("This week"),
            "this_month": env._("This month"),
            "last_month": env._("Last month"),
            "this_quarter": env._("This quarter"),
            "this_year": env._("This year"),
            "last_year": env._("Last year"),
            "custom": env._("Other period"),
            "day": env._("By day"),
            "week": env._("By week"),
            "month": env._("By month"),
        }

    def _get_wordings(self):
        """{code: the title, what it means, what stands there if there is nothing}."""
        env = self.env
        no_bookings = env._("No bookings in this period")
        return {
            "made_by_manager": (
                env._("Bookings by manager"),
                env._(
                    "Bookings that were made in the period, whatever became of them."
                ),
                no_bookings,
            ),
            "made_by_day": (
                env._("Bookings over time"),
                env._("Bookings by the day they were made on."),
                no_bookings,
            ),
            "finished": (
                env._("Finished bookings"),
                env._(
                    "Bookings that are done, by the day their last service ended. "
                    "Their income is the price less the client's discount."
                ),
                env._("No finished bookings in this period"),
            ),
            "hotels": (
                env._("Hotels by user"),
                env._("Hotels that were created in the period. Clients do not matter."),
                env._("No hotels were created in this period"),
            ),
            "commission": (
                env._("Commission by group of companies"),
                env._(
                    "As in the daily report of the period: by departure, nothing that "
                    "is in reposting. Clients of no group are among the others."
                ),
                env._("No commission in this period"),
            ),
            "year": (
                env._("Income and profit of the year"),
                env._(
                    "Sold bookings of the year that the period ends in, by the month "
                    "their last service ends. As planned, without penalties."
                ),
                env._("No bookings were sold for this year"),
            ),
            "doubtful": (
                env._("Doubtful commission"),
                env._(
                    "Services of the period, as in the daily report, whose hotel gives "
                    "commission, and none or another one is entered."
                ),
                env._("No doubtful commission in this period"),
            ),
            "reposting": (
                env._("In reposting"),
                env._("Bookings that are in reposting now, of any period."),
                env._("Nothing is in reposting"),
            ),
        }

    def _get_action(self, declared):
        """What opens the records, once a domain is put into it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(declared.action)
        contexts = {
            BOOKING: {"default_is_tour_booking": True, "sale_show_partner_name": True},
            HOTEL: {"active_test": False},
        }
        return {**action, "context": contexts.get(declared.model, {})}


def _to_day(moment):
    return moment.date() if isinstance(moment, datetime) else moment


def _to_cell(value):
    return value.display_name if isinstance(value, models.BaseModel) else value
