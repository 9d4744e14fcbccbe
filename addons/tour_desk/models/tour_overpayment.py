from odoo import models

from .. import today_sources as sources
from ..today import index


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    # What the list 'Today' finds what suppliers owe by, and counts it in.
    _today_refund_letter_idx = models.Index(
        index(sources.REFUND_LETTER, "company_id", "user_id")
    )
    _today_refund_idx = models.Index(
        index(sources.REFUND, "company_id", "user_id", "date")
    )
