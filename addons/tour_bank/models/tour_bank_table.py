from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import texts
from ..engine.result import BankFileError
from ..engine.table import FIELDS, Table


class TourBankTable(models.Model):
    """How the columns of a bank's CSV are called: data, for any bank."""

    _name = "tour.bank.table"
    _description = "Columns of a Bank's Table"
    _order = "name"

    name = fields.Char(required=True)
    delimiter = fields.Char(required=True, default=";", size=1)
    encoding = fields.Char(help="Such as cp1251; empty for UTF-8, or what else it is.")
    date_format = fields.Char(
        help="Such as %d/%m/%y; empty for 05.10.2026 and 2026-10-05."
    )
    heading = fields.Boolean(
        string="With headings",
        default=True,
        help="Else the columns are told by their numbers, from 1.",
    )
    date_column = fields.Char(required=True)
    amount_column = fields.Char(help="With a minus for what went.")
    in_column = fields.Char(string="Column of what came")
    out_column = fields.Char(string="Column of what went")
    name_column = fields.Char(string="Column of the other side's name")
    tax_id_column = fields.Char(string="Column of his tax id")
    account_column = fields.Char(string="Column of his account")
    bic_column = fields.Char(string="Column of his bank's BIC")
    purpose_column = fields.Char()
    number_column = fields.Char(string="Column of the document's number")
    reference_column = fields.Char(string="Column of the bank's own id")

    @api.constrains(lambda self: [f"{name}_column" for name in FIELDS] + ["delimiter"])
    def _check_columns(self):
        for table in self:
            if fault := table._get_table().fault():
                raise ValidationError(texts.tell(self.env, BankFileError(fault)))

    def _get_table(self):
        """What the reader needs."""
        self.ensure_one()
        columns = {name: (self[f"{name}_column"] or "").strip() for name in FIELDS}
        return Table(
            {name: text for name, text in columns.items() if text},
            self.delimiter,
            (self.encoding or "").strip(),
            (self.date_format or "").strip(),
            self.heading,
        )
