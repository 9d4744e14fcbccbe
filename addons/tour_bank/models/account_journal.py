from odoo import fields, models

from ..engine import client_bank_format


class AccountJournal(models.Model):
    _inherit = "account.journal"

    tour_bank_encoding = fields.Selection(
        selection=[
            ("Windows", "Windows (cp1251)"),
            ("DOS", "DOS (cp866)"),
            ("UTF-8", "UTF-8"),
        ],
        string="Encoding of payment orders",
        default="Windows",
        required=True,
        help="In which the bank's program reads files 1CClientBankExchange.",
    )
    tour_bank_tolerant = fields.Boolean(
        string="Take statements with wrong totals",
        help="What the file says of its own sums and counts is not held against it; "
        "it is told after the import.",
    )
    tour_bank_table_id = fields.Many2one(
        comodel_name="tour.bank.table",
        string="Columns of tables (CSV)",
        help="How a statement as CSV is read that is imported into this journal.",
    )

    def _get_bank_statements_available_import_formats(self):
        """Add what the readers know."""
        known = super()._get_bank_statements_available_import_formats()
        return [*known, client_bank_format.HEAD, "CAMT.053", "MT940", "CSV"]
