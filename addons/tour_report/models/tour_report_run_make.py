"""Making a report's file: one query, read in portions, into an XLSX."""

import logging
from functools import partial
from itertools import count
from tempfile import TemporaryFile
from zoneinfo import ZoneInfo

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import xlsx
from ..reports import FIELDS, REPORTS

_logger = logging.getLogger(__name__)

# So many rows are fetched at a time.
CHUNK = 2000
KINDS = {
    "integer": "integer",
    "float": "number",
    "monetary": "money",
    "date": "date",
    "datetime": "datetime",
}
#: What shows the rows, by their model.
ACTIONS = {
    "tour.report.service": "tour_report.tour_report_service_action",
    "tour.report.article": "tour_report.tour_report_article_action",
    "sale.order": "tour_desk.sale_order_action_profit",
}
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TourReportParameters(models.AbstractModel):
    _inherit = "tour.report.parameters"

    # === Rows on the screen === #

    def _get_rows_action(self, period):
        """Open the rows in Odoo's own views."""
        report = self._get_report()
        self._check_may_run()
        action = self.env["ir.actions.act_window"]._for_xml_id(ACTIONS[report.model])
        return {
            **action,
            "name": self._get_label("report"),
            "display_name": self._get_label("report"),
            "domain": list(self._get_domain(period)),
            "context": {"group_by": list(report.group_by)},
        }

    # === Rows of the file === #

    def _count_rows(self, limit):
        """How many records there are, up to a limit."""
        model = self.env[REPORTS[self.report].model]
        return model.search_count(self._get_domain(self._get_period()), limit=limit)

    def _iterate_rows(self, domain):
        """The rows of the file, as values for its cells."""
        if self._get_report().group_by:
            return self._iterate_groups(domain)
        return self._iterate_records(domain)

    def _iterate_groups(self, domain):
        report, columns = self._get_report(), self._get_columns()
        model = self.env[report.model]
        sums = [name for name in columns if name not in report.group_by]
        aggregates = [f"{name}:{model._fields[name].aggregator}" for name in sums]
        names = [*report.group_by, *sums]
        places = [names.index(name) for name in columns]
        rows = [
            tuple(
                value.id if isinstance(value, models.BaseModel) else value
                for value in row
            )
            for row in model._read_group(domain, report.group_by, aggregates)
        ]
        for row in self._convert(names, [rows]):
            yield tuple(row[place] for place in places)

    def _iterate_records(self, domain):
        """Read by a cursor of the database, so that memory does not grow."""
        report, columns = self._get_report(), self._get_columns()
        model = self.env[report.model]
        query = model._search(domain, order=report.order)
        sql = query.select(
            *(model._field_to_sql(query.table, name, query) for name in columns)
        )
        return self._convert(columns, self._fetch(sql))

    def _convert(self, names, portions):
        """Cells of the rows; the names of a portion's records are read at once."""
        converters = self._get_converters(names)
        named = [
            (place, converter)
            for place, converter in enumerate(converters)
            if isinstance(converter, _Names)
        ]
        for rows in portions:
            for place, converter in named:
                converter.learn(row[place] for row in rows)
            for row in rows:
                yield tuple(
                    to_cell(value)
                    for to_cell, value in zip(converters, row, strict=True)
                )

    def _fetch(self, sql):
        """The rows of a query, in portions."""
        cr = self.env.cr
        self.env.flush_query(sql)
        name = SQL.identifier(f"tour_report_{next(_NUMBERS)}")
        cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, sql))
        while True:
            cr.execute(SQL("FETCH %s FROM %s", CHUNK, name))
            if not (rows := cr.fetchall()):
                break
            yield rows
        cr.execute(SQL("CLOSE %s", name))

    def _get_converters(self, names):
        """For each column, what makes a cell of a value of the database."""
        model = self.env[REPORTS[self.report].model]
        return [self._get_converter(model._fields[name]) for name in names]

    def _get_converter(self, field):
        env = self.env
        if field.type == "selection":
            return dict(field._description_selection(env)).get
        if field.type == "many2one" and field.aggregator != "count_distinct":
            return _Names(env[field.comodel_name])
        if field.type == "boolean":
            yes = env._("Yes")
            return lambda value: yes if value else ""
        if field.type == "datetime":
            return partial(_to_wall, zone=self.company_id._get_report_zone())
        return _same

    # === The file === #

    def _get_xlsx_columns(self):
        model = self.env[REPORTS[self.report].model]
        grouped = self._get_report().group_by
        return [
            self._get_xlsx_column(model._fields[name], name in grouped)
            for name in self._get_columns()
        ]

    def _get_xlsx_column(self, field, is_group):
        counted = field.aggregator == "count_distinct" and not is_group
        kind = "integer" if counted else KINDS.get(field.type, "text")
        is_percent = field.name.endswith("_percent")
        unit = self.company_id.currency_id.name if kind == "money" else ""
        if kind == "money" and field.get_currency_field(self.env[field.model_name]) in (
            "currency_id",
        ):
            unit = self.env._("the booking's currency")
        return xlsx.Column(
            label=field._description_string(self.env),
            kind="percent" if is_percent else kind,
            meaning=field._description_help(self.env) or "",
            unit="%" if is_percent else unit,
            total=field.aggregator == "sum" and not is_group,
        )

    def _get_xlsx_sheets(self, domain):
        """One sheet, or one for each kind of client that there is."""
        names = FIELDS[REPORTS[self.report].model]
        if "split" not in REPORTS[self.report].asks or not self.split:
            return [xlsx.Sheet(self._get_label("report"), self._iterate_rows(domain))]
        model = self.env[REPORTS[self.report].model]
        kinds = model._fields[names["kind"]]._description_selection(self.env)
        parts = [
            (Domain(names["kind"], "=", code) & domain, text) for code, text in kinds
        ]
        # The two sheets are always there; the others only if they have rows.
        shown = parts[:2] + [
            part for part in parts[2:] if model.search_count(part[0], limit=1)
        ]
        return [xlsx.Sheet(text, self._iterate_rows(part)) for part, text in shown]

    def _get_xlsx_words(self, period):
        env = self.env
        return xlsx.Words(
            title=self._get_label("report"),
            subtitles=self._get_subtitles(period),
            total=env._("Total"),
            about=env._("Columns"),
            about_head=(env._("Column"), env._("What it means"), env._("Unit")),
        )

    def _write_xlsx(self, file, period):
        """Write the report; see `engine.xlsx.write`."""
        domain = self._get_domain(period)
        return xlsx.write(
            file,
            self._get_xlsx_words(period),
            self._get_xlsx_columns(),
            self._get_xlsx_sheets(domain),
        )


