"""Invoices of prepaid orders: that they were paid, and whether they are refunded."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _invoice_paid_hook(self):
        """Tell staff that a prepaid order was paid, and may be worked on."""
        result = super()._invoice_paid_hook()
        # A credit note is settled by this way, too, and nothing is paid by it.
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        # In sudo: whoever pays, clients and providers too.
        lines_sudo = invoices.sudo().invoice_line_ids.sale_line_ids
        lines_sudo.filtered("catalog_prepaid")._tell_catalog_paid()
        return result

    def _lets_client_ask(self):
        """The catalogue says which of its services are refunded."""
        lines = self.invoice_line_ids.sale_line_ids
        services = lines.catalog_service_id
        if services and all(line.catalog_service_id for line in lines):
            return any(services.mapped("refund_allowed"))
        return super()._lets_client_ask()
