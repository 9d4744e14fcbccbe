from odoo import models

from ..refund_states import UNDER_WAY


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Refuse to pay out what a provider is being asked to give back."""
        self.line_ids.move_id._check_note_is_free(UNDER_WAY)
        return super()._create_payments()
