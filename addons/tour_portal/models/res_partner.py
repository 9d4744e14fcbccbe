from odoo import models
from odoo.tools.misc import format_amount


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_portal_balance(self, company):
        """What is owed to the client and what he owes, by currency; for his pages.

        What is on the account is told to all his users; what the whole company owes,
        to who sees all its bookings.

        :return: rows of ``text`` and ``owing``; none if nothing is open
        :rtype: list[dict]
        """
        self.ensure_one()
        user = self.env.user
        # In sudo: the sums are told to the client, the books are not.
        client_sudo = self.sudo()
        if not self._may_client_see_statement(user):
            sums = client_sudo._get_account_credits(company)
        else:
            sums = client_sudo._get_portal_sums(company)
        return [
            {
                "text": format_amount(self.env, abs(amount), currency),
                "owing": amount < 0,
            }
            for currency, amount in sums.items()
            if not currency.is_zero(amount)
        ]

    def _get_portal_sums(self, company):
        """What is open between us, by currency; below zero the client owes it."""
        self.ensure_one()
        sums = self.env["account.move.line"]._read_group(
            [
                ("partner_id.commercial_partner_id", "=", self.id),
                ("company_id", "=", company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ],
            ["currency_id"],
            ["amount_residual_currency:sum"],
        )
        return {currency: -amount for currency, amount in sums}
