from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.account.controllers.portal import PortalAccount

# Longer than any code, with spaces or without.
CODE_LENGTH = 64


class BillingPortal(PortalAccount):
    @http.route(
        "/my/invoices/<int:invoice_id>/gift_cheque",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def portal_invoice_gift_cheque(
        self, invoice_id, access_token=None, code=None, **kwargs
    ):
        """Let the gift cheque whose code the client typed pay his invoice."""
        try:
            invoice_sudo = self._document_check_access(
                "account.move", invoice_id, access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        # In sudo still, but as who types it: the invoice's log names him.
        invoice_sudo = invoice_sudo.with_user(request.env.user).sudo()
        code = code[:CODE_LENGTH] if isinstance(code, str) else ""
        fault = invoice_sudo._pay_by_gift_code(code)
        answer = f"&error={fault}" if fault else "&success=gift_paid"
        return request.redirect(invoice_sudo.get_portal_url(query_string=answer))
