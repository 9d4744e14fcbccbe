"""How long suppliers owe us, in columns (BIL-19)."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# By code the first day of age; each goes to where the next begins.
AGES = {"from_0": 0, "from_31": 31, "from_61": 61, "from_91": 91}


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    age_group = fields.Selection(
        selection=[
            ("from_0", "0-30 days"),
            ("from_31", "31-60 days"),
            ("from_61", "61-90 days"),
            ("from_91", "More than 90 days"),
        ],
        string="Age",
        compute="_compute_age_group",
        search="_search_age_group",
        help="Of what is closed, how long it took.",
    )

    @api.depends("age_days")
    def _compute_age_group(self):
        for overpayment in self:
            reached = [c for c, start in AGES.items() if overpayment.age_days >= start]
            overpayment.age_group = reached[-1]

    def _search_age_group(self, operator, value):
        if operator != "in":
            return NotImplemented
        codes = tuple(code for code in value if code in AGES)
        if not codes:
            return Domain.FALSE
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN %s", model._field_to_sql(alias, "age_group", query), codes
            )
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        """Group by age, which no column keeps: it grows by itself."""
        if field_expr != "age_group":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["age_group"], "read")
        names = ("closed_on", "date")
        end, start = (
            SQL.identifier(alias, name, to_flush=self._fields[name]) for name in names
        )
        today = fields.Date.context_today(self)
        age = SQL(
            "COALESCE(%s, %s) - COALESCE(%s, %s, %s)", end, today, start, end, today
        )
        steps = sorted(AGES.items(), key=lambda step: -step[1])[:-1]
        cases = SQL(" ").join(
            SQL("WHEN %s >= %s THEN %s", age, first, code) for code, first in steps
        )
        return SQL("CASE %s ELSE %s END", cases, "from_0")
