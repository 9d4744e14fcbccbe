from odoo import api, fields, models

from .. import requisites


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    account_warning = fields.Char(
        string="Check", compute="_compute_account_warning", compute_sudo=False
    )

    @api.depends("acc_number", "bank_id.bic", "partner_id.country_id")
    @api.depends_context("company", "lang")
    def _compute_account_warning(self):
        for account in self:
            account.account_warning = account._get_account_fault()

    def _get_account_fault(self):
        """Return what is wrong with a Russian account or its BIC, or False.

        A warning, not a refusal: the account may be right and the bank moved.
        """
        self.ensure_one()
        country = self.partner_id.country_id or self.env.company.country_id
        if country.code != "RU":
            return False
        bic = self.bank_id.bic
        if requisites.check_bic(bic):
            return self.env._("BIC %(bic)s is not made of 9 digits.", bic=bic)
        fault = requisites.check_account(self.acc_number, bic)
        if fault == requisites.CHECKSUM:
            return self.env._(
                "The check digit of account %(account)s does not fit BIC %(bic)s.",
                account=self.acc_number,
                bic=bic,
            )
        if fault:
            return self.env._(
                "Account %(account)s is not made of 20 digits.",
                account=self.acc_number,
            )
        return False
