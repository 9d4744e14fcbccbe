"""What follows when a client has paid online for a booking."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        """Follow up the payments of bookings' invoices.

        A provider's notice that comes twice or late ends in Odoo's own states, which
        are entered once; what is done here is done once per payment.
        """
        result = super()._post_process()
        done = self.filtered(
            lambda tx: (
                tx.state == "done"
                and tx.operation not in ("refund", "validation")
                and tx.payment_id
                and tx.invoice_ids.tour_booking_ids
            )
        )
        # In sudo already; each payment is followed up once.
        done.payment_id._follow_client_payments()
        return result
