"""Which account of 1C an account of ours is."""

import re

from odoo import api, fields, models

# 62.01, 90.01.1, 51: codes of the Russian chart go as they are.
RUSSIAN = re.compile(r"\d{2}(\.[0-9А-ЯA-Z]{1,3}){0,2}")


class TourAccountingAccount(models.Model):
    """An account with another code in 1C, or in the general ledger."""

    _name = "tour.accounting.account"
    _description = "Account in 1C"
    _order = "company_id, account_id, id"
    _rec_name = "code"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    code = fields.Char(string="Code there", required=True, help="62.01, for example.")

    _account_uniq = models.Constraint(
        "UNIQUE(company_id, account_id)", "This account has its code already."
    )

    @api.model
    def _get_known(self, company):
        """Codes by the account's id as text; note: in sudo mode."""
        rows = self.search([("company_id", "=", company.id)])
        return {str(row.account_id.id): row.code for row in rows}

    @api.model
    def _get_codes(self, company, accounts):
        """Codes that documents name: what was said, and Russian ones as they are."""
        accounts = accounts.with_company(company)
        russian = {
            str(account.id): account.code
            for account in accounts
            if RUSSIAN.fullmatch(account.code or "")
        }
        return russian | self._get_known(company)
