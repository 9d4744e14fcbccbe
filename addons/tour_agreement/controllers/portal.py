from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

MAX_DIGITS = 9


class TourAgreementPortal(CustomerPortal):
    @route(
        "/my/tour/documents/<int:document_id>/agree",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def tour_document_agree(self, document_id, version="", **kwargs):
        """The client agrees to a paper; then he is back on the page of his booking.
        What nobody may see and what is not there are answered alike."""
        document = request.env["tour.document"].browse(document_id).exists()
        try:
            document.check_access("read")
            if not document or not request.env.user.share:
                raise request.not_found()
        except (AccessError, MissingError):
            raise request.not_found() from None
        is_number = version.isdecimal() and len(version) <= MAX_DIGITS
        path = f"/my/orders/{document.sudo().order_id.id}"
        try:
            with request.env.cr.savepoint():
                document.action_client_agree(int(version) if is_number else 0)
        except UserError as error:
            return request.render(
                "tour_agreement.portal_fault", {"fault": str(error), "path": path}
            )
        return request.redirect(f"{path}#tour_agreement")
