"""The figures of a chart, or all rows of a table, as XLSX."""

from odoo import api, models
from odoo.tools.misc import format_date

from ..engine import xlsx
from ..metrics import METRICS, TABLES

#: Kinds of measures, as a sheet knows them.
KINDS = {"count": "integer"}
# As many as one reads by eye; more of them are a report.
MAX_ROWS = 10_000


class TourReportMetric(models.AbstractModel):
    _inherit = "tour.report.metric"

    @api.model
    def _write_xlsx(self, file, code, params):
        """Write the figures of a chart or the rows of a table.

        :param code: one of `METRICS` or of `TABLES`
        :return: the name of the file, without what it ends in
        """
        self._check_role()
        asked = self._read_params(params)
        declared = self._get_declared(METRICS | TABLES, code)
        if code in METRICS:
            asked = self._get_asked(declared, asked)
            columns, rows = self._get_figure_sheet(code, declared, asked)
        else:
            columns, rows = self._get_table_sheet(code, declared, asked)
        title = self._get_wordings()[code][0]
        xlsx.write(
            file,
            self._get_xlsx_words(code, asked),
            columns,
            [xlsx.Sheet(title, rows)],
        )
        return f"{title} {asked.period.start} {asked.period.end}"

    def _get_figure_sheet(self, code, declared, asked):
        points = self._get_points(code, asked)
        measures = [
            self._get_xlsx_column(declared.model, name, total=True)
            for name in declared.measures
        ]
        if declared.group_by:
            label = self._get_measure(declared.model, declared.group_by)["label"]
            columns = [xlsx.Column(label, width=40)]
            rows = [(point.label, *point.values) for point in points]
        else:
            columns = [
                xlsx.Column(label, "date")
                for label in (self.env._("From"), self.env._("To"))
            ]
            rows = [(*point.days, *point.values) for point in points]
        return [*columns, *measures], rows

    def _get_table_sheet(self, code, declared, asked):
        domain = self._get_table_domain(code, asked)
        columns = [
            self._get_xlsx_column(declared.model, name) for name in declared.columns
        ]
        rows = self._get_table_rows(declared, domain, MAX_ROWS)
        return columns, [row["cells"] for row in rows]

    def _get_xlsx_column(self, model, name, total=False):
        measure = self._get_measure(model, name)
        kind = measure["kind"]
        field = self.env[model]._fields.get(name)
        return xlsx.Column(
            label=measure["label"],
            kind=KINDS.get(kind, kind),
            meaning=(field and field._description_help(self.env)) or "",
            unit=self.env.company.currency_id.name if kind == "money" else "",
            total=total or kind == "money",
        )

    def _get_xlsx_words(self, code, asked):
        env = self.env
        title, meaning, _empty = self._get_wordings()[code]
        start, end = (format_date(env, day) for day in asked.period)
        subtitles = [f"{env.company.name}, {start} – {end}", meaning]
        for label, model, ids in (
            (env._("Clients"), "res.partner", asked.partner_ids),
            (env._("Managers"), "res.users", asked.user_ids),
        ):
            if ids:
                names = env[model].browse(ids).mapped("display_name")
                subtitles.append(f"{label}: {', '.join(names)}")
        return xlsx.Words(
            title=title,
            subtitles=tuple(subtitles),
            total=env._("Total"),
            about=env._("Columns"),
            about_head=(env._("Column"), env._("What it means"), env._("Unit")),
        )
