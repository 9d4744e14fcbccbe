from odoo import models
from odoo.exceptions import UserError


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """Refuse to pay a bill past those who approve it."""
        # In sudo: where a bill is may be told to whoever works with it.
        bills = self.line_ids.move_id.sudo().filtered("tour_bill_state")
        if bills and not bills._is_bill_mover():
            raise UserError(
                self.env._(
                    "%(bills)s: paid by 'Payment order made' only, once approved.",
                    bills=", ".join(bill._get_bill_name() for bill in bills),
                )
            )
        return super()._create_payments()