class TourReportRun(models.Model):
    _inherit = "tour.report.run"

    @api.model
    def _cron_make(self):
        """Make what was asked for and is long."""
        waiting = self.search([("state", "=", "waiting")], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for run in waiting:
            if run.try_lock_for_update() and run.state == "waiting":
                run._make()
            if not cron._commit_progress(1):
                break

    def _as_asked(self):
        """This run with the rights, the language and the company it is made for."""
        self.ensure_one()
        user = self.user_id
        return self.with_user(user).with_context(
            allowed_company_ids=self.company_id.ids,
            lang=user.lang or self.company_id.partner_id.lang,
            tz=str(self.company_id._get_report_zone()),
        )

    def _make(self):
        """Make the file; what stands in the way is kept with the run.

        Note: in sudo mode.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._make_file()
        except (AccessError, UserError) as error:
            self._fail(str(error))
        except xlsx.TooLongError:
            self._fail(
                self.env._(
                    "A sheet has no room for so many rows. Take a shorter period."
                )
            )
        except psycopg2.OperationalError:
            # Somebody else changes the same: Odoo, or the cron, runs it again.
            raise
        except Exception as error:
            _logger.exception("Report %s failed", self.id)
            self._fail(self._explain_error(error))
        if self.state == "done":
            self._after_done()

    def _make_file(self):
        asked = self._as_asked()
        asked._check_own_rights()
        with TemporaryFile() as file:
            rows, sums = asked._write_xlsx(file, self._get_period())
            file.seek(0)
            content = file.read()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{asked.name}.xlsx",
                "raw": content,
                "mimetype": MIME,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {
                "state": "done",
                "failure": False,
                "row_count": rows,
                "attachment_id": attachment.id,
                "done_on": fields.Datetime.now(),
            }
        )

    def _fail(self, reason):
        self.write({"state": "failed", "failure": reason})

    def _explain_error(self, error):
        return self.env._(
            "An error of the program (%(error)s). Tell the administrator.",
            error=type(error).__name__,
        )

    def _after_done(self):
        """Hook: what follows once the file is there."""


_NUMBERS = count(1)


class _Names:
    """Names of records by their ids, read once each."""

    def __init__(self, model):
        # In sudo: the user may see the row, and so the names in it.
        self.model, self.names = model.sudo().with_context(active_test=False), {}

    def __call__(self, record_id):
        return self.names.get(record_id)

    def learn(self, ids):
        new = {each for each in ids if each and each not in self.names}
        for record in self.model.browse(new):
            self.names[record.id] = record.display_name


def _to_wall(moment, zone):
    """A moment in UTC by the clock on the wall, as a cell takes it."""
    if not moment:
        return None
    utc = moment.replace(tzinfo=ZoneInfo("UTC"))
    return utc.astimezone(zone).replace(tzinfo=None)


def _same(value):
    return value
