"""Who signs for a client, and what his ledger looks like just now."""

from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_signers(self):
        """Users who may sign for this client: curators, or he who is the client.

        Note: in sudo mode.
        """
        self.ensure_one()
        users = self.env["res.users"].search(
            [("partner_id.commercial_partner_id", "=", self.id), ("share", "=", True)]
        )
        return users.filtered(lambda user: user._is_tour_signer())

    def _get_ledger_hash(self, company, currency, date_from, date_to):
        """A hash of what the statement of a period is made of, by one query.

        Without the bookings, which are found by what was set off against what, and
        change with that; the documents and amounts are what is signed for.
        """
        self.ensure_one()
        for name in ("account.move.line", "account.move"):
            self.env[name].flush_model()
        ((found,),) = self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    SELECT line.move_id, line.date, SUM(line.amount_currency) AS amount
                      FROM account_move_line line
                      JOIN account_account account ON account.id = line.account_id
                      JOIN res_partner partner ON partner.id = line.partner_id
                     WHERE partner.commercial_partner_id = %(partner)s
                       AND account.account_type = 'asset_receivable'
                       AND line.company_id = %(company)s
                       AND line.currency_id = %(currency)s
                       AND line.parent_state = 'posted'
                       AND line.date <= %(date_to)s
                  GROUP BY line.move_id, line.date
                ), opening AS (
                    SELECT TRIM_SCALE(COALESCE(SUM(amount), 0))::text AS amount
                      FROM moved
                     WHERE date < %(date_from)s
                ), rows AS (
                    SELECT STRING_AGG(
                               CONCAT_WS(
                                   E'\\t', moved.date, move.name, move.ref,
                                   TRIM_SCALE(moved.amount)::text
                               ),
                               E'\\n' ORDER BY moved.date, moved.move_id
                           ) AS content
                      FROM moved
                      JOIN account_move move ON move.id = moved.move_id
                     WHERE moved.date >= %(date_from)s AND moved.amount != 0
                )
                SELECT ENCODE(
                           SHA256(
                               CONVERT_TO(
                                   CONCAT_WS(E'\\n', opening.amount, rows.content),
                                   'UTF8'
                               )
                           ),
                           'hex'
                       )
                  FROM opening, rows
                """,
                partner=self.commercial_partner_id.id,
                company=company.id,
                currency=currency.id,
                date_from=date_from,
                date_to=date_to,
            )
        )
        return found
