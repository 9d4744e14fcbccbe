"""Income and expense by article, as the ledger has them (RPT-6).

An article is an account of the profit and loss. A row is a posted journal item; its
result is what it adds to the profit, so that sums of rows are those of the ledger.
"""

from odoo import fields, models
from odoo.tools import SQL

SECTIONS = [
    ("income", "Income"),
    ("other_income", "Other income"),
    ("cost", "Cost of services"),
    ("expense", "Expenses"),
    ("depreciation", "Depreciation"),
]
#: Types of accounts, by section.
ACCOUNT_TYPES = {
    "income": "income",
    "income_other": "other_income",
    "expense_direct_cost": "cost",
    "expense": "expense",
    "expense_other": "expense",
    "expense_depreciation": "depreciation",
}


class TourReportArticle(models.Model):
    _name = "tour.report.article"
    _description = "Income and Expense"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "label"
    _depends = {
        "account.account": ["account_type"],
        "account.move.line": [
            "account_id",
            "balance",
            "company_id",
            "date",
            "journal_id",
            "move_id",
            "name",
            "parent_state",
            "partner_id",
        ],
    }

    date = fields.Date(readonly=True, help="Accounting date of the entry.")
    section = fields.Selection(
        SECTIONS, readonly=True, help="By the type of the account."
    )
    account_id = fields.Many2one(
        "account.account",
        string="Article",
        readonly=True,
        help="Account of income or expense.",
    )
    move_id = fields.Many2one("account.move", string="Entry", readonly=True)
    label = fields.Char(readonly=True, help="Label of the journal item.")
    partner_id = fields.Many2one("res.partner", string="Partner", readonly=True)
    journal_id = fields.Many2one("account.journal", string="Journal", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(
        "res.currency", related="company_id.currency_id"
    )
    result = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        help="What it adds to the profit: income is above zero, expense below.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT item.id, item.date, item.account_id, item.move_id,
                   item.name AS label, item.partner_id, item.journal_id,
                   item.company_id, -item.balance AS result,
                   CASE account.account_type %(sections)s END AS section
              FROM account_move_line item
              JOIN account_account account ON account.id = item.account_id
             WHERE item.parent_state = 'posted'
               AND account.account_type IN %(types)s
            """,
            sections=SQL(" ").join(
                SQL("WHEN %s THEN %s", kind, section)
                for kind, section in ACCOUNT_TYPES.items()
            ),
            types=tuple(ACCOUNT_TYPES),
        )

    def action_open_entry(self):
        """Open the entry that the row is of.

        Heads of department see what an article is made of, but not bills of suppliers
        nor entries by hand: for them it is the row itself.
        """
        self.ensure_one()
        entry = self.move_id
        return (entry if entry.has_access("read") else self).get_formview_action()
