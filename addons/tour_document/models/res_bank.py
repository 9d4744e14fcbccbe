from odoo import fields, models


class ResBank(models.Model):
    _inherit = "res.bank"

    corr_account = fields.Char(
        string="Correspondent account",
        help="Of the bank with its central bank; invoices in roubles need it.",
    )
