from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.account.controllers.portal import PortalAccount

from ..amounts import parse
from ..models.account_move import CLIENT_REASON_SIZE

# No greater number is an id of ours.
ID = "int(max=2147483647)"


class TourRefundPortal(PortalAccount):
    """Where a client asks his money back, and sees what became of it."""

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        """Say on the page of an invoice where a refund is asked for, and how it is."""
        values = super()._invoice_get_page_view_values(invoice, access_token, **kwargs)
        own = self._find_tour_invoice(invoice.id)
        values["tour_refund"] = own and own._get_portal_refund()
        return values

    def _find_tour_invoice(self, invoice_id):
        """The invoice, for the client whom the record rules show it; else nothing.

        A link that opens the page to whoever has it gives no right to act.
        """
        invoice = request.env["account.move"].browse(invoice_id).exists()
        user = request.env.user
        try:
            invoice.check_access("read")
        except (AccessError, MissingError):
            return None
        is_ours = invoice._is_client_invoice() and invoice.tour_shown_on
        return invoice if is_ours and user._is_portal() else None

    def _get_tour_invoice(self, invoice_id):
        if invoice := self._find_tour_invoice(invoice_id):
            return invoice
        raise request.not_found()

    def _read_tour_form(self):
        """What was typed; files could be sent, too, and a sign that no text has."""
        return {
            name: value.replace("\0", "")
            for name, value in request.httprequest.form.items()
        }

    @route(
        f"/my/tour/invoices/<{ID}:invoice_id>/refund",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_ask_refund(self, invoice_id, **kwargs):
        """A form to ask for a refund, and what became of those there are."""
        invoice = self._get_tour_invoice(invoice_id)
        post, faults = {}, {}
        if request.httprequest.method == "POST":
            post = self._read_tour_form()
            faults = self._ask_tour_refund(invoice, post)
            if not faults:
                return request.redirect(invoice._get_refund_path())
        values = {
            **self._prepare_portal_layout_values(),
            **invoice._get_portal_refund(),
            "page_name": "invoice",
            "invoice": invoice,
            "faults": faults,
            "post": post,
            "reason_size": CLIENT_REASON_SIZE,
        }
        return request.render("tour_refund.portal_refund", values)

    def _ask_tour_refund(self, invoice, post):
        """Ask for what was filled in.

        :return: {name of the input, or nothing: what is wrong}; empty if all is done
        :rtype: dict
        """
        faults, amount = {}, None
        if post.get("what") == "part":
            amount = parse(post.get("amount"))
            if amount is None:
                faults["amount"] = request.env._("Amount: enter a number.")
        reason = post.get("reason", "").strip()
        if not reason:
            faults["reason"] = request.env._("Reason: say why you ask for a refund.")
        if not faults:
            try:
                # As a whole or not at all, also when the page is shown again.
                with request.env.cr.savepoint():
                    invoice.action_ask_refund(amount, reason)
            except UserError as error:
                faults[""] = str(error)
        return faults
