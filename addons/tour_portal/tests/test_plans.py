"""The lists of clients walk indexes: proven on a table that has grown."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..portal_lists import SCOPES
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalPlans(PortalCommon):
    def _grow(self, order, count=4000):
        """Bookings of many clients as in years of use, each with one like ``order``."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT string_agg(quote_ident(column_name), ', ')
              FROM information_schema.columns
             WHERE table_schema = current_schema AND table_name = 'sale_order'
                   AND column_name NOT IN ('id', 'name', 'date_order', 'access_token',
                                           'booking_state')
            """
        )
        columns = SQL(self.env.cr.fetchone()[0])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sale_order (name, date_order, booking_state, %(columns)s)
                SELECT name || '-' || number,
                       date_order - number * interval '1 hour',
                       (ARRAY['booked', 'done', 'archive'])[number %% 3 + 1],
                       %(columns)s
                  FROM sale_order, generate_series(1, %(count)s) AS number
                 WHERE id = %(id)s
                """,
                columns=columns,
                count=count,
                id=order.id,
            )
        )

    def _explain(self, user, scopes, sort):
        """Plans of the queries of a page, in one text."""
        plans = []
        env = self.env(user=user)
        execute = type(env).execute_query

        def explaining(environment, query):
            plans.extend(
                row[0] for row in execute(environment, SQL("EXPLAIN %s", query))
            )
            return execute(environment, query)

        with patch.object(type(env), "execute_query", explaining):
            env["sale.order"]._find_tour_page(scopes, sort)
        return "\n".join(plans)

    def test_pages_walk_their_indexes(self):
        self._grow(self._of(self.olga))
        self._grow(self._of(self.eva), count=2000)
        self.env.cr.execute("ANALYZE sale_order")
        self.env.invalidate_all()
        for user, key in ((self.olga, "user"), (self.curator, "client")):
            for scope in SCOPES:
                for sort in ("newest", "oldest"):
                    plan = self._explain(user, (scope,), sort)
                    self.assertIn(f"sale_order_portal_{scope}_{key}_idx", plan)
                    self.assertNotIn("Seq Scan on sale_order", plan)
                    # Sorted is what was merged: a page, not all there is.
                    self.assertNotIn("Bitmap Heap Scan on sale_order", plan)
