from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import PaymentPortal


class BillingPaymentPortal(PaymentPortal):
    def _process_transaction(
        self, partner_id, currency_id, invoice_ids, payment_reference, **kwargs
    ):
        """Let a client pay of a booking's invoice what is left to pay, and once."""
        # In sudo: whoever has the link to an invoice may pay it.
        invoices_sudo = request.env["account.move"].sudo().browse(invoice_ids)
        if fault := invoices_sudo._get_online_fault(kwargs.get("amount")):
            raise ValidationError(fault)
        return super()._process_transaction(
            partner_id, currency_id, invoice_ids, payment_reference, **kwargs
        )
