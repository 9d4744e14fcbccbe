from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    # What clients have to pay is little beside what they have paid.
    _portal_unpaid_idx = models.Index(
        "(commercial_partner_id, invoice_date_due) WHERE move_type = 'out_invoice'"
        " AND state = 'posted' AND payment_state IN ('not_paid', 'partial')"
    )
