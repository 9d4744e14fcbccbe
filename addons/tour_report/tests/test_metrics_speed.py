"""The charts are drawn from indexes, with as many queries whatever there is."""

from unittest.mock import patch

from odoo.api import Environment
from odoo.tests import tagged
from odoo.tools import SQL

from .test_metrics import MARCH, MetricCommon

MANY = 4000
INDEXES = ("sale_order_report_made_idx", "sale_order_report_sold_idx")
YEAR = {
    **MARCH,
    "date_from": "2031-01-01",
    "date_to": "2031-12-31",
    "interval": "month",
}


@tagged("post_install", "-at_install")
class TestMetricsSpeed(MetricCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        order = cls._book(10, "done")
        day = "DATE '2030-01-01' + n %% 1000"
        cls._multiply(
            order,
            date_order="TIMESTAMP '2030-01-01' + n %% 1000 * INTERVAL '1 day'",
            service_date_to=day,
            name="'M' || n",
        )
        cls._multiply(order.order_line, date_from=day, date_to=day)
        cls._drop_rivals()

    @classmethod
    def _multiply(cls, record, **spread):
        """As many of a record, over three years.

        :param spread: columns that differ, by the number ``n`` of the row
        """
        cls.env.flush_all()
        names = [
            name
            for name, field in record._fields.items()
            if field.store and field.column_type and name not in ("id", "access_token")
        ]
        cls.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(names)s) SELECT %(values)s"
                " FROM %(table)s AS one, generate_series(1, %(many)s) AS n"
                " WHERE one.id = %(id)s",
                table=SQL.identifier(record._table),
                names=SQL(", ").join(map(SQL.identifier, names)),
                values=SQL(", ").join(
                    SQL(spread[name]) if name in spread else SQL.identifier("one", name)
                    for name in names
                ),
                many=MANY,
                id=record.id,
            )
        )
        cls.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(record._table)))
        cls.env.invalidate_all()

    @classmethod
    def _drop_rivals(cls):
        """Leave our indexes only: they are read alone if they have all that is asked.

        The planner would not see how much better they are: of a table that was never
        vacuumed it does not know which rows everybody sees, and looks at each.
        """
        cls.env.cr.execute(
            SQL(
                "SELECT indexrelid::regclass::text FROM pg_index"
                " WHERE indrelid = 'sale_order'::regclass AND NOT indisunique"
            )
        )
        for [name] in cls.env.cr.fetchall():
            if name not in INDEXES:
                cls.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
        cls.env.cr.execute("SET LOCAL enable_bitmapscan = off")

    def _explain(self, metric, user, **params):
        """The plan of the query that reads the figures."""
        plan = []
        execute = Environment.execute_query

        def explain(env, query):
            if "GROUP BY" in query.code:
                env.cr.execute(SQL("EXPLAIN %s", query))
                plan[:] = [row[0] for row in env.cr.fetchall()]
            return execute(env, query)

        # So small a table would be read as a whole.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        with patch.object(Environment, "execute_query", explain):
            self._read(metric, user, **{**YEAR, **params})
        return "\n".join(plan)

    def test_charts_come_from_indexes(self):
        for metric, index in (
            ("made_by_manager", "sale_order_report_made_idx"),
            ("made_by_day", "sale_order_report_made_idx"),
            ("finished", "sale_order_report_sold_idx"),
            ("year", "sale_order_report_sold_idx"),
        ):
            for filters in (
                {},
                {"partner_ids": self.client_company.ids},
                {"user_ids": self.manager.ids},
            ):
                with self.subTest(metric=metric, **filters):
                    plan = self._explain(metric, self.head, **filters)
                    self.assertIn(f"Index Only Scan using {index}", plan)

    def test_managers_own_come_from_indexes(self):
        """Whoever sees his own only does not have the others' read."""
        for metric in ("made_by_day", "finished"):
            plan = self._explain(metric, self.manager_two)
            self.assertNotIn("Seq Scan on sale_order", plan)

    def test_commission_is_found_by_its_days(self):
        plan = self._explain("commission", self.head, **MARCH)
        self.assertIn("sale_order_line_report_day_idx", plan)

    def test_queries(self):
        """One reads the figures. For commission two more read which statuses the
        daily report has."""
        metrics = self._metrics()
        for metric, count in (
            ("made_by_manager", 1),
            ("made_by_day", 1),
            ("finished", 1),
            ("year", 1),
            ("hotels", 1),
            ("commission", 3),
        ):
            metrics.get_figures(metric, YEAR)
            with self.subTest(metric=metric), self.assertQueryCount(count):
                metrics.get_figures(metric, YEAR)
