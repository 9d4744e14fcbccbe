from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def bench_deal(self):
        """Deal the next bill as the suite does it."""
        return self._pass_on(self._deal_bill("accounting").ids)

    @api.model
    def bench_bare(self):
        """Deal it in one statement: no rights, no rules, no lease of one's own."""
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                "UPDATE account_move SET tour_bill_holder_id = %s,"
                " tour_bill_held_until = %s WHERE id = (SELECT id FROM account_move"
                " WHERE tour_bill_state = 'accounting' AND company_id = %s"
                " AND tour_bill_pay_date <= %s AND (tour_bill_holder_id IS NULL"
                " OR tour_bill_held_until <= %s) ORDER BY tour_bill_pay_date, id"
                " LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) RETURNING id",
                self.env.uid,
                now + timedelta(minutes=7),
                self.env.company.id,
                fields.Date.context_today(self),
                now,
            )
        )
        return self._pass_on([row[0] for row in rows])

    @api.model
    def _pass_on(self, ids):
        """What was dealt leaves the queue, so that the next one is another."""
        self.env.cr.execute(
            "UPDATE account_move SET tour_bill_state = 'ordered',"
            " tour_bill_holder_id = NULL, tour_bill_held_until = NULL"
            " WHERE id = ANY(%s)",
            [ids],
        )
        return ids

    @api.model
    def bench_explain(self):
        """How PostgreSQL finds the next bill."""
        query = self._get_queue_sql("accounting")
        rows = self.env.execute_query(SQL("EXPLAIN (ANALYZE, BUFFERS) %s", query))
        return [row[0] for row in rows]
