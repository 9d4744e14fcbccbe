"""What a client has with us, and owes us: read from the ledger (BIL-16)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF
from odoo.addons.tour_refund.refund_states import UNDER_WAY

ALL_ACCOUNTS = (
    "tour_partner.tour_group_accountant",
    "tour_partner.tour_group_head",
    "tour_partner.tour_group_director",
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_account_text = fields.Char(
        string="On account", compute="_compute_tour_account_text", groups=STAFF
    )

    @api.depends_context("uid", "company")
    def _compute_tour_account_text(self):
        """What the client could pay with, in each currency."""
        company = self.env.company
        for partner in self:
            entity = partner.commercial_partner_id
            partner.tour_account_text = False
            if not entity.id or not entity._may_read_account():
                continue
            # In sudo: the sum is told to who works for the client, the books are not.
            sums = entity.sudo()._get_account_credits(company)
            partner.tour_account_text = ", ".join(
                format_amount(self.env, amount, currency)
                for currency, amount in sums.items()
            ) or format_amount(self.env, 0.0, company.currency_id)

    def _may_read_account(self):
        """Accountants, heads and directors, and whoever has bookings of the client."""
        self.ensure_one()
        if self.env.su or any(map(self.env.user.has_group, ALL_ACCOUNTS)):
            return True
        if not self.env.user.has_group("tour_partner.tour_group_manager_own"):
            return False
        orders = self.env["sale.order"].search_count(
            [
                ("is_tour_booking", "=", True),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    self.commercial_partner_id.id,
                ),
                ("user_id", "=", self.env.uid),
            ],
            limit=1,
        )
        return bool(orders) or (
            self.env.user.has_group("tour_partner.tour_group_manager_all")
        )

    def _check_may_read_account(self, company):
        self.check_access("read")
        if not self._may_read_account() or (
            not self.env.su and company not in self.env.companies
        ):
            raise AccessError(
                self.env._(
                    "The account of %(client)s is for accountants, heads of department "
                    "and the managers of its bookings.",
                    client=self.sudo().name,  # In sudo: who asks has named it.
                )
            )

    def _get_credit_lines_domain(self, company):
        """Payments and credit notes that nothing was set off against, or not all.

        Override to leave out what is promised otherwise.
        """
        return [
            ("partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
            ("company_id", "=", company.id),
            ("account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
            ("amount_residual_currency", "<", 0),
            # What of a credit note is on its way back to a card is spent.
            (
                "move_id",
                "any",
                [("tour_note_refund_ids", "not any", [("state", "in", UNDER_WAY)])],
            ),
        ]

    def _get_account_credits(self, company):
        """What the client has with us, by currency; note: in sudo mode.

        :rtype: dict
        """
        self.ensure_one()
        sums = self.env["account.move.line"]._read_group(
            self._get_credit_lines_domain(company),
            ["currency_id"],
            ["amount_residual_currency:sum"],
        )
        return {currency: -amount for currency, amount in sums}

    def action_open_account(self):
        """Open the statement of mutual settlements."""
        self.ensure_one()
        self._check_may_read_account(self.env.company)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_client_account.tour_statement_action"
            ),
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    # === The statement === #

    def _query_settlements(self, company, currency, date_from, date_to):
        """Rows of the statement: the opening balance, then each document.

        One query for any number of rows; amounts come as texts, as they are exact.
        """
        return SQL(
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
            )
            SELECT NULL::date, NULL, NULL, COALESCE(SUM(amount), 0)::text, 0 AS place
              FROM moved
             WHERE date < %(date_from)s
             UNION ALL
            SELECT moved.date,
                   CONCAT_WS(', ', move.name, NULLIF(move.ref, '')),
                   bookings.names,
                   moved.amount::text,
                   moved.move_id
              FROM moved
              JOIN account_move move ON move.id = moved.move_id
 LEFT JOIN LATERAL (
                    SELECT STRING_AGG(DISTINCT orders.name, ', ') AS names
                      FROM (SELECT moved.move_id
                             UNION
                            SELECT other.move_id
                              FROM account_move_line own
                              JOIN account_partial_reconcile part
                                ON part.credit_move_id = own.id
                              JOIN account_move_line other
                                ON other.id = part.debit_move_id
                             WHERE own.move_id = moved.move_id
                             UNION
                            SELECT other.move_id
                              FROM account_move_line own
                              JOIN account_partial_reconcile part
                                ON part.debit_move_id = own.id
                              JOIN account_move_line other
                                ON other.id = part.credit_move_id
                             WHERE own.move_id = moved.move_id
                               AND move.move_type = 'entry'
                           ) linked
                      JOIN tour_booking_invoice_rel rel
                        ON rel.move_id = linked.move_id
                      JOIN sale_order orders ON orders.id = rel.order_id
                   ) bookings ON TRUE
             WHERE moved.date >= %(date_from)s AND moved.amount != 0
          ORDER BY 1 NULLS FIRST, place
            """,
            partner=self.commercial_partner_id.id,
            company=company.id,
            currency=currency.id,
            date_from=date_from,
            date_to=date_to,
        )
