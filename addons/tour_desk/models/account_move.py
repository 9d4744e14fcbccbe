from odoo import models

from .. import today_sources as sources
from ..today import index


class AccountMove(models.Model):
    _inherit = "account.move"

    # What the list 'Today' finds unpaid invoices and bills by, and counts them in.
    _today_balance_idx = models.Index(index(sources.BALANCE))
    _today_bill_idx = models.Index(index(sources.BILL))
